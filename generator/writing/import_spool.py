"""Bodies and pictures that wait on the disk until it is known where everything goes."""

from __future__ import annotations

import tempfile
from typing import NamedTuple


class Place(NamedTuple):
    """Where something is in a spool."""

    at: int
    length: int


class Spool:
    """A temporary file that holds bytes; it disappears with the run."""

    def __init__(self) -> None:
        self._file = tempfile.TemporaryFile()  # noqa: SIM115  it lives as long as the spool
        self._end = 0

    def keep(self, data: bytes) -> Place:
        """Keeps some bytes."""
        self._file.seek(self._end)
        self._file.write(data)
        place = Place(self._end, len(data))
        self._end += len(data)
        return place

    def get(self, place: Place) -> bytes:
        """The bytes at a place."""
        self._file.seek(place.at)
        return self._file.read(place.length)

    def close(self) -> None:
        """Forgets everything."""
        self._file.close()
