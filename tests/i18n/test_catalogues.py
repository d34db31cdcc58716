"""The message catalogues: complete in each language, and overridden by themes."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from generator.cache import engine
from generator.cli.up_to_date import inputs_of
from generator.i18n.catalogues import direction_of, load_messages
from tests.conftest import Blog
from tests.i18n.literals import FOLDER, LANGUAGES, MESSAGES, PLURALS, messages_in
from tests.messages import Case, Golden, cases


def placeholders_of(text: Any) -> set[str]:
    """The placeholders of a text, in all its plurals together."""
    forms = text.values() if isinstance(text, dict) else [text]
    return {found for form in forms for found in re.findall(r"\{(\w+)\}", form)}


def test_the_languages_are_those_in_the_docs() -> None:
    assert sorted(PLURALS) == LANGUAGES


def test_every_message_is_there_in_every_language_and_they_are_sorted() -> None:
    missing = {
        name: sorted(set(LANGUAGES) - set(texts))
        for name, texts in MESSAGES.items()
        if list(texts) != LANGUAGES
    }

    assert missing == {}, "messages.json lacks these translations, or has them out of order"
    assert list(MESSAGES) == sorted(MESSAGES)


def test_the_translations_of_a_message_have_the_same_placeholders() -> None:
    for name, texts in MESSAGES.items():
        placeholders = {language: placeholders_of(text) for language, text in texts.items()}
        assert placeholders == dict.fromkeys(texts, placeholders["en"]), name


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_counts_has_a_text_for_each_plural_and_most_show_the_number(language: str) -> None:
    for name, texts in MESSAGES.items():
        text = texts[language]
        assert isinstance(text, dict) == isinstance(texts["en"], dict), name
        if isinstance(text, dict):
            assert set(text) == PLURALS[language], name
            silent = {category for category, form in text.items() if "{n}" not in form}
            assert silent <= {"zero", "one", "two"}, name


def test_no_message_contains_markup() -> None:
    assert not re.search("[<>&]", json.dumps(MESSAGES))


@pytest.mark.parametrize("language", ["en-GB", "en", "EN-us", "ja"])
def test_a_region_or_an_unknown_language_is_read_in_english(language: str) -> None:
    assert messages_in(language).language == "en"


@pytest.mark.parametrize(
    ("language", "direction"), [("en-GB", "ltr"), ("ar-EG", "rtl"), ("he", "rtl"), ("cy", "ltr")]
)
def test_a_language_has_the_direction_of_its_script(language: str, direction: str) -> None:
    assert messages_in(language).direction == direction


def test_a_site_speaks_its_language(blog: Blog) -> None:
    settings = blog.folder / "content/site.toml"
    settings.write_text(settings.read_text().replace('"en-GB"', '"ar-EG"'))
    blog.post("2026-11-17-hello")
    blog.build()

    page = blog.page("2026/hello/")
    assert '<html lang="ar-EG" dir="rtl">' in page
    assert "الثلاثاء، ١٧ نوفمبر ٢٠٢٦" in page
    assert "الأرشيف" in page
    assert "سمات القيادة" in blog.page("traits/")


def test_what_markdown_adds_to_a_post_is_in_the_language_of_the_site(blog: Blog) -> None:
    settings = blog.folder / "content/site.toml"
    settings.write_text(settings.read_text().replace('"en-GB"', '"fr"'))
    blog.post("2026-11-17-hello", "> [!WARNING]\n> Ah.\n\n- [x] One[^1]\n\n[^1]: Two\n")
    blog.build()

    page = blog.page("2026/hello/")
    labels = ("Attention", "Tâche accomplie", "Notes", "Retour à l’appel de note 1")
    assert [label for label in labels if f'aria-label="{label}"' not in page] == []
    assert '<p class="alert-title">Attention</p>' in page


def test_a_language_without_a_catalogue_is_reported_and_read_in_english(blog: Blog) -> None:
    settings = blog.folder / "content/site.toml"
    settings.write_text(settings.read_text().replace('"en-GB"', '"ja"'))

    assert blog.problems() == [
        "content/site.toml:5:1: warning: there are no messages in 'ja', so the pages are in "
        "English around your own text. docs/themes.md says how to add a language."
    ]
    assert '<html lang="ja" dir="ltr">' in blog.page("")


def test_messages_beside_the_content_override_those_of_the_theme(blog: Blog) -> None:
    blog.write("messages/en.json", '{"newest_letter": "This week", "our_own": "Ours"}')
    blog.write("themes/mine/theme.toml", 'name = "mine"\napi = 1\nextends = "default"\n')
    blog.write("themes/mine/messages/en.json", '{"newest_letter": "Newest", "follow": "Subscribe"}')
    blog.write(
        "templates/home.html",
        '{{ site.messages | translate("newest_letter") }}, '
        '{{ site.messages | translate("follow") }}, '
        '{{ site.messages | translate("our_own") }}, {{ site.messages | translate("archive") }}',
    )
    blog.set('theme = "mine"\n')
    blog.build()

    assert blog.page("") == "This week, Subscribe, Ours, Archive"


def test_a_changed_message_reaches_pages_that_were_built(blog: Blog) -> None:
    blog.post("2026-11-17-hello", aliases="[/old/]")
    blog.build()
    blog.write("messages/en.json", '{"skip": "Jump", "moved": "Gone elsewhere"}')
    report = blog.build()

    assert ">Jump<" in blog.page("2026/hello/")
    assert "Gone elsewhere" in blog.page("old/")
    assert report.reasons["old/index.html"] == "the messages of the interface changed"


def test_a_build_depends_on_the_catalogues_and_tables() -> None:
    assert {str(path) for path in FOLDER.rglob("*.json")} <= set(engine._sources())


def test_messages_of_a_blog_are_inputs_of_the_up_to_date_stamp(tmp_path: Path) -> None:
    assert str(tmp_path / "messages") in inputs_of(str(tmp_path))


def test_a_theme_may_add_a_language(blog: Blog) -> None:
    settings = blog.folder / "content/site.toml"
    settings.write_text(settings.read_text().replace('"en-GB"', '"nl"'))
    blog.write("messages/nl.json", '{"archive": "Archief"}')

    assert blog.problems() == []
    assert "<h1" in blog.page("archive/")
    assert "Archief" in blog.page("archive/")


@pytest.mark.parametrize("case", cases("catalogues.txt"), ids=str)
def test_a_broken_catalogue_of_a_theme_is_reported(
    tmp_path: Path, case: Case, golden: Golden
) -> None:
    (tmp_path / "messages").mkdir()
    (tmp_path / "messages/en.json").write_text(case.text, encoding="utf-8", errors="surrogatepass")

    golden.check(case, printed(tmp_path))


@pytest.mark.parametrize(
    ("data", "printed_line"),
    [
        (b"\xff", "messages/en.json: this file can't be read as UTF-8."),
        (b"[" * 100_000, "messages/en.json: this is nested too deeply."),
    ],
)
def test_a_hostile_catalogue_is_reported(tmp_path: Path, data: bytes, printed_line: str) -> None:
    (tmp_path / "messages").mkdir()
    (tmp_path / "messages/en.json").write_bytes(data)

    assert printed(tmp_path) == [printed_line]


def printed(folder: Path) -> list[str]:
    """The problems with the messages in a folder of a theme."""
    return [str(problem) for problem in load_messages("en", (("", folder),))[1]]


@pytest.mark.parametrize(
    ("language", "direction"),
    [
        ("en", "ltr"),
        ("ar-EG", "rtl"),
        ("HE", "rtl"),
        ("ckb", "rtl"),
        ("az", "ltr"),
        ("az-Arab", "rtl"),
        ("pa-arab-PK", "rtl"),
        ("fa-Latn", "ltr"),
    ],
)
def test_the_language_or_its_script_has_a_direction(language: str, direction: str) -> None:
    assert direction_of(language) == direction
