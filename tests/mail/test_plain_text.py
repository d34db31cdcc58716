"""Bodies as plain text."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from generator.mail.bodies import for_mail
from generator.mail.plain_text import WIDTH, columns_of, in_one_line, plain_text


def text(html: str) -> str:
    """The plain text, with images named in English."""
    return plain_text(html, lambda alt: f"Image: {alt}")


@pytest.mark.parametrize(
    ("html", "plain"),
    [
        ("<p>one</p>\n<p>two<br>three</p>", "one\n\ntwo\nthree"),
        ("<h1>A title</h1><p>x</p>", "A title\n=======\n\nx"),
        ("<h2>日本</h2><p>x</p>", "日本\n----\n\nx"),
        (
            '<p>See <a href="https://example.org/">this</a>.</p>',
            "See this <https://example.org/>.",
        ),
        ('<a href="https://example.org/">https://example.org/</a>', "https://example.org/"),
        ('<a href="mailto:a@example.org">a@example.org</a>', "a@example.org"),
        (
            '<a href="https://example.org/"><img src="https://x.org/a" alt="A map"></a>',
            "[Image: A map] <https://example.org/>",
        ),
        ('<p><img src="https://example.org/a" alt="">x</p>', "x"),
        ("<ul><li>a</li><li><p>b</p><p>c</p></li></ul><p>d</p>", "- a\n- b\n\n  c\n\nd"),
        ('<ol start="9"><li>a</li><li>b</li></ol>', "9. a\n10. b"),
        ("<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>", "- a\n  - b\n- c"),
        ("<ul><li></li></ul>", "-"),
        ("<p>a</p><blockquote><p>b</p><p>c</p></blockquote>", "a\n\n> b\n>\n> c"),
        ("<blockquote><ul><li>a</li></ul></blockquote>", "> - a"),
        ("<pre>a\n  b\n\nc &lt; d\n</pre>", "    a\n      b\n\n    c < d"),
        ("<p>a</p><hr><p>b</p>", "a\n\n------------------------\n\nb"),
        ('<p>a<sup class="note">1</sup></p>', "a[1]"),
        (
            "<table><tr><th>Name</th><th>N</th></tr><tr><td>日本</td><td>1</td></tr></table>",
            "Name  N\n日本  1",
        ),
        (
            "<table><caption>Who</caption><tr><td>a</td><td>b</td></tr></table>",
            "Who\n\na  b",
        ),
        (
            "<table><tr><td>a<table><tr><td>b</td><td>c</td></tr></table></td><td>d</td></tr></table>",
            "a b c  d",
        ),
        ("<dl><dt>a</dt><dd>b</dd></dl>", "a\n    b"),
        ("", ""),
    ],
)
def test_each_element_has_its_form(html: str, plain: str) -> None:
    assert text(html) == plain


def test_a_table_that_is_too_wide_becomes_records() -> None:
    html = f"<table><tr><th>Who</th><th>What</th></tr><tr><td>Ada</td><td>{'word ' * 20}</td></tr>"

    assert text(html).split("\n")[:2] == ["Who: Ada", "What: " + "word " * 12 + "word"]


def test_lines_are_short_and_links_stay_whole() -> None:
    url = "https://example.org/" + "a" * 200
    lines = text(f'<p>{"word " * 40}<a href="{url}">here</a></p><ul><li>{"word " * 40}</ul>').split(
        "\n"
    )

    assert f"<{url}>" in lines
    assert max(columns_of(line) for line in lines if url not in line) <= WIDTH


def test_words_in_one_line_keep_their_spaces() -> None:
    html = "<p>Very <em>good</em>.</p><p>Yes<br>no</p><ul><li>a</li><li>b</li></ul>"

    assert in_one_line(html) == "Very good. Yes no a b"


def test_any_depth_can_be_written() -> None:
    html = "<div>" * 3000 + "<ul><li>" * 1000 + "x"

    assert text(html).endswith("x")


TAGS = st.sampled_from(
    [
        "p",
        "div",
        "ul",
        "ol",
        "li",
        "blockquote",
        "pre",
        "table",
        "tr",
        "td",
        "th",
        "caption",
        "dl",
        "dt",
        "dd",
        "h1",
        "h3",
        "b",
        "em",
        "a",
        "sup",
        "figure",
        "details",
        "summary",
        "section",
        "span",
        "code",
        "hr",
        "br",
    ]
)
TREES = st.recursive(
    st.integers(0, 99).map(lambda number: f" w{number}w "),
    lambda inner: st.tuples(TAGS, st.lists(inner, max_size=4)).map(
        lambda made: (
            f'<{made[0]} href="https://example.org/{len(made[1])}">{"".join(made[1])}</{made[0]}>'
        )
    ),
    max_leaves=30,
)


@given(TREES)
def test_no_word_and_no_link_is_lost(html: str) -> None:
    body = for_mail(html, page="https://elsewhere.example/")
    shown, plain = LexborHTMLParser(body), text(body)

    assert {word for word in re.findall(r"w\d+w", html) if word not in plain} == set()
    links = {str(node.attributes["href"]) for node in shown.css("a")}
    assert {url for url in links if url not in plain} == set()
