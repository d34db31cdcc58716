"""Numbers as each language writes them."""

from __future__ import annotations

import pytest

from generator.i18n.numbers import grouped, in_digits
from tests.i18n.literals import messages_in


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
    assert grouped(number, messages_in(language).conventions) == shown


def test_a_year_has_no_separators() -> None:
    assert in_digits(2026, messages_in("de").conventions) == "2026"
    assert in_digits(2026, messages_in("ar-EG").conventions) == "٢٠٢٦"
