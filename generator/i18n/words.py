"""The words of a text in any script.

Most scripts put spaces between words; a combining mark is part of its word. Those that don't are
counted by their letters.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from math import ceil

# Thai, Lao, Burmese, Khmer, Japanese and Chinese: scripts without spaces
UNSPACED = (
    r"\u0e01-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u3007\u3040-\u30ff\u3400-\u9fff"
    r"\U00020000-\U0003ffff"
)

# how many letters of these scripts make a word as long to read as one of another script; so 460
# letters of Japanese or Chinese take a minute
_LETTERS_A_WORD = (
    (r"[\u3005-\u3007\u3040-\u30ff\u3400-\u9fff\U00020000-\U0003ffff]", 2),
    (r"[\u0e01-\u0eff\u1000-\u109f\u1780-\u17ff]", 5),
)
_FIRST_UNSPACED = "\u0e01"
_JOINERS = "\u200c\u200d"  # inside words of Persian and Hindi
# between letters, part of a word: UAX #29's WB6 and WB7, as far as people type them
_MIDDLE = "(?:['’·׳״]|(?<=[א-ת])[\"”](?=[א-ת]))"


def words_of(text: str) -> list[str]:
    """The words of a text, as far as spaces and signs show them; a contraction is one word."""
    letter = letters_of(text)
    return re.findall(rf"\w{letter}*(?:{_MIDDLE}\w{letter}*)*", text)


def letters_of(text: str) -> str:
    """A class of a regular expression: letters and digits, and what a text puts on or into them."""
    characters = () if text.isascii() else set(text)
    marks = (
        char for char in characters if char in _JOINERS or unicodedata.category(char)[0] == "M"
    )
    return rf"[\w{''.join(sorted(marks))}]"


def is_unspaced(text: str) -> bool:
    """Whether a text begins in a script without spaces."""
    return text[:1] >= _FIRST_UNSPACED and _stretch_without_spaces().match(text) is not None


def count_words(text: str) -> int:
    """How many words a text has; those of a script without spaces are estimated."""
    others = "" if text.isascii() else set(text)
    if not any(char >= _FIRST_UNSPACED and char.isalpha() and is_unspaced(char) for char in others):
        return len(words_of(text))
    estimated = sum(ceil(len(re.findall(letter, text)) / n) for letter, n in _LETTERS_A_WORD)
    return len(words_of(_stretch_without_spaces().sub(" ", text))) + estimated


@cache
def _stretch_without_spaces() -> re.Pattern[str]:
    """Compiled only for a text that may need it, since that takes as long as loading a module."""
    return re.compile(f"[{UNSPACED}]+")
