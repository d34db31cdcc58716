"""Images that earlier builds have made, in `.weekly/images/`, so that none is made twice."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from generator import fingerprint
from generator.cache.damage import CacheDamagedError
from generator.cache.ledger import Ledger
from generator.model import Kept


class Images:
    """Rows about images by key, and the bytes that belong to them by digest."""

    def __init__(self, ledger: Ledger, files: Path) -> None:
        self._ledger = ledger
        self._files = files
        self._used: dict[str, list[Any]] = {}

    def recall(self, key: str) -> list[Any] | None:
        """The row that was kept under a key."""
        entry = self._ledger.rows.get(key)
        if entry is None:
            return None
        self._used[key] = entry
        row: list[Any] = entry[2]
        return row

    def keep(self, key: str, source: str, row: list[Any], files: Iterable[Kept]) -> None:
        """Keep a row, made from a source of that digest, as long as source and files are needed."""
        self._used[key] = [source, [file.digest for file in files], row]

    def put(self, data: bytes) -> Kept:
        """Bytes, put aside where the disk allows it."""
        digest = fingerprint.of_bytes(data)
        fresh = self._files / f"{digest}.new"
        try:
            self._files.mkdir(parents=True, exist_ok=True)
            fresh.write_bytes(data)
            fresh.replace(self._files / digest)
        except OSError:  # saving the cache tells of it
            return Kept(digest, lambda: data)
        return self.find(digest)

    def find(self, digest: str) -> Kept:
        """The bytes of that digest, which are read when they are needed."""
        return Kept(digest, lambda: self._read(digest))

    def save(self, sources: Iterable[str]) -> None:
        """Keep what this build has used, and what else was made of the sources of the blog."""
        there = set(sources)
        known = self._ledger.rows
        gone = {key for key, entry in known.items() if entry[0] not in there} - self._used.keys()
        new = {key: entry for key, entry in self._used.items() if key not in known}
        if not new and not gone:
            return
        try:
            self._ledger.save(new | dict.fromkeys(sorted(gone)))
            needed = {digest for _, files, _ in known.values() for digest in files}
            for file in self._files.iterdir():
                if file.name not in needed:
                    file.unlink()
        except OSError:  # saving the cache tells of it
            return

    def _read(self, digest: str) -> bytes:
        try:
            data = (self._files / digest).read_bytes()
        except OSError:
            raise CacheDamagedError from None
        if fingerprint.of_bytes(data) != digest:
            raise CacheDamagedError
        return data
