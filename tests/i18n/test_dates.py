"""Dates as each language writes them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from generator.i18n.dates import date_view
from tests.i18n.literals import messages_in

LOCALES = [
    "en-GB", "en-US", "en-IE", "en-AU", "cy-GB", "fr", "fr-CA", "fr-CH", "de", "de-AT", "de-CH",
    "es", "es-MX", "es-AR", "ar", "ar-EG", "ar-SA", "ar-MA", "ar-IQ", "ar-AE",
]  # fmt: skip


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
    view = date_view(date(2026, 11, 17), messages_in(language).conventions)

    assert (view.iso, view.long, view.short) == ("2026-11-17", long, short)


@pytest.mark.parametrize("language", LOCALES)
def test_every_day_of_a_year_is_written_as_babel_writes_it(language: str) -> None:
    babel = pytest.importorskip("babel.dates")
    locale = language.replace("-", "_")
    conventions = messages_in(language).conventions
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
