"""Zip files that strangers may have made, unpacked in memory and within bounds."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator
from io import BytesIO

MOST_FILES = 10_000
MOST_BYTES = 300_000_000  # of all files together
_CHUNK = 1_000_000


class ArchiveError(ValueError):
    """A zip file that can't be unpacked, or should not be; its message says why."""


def unpacked(data: bytes, *, most: int = MOST_BYTES) -> Iterator[tuple[str, bytes]]:
    """The name and bytes of each file in a zip file; raises ArchiveError.

    What counts is how much comes out, whatever the archive says of itself.
    """
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            entries = [entry for entry in archive.infolist() if not entry.is_dir()]
            if len(entries) > MOST_FILES:
                raise ArchiveError(f"it holds more than {MOST_FILES:,} files")
            left = most
            for entry in entries:
                content = _content(archive, entry, left)
                left -= len(content)
                yield entry.filename, content
    except (zipfile.BadZipFile, zlib.error, EOFError, ValueError, OSError) as error:
        if isinstance(error, ArchiveError):
            raise
        raise ArchiveError("it is damaged") from error
    except (RuntimeError, NotImplementedError) as error:  # encrypted, or packed in an unknown way
        raise ArchiveError("it is encrypted, or packed in a way that can't be read") from error


def _content(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, left: int) -> bytes:
    parts = []
    with archive.open(entry) as file:
        while part := file.read(_CHUNK):
            left -= len(part)
            if left < 0:
                raise ArchiveError("too much comes out of it")
            parts.append(part)
    return b"".join(parts)
