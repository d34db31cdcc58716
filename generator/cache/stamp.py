"""The up-to-date stamp of a build: while it holds, the next build has nothing to do.

The stamp is a digest of the names and stats of everything that a build depends on, and one of what
is in the output. It does not say what changed: an ordinary build finds that out. This module is
loaded at every start, so it imports next to nothing.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping

from generator import disk, fingerprint
from generator.cache.file_stamp import FileStamp, may_hide_a_change, stamp_of

NAME = "up-to-date"
FORMAT = "weekly up to date 1"


class UpToDateStamp:
    """What a stamp says: when it holds, under which options, and what to print then."""

    __slots__ = ("inputs", "lines", "options", "outputs", "since", "until")

    def __init__(
        self,
        *,
        inputs: str,
        outputs: str,
        options: str,
        since: float,
        until: float,
        lines: Iterable[str],
    ) -> None:
        """`since` and `until` are seconds since 1970 between which the same posts are published."""
        self.inputs = inputs
        self.outputs = outputs
        self.options = options
        self.since = since
        self.until = until
        self.lines = tuple(lines)

    def holds(self, *, options: str, as_of: float, inputs: Inputs | None, output: str) -> bool:
        """Whether a build with these options, at that moment, would change nothing."""
        return (
            self.options == options
            and self.since <= as_of < self.until
            and inputs is not None
            and inputs.digest == self.inputs
            and outputs_digest(output, {}) == self.outputs
        )


class Inputs:
    """What a build depends on, as it was at a moment before any of it was read."""

    __slots__ = ("digest", "restless", "seen_ns")

    def __init__(
        self,
        seen_ns: int,
        digest: str,
        restless: Iterable[tuple[str, int]],
    ) -> None:
        """`restless` are the files that may have changed since without a trace in their times."""
        self.seen_ns = seen_ns  # the moment
        self.digest = digest
        self.restless = tuple(restless)  # path, and when it last changed in ns


def look_at(folders: Iterable[str], *, now_ns: int) -> Inputs | None:
    """All names and stats below the folders at this moment; None for what can't be read."""
    lines, restless = [], []
    try:
        for path, stamp in _all_below(folders):
            if stamp is None:
                lines.append(path)
                continue
            lines.append(_line(path, stamp))
            newest = max(stamp[1:3])
            if may_hide_a_change(newest, now_ns):
                restless.append((path, newest))
    except OSError:
        return None
    return Inputs(now_ns, _digest(lines), restless)


def outputs_digest(output: str, left: Mapping[str, FileStamp]) -> str | None:
    """The digest of the stamps of our files in the output, and of the folders that hold them.

    `left` are the stamps of files as we left them, where these are known.
    """
    try:
        return _digest(list(_outputs(output, left)))
    except OSError:
        return None


def _digest(lines: list[str]) -> str:
    return fingerprint.of_bytes("\n".join(lines).encode("utf-8", "surrogatepass"))


def read_stamp(folder: str) -> UpToDateStamp | None:
    """The stamp in a cache folder, if there is one that can be read."""
    try:
        text = disk.read_text(os.path.join(folder, NAME))
        form, checksum, rest = text.split("\n", 2)
        if form != FORMAT or fingerprint.of_bytes(rest.encode()) != checksum:
            return None
        inputs, outputs, options, since, until, *lines = rest.split("\n")
        return UpToDateStamp(
            inputs=inputs,
            outputs=outputs,
            options=options,
            since=float(since),
            until=float(until),
            lines=lines,
        )
    except (OSError, ValueError):
        return None


def write_stamp(folder: str, stamp: UpToDateStamp) -> None:
    """Put a stamp into a cache folder."""
    times = repr(stamp.since), repr(stamp.until)
    rest = "\n".join((stamp.inputs, stamp.outputs, stamp.options, *times, *stamp.lines))
    text = f"{FORMAT}\n{fingerprint.of_bytes(rest.encode())}\n{rest}"
    disk.write_bytes(os.path.join(folder, NAME), text.encode())


def _all_below(folders: Iterable[str]) -> Iterator[tuple[str, FileStamp | None]]:
    """Each file below the folders with its stamp, and each folder without."""
    waiting = []
    for folder in folders:
        if folder.endswith("*"):  # only what is in it: a package that comes or goes
            yield folder[:-2], stamp_of(os.stat(folder[:-2]))
        else:
            waiting.append(folder)
    depth_limit = 200 + max((folder.count(os.sep) for folder in waiting), default=0)
    while waiting:
        folder = waiting.pop()
        if folder.count(os.sep) > depth_limit:
            raise OSError("folders in a circle")
        try:
            with os.scandir(folder) as found:
                entries = list(found)
        except (FileNotFoundError, NotADirectoryError):
            yield f"{folder}\tabsent", None
            continue
        for entry in sorted(entries, key=lambda entry: entry.name):
            if entry.is_dir():
                if entry.is_symlink() and _holds(os.path.realpath(entry.path), entry.path):
                    raise OSError("folders in a circle")
                if entry.name != "__pycache__":
                    waiting.append(entry.path)
                    yield entry.path, None
            else:
                yield entry.path, stamp_of(entry.stat())


def _holds(folder: str, path: str) -> bool:
    """Whether a path is inside the folder."""
    return os.path.realpath(os.path.dirname(path)).startswith(os.path.join(folder, ""))


def _outputs(output: str, left: Mapping[str, FileStamp]) -> Iterator[str]:
    """A line for each file that is ours in the output, and for each folder that holds one.

    The time of a folder changes when a file is put into it or taken out.
    """
    ours = disk.read_text(os.path.join(output, ".weekly"), most=disk.MOST).split("\n")[1:-1]
    folders = {""}
    for path in ours:
        parent = path.rpartition("/")[0]
        while parent and parent not in folders:
            folders.add(parent)
            parent = parent.rpartition("/")[0]
    for path in (".weekly", *ours, *sorted(folders)):
        yield _line(path, left.get(path) or stamp_of(os.lstat(f"{output}/{path}")))


def _line(path: str, stamp: FileStamp) -> str:
    size, modified, changed, inode = stamp
    return f"{path}\t{size}\t{modified}\t{changed}\t{inode}"
