from __future__ import annotations

import pytest

from generator.i18n.quotes import quotes_of
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


@pytest.mark.parametrize(
    ("language", "typed", "shown"),
    [
        ("de", "Er sagte: \"Das ist 'gut', oder?\"", "Er sagte: „Das ist ‚gut‘, oder?“"),
        ("de", "Hans' Idee, wie geht's?", "Hans’ Idee, wie geht’s?"),
        ("de", "'geht's'", "‚geht’s‘"),
        ("fr", 'Il dit "oui" à l\'école.', "Il dit «\u00a0oui\u00a0» à l’école."),
        ("fr", 'l\'"idée" d\'"accord"', "l’«\u00a0idée\u00a0» d’«\u00a0accord\u00a0»"),
        ("es", "Dijo \"ven 'ya'\".", "Dijo «ven “ya”»."),
        ("ja", '彼は"はい。"と言った', "彼は「はい。」と言った"),
        ("ja", "「'あ'」", "「『あ』」"),
        ("sv", '"ja"', "”ja”"),
        ("pl", '("tak")', "(„tak”)"),
        ("fr", 'un écran de 15" et "deux"', 'un écran de 15" et «\u00a0deux\u00a0»'),
        ("fr", '"en 2024"', "«\u00a0en 2024\u00a0»"),
        ("he", 'צה"ל', "צה״ל"),
        ("zh", '他说"…好"。', "他说“…好”。"),
        ("cy", '"Mae\'n dda"', "“Mae’n dda”"),
        ("de", "\"Rock 'n' Roll\"", "„Rock ’n’ Roll“"),
    ],
)
def test_quotes_are_those_of_the_language(language: str, typed: str, shown: str) -> None:
    """Issue 12, line 22: every language had English quotes."""
    quotes = quotes_of(language)

    assert typographic_text(typed, quotes) == shown
    assert typographic(f"<p>{typed}</p>", quotes) == f"<p>{shown}</p>"


def test_a_quote_may_begin_in_one_element_and_end_in_another() -> None:
    html = "<p>'<em>gut</em>' \"1<br>2\" und \"<b>so</b>\"</p><p>Hans' 'x'</p>"

    assert typographic(html, quotes_of("de")) == (
        "<p>‚<em>gut</em>‘ „1<br>2“ und „<b>so</b>“</p><p>Hans’ ‚x‘</p>"
    )
