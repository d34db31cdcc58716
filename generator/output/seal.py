"""A seal on a build: while it holds, the next one has nothing to do.

The seal is a digest of the names and stats of everything that a build depends on, and one of what
stands in the output. It says nothing of why: where it is broken, an ordinary build finds that
out. This module is loaded at every start, so it imports next to nothing.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator

from generator import fingerprint

NAME = "seal"
FORMAT = "weekly seal 2"


class Seal:
    """What a seal says: when it holds, under which options, and what is then to be printed."""

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
        """`since` and `until` are seconds since 1970 between which the same posts are out."""
        self.inputs = inputs
        self.outputs = outputs
        self.options = options
        self.since = since
        self.until = until
        self.lines = tuple(lines)

    def holds(self, *, options: str, as_of: float, inputs: Iterable[str], output: str) -> bool:
        """Whether a build with these options, at that moment, would change nothing."""
        return (
            self.options == options
            and self.since <= as_of < self.until
            and inputs_digest(inputs) == self.inputs
            and outputs_digest(output) == self.outputs
        )


def inputs_digest(
    folders: Iterable[str], *, is_settled: Callable[[str, int], bool] | None = None
) -> str | None:
    """The digest of all names and stats below the folders; None for what can't be read.

    It is None, too, when a file is not settled: `is_settled` is asked with its path and the time
    of its last change in ns.
    """
    lines = []
    try:
        for path, line, newest in _all_below(folders):
            if is_settled and not is_settled(path, newest):
                return None
            lines.append(line)
    except OSError:
        return None
    return _digest(lines)


def outputs_digest(output: str) -> str | None:
    """The digest of the stats of our files in the output, and of the folders that hold them."""
    try:
        return _digest([line for _, line, _ in _outputs(output)])
    except OSError:
        return None


def _digest(lines: list[str]) -> str:
    return fingerprint.of_bytes("\n".join(lines).encode("utf-8", "surrogatepass"))


def read_seal(folder: str) -> Seal | None:
    """The seal in a cache folder, if there is one that can be read."""
    try:
        with open(os.path.join(folder, NAME), encoding="utf-8") as file:
            form, checksum, rest = file.read().split("\n", 2)
        if form != FORMAT or fingerprint.of_bytes(rest.encode()) != checksum:
            return None
        inputs, outputs, options, since, until, *lines = rest.split("\n")
        return Seal(
            inputs=inputs,
            outputs=outputs,
            options=options,
            since=float(since),
            until=float(until),
            lines=lines,
        )
    except (OSError, ValueError):
        return None


def write_seal(folder: str, seal: Seal) -> None:
    """Put a seal into a cache folder."""
    times = repr(seal.since), repr(seal.until)
    rest = "\n".join((seal.inputs, seal.outputs, seal.options, *times, *seal.lines))
    path = os.path.join(folder, NAME)
    with open(f"{path}.new", "w", encoding="utf-8") as file:
        file.write(f"{FORMAT}\n{fingerprint.of_bytes(rest.encode())}\n{rest}")
    os.replace(f"{path}.new", path)


def _all_below(folders: Iterable[str]) -> Iterator[tuple[str, str, int]]:
    """Path and line of each file below the folders, with the time of its last change in ns."""
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
            yield folder, f"{folder}\tabsent", 0
            continue
        for entry in sorted(entries, key=lambda entry: entry.name):
            if entry.is_dir():
                if entry.name != "__pycache__":
                    waiting.append(entry.path)
                    yield entry.path, entry.path, 0
            else:
                yield _line(entry.path, entry.stat())


def _outputs(output: str) -> Iterator[tuple[str, str, int]]:
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
        yield _line(path, os.lstat(f"{output}/{path}"))


def _line(path: str, stat: os.stat_result) -> tuple[str, str, int]:
    line = f"{path}\t{stat.st_size}\t{stat.st_mtime_ns}\t{stat.st_ctime_ns}\t{stat.st_ino}"
    return path, line, max(stat.st_mtime_ns, stat.st_ctime_ns)
