"""Parts of files."""

from __future__ import annotations

import pytest

from generator.serve.ranges import part_of


@pytest.mark.parametrize(
    ("asked", "part"),
    [
        ("bytes=0-1", range(2)),  # what Safari begins with
        ("bytes=2-", range(2, 10)),
        ("bytes=8-99", range(8, 10)),
        ("bytes=-3", range(7, 10)),
        ("bytes=-30", range(10)),
        ("Bytes=9-9", range(9, 10)),
    ],
)
def test_a_part_is_sent(asked: str, part: range) -> None:
    assert part_of(asked, 10) == part


@pytest.mark.parametrize("asked", ["bytes=10-", "bytes=12-15", "bytes=-0"])
def test_a_range_after_the_end_has_no_bytes(asked: str) -> None:
    part = part_of(asked, 10)

    assert part is not None
    assert len(part) == 0


@pytest.mark.parametrize(
    "asked", ["", "bytes=-", "bytes=0-1,4-5", "lines=1-2", "bytes=5-4", "bytes=" + "9" * 5000 + "-"]
)
def test_the_whole_file_is_sent_unless_a_single_part_is_requested(asked: str) -> None:
    assert part_of(asked, 10) is None
