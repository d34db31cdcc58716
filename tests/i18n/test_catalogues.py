"""The catalogues: complete in each language, and with its plurals, dates and numbers."""

from __future__ import annotations

import json
import re
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from generator.cache import engine
from generator.cli.up_to_date import inputs_of
from generator.i18n.catalogues import load_messages
from generator.i18n.dates import date_view
from generator.i18n.numbers import grouped, in_digits
from generator.i18n.plurals import category_of
from generator.views import Messages
from tests.conftest import Blog

FOLDER = Path(__file__).parents[2] / "generator/i18n"
CATALOGUES = {path.stem: json.loads(path.read_bytes()) for path in sorted(FOLDER.glob("*.json"))}
LANGUAGES = sorted(CATALOGUES)

PLURALS = {
    "ar": {"zero", "one", "two", "few", "many", "other"},
    "cy": {"zero", "one", "two", "few", "many", "other"},
    "de": {"one", "other"},
    "en": {"one", "other"},
    "es": {"one", "many", "other"},
    "fr": {"one", "many", "other"},
}

LOCALES = [
    "en-GB", "en-US", "en-IE", "en-AU", "cy-GB", "fr", "fr-CA", "fr-CH", "de", "de-AT", "de-CH",
    "es", "es-MX", "es-AR", "ar", "ar-EG", "ar-SA", "ar-MA", "ar-IQ", "ar-AE",
]  # fmt: skip


def words_in(language: str) -> Messages:
    messages, problems = load_messages(language)
    assert problems == ()
    return messages


def places_of(text: Any) -> set[str]:
    """What stands in braces in a text, in all its plurals together."""
    forms = text.values() if isinstance(text, dict) else [text]
    return {place for form in forms for place in re.findall(r"\{(\w+)\}", form)}


def test_the_languages_are_those_that_are_promised() -> None:
    assert sorted(PLURALS) == LANGUAGES


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_catalogue_says_all_that_the_english_one_says(language: str) -> None:
    assert list(CATALOGUES[language]) == sorted(CATALOGUES["en"])


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_catalogue_has_the_same_places_as_the_english_one(language: str) -> None:
    here = {name: places_of(text) for name, text in CATALOGUES[language].items()}

    assert here == {name: places_of(text) for name, text in CATALOGUES["en"].items()}


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_counts_has_a_text_for_each_plural_and_most_name_the_number(language: str) -> None:
    for name, english in CATALOGUES["en"].items():
        text = CATALOGUES[language][name]
        assert isinstance(text, dict) == isinstance(english, dict), name
        if isinstance(text, dict):
            assert set(text) == PLURALS[language], name
            silent = {category for category, form in text.items() if "{n}" not in form}
            assert silent <= {"zero", "one", "two"}, name


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_catalogue_holds_no_markup(language: str) -> None:
    assert not re.search("[<>&]", json.dumps(CATALOGUES[language]))


@pytest.mark.parametrize("language", ["en-GB", "en", "EN-us", "ja"])
def test_a_region_or_an_unknown_language_is_read_in_english(language: str) -> None:
    assert words_in(language).language == "en"


@pytest.mark.parametrize(
    ("language", "direction"), [("en-GB", "ltr"), ("ar-EG", "rtl"), ("he", "rtl"), ("cy", "ltr")]
)
def test_a_language_says_in_which_direction_it_is_written(language: str, direction: str) -> None:
    assert words_in(language).direction == direction


