"""Texts of strangers as Markdown: what a page shows of it is what they wrote, and nothing more."""

from __future__ import annotations

import html
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.content.reading import document_reader
from generator.content.settings import ReadingSettings
from generator.importers.clean import clean_text
from generator.importers.html_text import UnreadableHtmlError, markdown_of
from generator.importers.plain_text import paragraphs
from generator.model import Reply
from tests.config.literals import SMALL, good

READ = document_reader(ReadingSettings.of(good(SMALL)))

PIECES = (
    "- a", "1. b", "# c", "===", "---", "```", "~~~", ":::note", "> q", "| a | b |", "|--|--|",
    "[x]: http://y.org", "[^1]: z", "*a*", "__b__", "<b>c</b>", "&lt;", "{: .x}", "{{ y }}",
    "http://a.org/b_c?e=*f*", "www.example.org", "https://x.org/(a)", "    code", "- [ ] t",
    "![a](b)", "<!-- more -->", "foo_bar_baz", "a * b * c", "\\", "a\\", "[!NOTE]",
    "<https://x.org>", "&copy;", "javascript:alert(1)", "ftp://x", "", "*[HTML]: x", "2) x",
)  # fmt: skip
SIGNS = st.text(alphabet=st.sampled_from("ab12 \n*_`[]()<>#!&;:|~{}\\-+=.^%@/?x"), max_size=40)
TEXTS = st.one_of(SIGNS, st.lists(st.sampled_from(PIECES), max_size=6).map("\n".join))


def shown(markdown: str) -> str:
    """The HTML that the blog makes of the words of a reply."""
    document, problems = READ(
        "content/replies/hello/a.md", f"---\nvia: paste\n---\n\n{markdown}\n".encode()
    )
    assert problems == ()
    assert isinstance(document, Reply)
    return document.body.html


def letters(text: str) -> str:
    """A text without spaces, and without what typography changes."""
    return re.sub(r"[\s\"“”„'‘’–—….-]", "", text)


def words(page: str) -> str:
    return letters(html.unescape(re.sub(r"<[^>]*>", "", page)))


@settings(max_examples=300)
@given(TEXTS)
def test_plain_text_is_shown_as_it_was_written(text: str) -> None:
    markdown, removed = paragraphs(clean_text(text))
    page = shown(markdown)

    assert removed or words(page) == letters(clean_text(text))
    assert not re.search(r"<(?!/?(?:p|br|a)\b)", page)


@settings(max_examples=300)
@given(TEXTS)
def test_text_within_html_is_shown_as_it_was_written(text: str) -> None:
    found = markdown_of(f"<p>{html.escape(text)}</p>".replace("\n", "<br>"))
    page = shown(found.markdown)

    assert found.removed or words(page) == letters(clean_text(text))
    assert not re.search(r"<(?!/?(?:p|br|a)\b)", page)


def test_lines_stay_lines_and_paragraphs_paragraphs() -> None:
    assert paragraphs("One\ntwo\n\n\nthree") == ("One\\\ntwo\n\nthree", 0)


def test_a_line_that_a_mail_program_broke_goes_on() -> None:
    long = "this line was broken by a mail program, since it has more than 66 letters"

    assert paragraphs(f"{long}\nand goes on.\nA short\nlist", is_wrapped=True)[0] == (
        f"{long} and goes on.\\\nA short\\\nlist"
    )


def test_a_url_is_a_link_and_the_sentence_around_it_is_not() -> None:
    text, _ = paragraphs("See https://example.org/a_b?c=d&e=(f). Or (https://example.org/g)!")

    assert text == ("See <https://example.org/a_b?c=d&e=(f)>. Or (<https://example.org/g>)!")


@pytest.mark.parametrize(
    ("written", "markdown"),
    [
        ("<div>one</div><div>two</div>three", "one\n\ntwo\n\nthree"),
        ("a<br>b<br><br>c", "a\\\nb\n\nc"),
        ("a <b>b </b>c <i>d</i>", "a **b** c *d*"),
        ("<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>", "- a\n\n  - b\n- c"),
        ("<ol><li>a</li><li>b</li></ol>", "1. a\n2. b"),
        ("<blockquote><p>a</p><p>b</p></blockquote>", "> a\n>\n> b"),
        ("<pre>a\n  ```b</pre>", "````\na\n  ```b\n````"),
        ("x <code>a`b</code>", "x ``a`b``"),
        ("<h2>a</h2>b", "**a**\n\nb"),
        ('<a href="https://x.org/a(b)">c</a>', "[c](https://x.org/a%28b%29)"),
        ('<a href="https://x.org/">https://x.org/</a>', "<https://x.org/>"),
        ('<a href="javascript:alert(1)">c</a>', "c"),
        ('<img src="https://x.org/track.gif" alt="">a', "a"),
        ('<img src="https://x.org/y.gif" alt="a [b](c)">', "a \\[b\\](c)"),
        ("<script>alert(1)</script><style>p{}</style><!-- c -->a", "a"),
        ("&lt;script&gt;alert(1)&lt;/script&gt;", "\\<script>alert(1)\\</script>"),
        ("<table><tr><td>a</td><td>b</td></tr></table>", "a \\| b"),
        ("<table><tr><td><p>a</p><p>b</p></td></tr></table>", "a\n\nb"),
        ('<p onclick="x()" style="position:fixed">a</p>', "a"),
        ("<svg><a xlink:href='javascript:1'>s</a></svg>a", "a"),
    ],
)
def test_html_becomes_plain_structure(written: str, markdown: str) -> None:
    assert markdown_of(written).markdown == markdown


def test_wordpress_keeps_the_ends_of_lines() -> None:
    assert markdown_of("one\ntwo\n\nthree", keeps_lines=True).markdown == "one\\\ntwo\n\nthree"
    assert markdown_of("one\ntwo").markdown == "one two"


def test_addresses_are_taken_out_wherever_they_are() -> None:
    found = markdown_of(
        'a@x.org <code>b@x.org</code> <pre>c@x.org</pre> <a href="mailto:d@x.org">mail</a> '
        '<a href="https://x.org/?m=e@x.org">page</a> &#102;&#64;x.org'
    )

    assert "@" not in found.markdown
    assert found.removed == 5  # nh3 has dropped the mail link already


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        ("<div>" * 5_000, "its HTML is nested too deeply"),
        ("<b>" * 5_000, "its HTML is nested too deeply"),
        ("<p>" + "a" * 1_000_001, "its HTML has more than 1,000,000 characters"),
    ],
)
def test_html_that_would_take_too_long_is_refused(written: str, reason: str) -> None:
    with pytest.raises(UnreadableHtmlError, match=reason):
        markdown_of(written)


def test_html_that_is_deep_but_not_long_keeps_its_words() -> None:
    for written in ("<table><tr><td>" * 250, "<b>" * 290, "<blockquote>" * 290, "<ul><li>" * 250):
        assert "words" in markdown_of(f"{written}words").markdown


def test_html_with_ends_only_or_beginnings_only_is_read() -> None:
    for written in ("</div>" * 50_000, "<li>" * 20_000, "<" * 50_000, "<a href='" * 9_000):
        markdown_of(written)
