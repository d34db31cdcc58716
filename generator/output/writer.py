"""Writes a site into the output folder all at once: readers get the old site or the new one.

New files are first staged inside the output folder. Then a journal records what is to be done,
and each file is moved into place: pages first, then feeds and the sitemap, so that nobody is sent
to a page that does not exist yet; removals come last. A run that is killed before the journal is
written leaves the old site; one that is killed after it is finished by the next run.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from generator import disk, fingerprint
from generator.output.manifest import NAME, is_inside, manifest_text, read_manifest
from generator.problems import Location, Problem, reason_of, unreadable
from generator.progress import Step, no_step

STAGE = ".weekly-stage"
JOURNAL = "journal.json"


class Written(NamedTuple):
    """What a build did to the output folder."""

    made: tuple[str, ...]  # paths that are new or have changed
    kept: int
    removed: tuple[str, ...]
    foreign: tuple[str, ...]  # files in the folder that are not ours


def recover(output: Path) -> Problem | None:
    """Finish what a killed run has left, or discard it if the run had written no journal."""
    stage = output / STAGE
    if output.is_symlink() or not stage.is_dir():
        return None
    try:
        journal = _read_journal(stage)
    except OSError as error:
        return unreadable(str(error.filename), error)
    try:
        if journal:
            _move_all(*journal, output, no_step)
        _discard(stage)
    except OSError as error:
        return _os_problem(error, output)
    return None


def write_site(
    fresh: Mapping[str, bytes], kept: Iterable[str], output: Path, *, step: Step = no_step
) -> Written | Problem:
    """Make the folder contain the fresh files and those to keep, and no others of ours.

    A fresh file that is there already with the same bytes is not touched. `step` is for tests
    that stop a run at each change of the disk in turn.
    """
    ours = read_manifest(output)
    problem = _refusal(output, ours)
    if problem:
        return problem
    wanted = frozenset(kept) | fresh.keys()
    try:
        made = tuple(path for path in sorted(fresh) if not _holds(output / path, fresh[path]))
        gone = sorted((ours or frozenset()) - wanted)
        removed = tuple(path for path in gone if _exists(path, output))
        obstacles = sorted(_in_the_way(made, frozenset(gone), output))
        if obstacles:
            return _foreign_in_the_way(obstacles[0])
        if made or removed or ours != wanted:
            _replace({path: fresh[path] for path in made}, removed, wanted, output, step)
        foreign = tuple(sorted(_foreign(output, wanted)))
    except OSError as error:
        if not _is_journalled(output):  # otherwise the next run finishes this one
            with suppress(OSError):
                _discard(output / STAGE)
        return _os_problem(error, output)
    return Written(made, len(wanted) - len(made), removed, foreign)


def empty(output: Path) -> int | Problem:
    """Remove our files from the folder; returns how many there were."""
    problem = recover(output) or _link_problem(output)
    if problem:
        return problem
    ours = read_manifest(output) or frozenset()
    try:
        found = [path for path in sorted(ours) if _exists(path, output)]
        for path in found:
            _remove(output / path, output)
        (output / NAME).unlink(missing_ok=True)
    except OSError as error:
        return _os_problem(error, output)
    return len(found)


def refusal(output: Path) -> Problem | None:
    """Why we can't build into a folder: it is not one, or has somebody else's files in it."""
    return _refusal(output, read_manifest(output))


def _refusal(output: Path, ours: frozenset[str] | None) -> Problem | None:
    if problem := _link_problem(output):
        return problem
    if output.exists() and not output.is_dir():
        message = "this is a file, and the output must be a folder"
        hint = "Name a folder with --output, or move the file."
        return Problem("output", Location(str(output)), message, hint)
    if ours is None and output.is_dir():
        others = [p.name for p in sorted(output.iterdir()) if not p.name.startswith(".")]
        if others:
            return Problem(
                "output",
                Location(str(output)),
                f"this folder contains files that weekly did not make, such as '{others[0]}'",
                "Name an empty folder with --output, or empty this one yourself.",
            )
    return None


def _link_problem(output: Path) -> Problem | None:
    if not output.is_symlink():
        return None
    message = f"this is a link to {output.readlink()}, and the output must be a folder itself"
    hint = "Remove the link, or name another folder with --output."
    return Problem("output", Location(str(output)), message, hint)


def _exists(path: str, output: Path) -> bool:
    """Whether something exists at a path of ours."""
    return os.path.lexists(output / path) and not _is_behind_link(path, output)


def _is_behind_link(path: str, output: Path) -> bool:
    """Whether somebody has replaced a parent folder of our path by a link."""
    return any((output / folder).is_symlink() for folder in PurePosixPath(path).parents[:-1])


def _in_the_way(made: Iterable[str], gone: frozenset[str], output: Path) -> Iterator[Path]:
    """What is where a folder or a file of ours must be, and is not ours to remove."""
    parents = {parent for path in made for parent in PurePosixPath(path).parents[:-1]}
    for parent in parents:
        folder = output / parent
        if (folder.is_symlink() or folder.is_file()) and parent.as_posix() not in gone:
            yield folder
    for path in made:
        target = output / path
        if target.is_dir() and not target.is_symlink():
            inside = (found.relative_to(output).as_posix() for found in _files_in(target))
            yield from (output / found for found in inside if found not in gone)


def _files_in(folder: Path) -> Iterator[Path]:
    return map(Path, disk.files_below(folder))


def _foreign_in_the_way(path: Path) -> Problem:
    return Problem(
        "output",
        Location(str(path)),
        f"this {'link ' if path.is_symlink() else ''}is not part of the site, and is where a page"
        " or its folder must be",
        "Move it out of the output folder.",
    )


def _os_problem(error: OSError, output: Path) -> Problem:
    reason = reason_of(error)
    return Problem(
        "unwritable", Location(str(error.filename or output)), f"this can't be written: {reason}"
    )


def _holds(target: Path, data: bytes) -> bool:
    try:
        if target.is_symlink() or target.stat().st_size != len(data):
            return False
        return disk.read_bytes(target) == data
    except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
        return False


def _replace(
    files: Mapping[str, bytes],
    removed: Iterable[str],
    wanted: Iterable[str],
    output: Path,
    step: Step,
) -> None:
    """Stage everything, write the journal, then move everything into place."""
    stage = output / STAGE
    stage.mkdir(parents=True)
    moves = []
    for number, path in enumerate([*sorted(files, key=_feeds_last), NAME]):
        step(f"stage {path}")
        data = manifest_text(wanted).encode() if path == NAME else files[path]
        disk.create(stage / str(number), data)
        moves.append((str(number), path))
    step("journal")
    _write_journal(stage, moves, list(removed))
    _move_all(moves, list(removed), output, step)
    step("end")
    _discard(stage)


def _discard(stage: Path) -> None:
    """Remove what was staged."""
    for path in stage.iterdir():
        path.unlink()
    stage.rmdir()


def _feeds_last(path: str) -> tuple[bool, str]:
    return path.endswith((".xml", ".json")), path


def _move_all(moves: list[tuple[str, str]], removed: list[str], output: Path, step: Step) -> None:
    """Move what is still staged and remove what is still there; may be repeated."""
    for staged, path in moves:
        source, target = output / STAGE / staged, output / path
        if source.exists():
            step(f"move {path}")
            _make_way(target, [other for other in removed if other.startswith(f"{path}/")], output)
            source.replace(target)
    for path in removed:
        step(f"remove {path}")
        _remove(output / path, output)


def _make_way(target: Path, leaving: Iterable[str], output: Path) -> None:
    """Create the folder of a file; a file of ours in its way, or a folder of those, is removed."""
    for parent in reversed(target.relative_to(output).parents[:-1]):
        folder = output / parent
        if folder.is_symlink() or folder.is_file():
            folder.unlink()
    for path in leaving:
        _remove(output / path, output)
    if target.is_dir() and not target.is_symlink():
        _remove_empty_folders(target)
    target.parent.mkdir(parents=True, exist_ok=True)


def _remove_empty_folders(folder: Path) -> None:
    """Remove a folder where a file must be; raises OSError if there is a file in it."""
    for path in sorted(folder.rglob("*"), reverse=True):
        path.rmdir()
    folder.rmdir()


def _remove(target: Path, output: Path) -> None:
    """Remove a file of ours, and the folders that it leaves empty."""
    inside = target.relative_to(output)
    is_folder = target.is_dir() and not target.is_symlink()
    if is_folder or _is_behind_link(inside.as_posix(), output):
        return
    with suppress(FileNotFoundError, NotADirectoryError):  # a killed run has removed it
        target.unlink()
    for folder in inside.parents[:-1]:
        try:
            (output / folder).rmdir()
        except FileNotFoundError:
            continue
        except OSError:  # it is not empty
            return


def _write_journal(stage: Path, moves: list[tuple[str, str]], removed: list[str]) -> None:
    payload = json.dumps({"moves": moves, "removed": removed})
    text = f"{fingerprint.of_bytes(payload.encode())}\n{payload}"
    disk.write_bytes(stage / JOURNAL, text.encode())


def _read_journal(stage: Path) -> tuple[list[tuple[str, str]], list[str]] | None:
    """What is left to do, or None if there is no journal or it is not ours."""
    try:
        digest, _, payload = disk.read_text(stage / JOURNAL, most=disk.MOST).partition("\n")
    except (FileNotFoundError, UnicodeDecodeError):
        return None
    if fingerprint.of_bytes(payload.encode()) != digest:
        return None
    journal = json.loads(payload)
    moves = [(str(staged), str(path)) for staged, path in journal["moves"]]
    removed = [str(path) for path in journal["removed"]]
    is_safe = all(map(is_inside, [*removed, *(path for move in moves for path in move)]))
    return (moves, removed) if is_safe else None


def _is_journalled(output: Path) -> bool:
    return (output / STAGE / JOURNAL).exists()


def _foreign(output: Path, wanted: frozenset[str]) -> Iterator[str]:
    waiting = [""]
    while waiting:
        inside = waiting.pop()
        with os.scandir(f"{output}/{inside}") as found:
            for entry in found:
                path = inside + entry.name
                if entry.name.startswith("."):
                    continue
                if entry.is_dir(follow_symlinks=False):
                    waiting.append(f"{path}/")
                elif path not in wanted:
                    yield path
