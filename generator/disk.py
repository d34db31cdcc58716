"""One way of opening files for the whole program: regular files only, and none without end.

A pipe would be waited for, a device read for ever, and folders within folders could be too deep for
Python. Each is an `OSError` with a reason and the path, like a file that is missing. This module
is loaded at every start, so it imports next to nothing.
"""

from __future__ import annotations

import errno
import io
import os
import stat
from collections.abc import Iterator

MOST = 200_000_000  # bytes of any file: all of them are in memory together with what they become
MOST_TEXT = 2_000_000  # bytes of what people type; a long novel has half of that
DEEPEST = 40  # levels of folders

Name = str | os.PathLike[str]

_KINDS = (
    (stat.S_ISDIR, "folder"),
    (stat.S_ISFIFO, "named pipe"),
    (stat.S_ISSOCK, "socket"),
    (stat.S_ISCHR, "device"),
    (stat.S_ISBLK, "device"),
)
_READ = os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NOCTTY", 0)
_CHUNK = 1_000_000
_AT_ONCE = getattr(os, "O_NONBLOCK", 0)  # opening a pipe waits for nobody; not on Windows


def read_bytes(path: Name, *, most: int = MOST) -> bytes:
    """The bytes of a regular file that has at most so many; raises OSError for any other."""
    with _opened(path) as file:
        size = os.fstat(file.fileno()).st_size
        data = file.read(size + 1) if size <= most else b""
        while size <= most and (more := file.read(_CHUNK)):  # it grows, or has no size, as in /proc
            data += more
            size = len(data)
    if size > most:
        raise OSError(errno.EFBIG, f"it is larger than {most / 1_000_000:,.0f} MB", str(path))
    return data


def read_text(
    path: Name, *, encoding: str = "utf-8", errors: str = "strict", most: int = MOST_TEXT
) -> str:
    """The text of a regular file, whose lines end in LF; raises OSError or UnicodeDecodeError."""
    text = read_bytes(path, most=most).decode(encoding, errors)
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _opened(path: Name) -> io.FileIO:
    try:
        handle = os.open(path, _READ | _AT_ONCE)
    except OSError as error:
        if error.errno == errno.ENXIO:  # sockets can't be opened
            raise _not_a_file(os.stat(path).st_mode, path) from None  # noqa: PTH116
        raise
    mode = os.fstat(handle).st_mode
    if not stat.S_ISREG(mode):
        os.close(handle)
        raise _not_a_file(mode, path)
    return open(handle, "rb", buffering=0)  # noqa: PTH123 it is open already


def _not_a_file(mode: int, path: Name) -> OSError:
    kind = next((name for is_one, name in _KINDS if is_one(mode)), "special file")
    return OSError(errno.EINVAL, f"it is a {kind}, not a file", str(path))


def write_bytes(path: Name, data: bytes) -> None:
    """Replace a file, or what else is there, all at once; raises OSError."""
    fresh = f"{os.fspath(path)}.new"
    if os.path.lexists(fresh):
        os.unlink(fresh)  # noqa: PTH108 left by a killed run, or a trap: it is not written into
    create(fresh, data)
    os.replace(fresh, path)  # noqa: PTH105


def create(path: Name, data: bytes) -> None:
    """Write a file where nothing is yet; raises OSError."""
    with open(path, "xb") as file:  # noqa: PTH123
        file.write(data)


def is_there(path: Name) -> bool:
    """Whether there is something other than a folder: a file, or what can't be read as one."""
    try:
        return not stat.S_ISDIR(os.stat(path).st_mode)  # noqa: PTH116
    except (OSError, ValueError):
        return False


def files_below(folder: Name) -> Iterator[str]:
    """The path of everything below a folder that is not a folder, sorted; follows no links.

    Raises OSError if folders are nested too deeply.
    """
    waiting = [(os.fspath(folder), 0)]
    while waiting:
        path, depth = waiting.pop()
        if depth > DEEPEST:
            raise too_deep(path)
        try:
            with os.scandir(path) as found:
                entries = sorted(found, key=lambda entry: entry.name)
        except (FileNotFoundError, NotADirectoryError):
            continue
        for entry in entries:
            if not entry.is_dir(follow_symlinks=False):
                yield entry.path
        folders = [entry.path for entry in entries if entry.is_dir(follow_symlinks=False)]
        waiting += [(path, depth + 1) for path in reversed(folders)]


def too_deep(path: Name) -> OSError:
    """That a folder is nested too deeply."""
    reason = f"folders are nested more than {DEEPEST} levels deep"
    return OSError(errno.ELOOP, reason, str(path))
