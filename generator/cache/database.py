"""Typed tables in an SQLite file, whose damage is found row by row."""

import os
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any, Generic, NamedTuple, TypeVar
from zlib import crc32

LAYOUT = 2  # of the tables, counted up when it changes
PAGE_SIZE = 16_384  # bytes: a document lies in one page, and is read in half the time

_BESIDE = ("-journal", "-wal", "-shm")  # files of SQLite's own

Cell = str | int | bytes
Value = TypeVar("Value")


class Table(NamedTuple, Generic[Value]):
    """A table of values by name, and how a row becomes a value and back."""

    name: str
    columns: Mapping[str, type[Cell]]  # beside name and checksum, with the type of their cells
    cells_of: Callable[[Value], tuple[Cell, ...]]
    value_of: Callable[..., Value | None]  # of cells that have those types; None if they don't fit


class TableChange(NamedTuple):
    """The differences from what a table contains."""

    table: Table[Any]
    rows: Mapping[str, tuple[Cell, ...]]  # new ones
    gone: Sequence[str]


class Contents(NamedTuple):
    """What was in a database."""

    tables: Mapping[str, dict[str, Any]]  # the values by name, by the name of their table
    is_usable: bool  # otherwise the file is written anew
    is_outdated: bool  # whether another version of this program wrote it

    def of(self, table: Table[Value]) -> dict[str, Value]:
        """The values of a table."""
        return self.tables.get(table.name, {})


def read(path: Path, version: str, tables: Iterable[Table[Any]]) -> Contents:
    """All values that this version wrote; a damaged row is treated as missing."""
    if not _is_readable(path):
        return Contents({}, is_usable=False, is_outdated=False)
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as database:
            written_by = database.execute("SELECT version FROM written_by").fetchone()
            if written_by != (_version(version),):
                return Contents({}, is_usable=False, is_outdated=True)
            found = {table.name: dict(_values(table, database)) for table in tables}
    except sqlite3.Error:  # the file is damaged, or is not ours
        return Contents({}, is_usable=False, is_outdated=False)
    return Contents(found, is_usable=True, is_outdated=False)


def is_whole(path: Path) -> bool:
    """Whether every row of a database is as it was written, by whichever version."""
    if not _is_readable(path):
        return False
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as database:
            found = database.execute("PRAGMA quick_check(1)").fetchone()
            return found == ("ok",) and all(
                _has_whole_rows(name, database) for name in _names(database)
            )
    except sqlite3.Error:
        return False


def _is_readable(path: Path) -> bool:
    """Whether there is a database that SQLite can open without waiting for a pipe."""
    beside = (path.with_name(path.name + ending) for ending in _BESIDE)
    return path.is_file() and all(one.is_file() for one in beside if os.path.lexists(one))


def _names(database: sqlite3.Connection) -> list[str]:
    asked = "SELECT name FROM sqlite_schema WHERE type = 'table' AND name != 'written_by'"
    return [name for (name,) in database.execute(asked)]


def _has_whole_rows(table: str, database: sqlite3.Connection) -> bool:
    rows = database.execute(f'SELECT * FROM "{table}"')  # noqa: S608
    return all(checksum == _checksum(name, cells) for name, *cells, checksum in rows)


def _values(table: Table[Value], database: sqlite3.Connection) -> Iterator[tuple[str, Value]]:
    if not _exists(table, database):
        return
    columns = ", ".join(("name", *table.columns, "checksum"))
    types = tuple(table.columns.values())
    for name, *cells, checksum in database.execute(f"SELECT {columns} FROM {table.name}"):  # noqa: S608
        if checksum == _checksum(name, cells) and tuple(map(type, cells)) == types:
            value = table.value_of(*cells)
            if value is not None:
                yield name, value


def _exists(table: Table[Any], database: sqlite3.Connection) -> bool:
    asked = "SELECT 1 FROM sqlite_schema WHERE name = ?"
    return database.execute(asked, (table.name,)).fetchone() is not None


def change_of(
    table: Table[Value], before: Mapping[str, Value], after: Mapping[str, Value]
) -> TableChange:
    """What must be written to turn a table of `before` into one of `after`."""
    new = {
        name: table.cells_of(value) for name, value in after.items() if before.get(name) != value
    }
    return TableChange(table, new, sorted(before.keys() - after.keys()))


def write(path: Path, version: str, changes: Iterable[TableChange], *, anew: bool) -> None:
    """Write changes, all or none; raises OSError or sqlite3.Error if that fails.

    `anew` begins with an empty file. Nothing waits for the disk: damage from a
    power cut is found when the rows are read.
    """
    if anew:
        for ending in ("", *_BESIDE):
            path.with_name(path.name + ending).unlink(missing_ok=True)
    with closing(sqlite3.connect(path)) as database:
        database.execute("PRAGMA synchronous = OFF")
        database.execute(f"PRAGMA page_size = {PAGE_SIZE}")
        with database:
            if anew:
                database.execute("CREATE TABLE written_by (version TEXT)")
                database.execute("INSERT INTO written_by VALUES (?)", (_version(version),))
            for change in changes:
                _write(change, database)


def _write(change: TableChange, database: sqlite3.Connection) -> None:
    name = change.table.name
    columns = ("name PRIMARY KEY", *change.table.columns, "checksum")
    database.execute(f"CREATE TABLE IF NOT EXISTS {name} ({', '.join(columns)})")
    database.executemany(f"DELETE FROM {name} WHERE name = ?", ((key,) for key in change.gone))  # noqa: S608
    database.executemany(
        f"INSERT OR REPLACE INTO {name} VALUES ({', '.join('?' * len(columns))})",  # noqa: S608
        ((key, *cells, _checksum(key, cells)) for key, cells in change.rows.items()),
    )


def _checksum(name: object, cells: Iterable[object]) -> int:
    """A CRC as in gzip: it detects damage in an eighth of the time of a digest."""
    return crc32(b"\0".join([_bytes_of(cell) for cell in (name, *cells)]))


def _bytes_of(cell: object) -> bytes:
    return cell if type(cell) is bytes else str(cell).encode("utf-8", "surrogatepass")


def _version(engine: str) -> str:
    return f"{LAYOUT} {engine}"
