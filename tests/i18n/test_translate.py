"""Messages of the interface: filled with values, and asked for by templates."""

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
MESSAGES = load_messages("en-GB")[0]._replace(texts=TEXTS)


def test_a_message_is_found_by_name_and_filled_with_values() -> None:
    assert translate(MESSAGES, "archive") == "Archive"
    assert translate(MESSAGES, "week", number=47) == "Week 47"


def test_a_value_is_never_taken_for_a_placeholder() -> None:
    assert translate(MESSAGES, "week", number="{n}") == "Week {n}"


def test_a_number_chooses_the_plural() -> None:
    assert [translate(MESSAGES, "letters", n=n) for n in (0, 1, 2)] == [
        "0 letters",
        "1 letter",
        "2 letters",
    ]


@pytest.mark.parametrize(
    ("name", "values", "message"),
    [
        ("archiv", {}, "there is no message 'archiv'"),
        ("week", {}, "the message 'week' needs 'number'"),
        ("letters", {}, "the message 'letters' needs 'n'"),
    ],
)
def test_what_can_not_be_translated_is_an_error(
    name: str, values: dict[str, int], message: str
) -> None:
    with pytest.raises(UntranslatedError) as error:
        translate(MESSAGES, name, **values)

    assert error.value.message == message


def test_a_value_is_escaped_and_a_template_may_give_markup(blog: Blog) -> None:
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


def test_a_message_that_does_not_exist_is_an_error_of_the_theme_with_its_line(blog: Blog) -> None:
    blog.write("templates/home.html", '\n{{ site.messages | translate("archiv") }}')

    assert blog.problems() == [
        "templates/home.html:2: there is no message 'archiv'. Did you mean 'archive'?"
    ]


def test_a_message_that_lacks_a_value_is_an_error_of_the_theme(blog: Blog) -> None:
    blog.write("templates/home.html", '{{ site.messages | translate("letters") }}')

    assert blog.problems() == [
        "templates/home.html:1: the message 'letters' needs 'n'. Write n= and a number."
    ]


def test_the_default_theme_has_no_text_of_its_own(repository: Path) -> None:
    found = {
        f"{path.name}: {word}"
        for path in sorted((repository / "themes/default/templates").glob("*.html"))
        for word in _literal_words(path.read_text(encoding="utf-8"))
    }

    assert found == set()


def test_artifacts_have_no_text_in_any_language(repository: Path) -> None:
    found = {
        f"{path.name}: {text}"
        for path in sorted((repository / "generator/artifacts").glob("*.py"))
        if path.name != "__init__.py"  # its problems are for the writer, in English
        for text in _sentences(ast.parse(path.read_text(encoding="utf-8")))
    }

    assert found == set()


def _sentences(tree: ast.Module) -> Iterator[str]:
    """The texts of a module that readers would see; no docstrings."""
    known = set(map(str, load_messages("en")[0].texts.values()))
    texts = [node for node in ast.walk(tree) if isinstance(node, ast.Constant)]
    docstrings = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in texts:
        is_text = isinstance(node.value, str) and id(node) not in docstrings
        if is_text and (node.value in known or re.search("[a-z]{2} [a-z]{2}", node.value)):
            yield node.value


def test_each_message_is_used_by_the_theme_or_by_our_code(repository: Path) -> None:
    files = [
        *repository.glob("themes/default/templates/*"),
        *repository.glob("generator/**/*.py"),
    ]
    source = "".join(path.read_text(encoding="utf-8") for path in files)
    used = set(re.findall(r'"(\w+)"|words\.texts\.(\w+)', source))

    assert set(load_messages("en")[0].texts) - {name or other for name, other in used} == set()


def test_the_search_for_literal_text_finds_it() -> None:
    assert list(_literal_words('<p title="Say {{ x }}">Hello {{ name }}</p>{{ "read" if a }}')) == [
        "Hello",
        "Say",
        "read",
    ]


def _literal_words(template: str) -> list[str]:
    """What readers would see of a template in any language: text, labels, literals."""
    bare = re.sub(r"\{#.*?#\}|\{%.*?%\}", "", template, flags=re.DOTALL)
    shown = re.sub(r'say\([^)]*\)|== "[^"]*"|!= "[^"]*"', "", bare)
    literals = re.findall(r'\{\{ *"([^"<=]+)" if', shown)
    bare = re.sub(r"\{\{.*?\}\}", "", bare, flags=re.DOTALL)
    labels = re.findall(r'(?:aria-label|title|alt|placeholder|value)="([^"]+)"', bare)
    texts = re.sub(r"<(style|script).*?</\1>|<[^>]*>|&\w+;|\w+=\"\"", " ", bare, flags=re.DOTALL)
    return re.findall(r"[^\W\d_]{2,}", " ".join((texts, *labels, *literals)))
