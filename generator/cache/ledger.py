"""A table of JSON values in a file to which changes are appended.

Each line is a checksum and the rows that came or changed since the line before, null for one that
went. A line that is damaged, and all after it, is as if it had never been written. Nothing that is
read here can run.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from zlib import crc32

FORMAT = 4
WASTE = 4  # a file is written anew when what was appended exceeds this part of it


class Ledger:
    """The rows of a table by name, as they were last saved by the same engine."""

    def __init__(self, path: Path, engine: str) -> None:
        """What was saved; an empty table where that can't be read or is another engine's."""
        self.rows: dict[str, Any] = {}
        self.is_outdated = False  # whether there is a table, of another engine
        self._path = path
        self._head = f"weekly {FORMAT} {engine}\n".encode()
        self._size = 0  # bytes of the first line, 0 when the file must be written anew
        self._appended = 0
        for line, changes in self._lines():
            self._appended += len(line) if self._size else 0
            self._size = self._size or len(line)
            self._change(changes)

    def save(self, changes: dict[str, Any]) -> None:
        """Put down the rows that are new or changed, with None for those that are gone."""
        if not changes and self._size:
            return
        self._change(changes)
        line = _line(changes)
        if self._size and self._appended + len(line) <= self._size // WASTE:
            with self._path.open("ab") as file:
                file.write(line)
            self._appended += len(line)
        else:
            self._write_anew()

    def _change(self, changes: dict[str, Any]) -> None:
        for name, row in changes.items():
            if row is None:
                self.rows.pop(name, None)
            else:
                self.rows[name] = row

    def _write_anew(self) -> None:
        line = _line(self.rows)
        fresh = self._path.with_suffix(".new")
        try:
            fresh.write_bytes(self._head + line)
            fresh.replace(self._path)
        except OSError:
            fresh.unlink(missing_ok=True)
            raise
        self._size, self._appended = len(line), 0

    def _lines(self) -> Iterator[tuple[bytes, dict[str, Any]]]:
        """The lines that are whole; after one that is not, the file is to be written anew."""
        try:
            data = self._path.read_bytes()
        except OSError:
            return
        if not data.startswith(self._head):
            self.is_outdated = data.startswith(b"weekly ")
            return
        for line in data[len(self._head) :].splitlines(keepends=True):
            changes = _changes_in(line)
            if changes is None:
                self._size = 0
                return
            yield line, changes


def is_whole(path: Path) -> bool:
    """Whether every line of a table is as it was saved, by whichever engine."""
    _, *lines = path.read_bytes().splitlines(keepends=True) or [b""]
    return bool(lines) and all(_payload(line) is not None for line in lines)


def _changes_in(line: bytes) -> dict[str, Any] | None:
    """The rows of a line, None where it is damaged or was not written by us."""
    try:
        changes = json.loads(_payload(line) or b"null")
    except (RecursionError, ValueError):
        return None
    return changes if isinstance(changes, dict) else None


def _payload(line: bytes) -> bytes | None:
    """What stands behind the checksum of a line, None where that is not of it."""
    checksum, _, payload = line.partition(b" ")
    return payload if _checksum(payload) == checksum else None


def _line(rows: dict[str, Any]) -> bytes:
    payload = json.dumps(rows, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"
    return _checksum(payload) + b" " + payload


def _checksum(payload: bytes) -> bytes:
    """A CRC, as gzip has one: it finds damage in an eighth of the time of a digest."""
    return f"{crc32(payload):08x}".encode()
