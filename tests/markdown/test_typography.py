from __future__ import annotations

import pytest

from generator.markdown.typography import typographic, typographic_text


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ('He said "yes".', "He said “yes”."),
        ('("yes")', "(“yes”)"),
        ("'yes'", "‘yes’"),
        ("\"'Yes,' he said.\"", "“‘Yes,’ he said.”"),
        ("don't", "don’t"),
        ("the leaders' week", "the leaders’ week"),
        ("the '90s, and 'tis", "the ’90s, and ’tis"),
        ("pages 3--4", "pages 3–4"),
        ("well -- yes", "well – yes"),
        ("well---yes", "well—yes"),
        ("wait...", "wait…"),
        ("wait....", "wait…."),
    ],
)
def test_typographic_signs_replace_typed_ones(typed: str, shown: str) -> None:
    assert typographic(f"<p>{typed}</p>") == f"<p>{shown}</p>"
    assert typographic_text(typed) == shown


@pytest.mark.parametrize(
    "typed",
    [
        "run it with --help",
        "------",
        "go test ./...",
        "https://example.org/a--b/it's",
        "{{ 'a' | b }} and {% c \"d\" %}",
    ],
)
def test_what_only_looks_like_a_sign_stays(typed: str) -> None:
    kept = typed.replace("it's", "it’s")  # a quote ends an address in a text
    assert typographic(f"<p>{typed}</p>") == f"<p>{kept}</p>"


@pytest.mark.parametrize(
    "name", ["code", "pre", "script", "style", "kbd", "samp", "textarea", "svg", "math", "CODE"]
)
def test_verbatim_text_stays(name: str) -> None:
    html = f'<div><{name} class="x">\'a\' -- <b>"b"</b>...</{name}></div>'

    assert typographic(html) == html


def test_tags_and_comments_stay() -> None:
    html = '<a title="it\'s > \'that\'" href="a--b">x</a><!-- "more" -- --><img alt=\'"\'>'

    assert typographic(html) == html


def test_a_template_tag_does_not_reach_into_a_tag() -> None:
    html = '<p>{{ <a title="}} b" href="c">d</a>{% <i class="%}">e</i></p>'

    assert typographic(html) == html


def test_quotes_are_paired_across_emphasis_and_code() -> None:
    html = '<p>"<em>one</em>" <em>"two"</em> "<code>"</code>" \'<b>x</b>\'</p>'

    assert typographic(html) == ('<p>“<em>one</em>” <em>“two”</em> “<code>"</code>” ‘<b>x</b>’</p>')


def test_each_block_starts_afresh() -> None:
    assert typographic('<p>end</p>"a"<p>"b"</p>') == "<p>end</p>“a”<p>“b”</p>"


@pytest.mark.parametrize("unit", ["<", '<a "', "<!--", "<code", "<code>", '"', "{{", "{%", "--."])
def test_broken_html_is_read_to_its_end(unit: str) -> None:
    assert typographic(unit * (100_000 // len(unit)))
