"""A file of the output counts while it holds the bytes that were written."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.cache.made import Made


@pytest.fixture
def made(tmp_path: Path) -> tuple[Made, Path]:
    file = tmp_path / "index.html"
    file.write_bytes(b"home")
    return Made.of("inputs", "key", {"site": "1", "a=b": "2"}, b"home", file), file


def test_a_file_counts_while_it_holds_its_bytes(made: tuple[Made, Path]) -> None:
    item, file = made
    assert item.found_at(str(file)) is item

    file.touch()
    touched = item.found_at(str(file))
    assert touched == Made.of("inputs", "key", {"site": "1", "a=b": "2"}, b"home", file)


def test_the_parts_of_a_key_come_back_by_name(made: tuple[Made, Path]) -> None:
    assert made[0].parts == {"site": "1", "a=b": "2"}


@pytest.mark.parametrize("change", ["gone", "other", "link", "folder", "under a file"])
def test_a_file_that_is_not_as_it_was_left_does_not_count(
    change: str, made: tuple[Made, Path]
) -> None:
    item, file = made
    file.unlink()
    if change == "other":
        file.write_bytes(b"hoax")
    elif change == "link":
        file.with_name("same").write_bytes(b"home")
        file.symlink_to("same")
    elif change == "folder":
        file.mkdir()
    elif change == "under a file":
        file.write_bytes(b"")
        file = file / "deep"

    assert item.found_at(str(file)) is None
