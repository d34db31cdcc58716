"""Changes to several files of a blog at once: either all are made, or none."""

from __future__ import annotations

import difflib
import os
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path, PurePosixPath

from generator import disk
from generator.problems import Location, Problem, reason_of
from generator.progress import Step, no_step


@dataclass(frozen=True, slots=True)
class FileChange:
    """A new text for a file."""

    path: str  # before any move, relative to the blog's folder
    before: bytes
    after: bytes


@dataclass(frozen=True, slots=True)
class Changes:
    """What to change in a blog: first the texts of files, then the paths of files and folders."""

    files: tuple[FileChange, ...]
    moves: Mapping[str, str] = field(default_factory=dict)

    def moved(self, path: str) -> str:
        """The path of a file after the moves."""
        for old, new in self.moves.items():
            if path == old or path.startswith(f"{old}/"):
                return new + path.removeprefix(old)
        return path


def unified_diff(changes: Changes, moved: Iterable[str] = ()) -> Iterator[str]:
    """The changes as git shows them; `moved` are files that move without a change."""
    for path in sorted({*moved, *(change.path for change in changes.files)}):
        new = changes.moved(path)
        yield f"diff --git a/{path} b/{new}"
        if path != new:
            yield f"rename from {path}"
            yield f"rename to {new}"
        for change in changes.files:
            if change.path == path:
                yield from _hunks(change, new)


def _hunks(change: FileChange, new: str) -> Iterator[str]:
    old_lines, new_lines = (_lines(text) for text in (change.before, change.after))
    for line in difflib.unified_diff(old_lines, new_lines, f"a/{change.path}", f"b/{new}"):
        yield line.removesuffix("\n")
        if not line.endswith("\n"):
            yield "\\ No newline at end of file"


def _lines(data: bytes) -> list[str]:
    *whole, last = data.decode("utf-8").split("\n")
    return [*(f"{line}\n" for line in whole), *([last] if last else [])]


def carry_out(changes: Changes, blog: Path, *, step: Step = no_step) -> Problem | None:
    """Make all changes; if that fails, undo them and return the problem.

    New texts are first written beside the files. A run that is killed between two files can simply
    be repeated.
    """
    for change in changes.files:
        if problem := _differs(change, blog):
            return problem
    for new in changes.moves.values():
        if os.path.lexists(blog / new):
            return Problem("exists", Location(new), "this already exists", "Choose another slug.")
    undo: list[Callable[[], object]] = []
    try:
        kept = _make(changes, blog, undo, step)
    except BaseException as error:
        for back in reversed(undo):
            with suppress(OSError):
                back()
        if not isinstance(error, OSError):
            raise
        path = str(error.filename or blog)
        return Problem("unwritable", Location(path), f"this can't be written: {reason_of(error)}")
    _clean_up(kept, changes, blog)
    return None


def _differs(change: FileChange, blog: Path) -> Problem | None:
    if disk.read_bytes(blog / change.path) == change.before:
        return None
    message = "this file was changed while the command ran"
    return Problem("changed", Location(change.path), message, "Run the command again.")


def _make(changes: Changes, blog: Path, undo: list[Callable[[], object]], step: Step) -> list[Path]:
    """Write all texts beside the files, then replace the files; returns where the old ones are."""
    staged = []
    for number, change in enumerate(changes.files):
        target = (blog / change.path).resolve()  # so that a symbolic link stays one
        fresh, kept = (target.with_name(f".weekly-{number}.{end}") for end in ("new", "old"))
        undo += [partial(path.unlink, missing_ok=True) for path in (fresh, kept)]
        step(f"stage {change.path}")
        fresh.unlink(missing_ok=True)  # left by a killed run
        disk.create(fresh, change.after)
        shutil.copymode(target, fresh)
        shutil.copy2(target, kept)
        staged.append((fresh, kept, target))
    for fresh, kept, target in staged:
        step(f"replace {target.name}")
        undo.append(partial(kept.replace, target))
        fresh.replace(target)
    for old, new in changes.moves.items():
        step(f"move {old}")
        (blog / old).rename(blog / new)
        undo.append(partial((blog / new).rename, blog / old))
    step("end")
    return [kept for _, kept, _ in staged]


def _clean_up(kept: Iterable[Path], changes: Changes, blog: Path) -> None:
    """Remove the old texts, some of which have moved with their folder."""
    for path, change in zip(kept, changes.files, strict=True):
        beside = PurePosixPath(changes.moved(change.path)).with_name(path.name)
        for found in (path, blog / beside):
            with suppress(OSError):
                found.unlink()


def create(path: Path, data: bytes, *, shown: str) -> Problem | None:
    """Write a new file; a file that already exists is left alone, and is a problem."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("xb") as file, _removed_on_failure(path):
            file.write(data)
            file.flush()
    except FileExistsError:
        return Problem("exists", Location(shown), "this file already exists")
    except OSError as error:
        reason = reason_of(error)
        return Problem("unwritable", Location(shown), f"this can't be written: {reason}")
    return None


@contextmanager
def _removed_on_failure(path: Path) -> Iterator[None]:
    """Removes a file that could not be written completely."""
    try:
        yield
    except BaseException:
        path.unlink(missing_ok=True)
        raise
