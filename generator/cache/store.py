"""What earlier builds have found out, in `.weekly/` beside the content; safe to delete.

Tables of plain JSON behind checksums (see `ledger`), and the HTML of all bodies in one file: what
is damaged, or was written by another version, is thrown away.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from generator import fingerprint
from generator.cache.damage import CacheDamagedError
from generator.cache.file_stamp import Marks, marks_of
from generator.cache.images import Images
from generator.cache.ledger import Ledger
from generator.model import Html, StoredText, Texts
from generator.problems import Location, Problem, Severity, reason_of
from generator.progress import Step, no_step

FOLDER = ".weekly"


class Made(NamedTuple):
    """How an artifact was made: its key, the parts of that, and the bytes that came of it."""

    sketch: str  # '' where there is none
    key: str
    told: str  # the parts of the key in one text, since hardly any of them are ever asked for
    digest: str  # of the output
    marks: Marks  # of the file as it was left

    @classmethod
    def of(cls, sketch: str, key: str, parts: Mapping[str, str], data: bytes, path: Path) -> Made:
        """How the file at a path, which holds these bytes, was made."""
        told = "|".join(f"{name}={digest}" for name, digest in parts.items())
        return cls(sketch, key, told, fingerprint.of_bytes(data), marks_of(os.lstat(path)))

    @property
    def parts(self) -> dict[str, str]:
        """The digest of each part of the key, by name."""
        split = (part.rpartition("=") for part in self.told.split("|"))
        return {name: digest for name, _, digest in split}

    @property
    def row(self) -> list[Any]:
        """This as a row that can be kept."""
        return [self.sketch, self.key, self.told, self.digest, self.marks]

    def with_sketch(self, sketch: str) -> Made:
        """This with the sketch of a later build, in which it had the same key."""
        return self if sketch == self.sketch else self._replace(sketch=sketch)

    def found_at(self, path: str) -> Made | None:
        """This with the file's present marks, where it still holds the bytes that were written."""
        try:
            marks = marks_of(os.lstat(path))
            if marks == self.marks:
                return self
            there = Path(path)
            is_whole = (
                not there.is_symlink() and fingerprint.of_bytes(there.read_bytes()) == self.digest
            )
        except OSError:  # it will be made again
            return None
        return self._replace(marks=marks) if is_whole else None


class Documents:
    """The memo: rows and texts of documents, by path and key."""

    def __init__(self, ledger: Ledger, bodies: Path) -> None:
        self._ledger = ledger
        self._rows = ledger.rows
        self._bodies = bodies
        self._used: dict[str, list[Any]] = {}
        self._new: dict[str, Texts] = {}  # those that are not in the store yet, by path

    def recall(self, path: str, key: str) -> tuple[list[Any], Texts] | None:
        """The row and texts that were kept for a path under that key."""
        entry = self._rows.get(path)
        if entry is None or entry[0] != key:
            return None
        self._used[path] = entry
        return entry[1], self._texts_of(entry)

    def _texts_of(self, entry: list[Any]) -> Texts:
        read = self._read
        html_at, html, words_at, words, opening_at, opening, inside_at, inside, end = entry[2:]
        return Texts(
            Html(html, partial(read, html, html_at, words_at)),
            StoredText(words, partial(read, words, words_at, opening_at)),
            StoredText(opening, partial(read, opening, opening_at, inside_at)),
            StoredText(inside, partial(read, inside, inside_at, end)),
        )

    def keep(self, path: str, key: str, row: list[Any], texts: Texts) -> None:
        """Keep a row and texts for later builds."""
        self._used[path] = [key, row]
        self._new[path] = texts

    def save(self, step: Step) -> None:
        """Put new texts into the store, then new rows into the table."""
        gone = self._rows.keys() - self._used.keys()
        if not self._new and not gone:
            return
        step("cache bodies")
        if self._is_half_waste():
            old = sorted(self._used.keys() - self._new.keys())
            self._new = {path: self._texts_of(self._used[path]) for path in old} | self._new
            fresh = self._bodies.with_suffix(".new")
            fresh.unlink(missing_ok=True)
            self._append_new_to(fresh)
            fresh.replace(self._bodies)
        else:
            self._append_new_to(self._bodies)
        step("cache documents")
        changes = {path: self._used[path] for path in self._new}
        self._ledger.save(changes | dict.fromkeys(sorted(gone)))
        self._new = {}

    def _append_new_to(self, bodies: Path) -> None:
        with bodies.open("ab") as file:
            for path, texts in self._new.items():
                entry = self._used[path] = self._used[path][:2]
                for text in texts:
                    entry += file.tell(), text.digest
                    file.write(str(text).encode())
                entry.append(file.tell())

    def _is_half_waste(self) -> bool:
        if not self._bodies.exists():
            return False
        needed: int = sum(entry[-1] - entry[2] for entry in self._used.values() if entry[2:])
        return self._bodies.stat().st_size > 2 * needed + 1_000_000

    def _read(self, digest: str, start: int, end: int) -> str:
        try:
            with self._bodies.open("rb") as file:
                file.seek(start)
                data = file.read(end - start)
        except OSError:
            raise CacheDamagedError from None
        if fingerprint.of_bytes(data) != digest:
            raise CacheDamagedError
        return data.decode()


