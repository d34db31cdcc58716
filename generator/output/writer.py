"""Puts a whole site into the output folder, and takes out what no longer belongs to it."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from generator.output.manifest import NAME, manifest_text, read_manifest
from generator.problems import Location, Problem


@dataclass(frozen=True, slots=True)
class Written:
    """What a build did to the output folder."""

    made: tuple[str, ...]  # paths that are new or hold other bytes than before
    kept: int
    removed: tuple[str, ...]
    foreign: tuple[str, ...]  # files in the folder that are not ours


def write_site(files: Mapping[str, bytes], output: Path) -> Written | Problem:
    """Make the folder hold these files; a file whose bytes are equal is not touched."""
    ours = read_manifest(output)
    problem = _refusal(output, ours)
    if problem:
        return problem
    try:
        return _replace(files, ours or frozenset(), output)
    except OSError as error:
        return _os_problem(error, output)


def empty(output: Path) -> int | Problem:
    """Remove our files from the folder; gives how many there were."""
    ours = read_manifest(output) or frozenset()
    try:
        removed = sum(_remove(output / path, output) for path in sorted(ours))
        (output / NAME).unlink(missing_ok=True)
    except OSError as error:
        return _os_problem(error, output)
    return removed


def _os_problem(error: OSError, output: Path) -> Problem:
    reason = (error.strerror or str(error)).lower()
    return Problem("unwritable", Location(error.filename or str(output)), reason)


def _replace(files: Mapping[str, bytes], ours: frozenset[str], output: Path) -> Written:
    output.mkdir(parents=True, exist_ok=True)
    _record(ours | files.keys(), output)  # first, so that a build cut short leaves no orphan
    made = tuple(path for path in sorted(files) if _put(output / path, files[path]))
    removed = tuple(path for path in sorted(ours - files.keys()) if _remove(output / path, output))
    _record(files, output)
    return Written(made, len(files) - len(made), removed, tuple(_foreign(output, files)))


def _refusal(output: Path, ours: frozenset[str] | None) -> Problem | None:
    """Why the folder can't be ours: somebody else's files stand in it."""
    if output.is_symlink() or (output.exists() and not output.is_dir()):
        return Problem("output", Location(str(output)), "the output must be a folder")
    if ours is None and output.is_dir():
        strangers = [p.name for p in sorted(output.iterdir()) if not p.name.startswith(".")]
        if strangers:
            return Problem(
                "output",
                Location(str(output)),
                f"this folder holds files that weekly did not make, such as '{strangers[0]}'",
                "Name an empty folder with --output, or empty this one yourself.",
            )
    return None


def _record(paths: Iterable[str], output: Path) -> None:
    _put(output / NAME, manifest_text(paths).encode())


def _put(target: Path, data: bytes) -> bool:
    """Write a file whole or not at all; False when it held these bytes already."""
    try:
        if not target.is_symlink() and target.read_bytes() == data:
            return False
    except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
        pass
    target.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=".weekly-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        Path(name).chmod(0o644)
        Path(name).replace(target)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    return True


def _remove(target: Path, output: Path) -> bool:
    """Remove a file of ours, and the folders that it leaves empty."""
    try:
        target.unlink()
    except (FileNotFoundError, NotADirectoryError):
        return False
    folder = target.parent
    while folder != output and not any(folder.iterdir()):
        folder.rmdir()
        folder = folder.parent
    return True


def _foreign(output: Path, files: Mapping[str, bytes]) -> Iterator[str]:
    for path in sorted(output.rglob("*")):
        name = path.relative_to(output).as_posix()
        if path.is_file() and name not in files and not name.startswith("."):
            yield name
