"""Digests of files; a file is read again only if its stat could hide a change."""

from __future__ import annotations

import os
from collections.abc import Container, Mapping
from pathlib import Path
from typing import NamedTuple

from generator import disk, fingerprint
from generator.cache.file_stamp import FileStamp, may_hide_a_change, stamp_of


class FileDigest(NamedTuple):
    """The digest of a file, and the stamp that the file had then."""

    stamp: FileStamp
    digest: str
    taken_ns: int  # a moment before the file was read

    def holds_for(self, stamp: FileStamp) -> bool:
        """Whether a file with that stamp can't have changed since the digest was taken."""
        _, modified, changed, _ = self.stamp
        return stamp == self.stamp and not may_hide_a_change(max(modified, changed), self.taken_ns)


class FileDigests:
    """The digests of a blog's files, with those of an earlier build to start from."""

    def __init__(self, root: Path, known: Mapping[str, FileDigest], *, taken_ns: int) -> None:
        """`taken_ns` is a moment before any file is read."""
        self.taken: dict[str, FileDigest] = {}  # of the files that were asked for, by name
        self._root = root
        self._known = known
        self._taken_ns = taken_ns

    def of(self, name: str) -> str:
        """The digest of a file by its path below the root; raises OSError."""
        path = os.path.join(self._root, name)  # noqa: PTH118 four times as fast, for each file
        stamp = stamp_of(os.stat(path))  # noqa: PTH116
        found = self._known.get(name)
        if found is None or not found.holds_for(stamp):
            digest = fingerprint.of_bytes(disk.read_bytes(path))
            found = FileDigest(stamp, digest, self._taken_ns)
        self.taken[name] = found
        return found.digest

    def are_current(self, *, besides: Container[str] = ()) -> bool:
        """Whether every file, except some, is still as it was when its digest was taken."""
        try:
            return all(
                stamp_of(os.stat(os.path.join(self._root, name))) == found.stamp  # noqa: PTH116, PTH118
                for name, found in self.taken.items()
                if name not in besides
            )
        except OSError:
            return False
