"""What earlier builds have found out, in `.weekly/` beside the content; safe to delete.

Files of plain JSON behind a line with a checksum: what is damaged, or was written by another
version, is thrown away. Nothing that is read here can run.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from generator import fingerprint
from generator.model import Html
from generator.output.writer import Step, no_step
from generator.problems import Location, Problem, Severity, reason_of

FOLDER = ".weekly"
FORMAT = 2


class CacheDamagedError(BaseException):  # no Exception: a template may meet it, and is not to blame
    """A body in the store is not what it was when it was kept."""


@dataclass(frozen=True, slots=True)
class Made:
    """How an artifact was made: its key, the parts of that, and the bytes that came of it."""

    key: str
    parts: Mapping[str, str]
    digest: str  # of the output
    marks: tuple[int, ...]  # size and times of the file as it was left

    @classmethod
    def of(cls, key: str, parts: Mapping[str, str], data: bytes, path: Path) -> Made:
        """How the file at a path, which holds these bytes, was made."""
        return cls(key, parts, fingerprint.of_bytes(data), _marks(str(path)))

    def found_at(self, path: str) -> Made | None:
        """This with the file's present marks, where it still holds the bytes that were written."""
        try:
            marks = _marks(path)
            if marks == self.marks:
                return self
            there = Path(path)
            is_whole = (
                not there.is_symlink() and fingerprint.of_bytes(there.read_bytes()) == self.digest
            )
        except OSError:  # it will be made again
            return None
        return Made(self.key, self.parts, self.digest, marks) if is_whole else None


def _marks(path: str) -> tuple[int, ...]:
    stat = os.lstat(path)
    return stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns, stat.st_ino


class Documents:
    """The memo: rows and HTML of documents, by path and key."""

    def __init__(self, rows: dict[str, list[Any]], bodies: Path) -> None:
        self._rows = rows
        self._bodies = bodies
        self._used: dict[str, list[Any]] = {}
        self._new: dict[str, str] = {}  # HTML that is not in the store yet, by path

    def recall(self, path: str, key: str) -> tuple[list[Any], Html] | None:
        """The row and HTML that were kept for a path under that key."""
        entry = self._rows.get(path)
        if entry is None or entry[0] != key:
            return None
        self._used[path] = entry
        _, row, digest, offset, length = entry
        return row, Html(digest, lambda: self._read(digest, offset, length))

    def keep(self, path: str, key: str, row: list[Any], html: Html) -> None:
        """Keep a row and HTML for later builds."""
        self._used[path] = [key, row, html.digest, 0, 0]
        self._new[path] = str(html)

    @property
    def is_changed(self) -> bool:
        """Whether there is anything to save."""
        return bool(self._new) or self._used.keys() != self._rows.keys()

    def store(self) -> dict[str, list[Any]]:
        """Put new HTML into the store; gives the rows to save."""
        if self._is_half_waste():
            self._new = {path: self._html_of(path, entry) for path, entry in self._used.items()}
            fresh = self._bodies.with_suffix(".new")
            fresh.unlink(missing_ok=True)
            self._append_new_to(fresh)
            fresh.replace(self._bodies)
        else:
            self._append_new_to(self._bodies)
        self._new = {}
        return self._used

    def _append_new_to(self, bodies: Path) -> None:
        with bodies.open("ab") as file:
            for path, html in self._new.items():
                data = html.encode()
                self._used[path][3:] = [file.tell(), len(data)]
                file.write(data)

    def _is_half_waste(self) -> bool:
        if not self._bodies.exists():
            return False
        needed: int = sum(entry[4] for entry in self._used.values())
        return self._bodies.stat().st_size > 2 * needed + 1_000_000

    def _html_of(self, path: str, entry: list[Any]) -> str:
        return self._new.get(path) or self._read(*entry[2:])

    def _read(self, digest: str, offset: int, length: int) -> str:
        try:
            with self._bodies.open("rb") as file:
                file.seek(offset)
                data = file.read(length)
        except OSError:
            raise CacheDamagedError from None
        if fingerprint.of_bytes(data) != digest:
            raise CacheDamagedError
        return data.decode()


