"""Tables as GitHub reads them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element, SubElement

MAX_FILLED_CELLS = 5_000  # in a table: added to its short rows

_DELIMITER_ROW = re.compile(r"[ ]{0,3}(?=[|:-])\|?(?>(?:[ \t]*:?-++:?[ \t]*(?:\||$))+)[ \t]*$")
_CELL = re.compile(r"((?>(?:[^|\\]++|\\.|\\$)*))(?:\||$)")


def begins_table(header: str, line: str) -> bool:
    """Whether a line makes the line before it the header of a table."""
    if not ("|" in line or ":" in line) or _DELIMITER_ROW.match(line) is None:
        return False
    return len(_cells_of(header)) == len(_cells_of(line))


def read_table(table: Element, header: str, rows: Iterator[str]) -> None:
    """Fill a table; the first of the rows is the line under the header."""
    table.text = "\n"
    alignments = [_alignment(cell) for cell in _cells_of(next(rows))]
    _add_row(_add_part(table, "thead"), "th", _cells_of(header), alignments)
    body: Element | None = None
    left = MAX_FILLED_CELLS
    for row in rows:
        cells = _cells_of(row)[: len(alignments)]
        # without a limit, a header of many cells would make every short row long
        missing = min(len(alignments) - len(cells), left)
        left -= missing
        body = _add_part(table, "tbody") if body is None else body
        _add_row(body, "td", cells + [""] * missing, alignments)


def _cells_of(row: str) -> list[str]:
    """The cells of a table's row."""
    row = row.strip(" \t")
    if row.startswith("|"):
        row = row[1:]
    if row.endswith("|") and not row.endswith("\\|"):
        row = row[:-1]
    cells = [found[1].strip(" \t").replace("\\|", "|") for found in _CELL.finditer(row)]
    return cells[:-1] if row else []


def _alignment(delimiter: str) -> str:
    sides = delimiter.startswith(":"), delimiter.endswith(":")
    return {(True, True): "center", (True, False): "left", (False, True): "right"}.get(sides, "")


def _add_part(table: Element, tag: str) -> Element:
    part = SubElement(table, tag)
    part.text = part.tail = "\n"
    return part


def _add_row(part: Element, tag: str, cells: list[str], alignments: list[str]) -> None:
    row = SubElement(part, "tr")
    row.text = row.tail = "\n"
    for cell, alignment in zip(cells, alignments, strict=False):
        element = SubElement(row, tag, {"class": f"align-{alignment}"} if alignment else {})
        element.text = cell
        element.tail = "\n"
