"""The plural forms of each language."""

from __future__ import annotations

import pytest

from generator.i18n.plurals import category_of
from tests.i18n.literals import LANGUAGES, PLURALS


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
