"""The golden messages themselves: a wrong line fails, and an update changes printed lines only."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.messages import Golden, cases, placeholders

TABLE = """\
What this file is.

===== first
one⟨U+0009⟩
----->
a.md: wrong. Known here: {all settings}.

===== second
>>>>> a.md
two
>>>>> b.md
three
----->
a.md: wrong.
b.md: wrong.
"""


@pytest.fixture
def table(tmp_path: Path) -> Path:
    (tmp_path / "table.txt").write_text(TABLE, encoding="utf-8")
    return tmp_path / "table.txt"


def test_a_case_has_a_name_an_input_and_its_lines(table: Path) -> None:
    first, second = cases("table.txt", table.parent)

    assert (str(first), first.text) == ("first", "one\t\n")
    assert first.lines == (f"a.md: wrong. Known here: {placeholders()['{all settings}']}.",)
    assert second.files == {"a.md": "two\n", "b.md": "three\n"}
    assert second.lines == ("a.md: wrong.", "b.md: wrong.")


def test_lines_that_differ_fail_and_stay(table: Path) -> None:
    golden = Golden(update=False)
    first, second = cases("table.txt", table.parent)
    golden.check(second, ["a.md: wrong.", "b.md: wrong."])

    for lines in (["a.md: other."], ["a.md: wrong."], []):
        with pytest.raises(AssertionError):
            golden.check(second, lines)
    with pytest.raises(AssertionError):
        golden.check(first, ["a.md: wrong."])
    assert table.read_text(encoding="utf-8") == TABLE


def test_an_update_rewrites_the_printed_lines_only(table: Path) -> None:
    golden = Golden(update=True)
    first, second = cases("table.txt", table.parent)
    golden.check(first, [line.replace("wrong", "new\x01") for line in first.lines])
    golden.check(second, second.lines)

    assert golden.updated == [first]
    expected = TABLE.replace("wrong. Known", "new⟨U+0001⟩. Known")
    assert table.read_text(encoding="utf-8") == expected

    golden.check(second, ["a.md: better."])
    expected = expected.replace("a.md: wrong.\nb.md: wrong.", "a.md: better.")
    assert table.read_text(encoding="utf-8") == expected


def test_an_update_adds_no_case(table: Path) -> None:
    unknown = cases("table.txt", table.parent)[0]._replace(name="third", lines=())

    with pytest.raises(ValueError, match="not found"):
        Golden(update=True).check(unknown, ["a.md: wrong."])
    assert table.read_text(encoding="utf-8") == TABLE
