"""Bodies: the text that a reader would read, taken out of their HTML."""

from __future__ import annotations

import re

import pytest

from generator.config.settings import MarkdownSettings
from generator.content.bodies import read_body
from generator.content.front_matter import ContentFile
from generator.markdown import MarkdownRenderer
from generator.model import Body
from tests.conftest import Blog
from tests.content.literals import SETTINGS

RENDERER = MarkdownRenderer(MarkdownSettings(), SETTINGS.messages)


def body_of(text: str) -> Body:
    file = ContentFile("content/posts/a.md", "", 1, text, 3)
    return read_body(file, RENDERER, id_prefix="a", language="en")


@pytest.mark.parametrize(
    ("text", "opening"),
    [
        ("12%[^1] of it.\n\n[^1]: Or 13.", "12% of it."),
        ("All the forms.<br>It works.", "All the forms. It works."),
        ("All the forms.  \nIt works.\\\nNow.", "All the forms. It works. Now."),
        ("un*believ*able H<sub>2</sub>O", "unbelievable H2O"),
        ("a<sup><sup>1</sup></sup><sup>2<b>3</b></sup><sup></sup>.", "a¹23."),
        ("10<sup>-6</sup> m<sup> 2 </sup>, the 1<sup>st</sup>", "10⁻⁶ m², the 1st"),
        ("One<img src='a.png' alt=''>two", "One two"),
        ("A<script>b</script><style>c</style><!-- d -->e", "Ae"),
        ("A<!-- d --> e", "A e"),
        ("<p>A<span>b</span></p>c", "Ab"),
    ],
)
def test_the_opening_is_what_a_reader_reads(text: str, opening: str) -> None:
    """Issue 12, line 20: text taken out of HTML lost its seams."""
    assert body_of(text).opening == opening


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("<ul><li>one<ul><li>two</ul><li>three</ul>", "one three two"),
        ("<table><tr><td>one<td>two<tr><th>three</table>", "one three two"),
        ("<div>one</div>two<hr>three", "one three two"),
        ("<dl><dt>one<dd>two</dl>three", "one three two"),
        ("under*stand*ing", "understanding"),
        ("# one[^1]\n\n[^1]: two", "one two"),
        ("one<template>two<script>x</script></template>", "one"),
    ],
)
def test_words_end_where_a_reader_sees_their_end(text: str, words: str) -> None:
    body = body_of(text)

    assert body.vocabulary == words
    assert body.word_count == len(words.split())


def test_the_title_of_a_heading_keeps_its_seams_and_its_address() -> None:
    (heading,) = body_of("Set<br>ext\\\nhead[^1]\n===\n\n[^1]: x").headings

    assert (heading.title, heading.anchor) == ("Set ext head", "setexthead")


def test_every_place_that_shows_a_summary_keeps_the_seams(blog: Blog) -> None:
    blog.post("2026-11-10-one", "12%[^1] of the forms.<br>It *work*s.\n\n[^1]: Or 13.\n")
    blog.build()
    summary = "12% of the forms. It works."

    page, home = blog.page("2026/one/"), blog.page("traits/listen/")
    assert f'<meta name="description" content="{summary}">' in page
    assert f'<meta property="og:description" content="{summary}">' in page
    assert re.search(rf'"description": ?"{re.escape(summary)}"', page)
    assert summary in home
    for path in ("feed.xml", "atom.xml", "feed.json", "search/index.json"):
        assert summary in blog.tree()[path].decode()


def test_a_body_has_the_quotes_of_its_language_in_headings_too() -> None:
    file = ContentFile("content/posts/a.md", "", 1, '## "Ja"\n\n"Nein"\n', 3)
    body = read_body(file, RENDERER, id_prefix="a", language="de-AT")

    assert body.headings[0].title == "„Ja“"
    assert "<p>„Nein“</p>" in body.html


@pytest.mark.parametrize(
    ("letters", "least", "most"),
    [("日本語の文章", 7, 12), ("中文的文章内", 7, 12), ("ภาษาไทย", 3, 6)],
)
def test_reading_takes_its_time_in_scripts_without_spaces(
    letters: str, least: int, most: int
) -> None:
    """Issue 12, line 22: 4,000 Japanese characters were read in a minute."""
    text = letters * (4000 // len(letters))

    assert least <= body_of(text).reading_minutes <= most


def test_words_of_hindi_are_not_cut_at_their_marks() -> None:
    body = body_of("हिन्दी में लिखी हुई चिट्ठियाँ")

    assert body.word_count == 5
    assert body.keywords == "चिट्ठियाँ हिन्दी"
