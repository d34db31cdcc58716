"""A new blog, made from the starter that ships with `weekly`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from generator import disk, resources
from generator.problems import Location, Problem
from generator.writing.changes import create

_PLACEHOLDER = re.compile(r"\{\{(year|today)\}\}")
_NEVER_COPIED = frozenset({"__pycache__", ".DS_Store"})


def new_blog(folder: Path, *, today: date) -> Problem | None:
    """Write the files of a new blog into an empty folder; None if all went well."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        return Problem(
            "not-empty",
            Location(str(folder)),
            "a new blog needs an empty folder",
            "Choose a folder that does not exist yet.",
        )
    values = {"year": str(today.year), "today": today.isoformat()}
    files = {
        folder / _filled(name, values): _filled_bytes(path, values)
        for name, path in _starter_files()
    }
    for path, data in files.items():
        if problem := create(path, data, shown=str(path)):
            return problem
    return None


def _starter_files() -> Iterator[tuple[str, Path]]:
    for prefix, root in resources.starter_folders():
        for path in sorted(root.rglob("*")):
            if path.is_file() and not _NEVER_COPIED & set(path.parts):
                name = prefix + path.relative_to(root).as_posix()
                yield ".gitignore" if name == "gitignore" else name, path


def _filled(text: str, values: dict[str, str]) -> str:
    return _PLACEHOLDER.sub(lambda found: values[found[1]], text)


def _filled_bytes(path: Path, values: dict[str, str]) -> bytes:
    return _filled(disk.read_text(path), values).encode()
