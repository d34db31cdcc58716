"""The page of what the letters have been about."""

from __future__ import annotations

import re

import pytest

from tests.conftest import Blog


@pytest.fixture
def letters(blog: Blog) -> Blog:
    """Two years of letters, of which two are about both traits."""
    blog.post("2025-12-30-one")
    blog.post("2026-01-06-two", tags="[listening, courage]")
    blog.post("2026-03-03-three", tags="[courage, listening]")
    blog.post("2026-03-10-four", tags="[courage]")
    return blog


def tables(page: str) -> list[list[list[str]]]:
    """The cells of each table, row by row."""
    return [
        [re.findall(r"<t[hd][^>]*>([^<]*)<", row) for row in table.split("<tr>")[1:]]
        for table in re.findall(r"<table.*?</table>", page, re.DOTALL)
    ]


def test_charts_end_with_the_newest_letter_and_have_their_numbers_in_tables(letters: Blog) -> None:
    letters.build()

    assert tables(letters.page("balance/")) == [
        [
            ["", "Listen and learn", "Have an opinion"],
            ["Dec", "1", "0"],
            ["Jan", "1", "1"],
            ["Feb", "0", "0"],
            ["Mar", "1", "2"],
        ],
        [
            ["", "Listen and learn", "Have an opinion"],
            ["2025", "1", "0"],
            ["2026", "2", "3"],
        ],
    ]


def test_a_chart_shows_a_mark_for_each_number_but_zero(letters: Blog) -> None:
    letters.build()
    drawing = re.search(r'<div role="img".*?</figure>', letters.page("balance/"), re.DOTALL)

    assert drawing
    first, second = re.findall(r'<div class="columns">(.*?)</div>', drawing[0], re.DOTALL)
    assert ["<use " in place for place in first.split("<span>")[1:]] == [True, True, False, True]
    assert ["<use " in place for place in second.split("<span>")[1:]] == [False, True, False, True]
    assert 'aria-label="Month by month: A row for each trait' in drawing[0]


def test_traits_that_letters_share_are_named_once(letters: Blog) -> None:
    letters.build()
    pairs = re.search(r'<ul class="shares pairs">.*?</ul>', letters.page("balance/"), re.DOTALL)

    assert pairs
    assert re.findall(r"<a [^>]+>([^<]+)</a> and <a [^>]+>([^<]+)</a>", pairs[0]) == [
        ("Listen and learn", "Have an opinion")
    ]
    assert "2 letters" in pairs[0]


def test_the_first_and_the_newest_letter_lead_to_themselves(letters: Blog) -> None:
    letters.build()
    ends = letters.page("balance/").partition('<div class="neighbours frame">')[2]

    assert re.findall(r'u-url" href="([^"]+)"', ends) == [
        "/blog/2025/one/",
        "/blog/2026/four/",
    ]


def test_the_foot_and_the_author_lead_to_the_page(letters: Blog) -> None:
    letters.build()

    assert letters.page("").count('href="/blog/balance/"') == 1
    assert letters.page("authors/ada/").count('href="/blog/balance/"') == 2


@pytest.mark.parametrize("is_off", [True, False], ids=["switched off", "without a letter"])
def test_there_is_no_page_and_no_link(blog: Blog, is_off: bool) -> None:
    if is_off:
        blog.post("2026-01-06-two")
        blog.set("balance_page = false\n")
    blog.build()

    assert not [path for path, data in blog.tree().items() if b"/balance/" in data]
    assert "balance/index.html" not in blog.tree()


def test_a_word_in_a_body_leaves_the_page_alone(letters: Blog) -> None:
    letters.post("2026-01-06-two", "Hello.\n\nMore.\n", tags="[listening, courage]")
    letters.build()
    letters.post("2026-01-06-two", "Hello.\n\nLess.\n", tags="[listening, courage]")

    assert "balance/index.html" not in letters.build().reasons
