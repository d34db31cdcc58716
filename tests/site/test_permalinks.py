"""The addresses of posts and pages, and clashes between them."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.site.permalinks import cut_text, is_slug, slug_of, slug_of_title
from tests.conftest import Blog


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("It's _here_: 2nd Street!", "it-s-here-2nd-street"),
        ("Straße nach Århus", "strasse-nach-århus"),
        ("cafe\u0301", "café"),
        ("สวัสดีชาวโลก", "สวัสดีชาวโลก"),
        ("हिन्दी में", "हिन्दी-में"),
        ("שָׁלוֹם", "שָׁלוֹם"),
        ("İstanbul", "istanbul"),
        ("προΐσταμαι", "προΐσταμαι"),
        ("क्\u200dष", "क्ष"),
        ("week\u00adly", "weekly"),
        ("می\u200cخواهم", "می-خواهم"),
        ("\u0301 alone", "alone"),
        ("1\ufe0f\u20e3 thing", "1-thing"),
        ("🚀 launch", "launch"),
        ("🚀", "🚀"),
        ("❤️ + 👩\u200d💻", "❤-👩💻"),
        ("C++", "c"),
        ("?!", ""),
        ("…—", ""),
    ],
)
def test_a_slug_keeps_letters_of_any_script_with_their_marks(text: str, slug: str) -> None:
    """Issue 12, line 19."""
    assert slug_of(text) == unicodedata.normalize("NFC", slug)
    assert slug_of(slug) == slug_of(text)


@given(st.text(st.characters(categories=["L", "N", "P", "Z", "Pc"])))
def test_slugs_without_marks_are_those_that_were_published(text: str) -> None:
    folded = unicodedata.normalize("NFC", text).casefold()
    if not any(unicodedata.category(char).startswith("M") for char in folded):
        assert slug_of(text) == re.sub(r"[\W_]+", "-", folded).strip("-")


def test_a_slug_may_be_typed_as_it_is_made() -> None:
    assert all(map(is_slug, ["hello", "Hello_World--2", "สวัสดี-हिन्दी", "🚀"]))
    assert not any(map(is_slug, ["", "a b", "-a", "a/b", "c++", "a\u0301"]))


def test_the_slug_of_a_title_joins_contractions_and_ends_with_a_word() -> None:
    assert slug_of_title("It's what I’d do") == "its-what-id-do"
    assert slug_of_title("word " * 20) == "-".join(["word"] * 10)


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("กี่กี่กี่", "กี่"),
        ("นํ้าน้ำน้ำ", "นํ้า"),
        ("ab👩🏽‍💻c", "ab"),
        ("日本語の文", "日本語の"),
        ("one two", "one"),
    ],
)
def test_a_text_is_not_cut_inside_of_a_character(text: str, kept: str) -> None:
    """Issue 12, line 22."""
    assert cut_text(text, 4, " ") == kept


def test_the_address_follows_the_pattern_of_the_settings(blog: Blog) -> None:
    blog.set('permalink = "/letters/{year}/{month}/{day}/{slug}/"\n')
    blog.post("2026-11-09-hello")
    blog.build()

    assert "letters/2026/11/09/hello/index.html" in blog.tree()


def test_an_old_address_leads_to_the_new_one(blog: Blog) -> None:
    blog.post("2026-11-10-new-name", aliases="[/2026/old-name/, /legacy.html]")
    blog.build()

    target = "https://example.org/blog/2026/new-name/"
    assert f"url={target}" in blog.page("2026/old-name/")
    assert f"url={target}" in blog.page("legacy.html")


def test_two_things_at_one_address_are_an_error_that_names_both(blog: Blog) -> None:
    blog.post("2026-11-03-hello")
    blog.post("2026-11-10-b", slug="Hello")
    blog.post("2026-11-11-c", aliases="[/archive/]")

    assert blog.problems() == [
        "content/posts/2026-11-03-hello.md: this and content/posts/2026-11-10-b.md would both be "
        "at /2026/hello/. Give one of them another slug, permalink or date.",
        "content/posts/2026-11-11-c.md: this and a page that weekly makes itself would both be at "
        "/archive/. Give one of them another slug, permalink or date.",
    ]


def test_a_file_where_a_folder_must_be_is_an_error(blog: Blog) -> None:
    blog.post("2026-11-03-hello")
    blog.write("content/static/2026", "a file\n")

    assert [line.partition(".")[0] for line in blog.problems()] == [
        "content/posts/2026-11-03-hello",
        "content/static/2026: this and a page that weekly makes itself would both be at /2026",
    ]
