"""Tables of exports: CSV with whatever quotes, separators and encodings people's programs write."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from generator.importers.archives import ArchiveError
from generator.importers.bundle import Bundle

MOST_ROWS = 200_000


def rows_of(bundle: Bundle, name: str) -> Iterator[tuple[int, dict[str, str]]]:
    """Each row with its line, its keys in small letters; raises OSError or ArchiveError."""
    data = bundle.read(name)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("cp1252", "replace")
    before = csv.field_size_limit(50_000_000)  # a letter may be in one cell
    lines = csv.reader(io.StringIO(text.replace("\0", ""), newline=""))
    head: list[str] = []
    try:
        for number, row in enumerate(lines):
            if number > MOST_ROWS:
                raise ArchiveError(f"it has more than {MOST_ROWS:,} rows")
            if not head:
                # some exports begin with notes above the names of the columns
                if len([cell for cell in row if cell.strip()]) >= 2:
                    head = [cell.strip().casefold() for cell in row]
                continue
            if any(cell.strip() for cell in row):
                yield lines.line_num, dict(zip(head, row, strict=False))
    except csv.Error as error:
        raise ArchiveError(f"it is no table that can be read: {error}") from error
    finally:
        csv.field_size_limit(before)