@pytest.mark.parametrize(
    ("language", "long", "short"),
    [
        ("en-GB", "Tuesday 17 November 2026", "17 Nov 2026"),
        ("en-US", "Tuesday, November 17, 2026", "Nov 17, 2026"),
        ("cy-GB", "Dydd Mawrth, 17 Tachwedd 2026", "17 Tach 2026"),
        ("fr", "mardi 17 novembre 2026", "17 nov. 2026"),
        ("de", "Dienstag, 17. November 2026", "17. Nov. 2026"),
        ("es", "martes, 17 de noviembre de 2026", "17 nov 2026"),
        ("ar", "الثلاثاء، 17 نوفمبر 2026", "17 نوفمبر 2026"),
        ("ar-EG", "الثلاثاء، ١٧ نوفمبر ٢٠٢٦", "١٧ نوفمبر ٢٠٢٦"),
        ("ar-IQ", "الثلاثاء، ١٧ تشرين الثاني ٢٠٢٦", "١٧ تشرين الثاني ٢٠٢٦"),
        ("ja", "Tuesday, November 17, 2026", "Nov 17, 2026"),
    ],
)
def test_a_day_is_written_as_in_its_language_and_region(
    language: str, long: str, short: str
) -> None:
    view = date_view(date(2026, 11, 17), words_in(language).conventions)

    assert (view.iso, view.long, view.short) == ("2026-11-17", long, short)


@pytest.mark.parametrize("language", LOCALES)
def test_every_day_of_a_year_is_written_as_babel_writes_it(language: str) -> None:
    babel = pytest.importorskip("babel.dates")
    locale = language.replace("-", "_")
    conventions = words_in(language).conventions
    digits = str.maketrans("0123456789", conventions.digits)  # which Babel leaves as they are
    long = "EEEE d MMMM y" if language == "en-GB" else "full"  # the one place where we differ
    for number in range(366):
        day = date(2028, 1, 1) + timedelta(number)
        expected = (
            babel.format_date(day, long, locale).translate(digits),
            babel.format_skeleton("yMMMd", day, locale=locale).translate(digits),
        )
        view = date_view(day, conventions)
        assert (view.long, view.short) == expected


@pytest.mark.parametrize(
    ("language", "categories"),
    [
        ("en", "other one other other other other other other other"),
        ("de", "other one other other other other other other other"),
        ("fr", "one one other other other other other other many"),
        ("es", "other one other other other other other other many"),
        ("cy", "zero one two few many other other other other"),
        ("ar", "zero one two few few many other few other"),
    ],
)
def test_each_language_has_the_plurals_of_cldr(language: str, categories: str) -> None:
    numbers = (0, 1, 2, 3, 6, 11, 100, 105, 1_000_000)

    assert [category_of(n, language) for n in numbers] == categories.split()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_plurals_are_those_of_babel(language: str) -> None:
    babel = pytest.importorskip("babel")
    rule = babel.Locale(language).plural_form

    assert set(rule.rules) | {"other"} == PLURALS[language]
    for n in (*range(250), 1_000, 1_000_000, 1_000_001, 2_000_000):
        assert category_of(n, language) == rule(n), n


@pytest.mark.parametrize(
    ("language", "number", "shown"),
    [
        ("en-GB", 1234, "1,234"),
        ("en-GB", 1234567, "1,234,567"),
        ("en-GB", 999, "999"),
        ("de", 1234, "1.234"),
        ("de-CH", 1234, "1’234"),
        ("fr", 1234, "1\N{NARROW NO-BREAK SPACE}234"),
        ("es", 1234, "1234"),
        ("es", 12345, "12.345"),
        ("ar-EG", 1234, "١٬٢٣٤"),
    ],
)
def test_a_count_is_written_as_in_its_language_and_region(
    language: str, number: int, shown: str
) -> None:
    assert grouped(number, words_in(language).conventions) == shown


def test_a_year_is_not_written_by_thousands() -> None:
    assert in_digits(2026, words_in("de").conventions) == "2026"
    assert in_digits(2026, words_in("ar-EG").conventions) == "٢٠٢٦"


