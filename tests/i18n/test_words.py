"""Words in any script."""

from __future__ import annotations

import pytest

from generator.i18n.words import count_words, words_of


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Don't panic, it’s 2026!", ["Don't", "panic", "it’s", "2026"]),
        ("हिन्दी में लिखा है।", ["हिन्दी", "में", "लिखा", "है"]),
        ("שָׁלוֹם עולם", ["שָׁלוֹם", "עולם"]),
        ("مَرْحَبًا بكم", ["مَرْحَبًا", "بكم"]),
        ("cafe\u0301 noir", ["cafe\u0301", "noir"]),
        ("한국어 글", ["한국어", "글"]),
        ("می\u200cخواهم بروم", ["می\u200cخواهم", "بروم"]),
        ('צה"ל ד״ר', ['צה"ל', "ד״ר"]),
        ("col·legi l’école", ["col·legi", "l’école"]),
        ("I ❤️ it 🚀", ["I", "it"]),
    ],
)
def test_a_word_keeps_its_marks(text: str, words: list[str]) -> None:
    assert words_of(text) == words
    assert count_words(text) == len(words)


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("日本語の文章です。" * 500, 2000),
        ("中文文章，" * 1000, 2000),
        ("ภาษาไทย" * 1000, 1400),
        ("We use 日本語 here", 5),
        ("カタカナ", 2),
    ],
)
def test_scripts_without_spaces_are_counted_by_letters(text: str, count: int) -> None:
    """Issue 12, line 22: 4,000 Japanese characters were 200 words."""
    assert count_words(text) == count