@dataclass(slots=True)
class Cache:
    """Everything that is kept between builds of a blog into one output folder."""

    folder: Path
    documents: Documents
    images: Images
    made: dict[str, Made]
    _digests: Ledger
    _references: Ledger
    _related: Ledger
    _made: Ledger

    @classmethod
    def open(cls, blog: Path, output: Path, engine: str) -> Cache:
        """What is kept, or an empty cache where that is nothing that can be trusted."""
        folder = blog / FOLDER
        name = fingerprint.of_value(os.path.relpath(output, blog))[:8]
        of_blog = ("documents", "images", "digests", "templates")
        of_output = (f"related-{name}", f"artifacts-{name}")
        documents, images, digests, references, related, made = (
            Ledger(folder / f"{table}.jsonl", engine) for table in (*of_blog, *of_output)
        )
        return cls(
            folder=folder,
            documents=Documents(documents, folder / "bodies.txt"),
            images=Images(images, folder / "images"),
            made={
                path: Made(sketch, key, told, digest, tuple(marks))
                for path, (sketch, key, told, digest, marks) in made.rows.items()
            },
            _digests=digests,
            _references=references,
            _related=related,
            _made=made,
        )

    @property
    def is_outdated(self) -> bool:
        """Whether another version of this program, or of its libraries, made the files."""
        return self._made.is_outdated

    @property
    def digests(self) -> dict[str, list[Any]]:
        """What is known of the digests of files."""
        return self._digests.rows

    @property
    def references(self) -> dict[str, list[str]]:
        """The templates that each template names, by the digest of its text."""
        return self._references.rows

    @property
    def related(self) -> dict[str, Any]:
        """Which letters are alike, as `related.Relations` has left it."""
        return self._related.rows

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
        related: dict[str, Any],
        made: dict[str, Made],
        step: Step = no_step,
    ) -> Problem | None:
        """Keep all this for the next build; gives why it could not be kept."""
        try:
            step("cache")
            self.folder.mkdir(exist_ok=True)
            self.documents.save(step)
            step("cache digests")
            self._digests.save(_changes(self.digests, digests))
            self._references.save(_changes(self.references, references))
            self._related.save(_changes(self.related, related))
            step("cache artifacts")
            changed = _changes(self.made, made)
            self._made.save({path: item and item.row for path, item in changed.items()})
        except OSError as error:
            return _unkept(error, self.folder)
        return None


Row = TypeVar("Row")


def _changes(known: Mapping[str, Row], found: Mapping[str, Row]) -> dict[str, Row | None]:
    """The rows that are new or changed, and None for those that are gone."""
    changes: dict[str, Row | None] = {
        name: row for name, row in found.items() if known.get(name) != row
    }
    return changes | dict.fromkeys(sorted(known.keys() - found.keys()))


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
