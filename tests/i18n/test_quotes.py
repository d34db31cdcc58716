"""Quotes of each language."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.i18n import quotes
from generator.i18n.quotes import quotes_of


@pytest.mark.parametrize(
    ("language", "signs"),
    [
        ("en", "“ ” ‘ ’"),
        ("en-GB", "“ ” ‘ ’"),
        ("de", "„ “ ‚ ‘"),
        ("DE-at", "„ “ ‚ ‘"),
        ("es", "« » “ ”"),
        ("es-MX", "“ ” ‘ ’"),
        ("it-IT", "« » “ ”"),
        ("fr-CH", "« » ‹ ›"),
        ("pl", "„ ” « »"),
        ("sv", "” ” ’ ’"),
        ("ja", "「 」 『 』"),
        ("zh-TW", "「 」 『 』"),
        ("no", "« » ‘ ’"),
        ("tlh", "“ ” ‘ ’"),
        ("", "“ ” ‘ ’"),
        ("cy-GB", "“ ” ‘ ’"),
        ("de-Latn-DE-1996", "„ “ ‚ ‘"),
        pytest.param("a-" * 100_000, "“ ” ‘ ’", id="long"),
    ],
)
def test_a_language_has_the_quotes_of_cldr(language: str, signs: str) -> None:
    assert list(quotes_of(language)) == signs.split()


def test_the_licence_of_the_data_is_beside_them() -> None:
    folder = Path(quotes.__file__).parent / "cldr"
    assert (folder / "LICENSE").read_text(encoding="utf-8").startswith("UNICODE LICENSE V3")


def test_french_guillemets_have_a_space_inside_that_does_not_break() -> None:
    assert quotes_of("fr")[:2] == quotes_of("fr-BE")[:2] == ("«\u00a0", "\u00a0»")
