"""Images that earlier builds have made, in `.weekly/images/`, so that none is made twice."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

from generator import disk, fingerprint
from generator.cache.database import Cell, Table
from generator.model import ImageFile, ImageVariant


class StoredImage(NamedTuple):
    """What became of an image file."""

    source: str  # digest of the file
    image: ImageFile

    @property
    def files(self) -> tuple[str, ...]:
        """The digests of all files that were made from it."""
        return (self.image.digest, *(variant.digest for variant in self.image.variants))


def _cells_of(stored: StoredImage) -> tuple[Cell, ...]:
    return stored.source, json.dumps(stored.image)


def _value_of(source: str, text: str) -> StoredImage | None:
    image = _image_in(_json_in(text))
    return StoredImage(source, image) if image else None


def _json_in(text: str) -> object:
    try:
        return json.loads(text)
    except (json.JSONDecodeError, RecursionError):
        return None


def _image_in(row: object) -> ImageFile | None:
    match row:
        case [str(media_type), int(width), int(height), str(digest), [*variants]]:
            made = [variant for row in variants if (variant := _variant_in(row))]
            if len(made) == len(variants):
                return ImageFile(media_type, width, height, digest, tuple(made))
    return None


def _variant_in(row: object) -> ImageVariant | None:
    match row:
        case [str(media_type), int(width), int(height), str(digest)]:
            return ImageVariant(media_type, width, height, digest)
    return None


IMAGES = Table("images", {"source": str, "image": str}, _cells_of, _value_of)


class ImageStore:
    """What became of images, by everything that they were made from, and their bytes by digest."""

    def __init__(self, folder: Path, kept: Mapping[str, StoredImage]) -> None:
        self._folder = folder
        self._kept = kept
        self._used: dict[str, StoredImage] = {}
        self._at_hand: dict[str, bytes] = {}  # what could not be written to the disk

    def recall(self, key: str, digest_of: Callable[[str], str]) -> ImageFile | None:
        """The image that was made under that key, if all its files are whole.

        `digest_of` gives the digest of a file, or raises OSError.
        """
        stored = self._used.get(key) or self._kept.get(key)
        if stored is None or not all(self._is_whole(d, digest_of) for d in stored.files):
            return None
        self._used[key] = stored
        return stored.image

    def keep(self, key: str, source: str, image: ImageFile) -> None:
        """Remember an image that was made from a file with that digest."""
        self._used[key] = StoredImage(source, image)

    def put(self, data: bytes) -> str:
        """The digest under which these bytes can be read from now on."""
        digest = fingerprint.of_bytes(data)
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            disk.write_bytes(self._folder / digest, data)
        except OSError:  # saving the cache reports it
            self._at_hand[digest] = data
        return digest

    def read(self, digest: str) -> bytes:
        """The bytes of that digest; raises OSError."""
        at_hand = self._at_hand.get(digest)
        return disk.read_bytes(self._folder / digest) if at_hand is None else at_hand

    def to_keep(self, sources: Iterable[str]) -> dict[str, StoredImage]:
        """What this build has used, and what else was made from these files of the blog."""
        there = set(sources)
        known = {key: stored for key, stored in self._kept.items() if stored.source in there}
        return known | self._used

    def prune(self, kept: Iterable[StoredImage]) -> None:
        """Remove the files that none of these images needs; raises OSError."""
        needed = {digest for stored in kept for digest in stored.files}
        if not self._folder.is_dir():
            return
        for file in self._folder.iterdir():
            if file.name not in needed:
                file.unlink()

    def _is_whole(self, digest: str, digest_of: Callable[[str], str]) -> bool:
        if digest in self._at_hand:
            return True
        try:
            return digest_of(str((self._folder / digest).absolute())) == digest
        except OSError:
            return False
