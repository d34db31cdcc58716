"""A table that is appended to: its rows come back as they were saved, or as before."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from zlib import crc32

import pytest

from generator.cache.ledger import Ledger

FIRST = {f"post-{number}": [number, "x" * 40] for number in range(20)}


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "table.jsonl"
    Ledger(path, "engine").save(dict(FIRST))
    return path


def rows(path: Path, engine: str = "engine") -> dict[str, Any]:
    return Ledger(path, engine).rows


def test_rows_come_back_as_they_were_saved(table: Path) -> None:
    assert rows(table) == FIRST


def test_a_change_is_appended_and_nothing_else_is_written(table: Path) -> None:
    before = table.read_bytes()
    Ledger(table, "engine").save({"post-3": ["changed"], "post-4": None, "new": [1]})

    assert table.read_bytes().startswith(before)
    kept = {name: row for name, row in FIRST.items() if name != "post-4"}
    assert rows(table) == kept | {"post-3": ["changed"], "new": [1]}


def test_a_file_of_many_changes_is_written_anew(table: Path) -> None:
    whole = table.stat().st_size
    for number in range(100):
        Ledger(table, "engine").save({"post-3": [number]})

    assert rows(table) == FIRST | {"post-3": [99]}
    assert table.stat().st_size < 1.5 * whole


def test_nothing_is_written_where_nothing_changed(table: Path) -> None:
    before = table.stat()
    Ledger(table, "engine").save({})

    assert table.stat() == before


def test_a_torn_line_is_as_if_it_had_never_been_written(table: Path) -> None:
    Ledger(table, "engine").save({"post-3": ["changed"]})
    Ledger(table, "engine").save({"post-4": ["changed"]})
    table.write_bytes(table.read_bytes()[:-5])

    assert rows(table) == FIRST | {"post-3": ["changed"]}


def test_a_file_with_a_torn_line_is_mended_by_the_next_change(table: Path) -> None:
    Ledger(table, "engine").save({"post-3": ["changed"]})
    table.write_bytes(table.read_bytes()[:-5])
    Ledger(table, "engine").save({"post-5": ["changed"]})

    assert rows(table) == FIRST | {"post-5": ["changed"]}


def test_rows_of_another_engine_are_not_read(table: Path) -> None:
    assert rows(table, engine="newer") == {}
    Ledger(table, "newer").save({"a": [1]})

    assert rows(table, engine="newer") == {"a": [1]}
    assert rows(table) == {}


@pytest.mark.parametrize("payload", [b"[1]", b"null", b"{oops", b"[" * 100_000])
def test_a_line_that_holds_no_rows_is_as_if_it_had_never_been_written(
    payload: bytes, table: Path
) -> None:
    with table.open("ab") as file:
        file.write(b"%08x %s\n" % (crc32(payload + b"\n"), payload))

    assert rows(table) == FIRST


def test_a_table_that_could_not_be_written_leaves_the_old_one(
    table: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ledger = Ledger(table, "engine")

    def fail(*_: object) -> None:
        raise OSError("disk full")

    monkeypatch.setattr(Path, "replace", fail)
    with pytest.raises(OSError, match="disk full"):
        ledger.save({name: ["changed"] for name in FIRST})

    assert rows(table) == FIRST
    assert [path.name for path in table.parent.iterdir()] == [table.name]
