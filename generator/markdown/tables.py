"""Tables as GitHub reads them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element, SubElement

from generator.markdown.notices import Findings
from generator.markdown.source_text import Place, SourceText

MAX_FILLED_CELLS = 5_000  # in a table: added to its short rows

_DELIMITER_ROW = re.compile(r"[ ]{0,3}(?=[|:-])\|?(?>(?:[ \t]*:?-++:?[ \t]*(?:\||$))+)[ \t]*$")
_EMPTY = SourceText.of_lines([""], [Place(0, 0)])
_CELL = re.compile(r"((?>(?:[^|\\]++|\\.|\\$)*))(?:\||$)")


def begins_table(header: str, line: str) -> bool:
    """Whether a line makes the line before it the header of a table."""
    if not ("|" in line or ":" in line) or _DELIMITER_ROW.match(line) is None:
        return False
    return width_of(header) == width_of(line)


def may_be_delimiter_row(header: str, line: str) -> bool:
    """Whether a line looks like the one under the header of a table, and is not."""
    return "|" in header and "|" in line and _DELIMITER_ROW.match(line) is not None


def read_table(
    table: Element, header: SourceText, rows: Iterator[SourceText], findings: Findings
) -> None:
    """Fill a table; the first of the rows is the line under the header."""
    table.text = "\n"
    alignments = [_alignment(cell) for cell in _cells_of(next(rows))]
    _add_row(_add_part(table, "thead"), "th", _cells_of(header), alignments)
    body: Element | None = None
    left = MAX_FILLED_CELLS
    for row in rows:
        cells = _cells_of(row)
        if len(cells) > len(alignments):
            findings.surplus_cells(cells[len(alignments) :], len(alignments))
            del cells[len(alignments) :]
        # without a limit, a header of many cells would make every short row long
        missing = min(len(alignments) - len(cells), left)
        left -= missing
        body = _add_part(table, "tbody") if body is None else body
        _add_row(body, "td", [*cells, *[_EMPTY] * missing], alignments)


def _cells_of(row: SourceText) -> list[SourceText]:
    """The cells of a table's row."""
    start, end = _within(row, 0, len(row))
    if row.startswith("|", start, end):
        start += 1
    if row.endswith("|", start, end) and not row.endswith("\\|", start, end):
        end -= 1
    places = [_within(row, *found.span(1)) for found in _CELL.finditer(row, start, end)]
    return [row.part(*place).without("\\|") for place in places[:-1]] if start < end else []


def _within(row: str, start: int, end: int) -> tuple[int, int]:
    """A part of a row without the white space at its ends."""
    while start < end and row[start] in " \t":
        start += 1
    while end > start and row[end - 1] in " \t":
        end -= 1
    return start, end


def width_of(row: str) -> int:
    """How many cells a row has."""
    return len(_cells_of(SourceText.of_lines([row], [Place(0, 0)])))


def _alignment(delimiter: str) -> str:
    sides = delimiter.startswith(":"), delimiter.endswith(":")
    return {(True, True): "center", (True, False): "left", (False, True): "right"}.get(sides, "")


def _add_part(table: Element, tag: str) -> Element:
    part = SubElement(table, tag)
    part.text = part.tail = "\n"
    return part


def _add_row(part: Element, tag: str, cells: list[SourceText], alignments: list[str]) -> None:
    row = SubElement(part, "tr")
    row.text = row.tail = "\n"
    for cell, alignment in zip(cells, alignments, strict=False):
        element = SubElement(row, tag, {"class": f"align-{alignment}"} if alignment else {})
        element.text = cell
        element.tail = "\n"
