"""Which characters social images can show."""

from __future__ import annotations

import pytest

from generator.images import social
from generator.images.font_coverage import FILES, drawable


def test_the_font_has_every_letter_in_the_table() -> None:
    """The table in `glyphs.py` against the files in the theme."""
    for letter, file in FILES.items():
        if letter.strip():
            font = social._font(file, 40)
            assert bytes(font.getmask(letter)) != bytes(font.getmask("\U0010ffff")), letter


@pytest.mark.parametrize("text", ["日本", "שלום", "مرحبا", "हिन्दी", "Ѡ"])
def test_letters_that_the_font_lacks_are_known(text: str) -> None:
    assert drawable(f"Hello {text}") == ""


def test_signs_that_are_not_letters_are_left_out() -> None:
    assert drawable("Hello 🎉 all​ of you") == "Hello all of you"
