"""What builds keep in `.weekly/` beside the content; safe to delete.

An SQLite database of texts and numbers, none of which can run, and a folder of images. What is
damaged, or was written by another version of this program, is treated as missing.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from generator import fingerprint
from generator.cache import database
from generator.cache.database import Table, change_of
from generator.cache.file_digests import FileDigest
from generator.cache.images import IMAGES, ImageStore, StoredImage
from generator.cache.made import Made
from generator.content.rows import StoredDocument
from generator.problems import Location, Problem, Severity, reason_of
from generator.progress import Step, no_step

FOLDER = ".weekly"
NAME = "cache.sqlite"


_STAMP = {"size": int, "modified": int, "changed": int, "inode": int}

DOCUMENTS = Table[StoredDocument](
    "documents",
    {"made_from": str, "row": bytes, "html": bytes, "vocabulary": bytes},
    lambda kept: kept,
    StoredDocument,
)
FILES = Table[FileDigest](
    "files",
    {"digest": str, "taken": int, **_STAMP},
    lambda file: (file.digest, file.taken_ns, *file.stamp),
    lambda digest, taken, *stamp: FileDigest(stamp, digest, taken),
)
TEMPLATES = Table[tuple[str, ...]](
    "templates",
    {"names": str},
    lambda names: ("\n".join(names),),
    lambda names: tuple(names.splitlines()),
)


def artifacts_of(output: str) -> Table[Made]:
    """The table of what was made into one output folder, which its path names."""
    return Table[Made](
        f"artifacts_{fingerprint.of_value(output)[:8]}",
        {"inputs": str, "made_from": str, "parts": str, "digest": str, **_STAMP},
        lambda made: (*made[:4], *made.stamp),
        lambda inputs, key, parts, digest, *stamp: Made(inputs, key, parts, digest, stamp),
    )


@dataclass(slots=True)
class Cache:
    """Everything that is kept between builds of a blog into one output folder."""

    folder: Path
    engine: str
    artifacts: Table[Made]
    is_usable: bool  # whether what is kept can be added to
    is_outdated: bool  # whether another version of this program, or of its libraries, wrote it
    documents: Mapping[str, StoredDocument]  # by source
    files: Mapping[str, FileDigest]  # by path
    templates: Mapping[str, tuple[str, ...]]  # what a template names, by the digest of its text
    stored_images: Mapping[str, StoredImage]  # by what they were made from
    made: Mapping[str, Made]  # by path in the output
    images: ImageStore

    @classmethod
    def open(cls, blog: Path, output: Path, engine: str) -> Cache:
        """What is kept, as far as it can be trusted."""
        folder = blog / FOLDER
        artifacts = artifacts_of(os.path.relpath(output, blog))
        tables: tuple[Table[Any], ...] = (DOCUMENTS, FILES, TEMPLATES, IMAGES, artifacts)
        found = database.read(folder / NAME, engine, tables)
        images = found.of(IMAGES)
        return cls(
            folder=folder,
            engine=engine,
            artifacts=artifacts,
            is_usable=found.is_usable,
            is_outdated=found.is_outdated,
            documents=found.of(DOCUMENTS),
            files=found.of(FILES),
            templates=found.of(TEMPLATES),
            stored_images=images,
            made=found.of(artifacts),
            images=ImageStore(folder / "images", images),
        )

    def save(
        self,
        *,
        documents: Mapping[str, StoredDocument],
        files: Mapping[str, FileDigest],
        templates: Mapping[str, tuple[str, ...]],
        images: Mapping[str, StoredImage],
        made: Mapping[str, Made],
        step: Step = no_step,
    ) -> Problem | None:
        """Keep all this for the next build; returns a warning if that fails."""
        changes = (
            change_of(DOCUMENTS, self.documents, documents),
            change_of(FILES, self.files, files),
            change_of(TEMPLATES, self.templates, templates),
            change_of(IMAGES, self.stored_images, images),
            change_of(self.artifacts, self.made, made),
        )
        needed = [change for change in changes if change.rows or change.gone]
        if not needed and self.is_usable:
            return None
        try:
            step("cache")
            self.folder.mkdir(exist_ok=True)
            database.write(self.folder / NAME, self.engine, needed, anew=not self.is_usable)
            step("cache images")
            self.images.prune(images.values())
        except (OSError, sqlite3.Error) as error:
            return _unkept(error, self.folder)
        return None


def _unkept(error: OSError | sqlite3.Error, folder: Path) -> Problem:
    """A warning: the site is whole, only the next build takes longer."""
    if isinstance(error, OSError):
        place, reason = str(error.filename or folder), reason_of(error)
    else:
        place, reason = str(folder), str(error)
    return Problem(
        "unwritable",
        Location(place),
        f"the cache can't be written: {reason}",
        "The site is built; the next build will take longer.",
        Severity.WARNING,
    )