@dataclass(slots=True)
class Cache:
    """Everything that is kept between builds of a blog into one output folder."""

    folder: Path
    engine: str
    name: str  # of the output folder, for what belongs to it
    documents: Documents
    digests: dict[str, list[Any]] = field(default_factory=dict)
    references: dict[str, list[str]] = field(default_factory=dict)  # of templates, by digest
    made: dict[str, Made] = field(default_factory=dict)

    @classmethod
    def open(cls, blog: Path, output: Path, engine: str) -> Cache:
        """What is kept, or an empty cache where that is nothing that can be trusted."""
        folder = blog / FOLDER
        name = fingerprint.of_value(os.path.relpath(output, blog))[:8]
        read = _read(folder / "documents.json", engine) or {}
        made = _read(folder / f"artifacts-{name}.json", engine) or {}
        return cls(
            folder=folder,
            engine=engine,
            name=name,
            documents=Documents(read.get("documents", {}), folder / "bodies.html"),
            digests=read.get("digests", {}),
            references=read.get("references", {}),
            made={
                path: Made(key, parts, digest, tuple(marks))
                for path, (key, parts, digest, marks) in made.items()
            },
        )

    @classmethod
    def empty(cls, blog: Path, output: Path, engine: str) -> Cache:
        """A cache that has forgotten everything."""
        for path in (blog / FOLDER).glob("*.*"):
            path.unlink()
        return cls.open(blog, output, engine)

    def save(
        self,
        *,
        digests: dict[str, list[Any]],
        references: dict[str, list[str]],
        made: dict[str, Made],
        step: Step = no_step,
    ) -> Problem | None:
        """Keep all this for the next build; gives why it could not be kept."""
        try:
            step("cache")
            self.folder.mkdir(exist_ok=True)
            self._save_documents(digests, references, step)
            self._save_made(made, step)
        except OSError as error:
            return _unkept(error, self.folder)
        return None

    def _save_documents(
        self, digests: dict[str, list[Any]], references: dict[str, list[str]], step: Step
    ) -> None:
        if self.documents.is_changed or digests != self.digests or references != self.references:
            step("cache bodies")
            rows = self.documents.store()
            step("cache documents")
            content = {"documents": rows, "digests": digests, "references": references}
            _write(self.folder / "documents.json", self.engine, content)

    def _save_made(self, made: dict[str, Made], step: Step) -> None:
        if made != self.made:
            step("cache artifacts")
            rows = {
                path: [item.key, item.parts, item.digest, item.marks] for path, item in made.items()
            }
            _write(self.folder / f"artifacts-{self.name}.json", self.engine, rows)


def _unkept(error: OSError, folder: Path) -> Problem:
    """A warning: the site is whole, only the next build takes longer."""
    reason = reason_of(error)
    return Problem(
        "unwritable",
        Location(str(error.filename or folder)),
        f"what this build has found out can't be kept: {reason}",
        "The site is built; the next build will take longer.",
        Severity.WARNING,
    )


def _read(path: Path, engine: str) -> Any:
    try:
        head, _, payload = path.read_bytes().partition(b"\n")
    except OSError:
        return None
    if head != _head(engine, payload):
        return None
    return json.loads(payload)


def _write(path: Path, engine: str, content: Any) -> None:
    payload = json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()
    fresh = path.with_suffix(".new")
    try:
        fresh.write_bytes(_head(engine, payload) + b"\n" + payload)
        fresh.replace(path)
    except OSError:
        fresh.unlink(missing_ok=True)
        raise


def _head(engine: str, payload: bytes) -> bytes:
    return f"weekly {FORMAT} {engine} {fingerprint.of_bytes(payload)}".encode()
