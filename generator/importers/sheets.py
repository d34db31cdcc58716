"""Tables of answers as rows of texts: CSV in any usual encoding, and .xlsx."""

from __future__ import annotations

import csv
import re
import zipfile
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from importlib import import_module
from io import BytesIO, StringIO
from typing import Any

from generator.importers.archives import ArchiveError, unpacked

MOST_ROWS = 50_000
MOST_COLUMNS = 300
_MOST_UNPACKED = 60_000_000
_LONGEST_CELL = 200_000

Row = tuple[str, ...]


class SheetError(ValueError):
    """A table that can't be read; its message says why, and what to do."""


def rows_of_csv(data: bytes) -> tuple[Row, ...]:
    """The rows of a CSV file; raises SheetError."""
    text = _text(data)
    lines = csv.reader(StringIO(text, newline=""), delimiter=_delimiter(text))
    rows: list[Row] = []
    before = csv.field_size_limit(_LONGEST_CELL)
    try:
        for row in lines:
            rows.append(tuple(row[:MOST_COLUMNS]))
            if len(rows) > MOST_ROWS:
                raise SheetError(f"it has more than {MOST_ROWS:,} rows")
    except csv.Error as error:
        raise SheetError(f"line {lines.line_num} can't be read: {error}") from error
    finally:
        csv.field_size_limit(before)
    return tuple(rows)


def _text(data: bytes) -> str:
    """The text of a table: UTF-8 or UTF-16, or else as Excel saves it on Windows."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


def _delimiter(text: str) -> str:
    """The sign between cells: the one that is most often in the first line, outside quotes."""
    first = re.sub(r'"[^"]*"', "", text[:20_000]).lstrip("\r\n").partition("\n")[0]
    return max(",;\t", key=first.count)


def rows_of_xlsx(data: bytes) -> tuple[Row, ...]:
    """The rows of the first sheet with any, of a workbook of Excel; raises SheetError."""
    try:
        calamine: Any = import_module("python_calamine")
    except ModuleNotFoundError:
        hint = "save it as .csv, or run: pip install 'cio-weekly[listen]'"
        raise SheetError(f"reading .xlsx needs the package python-calamine; {hint}") from None
    book = _harmless(data)
    try:
        workbook = calamine.CalamineWorkbook.from_filelike(BytesIO(book))
        for number in range(min(len(workbook.sheet_names), 20)):
            rows = workbook.get_sheet_by_index(number).to_python(skip_empty_area=True)
            if rows:
                return tuple(tuple(map(_shown, row)) for row in rows)
    except calamine.CalamineError as error:
        raise SheetError("it is not a workbook of Excel that can be read") from error
    return ()


def _shown(value: object) -> str:
    if isinstance(value, datetime):
        return value.isoformat(" ", "seconds")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def _harmless(data: bytes) -> bytes:
    """The workbook with only its XML, whose cells are where a table of answers has them.

    One cell in the last row and column would make the library ask for all memory, which ends the
    program.
    """
    book = BytesIO()
    names: set[str] = set()
    try:
        with zipfile.ZipFile(book, "w") as kept:
            for name, content in unpacked(data, most=_MOST_UNPACKED):
                is_part = re.fullmatch(r"(?:xl/|_rels/)[\w./-]*\.(?:xml|rels)", name)
                if name != "[Content_Types].xml" and not is_part:
                    continue
                _check_cells(content)
                if name not in names:
                    kept.writestr(name, content)
                names.add(name)
    except ArchiveError as error:
        raise SheetError(str(error)) from error
    if "xl/workbook.xml" not in names:
        raise SheetError("it is not a workbook of Excel; save it as .xlsx or .csv")
    return book.getvalue()


_START = re.compile(rb"<(?:[\w.-]+:)?(c|row)(?=[\s/>])")
_REST = re.compile(rb"""(?:[^"'<>]|"[^"<]*"|'[^'<]*')*>""")
_PLACE = re.compile(rb"""\sr\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_REFERENCE = re.compile(rb"([A-Za-z]{0,3})(\d{1,7})")


def _check_cells(xml: bytes) -> None:
    """Raises SheetError for cells in places that no table of answers has."""
    if b"\x00" in xml[:1000] or b"<!DOCTYPE" in xml[:1000]:
        raise SheetError("it is not a workbook that Excel has saved")
    rows = cells = 0
    for found in _START.finditer(xml):
        is_row = found[1] == b"row"
        rows, cells = (rows + 1, 0) if is_row else (rows, cells + 1)
        rest = _REST.match(xml, found.end())
        place = _PLACE.search(rest[0]) if rest else None
        reference = place[1] or place[2] or b"" if place else b"A1"
        if rest is None or not _is_near(reference) or rows > MOST_ROWS or cells > MOST_COLUMNS:
            raise SheetError(
                f"it has cells beyond {MOST_ROWS:,} rows or {MOST_COLUMNS} columns, or broken ones"
            )


def _is_near(reference: bytes) -> bool:
    found = _REFERENCE.fullmatch(reference)
    if not found:
        return False
    column = 0
    for letter in found[1].upper():
        column = column * 26 + letter - 64
    return column <= MOST_COLUMNS and int(found[2]) <= MOST_ROWS


def filled(rows: Sequence[Row]) -> Iterator[tuple[int, Row]]:
    """The rows that hold something, with their numbers, from 1."""
    for number, row in enumerate(rows, start=1):
        if any(cell.strip() for cell in row):
            yield number, row
