from __future__ import annotations

import pytest

from generator.importers.clean import LONGEST_NAME, clean_name, clean_text


def test_what_cannot_be_seen_and_deceives_is_left_out() -> None:
    text = "a\u202eb\u200bc\x00d\x1b[31me\u2066f\ufeffg\ud800h\U000e0041i"

    assert clean_text(text) == "abcd[31mefghi"


def test_emoji_and_flags_keep_their_joiners() -> None:
    text = "🏳️‍🌈 👩‍💻 🏴\U000e0067\U000e0062\U000e0077\U000e006c\U000e0073\U000e007f"

    assert clean_text(text) == text


def test_lines_end_in_one_way() -> None:
    assert clean_text("a\r\nb\rc\u2028d\u2029e\x0cf") == "a\nb\nc\nd\n\ne\nf"


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("Aoife Brennan", "Aoife Brennan"),
        ("Brennan, Aoife", "Aoife Brennan"),
        ("Brennan, Aoife (IT)", "Aoife Brennan"),
        ("  'Aoife\n Brennan' ", "Aoife Brennan"),
        ("aoife@example.com", ""),
        ("Aoife <aoife@example.com>", "Aoife"),
        ("192.0.2.7", ""),
        ("aoife@mailhost", ""),
        ("anonymous", ""),
        ("Anonymous", ""),
        ("\u200b\u202e", ""),
        ("🎉", ""),
        ("عائشة", "عائشة"),
    ],
)
def test_a_name_is_a_name_or_nothing(written: str, name: str) -> None:
    assert clean_name(written)[0] == name


def test_a_name_without_end_is_cut() -> None:
    name, _ = clean_name("Aoife " * 2_000)

    assert len(name) <= LONGEST_NAME
    assert name.endswith("…")