def test_a_site_speaks_its_language(blog: Blog) -> None:
    settings = blog.folder / "content/site.toml"
    settings.write_text(settings.read_text().replace('"en-GB"', '"ar-EG"'))
    blog.post("2026-11-17-hello")
    blog.build()

    page = blog.page("2026/hello/")
    assert '<html lang="ar-EG" dir="rtl">' in page
    assert "الثلاثاء، ١٧ نوفمبر ٢٠٢٦" in page
    assert "شاركنا ردّك" in page
    assert "سمات القيادة" in blog.page("traits/")


def test_what_markdown_adds_to_a_letter_is_in_the_language_of_the_site(blog: Blog) -> None:
    settings = blog.folder / "content/site.toml"
    settings.write_text(settings.read_text().replace('"en-GB"', '"fr"'))
    blog.post("2026-11-17-hello", "> [!WARNING]\n> Ah.\n\n- [x] One[^1]\n\n[^1]: Two\n")
    blog.build()

    page = blog.page("2026/hello/")
    labels = ("Attention", "Tâche accomplie", "Notes", "Retour à l’appel de note 1")
    assert [label for label in labels if f'aria-label="{label}"' not in page] == []
    assert '<p class="alert-title">Attention</p>' in page


def test_a_language_without_words_is_told_and_read_in_english(blog: Blog) -> None:
    settings = blog.folder / "content/site.toml"
    settings.write_text(settings.read_text().replace('"en-GB"', '"ja"'))

    assert blog.problems() == [
        "content/site.toml:5:1: warning: there are no words in 'ja', so the pages speak English "
        "around yours. docs/themes.md says how to add a language."
    ]
    assert '<html lang="ja" dir="ltr">' in blog.page("")


def test_words_beside_the_content_come_before_those_of_the_theme(blog: Blog) -> None:
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


def test_a_change_of_words_reaches_pages_that_were_built(blog: Blog) -> None:
    blog.post("2026-11-17-hello", aliases="[/old/]")
    blog.build()
    blog.write("messages/en.json", '{"skip": "Jump", "moved": "Gone elsewhere"}')
    report = blog.build()

    assert ">Jump<" in blog.page("2026/hello/")
    assert "Gone elsewhere" in blog.page("old/")
    assert report.reasons["old/index.html"] == "the messages of the interface changed"


def test_a_build_depends_on_the_catalogues_and_tables() -> None:
    assert set(FOLDER.rglob("*.json")) <= set(engine._sources())


def test_words_of_a_blog_are_among_what_a_seal_looks_at(tmp_path: Path) -> None:
    assert str(tmp_path / "messages") in inputs_of(str(tmp_path))


def test_a_theme_may_bring_a_language(blog: Blog) -> None:
    settings = blog.folder / "content/site.toml"
    settings.write_text(settings.read_text().replace('"en-GB"', '"nl"'))
    blog.write("messages/nl.json", '{"archive": "Archief"}')

    assert blog.problems() == []
    assert "<h1" in blog.page("archive/")
    assert "Archief" in blog.page("archive/")


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ('{"follow": "x"\n', "messages/en.json:2: this is not valid JSON."),
        ("[1]", 'messages/en.json: this is not an object. Write {"archive": "Archive"}.'),
        ("[" * 100_000, "messages/en.json: this is nested too deeply."),
        ('{"follow": "\\ud800"}', "messages/en.json: 'follow' is not a text."),
        ('{"follow": {"other": "x"}}', "messages/en.json: 'follow' does not count anything."),
        (
            '{"page_number": "Leaf {no}"}',
            "messages/en.json: nothing fills {no} in 'page_number'. It may hold {number}.",
        ),
        ('{"follow": 1}', "messages/en.json: 'follow' is not a text."),
        ('{"letters": {"one": "x"}}', "messages/en.json: 'letters' is not a text."),
        (b"\xff", "messages/en.json: this file can't be read as UTF-8."),
    ],
)
def test_a_mistake_in_words_of_a_theme_is_told(blog: Blog, text: str | bytes, problem: str) -> None:
    blog.write("messages/en.json", text)
    told = blog.problems()

    assert len(told) == 1
    assert told[0].startswith(problem)
