"""How an artifact was made, and whether its file still is as it was left."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from generator import fingerprint
from generator.cache.file_stamp import FileStamp, stamp_of


class Made(NamedTuple):
    """How an artifact was made: its key, the parts of that, and the bytes that came of it."""

    inputs: str  # digest of all that its view was made from; '' where only the view tells
    key: str
    parts_text: str  # the parts of the key in one text, since hardly any of them are asked for
    digest: str  # of the output
    stamp: FileStamp  # of the file as it was left

    @classmethod
    def of(cls, inputs: str, key: str, parts: Mapping[str, str], data: bytes, path: Path) -> Made:
        """How the file at a path, which holds these bytes, was made."""
        text = "|".join(f"{name}={digest}" for name, digest in parts.items())
        return cls(inputs, key, text, fingerprint.of_bytes(data), stamp_of(os.lstat(path)))

    @property
    def parts(self) -> dict[str, str]:
        """The digest of each part of the key, by name."""
        split = (part.rpartition("=") for part in self.parts_text.split("|"))
        return {name: digest for name, _, digest in split}

    def found_at(self, path: str) -> Made | None:
        """This with the file's present stamp, where it still holds the bytes that were written."""
        try:
            stamp = stamp_of(os.lstat(path))
            if stamp == self.stamp:
                return self
            there = Path(path)
            is_whole = (
                not there.is_symlink() and fingerprint.of_bytes(there.read_bytes()) == self.digest
            )
        except OSError:  # it will be made again
            return None
        return self._replace(stamp=stamp) if is_whole else None
