"""Tables of values: each row comes back as it was, or not at all."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path

import pytest

from generator.cache import database
from generator.cache.database import Table, change_of, is_whole, read, write

PAIRS = Table[tuple[str, int]](
    "pairs", {"text": str, "number": int}, tuple, lambda text, number: (text, number)
)
TEXTS = Table[bytes]("texts", {"text": bytes}, lambda text: (text,), lambda text: text)

VALUES = {"a": ("Ünïcode — “quoted”\n", 1), "b": ("", -2), "ç": ("\udc80", 2**40)}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    file = tmp_path / "cache.sqlite"
    put(file, {}, {"a": ("one", 1), "b": ("two", 2)}, anew=True)
    return file


def put(
    file: Path,
    before: Mapping[str, tuple[str, int]],
    after: Mapping[str, tuple[str, int]],
    *,
    anew: bool = False,
) -> None:
    write(file, "1.0", [change_of(PAIRS, before, after)], anew=anew)


def pairs(file: Path, version: str = "1.0") -> dict[str, tuple[str, int]]:
    return read(file, version, [PAIRS]).of(PAIRS)


def sql(file: Path, statement: str) -> None:
    with closing(sqlite3.connect(file)) as opened, opened:
        opened.execute(statement)


def test_values_come_back_as_they_were_written(tmp_path: Path) -> None:
    file = tmp_path / "cache.sqlite"
    values = {name: value for name, value in VALUES.items() if name != "ç"}
    put(file, {}, values, anew=True)

    assert pairs(file) == values
    assert is_whole(file)


def test_only_what_changed_is_written(path: Path) -> None:
    before = pairs(path)
    change = change_of(PAIRS, before, {"b": ("two", 2), "c": ("three", 3)})

    assert change == database.TableChange(PAIRS, {"c": ("three", 3)}, ["a"])
    write(path, "1.0", [change], anew=False)
    assert pairs(path) == {"b": ("two", 2), "c": ("three", 3)}


def test_long_texts_are_bytes(tmp_path: Path) -> None:
    file = tmp_path / "cache.sqlite"
    write(file, "1.0", [change_of(TEXTS, {}, {"a": b"<p>\x00\xff"})], anew=True)

    assert read(file, "1.0", [TEXTS]).of(TEXTS) == {"a": b"<p>\x00\xff"}


def test_a_table_that_was_never_written_is_empty(path: Path) -> None:
    assert read(path, "1.0", [PAIRS, TEXTS]).of(TEXTS) == {}


def test_what_another_version_wrote_is_not_read(path: Path) -> None:
    found = read(path, "1.1", [PAIRS])

    assert found == database.Contents({}, is_usable=False, is_outdated=True)


def test_a_file_that_is_not_there_is_an_empty_database(tmp_path: Path) -> None:
    found = read(tmp_path / "cache.sqlite", "1.0", [PAIRS])

    assert found == database.Contents({}, is_usable=False, is_outdated=False)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE pairs SET text = 'other' WHERE name = 'a'",
        "UPDATE pairs SET number = 7 WHERE name = 'a'",
        "UPDATE pairs SET checksum = 7 WHERE name = 'a'",
        "UPDATE pairs SET text = NULL WHERE name = 'a'",
        "UPDATE pairs SET number = 'x' WHERE name = 'a'",
        "UPDATE pairs SET number = 1.5 WHERE name = 'a'",
        "UPDATE pairs SET text = x'00ff' WHERE name = 'a'",
        "UPDATE pairs SET name = 'z' WHERE name = 'a'",
        "DELETE FROM pairs WHERE name = 'a'",
    ],
)
def test_a_row_that_is_not_as_it_was_written_is_as_if_it_were_not_there(
    path: Path, statement: str
) -> None:
    sql(path, statement)

    assert pairs(path) == {"b": ("two", 2)}
    assert is_whole(path) == statement.startswith("DELETE")


@pytest.mark.parametrize(
    "statement",
    [
        "DROP TABLE written_by",
        "DELETE FROM written_by",
        "ALTER TABLE pairs DROP COLUMN number",
        "UPDATE written_by SET version = 'x'",
    ],
)
def test_a_database_of_another_shape_is_written_anew(path: Path, statement: str) -> None:
    sql(path, statement)
    found = read(path, "1.0", [PAIRS])
    put(path, found.of(PAIRS), {"c": ("three", 3)}, anew=not found.is_usable)

    assert pairs(path) == {"c": ("three", 3)}


@pytest.mark.parametrize("length", [0, 10, 100, 4096, 5000])
def test_a_truncated_file_is_written_anew(path: Path, length: int) -> None:
    path.write_bytes(path.read_bytes()[:length])
    found = read(path, "1.0", [PAIRS])
    put(path, found.of(PAIRS), {"c": ("three", 3)}, anew=not found.is_usable)

    assert pairs(path)["c"] == ("three", 3)
    assert is_whole(path)


def test_every_flipped_byte_is_found_or_does_no_harm(path: Path) -> None:
    whole, data = pairs(path), path.read_bytes()
    for place in range(0, len(data), 7):
        path.write_bytes(data[:place] + bytes([data[place] ^ 0x15]) + data[place + 1 :])
        for name, value in pairs(path).items():
            assert whole[name] == value, place


@pytest.mark.parametrize("foreign", [b"\x80\x04\x95\x00pickle", b"\xff\xfe" * 10, b"weekly 1"])
def test_a_foreign_file_is_not_read(path: Path, foreign: bytes) -> None:
    path.write_bytes(foreign)

    assert not is_whole(path)
    assert read(path, "1.0", [PAIRS]) == database.Contents({}, False, False)


def test_a_write_that_fails_leaves_what_was_there(path: Path) -> None:
    broken = PAIRS._replace(cells_of=lambda pair: (pair[0], object()))  # type: ignore[arg-type, return-value]
    changes = [
        change_of(PAIRS, {}, {"c": ("three", 3)}),
        change_of(broken, {}, {"d": ("four", 4)}),
    ]
    with pytest.raises(sqlite3.Error):
        write(path, "1.0", changes, anew=False)

    assert pairs(path) == {"a": ("one", 1), "b": ("two", 2)}
