"""What imports have written: a digest of each file, so that nothing of a person is overwritten."""

from __future__ import annotations

import json
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any

from generator import disk
from generator.problems import Location, Problem, reason_of

NAME = "imported.json"
_VERSION = 1


@dataclass(slots=True)
class Imported:
    """A post, page or picture that an import wrote."""

    path: str
    digest: str  # of the file as it was written
    source: str  # digest of what the export said


@dataclass(slots=True)
class Record:
    """All that imports have written here, and what each of the runs did."""

    items: dict[str, Imported] = field(default_factory=dict)
    runs: list[dict[str, Any]] = field(default_factory=list)

    @property
    def paths(self) -> frozenset[str]:
        """The files of all items."""
        return frozenset(item.path for item in self.items.values())


@dataclass(slots=True)
class Run:
    """What one import writes: new files, and the earlier text of those that it wrote again."""

    created: dict[str, str] = field(default_factory=dict)  # digests by path
    keys: list[str] = field(default_factory=list)
    before: dict[str, dict[str, str]] = field(default_factory=dict)  # by key

    @property
    def is_empty(self) -> bool:
        """Whether it wrote nothing."""
        return not (self.created or self.before)


def digest_of(data: bytes) -> str:
    """A digest of some bytes."""
    return sha256(data).hexdigest()[:32]


def read_record(blog: Path) -> Record | Problem:
    """The record of a blog; an empty one if nothing was imported yet."""
    path = blog / NAME
    if not path.exists():
        return Record()
    try:
        given = json.loads(disk.read_bytes(path))
        items = {key: Imported(*map(str, values)) for key, values in given["items"].items()}
        runs = [dict(run) for run in given["runs"]]
        if given["version"] != _VERSION:
            raise ValueError("another version")
    except OSError as error:
        return Problem("unreadable", Location(NAME), f"this can't be read: {reason_of(error)}")
    except (ValueError, KeyError, TypeError, AttributeError):
        return Problem(
            "unreadable",
            Location(NAME),
            "the list of what was imported is damaged",
            "Restore it from git, so that no post comes twice.",
        )
    return Record(items, runs)


def write_record(blog: Path, record: Record) -> None:
    """Keeps the record, or removes it if there is nothing to keep; raises OSError."""
    path = blog / NAME
    if not record.items and not record.runs:
        path.unlink(missing_ok=True)
        return
    items = {
        key: [item.path, item.digest, item.source] for key, item in sorted(record.items.items())
    }
    value: Mapping[str, object] = {"version": _VERSION, "items": items, "runs": record.runs}
    text = json.dumps(value, ensure_ascii=False, indent=0, sort_keys=True)
    disk.write_bytes(path, f"{text}\n".encode())


@dataclass(slots=True)
class Undone:
    """What taking back an import did."""

    removed: list[str] = field(default_factory=list)
    restored: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)  # changed since, so left alone


def undo(blog: Path, record: Record) -> Undone | None:
    """Takes back the last import; None if there is none. Files that were changed since stay."""
    if not record.runs:
        return None
    run = record.runs[-1]
    undone = Undone()
    for path, digest in sorted(run["created"].items()):
        if not _is_inside(path):
            continue
        file = blog / path
        try:
            data = disk.read_bytes(file)
        except OSError:
            continue  # it is gone already
        if digest_of(data) != digest:
            undone.kept.append(path)
            continue
        file.unlink()
        undone.removed.append(path)
        _remove_empty(file.parent, blog / "content")
    for key in run["keys"]:
        record.items.pop(key, None)
    for key, before in sorted(run["before"].items()):
        item = record.items.get(key)
        if item is None or not _is_inside(item.path):
            continue
        with suppress(OSError):
            if digest_of(disk.read_bytes(blog / item.path)) == item.digest:
                disk.write_bytes(blog / item.path, before["text"].encode())
                record.items[key] = Imported(item.path, before["digest"], before["source"])
                undone.restored.append(item.path)
                continue
        undone.kept.append(item.path)
    record.runs.pop()
    write_record(blog, record)
    return undone


def _is_inside(path: str) -> bool:
    """Whether a path of the record, which anybody may have edited, is in the content."""
    return path.startswith("content/") and ".." not in path.split("/")


def _remove_empty(folder: Path, stop: Path) -> None:
    while folder != stop and stop in folder.parents:
        try:
            folder.rmdir()
        except OSError:
            return
        folder = folder.parent
