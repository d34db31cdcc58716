"""Digests of files, of which one is read again only when its stat could hide a change."""

from __future__ import annotations

import os
from collections.abc import Container, Mapping
from pathlib import Path
from typing import Any

from generator import fingerprint
from generator.cache.file_stamp import Marks, marks_of, may_hide_a_change

Row = list[Any]  # size, times of change in ns, inode, digest, and when it was taken


_NOTHING: Mapping[str, Marks] = {}


class Digests:
    """The digests of a blog's files, with those of an earlier build to start from."""

    def __init__(
        self,
        root: Path,
        known: Mapping[str, Row],
        *,
        taken_ns: int,
        seen: Mapping[str, Marks] = _NOTHING,
    ) -> None:
        """`taken_ns` is a moment before any file is read or was `seen`, with its marks by path."""
        self.rows: dict[str, Row] = {}  # of the files that were asked for
        self._root = root
        self._known = known
        self._taken_ns = taken_ns
        self._seen = seen

    def of(self, name: str) -> str:
        """The digest of a file by its path below the root; raises OSError."""
        path = os.path.join(self._root, name)  # noqa: PTH118 four times as fast, for each file
        marks = self._seen.get(path) or marks_of(os.stat(path))  # noqa: PTH116
        row = self._known.get(name)
        if row is None or not _is_the_same(marks, row):
            digest = fingerprint.of_bytes(Path(path).read_bytes())
            row = [*marks, digest, self._taken_ns]
        self.rows[name] = row
        return str(row[-2])

    def are_current(self, *, besides: Container[str] = ()) -> bool:
        """Whether every file, besides some, is still as it was when its digest was taken."""
        try:
            return all(
                marks_of(stat) == tuple(row[:4])
                for name, row in self.rows.items()
                if name not in besides
                for stat in (os.stat(os.path.join(self._root, name)),)  # noqa: PTH116, PTH118
            )
        except OSError:
            return False


def _is_the_same(marks: Marks, row: Row) -> bool:
    """Whether a file can't have changed since its digest was taken."""
    size, modified, changed, inode, _, taken = row
    is_alike = marks == (size, modified, changed, inode)
    return is_alike and not may_hide_a_change(max(modified, changed), taken)
