"""How an artifact was made, and whether its file is still as the build left it."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from generator import disk, fingerprint
from generator.cache.file_stamp import FileStamp, stamp_of


class Made(NamedTuple):
    """How an artifact was made: its key, the parts of the key, and the digest of its bytes."""

    inputs: str  # digest of what its view was made from; '' if the view itself is compared
    key: str
    parts_text: str  # the parts of the key in one text, since hardly any of them are asked for
    digest: str  # of the output
    stamp: FileStamp  # of the file as it was left

    @classmethod
    def of(cls, inputs: str, key: str, parts: Mapping[str, str], data: bytes, path: Path) -> Made:
        """How the file at a path was made, which has these bytes."""
        text = "|".join(f"{name}={digest}" for name, digest in parts.items())
        return cls(inputs, key, text, fingerprint.of_bytes(data), stamp_of(os.lstat(path)))

    @property
    def parts(self) -> dict[str, str]:
        """The digest of each part of the key, by name."""
        split = (part.rpartition("=") for part in self.parts_text.split("|"))
        return {name: digest for name, _, digest in split}

    def found_at(self, path: str) -> Made | None:
        """The same with the file's present stamp, if it still has the bytes that were written."""
        try:
            stamp = stamp_of(os.lstat(path))
            if stamp == self.stamp:
                return self
            there = Path(path)
            is_whole = (
                not there.is_symlink()
                and fingerprint.of_bytes(disk.read_bytes(there)) == self.digest
            )
        except OSError:  # it will be made again
            return None
        return self._replace(stamp=stamp) if is_whole else None
