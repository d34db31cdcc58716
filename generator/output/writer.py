"""Puts a site into the output folder so that it is there whole, before or after, never between.

New files are first written aside, inside the output folder. Then a journal says what is to be
done, and each file is moved into place: pages first, then feeds and the sitemap, so that nobody
is sent to a page that is not there; removals come last. A run that is killed before the journal
leaves the old site; one that is killed after it is finished by the next run.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from generator import fingerprint
from generator.output.manifest import NAME, is_inside, manifest_text, read_manifest
from generator.problems import Location, Problem, reason_of
from generator.progress import Step, no_step

STAGE = ".weekly-stage"
JOURNAL = "journal.json"


class Written(NamedTuple):
    """What a build did to the output folder."""

    made: tuple[str, ...]  # paths that are new or hold other bytes than before
    kept: int
    removed: tuple[str, ...]
    foreign: tuple[str, ...]  # files in the folder that are not ours


def recover(output: Path) -> Problem | None:
    """Finish what a run that was killed has left, or forget it where it had not begun."""
    stage = output / STAGE
    if output.is_symlink() or not stage.is_dir():
        return None
    try:
        journal = _read_journal(stage)
        if journal:
            _move_all(*journal, output, no_step)
        _discard(stage)
    except OSError as error:
        return _os_problem(error, output)
    return None


def write_site(
    fresh: Mapping[str, bytes], kept: Iterable[str], output: Path, *, step: Step = no_step
) -> Written | Problem:
    """Make the folder hold the fresh files and those to keep, and none of our others.

    A fresh file whose bytes are there already is not touched. `step` is for tests that stop
    a run at each change of the disk in turn.
    """
    ours = read_manifest(output)
    problem = _refusal(output, ours)
    if problem:
        return problem
    wanted = frozenset(kept) | fresh.keys()
    try:
        made = tuple(path for path in sorted(fresh) if not _holds(output / path, fresh[path]))
        gone = sorted((ours or frozenset()) - wanted)
        removed = tuple(path for path in gone if _stands(path, output))
        strangers = sorted(_in_the_way(made, frozenset(gone), output))
        if strangers:
            return _stranger_in_the_way(strangers[0])
        if made or removed or ours != wanted:
            _replace({path: fresh[path] for path in made}, removed, wanted, output, step)
        foreign = tuple(sorted(_foreign(output, wanted)))
    except OSError as error:
        if not _is_journalled(output):  # else the next run finishes what this one began
            with suppress(OSError):
                _discard(output / STAGE)
        return _os_problem(error, output)
    return Written(made, len(wanted) - len(made), removed, foreign)


def empty(output: Path) -> int | Problem:
    """Remove our files from the folder; gives how many there were."""
    problem = recover(output)
    if problem:
        return problem
    ours = read_manifest(output) or frozenset()
    try:
        found = [path for path in sorted(ours) if _stands(path, output)]
        for path in found:
            _remove(output / path, output)
        (output / NAME).unlink(missing_ok=True)
    except OSError as error:
        return _os_problem(error, output)
    return len(found)


def refusal(output: Path) -> Problem | None:
    """Why a folder can't be built into: somebody else's files stand in it."""
    return _refusal(output, read_manifest(output))


def _refusal(output: Path, ours: frozenset[str] | None) -> Problem | None:
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


def _stands(path: str, output: Path) -> bool:
    """Whether there is something at a path of ours."""
    return os.path.lexists(output / path) and not _is_behind_link(path, output)


def _is_behind_link(path: str, output: Path) -> bool:
    """Whether somebody has put a link to another folder above a path of ours."""
    return any((output / folder).is_symlink() for folder in PurePosixPath(path).parents[:-1])


def _in_the_way(made: Iterable[str], gone: frozenset[str], output: Path) -> Iterator[Path]:
    """What stands where a folder or a file of ours must be, and is not ours to take out."""
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
    return (path for path in folder.rglob("*") if path.is_symlink() or not path.is_dir())


def _stranger_in_the_way(path: Path) -> Problem:
    return Problem(
        "output",
        Location(str(path)),
        "this is not of this site, and stands where a page or its folder must be",
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
        return target.read_bytes() == data
    except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
        return False


def _replace(
    files: Mapping[str, bytes],
    removed: Iterable[str],
    wanted: Iterable[str],
    output: Path,
    step: Step,
) -> None:
    """Write everything aside, then the journal, then move it into place."""
    stage = output / STAGE
    stage.mkdir(parents=True)
    moves = []
    for number, path in enumerate([*sorted(files, key=_feeds_last), NAME]):
        step(f"stage {path}")
        data = manifest_text(wanted).encode() if path == NAME else files[path]
        (stage / str(number)).write_bytes(data)
        moves.append((str(number), path))
    step("journal")
    _write_journal(stage, moves, list(removed))
    _move_all(moves, list(removed), output, step)
    step("end")
    _discard(stage)


def _discard(stage: Path) -> None:
    """Remove what was put aside."""
    for path in stage.iterdir():
        path.unlink()
    stage.rmdir()


def _feeds_last(path: str) -> tuple[bool, str]:
    return path.endswith((".xml", ".json")), path


def _move_all(moves: list[tuple[str, str]], removed: list[str], output: Path, step: Step) -> None:
    """Move what is still aside, and remove what is still there; can be done over again."""
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
    """Make the folder of a file; a file of ours in its way, or a folder of such, is taken out."""
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
    """Take out a folder where a file must be; raises OSError when there is a file in it."""
    for path in sorted(folder.rglob("*"), reverse=True):
        path.rmdir()
    folder.rmdir()


def _remove(target: Path, output: Path) -> None:
    """Remove a file of ours, and the folders that it leaves empty."""
    inside = target.relative_to(output)
    is_folder = target.is_dir() and not target.is_symlink()
    if is_folder or _is_behind_link(inside.as_posix(), output):
        return
    with suppress(FileNotFoundError, NotADirectoryError):  # gone, in a run that was killed
        target.unlink()
    for folder in inside.parents[:-1]:
        try:
            (output / folder).rmdir()
        except FileNotFoundError:
            continue
        except OSError:  # something else is in it
            return


def _write_journal(stage: Path, moves: list[tuple[str, str]], removed: list[str]) -> None:
    payload = json.dumps({"moves": moves, "removed": removed})
    fresh = stage / f"{JOURNAL}.new"
    fresh.write_text(f"{fingerprint.of_bytes(payload.encode())}\n{payload}", encoding="utf-8")
    fresh.replace(stage / JOURNAL)


def _read_journal(stage: Path) -> tuple[list[tuple[str, str]], list[str]] | None:
    """What is left to do, or None where nothing had begun or the journal is not ours."""
    try:
        digest, _, payload = (stage / JOURNAL).read_text(encoding="utf-8").partition("\n")
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
