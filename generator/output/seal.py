"""A seal on a build that had nothing to do: while it holds, the next one has nothing to do either.

The seal is a digest of the names and stats of everything that a build depends on, and of what
it made. It says nothing of why: where it is broken, an ordinary build finds that out. This
module is loaded at every start, so it imports next to nothing.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator

from generator import fingerprint
from generator.grain import may_hide_a_change

NAME = "seal"
FORMAT = "weekly seal 1"


class Seal:
    """What a seal says: when it holds, under which options, and what is then to be printed."""

    __slots__ = ("digest", "lines", "options", "since", "until")

    def __init__(
        self, *, digest: str, options: str, since: float, until: float, lines: Iterable[str]
    ) -> None:
        """`since` and `until` are seconds since 1970 between which the same posts are out."""
        self.digest = digest
        self.options = options
        self.since = since
        self.until = until
        self.lines = tuple(lines)

    def holds(self, *, options: str, as_of: float, inputs: Iterable[str], output: str) -> bool:
        """Whether a build with these options, at that moment, would change nothing."""
        return (
            self.options == options
            and self.since <= as_of < self.until
            and stats_digest(inputs, output, taken_ns=None) == self.digest
        )


def stats_digest(inputs: Iterable[str], output: str, *, taken_ns: int | None) -> str | None:
    """The digest of all names and stats below the inputs, and of our files in the output.

    With a time it is None when a file changed so shortly before it that it may change again
    without a trace; then there is nothing to seal.
    """
    lines = []
    try:
        for line, newest in (*_all_below(inputs), *_outputs(output)):
            if taken_ns is not None and may_hide_a_change(newest, taken_ns):
                return None
            lines.append(line)
    except OSError:
        return None
    return fingerprint.of_bytes("\n".join(lines).encode("utf-8", "surrogatepass"))


def read_seal(folder: str) -> Seal | None:
    """The seal in a cache folder, if there is one that can be read."""
    try:
        with open(os.path.join(folder, NAME), encoding="utf-8") as file:
            form, checksum, rest = file.read().split("\n", 2)
        if form != FORMAT or fingerprint.of_bytes(rest.encode()) != checksum:
            return None
        digest, options, since, until, *lines = rest.split("\n")
        return Seal(
            digest=digest, options=options, since=float(since), until=float(until), lines=lines
        )
    except (OSError, ValueError):
        return None


def write_seal(folder: str, seal: Seal) -> None:
    """Put a seal into a cache folder."""
    rest = "\n".join((seal.digest, seal.options, repr(seal.since), repr(seal.until), *seal.lines))
    path = os.path.join(folder, NAME)
    with open(f"{path}.new", "w", encoding="utf-8") as file:
        file.write(f"{FORMAT}\n{fingerprint.of_bytes(rest.encode())}\n{rest}")
    os.replace(f"{path}.new", path)


def _all_below(folders: Iterable[str]) -> Iterator[tuple[str, int]]:
    """A line for each file below the folders, with the time of its last change in ns."""
    waiting = []
    for folder in folders:
        if folder.endswith("*"):  # only what is in it: a package that comes or goes
            yield _line(folder[:-2], os.stat(folder[:-2]))
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
            yield f"{folder}\tabsent", 0
            continue
        for entry in sorted(entries, key=lambda entry: entry.name):
            if entry.is_dir():
                if entry.name != "__pycache__":
                    waiting.append(entry.path)
                    yield entry.path, 0
            else:
                yield _line(entry.path, entry.stat())


def _outputs(output: str) -> Iterator[tuple[str, int]]:
    """A line for each file that is ours in the output, and for each folder that holds one.

    The time of a folder changes when a file is put into it or taken out.
    """
    with open(os.path.join(output, ".weekly"), encoding="utf-8") as file:
        ours = file.read().split("\n")[1:-1]
    folders = {""}
    for path in ours:
        parent = path.rpartition("/")[0]
        while parent and parent not in folders:
            folders.add(parent)
            parent = parent.rpartition("/")[0]
    for path in (".weekly", *ours, *sorted(folders)):
        full = os.path.join(output, path)
        yield _line(full, os.lstat(full))


def _line(path: str, stat: os.stat_result) -> tuple[str, int]:
    line = f"{path}\t{stat.st_size}\t{stat.st_mtime_ns}\t{stat.st_ctime_ns}\t{stat.st_ino}"
    return line, max(stat.st_mtime_ns, stat.st_ctime_ns)
