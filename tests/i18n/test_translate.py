"""The words of the interface: what a catalogue says, and what a template may ask of it."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from generator.i18n.catalogues import load_messages
from generator.i18n.translate import UntranslatedError, translate
from tests.conftest import Blog

TEXTS = {
    "archive": "Archive",
    "week": "Week {number}",
    "letters": {"one": "{n} letter", "other": "{n} letters"},
}
WORDS = load_messages("en-GB")[0]._replace(texts=TEXTS)


def test_words_are_said_by_name_with_values_in_their_places() -> None:
    assert translate(WORDS, "archive") == "Archive"
    assert translate(WORDS, "week", number=47) == "Week 47"


def test_a_value_is_never_taken_for_a_place() -> None:
    assert translate(WORDS, "week", number="{n}") == "Week {n}"


def test_a_number_chooses_the_plural() -> None:
    assert [translate(WORDS, "letters", n=n) for n in (0, 1, 2)] == [
        "0 letters",
        "1 letter",
        "2 letters",
    ]


@pytest.mark.parametrize(
    ("name", "values", "message"),
    [
        ("archiv", {}, "there are no words 'archiv'"),
        ("week", {}, "the words 'week' need 'number'"),
        ("letters", {}, "the words 'letters' need 'n'"),
    ],
)
def test_what_can_not_be_said_is_an_error(name: str, values: dict[str, int], message: str) -> None:
    with pytest.raises(UntranslatedError) as error:
        translate(WORDS, name, **values)

    assert error.value.message == message


def test_a_value_from_anyone_stays_text_and_a_template_may_give_markup(blog: Blog) -> None:
    blog.set('title = "<b>Letters</b>"\n')
    site = (blog.folder / "content/site.toml").read_text().replace('title = "Letters"\n', "", 1)
    blog.write("content/site.toml", site)
    blog.write(
        "templates/home.html",
        '{{ site.messages | translate("written_by", author=site.title) }}\n'
        "{% set link %}<i>{{ site.title }}</i>{% endset %}"
        '{{ site.messages | translate("written_by", author=link) }}',
    )
    blog.build()

    assert blog.page("").splitlines() == [
        "Written by &lt;b&gt;Letters&lt;/b&gt;",
        "Written by <i>&lt;b&gt;Letters&lt;/b&gt;</i>",
    ]


def test_words_that_do_not_exist_are_a_mistake_of_the_theme_with_its_line(blog: Blog) -> None:
    blog.write("templates/home.html", '\n{{ site.messages | translate("archiv") }}')

    assert blog.problems() == [
        "templates/home.html:2: there are no words 'archiv'. Did you mean 'archive'?"
    ]


def test_words_that_lack_a_value_are_a_mistake_of_the_theme(blog: Blog) -> None:
    blog.write("templates/home.html", '{{ site.messages | translate("letters") }}')

    assert blog.problems() == [
        "templates/home.html:1: the words 'letters' need 'n'. Write n= and a number."
    ]


def test_the_default_theme_holds_no_words_of_its_own(repository: Path) -> None:
    found = {
        f"{path.name}: {word}"
        for path in sorted((repository / "themes/default/templates").glob("*.html"))
        for word in _literal_words(path.read_text(encoding="utf-8"))
    }

    assert found == set()


def test_what_a_site_consists_of_is_named_in_no_language(repository: Path) -> None:
    found = {
        f"{path.name}: {text}"
        for path in sorted((repository / "generator/artifacts").glob("*.py"))
        if path.name != "__init__.py"  # its problems are for the writer
        for text in _sentences(ast.parse(path.read_text(encoding="utf-8")))
    }

    assert found == set()


def _sentences(tree: ast.Module) -> Iterator[str]:
    """The texts of a module that are words for readers; docstrings are for ours."""
    known = set(map(str, load_messages("en")[0].texts.values()))
    texts = [node for node in ast.walk(tree) if isinstance(node, ast.Constant)]
    docstrings = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in texts:
        is_text = isinstance(node.value, str) and id(node) not in docstrings
        if is_text and (node.value in known or re.search("[a-z]{2} [a-z]{2}", node.value)):
            yield node.value


def test_each_text_is_said_by_the_theme_or_by_our_code(repository: Path) -> None:
    files = [
        *repository.glob("themes/default/templates/*"),
        *repository.glob("generator/**/*.py"),
    ]
    source = "".join(path.read_text(encoding="utf-8") for path in files)
    said = set(re.findall(r'"(\w+)"|words\.texts\.(\w+)', source))

    assert set(load_messages("en")[0].texts) - {name or other for name, other in said} == set()


def test_the_search_for_literal_words_finds_them() -> None:
    assert list(_literal_words('<p title="Say {{ x }}">Hello {{ name }}</p>{{ "read" if a }}')) == [
        "Hello",
        "Say",
        "read",
    ]


def _literal_words(template: str) -> list[str]:
    """What readers would see of a template whatever the language: text, labels, literals."""
    bare = re.sub(r"\{#.*?#\}|\{%.*?%\}", "", template, flags=re.DOTALL)
    shown = re.sub(r'say\([^)]*\)|== "[^"]*"|!= "[^"]*"', "", bare)
    spoken = re.findall(r'\{\{ *"([^"<=]+)" if', shown)
    bare = re.sub(r"\{\{.*?\}\}", "", bare, flags=re.DOTALL)
    labels = re.findall(r'(?:aria-label|title|alt|placeholder|value)="([^"]+)"', bare)
    texts = re.sub(r"<(style|script).*?</\1>|<[^>]*>|&\w+;|\w+=\"\"", " ", bare, flags=re.DOTALL)
    return re.findall(r"[^\W\d_]{2,}", " ".join((texts, *labels, *spoken)))
