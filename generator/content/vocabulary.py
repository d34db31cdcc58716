"""The distinct words of a text, folded so that a reader need not type them exactly.

`static/search.js` of the default theme folds what a reader types by the same rules; a test keeps
the two the same. The rules list the separators of words instead of asking Unicode, since Python
and each browser know different versions of it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from string import ascii_lowercase

from generator.i18n.words import UNSPACED

LONGEST = 20  # characters; of a longer word, only the beginning counts

# accents of Latin, Greek and Cyrillic, points of Hebrew and Arabic, invisible characters
ACCENTS = (
    r"\u00ad\u0300-\u036f\u0591-\u05bd\u05bf\u05c1\u05c2\u05c7\u0640\u064b-\u065f\u0670"
    r"\u200b-\u200f\u2060\ufeff"
)

# spaces, punctuation, symbols and emoji
SEPARATORS = (
    r"\u0000-\u002f\u003a-\u0040\u005b-\u0060\u007b-\u00bf\u00d7\u00f7\u02b0-\u02ff"
    r"\u055a-\u055f\u0589\u058a\u05be\u05c0\u05c3\u05c6\u05f3\u05f4\u0600-\u060f\u061b-\u061f"
    r"\u066a-\u066d\u06d4\u0964\u0965\u0970\u0e2f\u0e4f\u0e5a\u0e5b\u0f04-\u0f14\u104a-\u104f"
    r"\u10fb\u1361-\u1368\u1680\u17d4-\u17da\u2000-\u2bff\u2e00-\u2e7f\u3000-\u3004\u3008-\u3020"
    r"\u3030\u30fb\ufd3e\ufd3f\ufe00-\ufe6f\ufff0-\uffff\U0001f000-\U0001faff"
)

_ACCENTS = re.compile(f"[{ACCENTS}]+")
_SEPARATORS = re.compile(f"[{SEPARATORS}]+")
_STRETCHES = f"[{UNSPACED}]+|[^{UNSPACED}]+"  # compiled only for texts that need it
_UNSPACED = f"[{UNSPACED}]"

_TOO_SHORT = frozenset(("", *ascii_lowercase))


def vocabulary(text: str) -> str:
    """The distinct words of a text, sorted, with spaces between."""
    folded = fold(" ".join(set(text.split())))  # each word once, since most occur many times
    words = set(_SEPARATORS.split(folded))
    if not folded.isascii() and re.search(_UNSPACED, folded):
        words = {word for run in words for word in _words_in(run)}
    return " ".join(sorted({word[:LONGEST] for word in words} - _TOO_SHORT))


def fold(text: str) -> str:
    """A text without the differences that a search ignores: case, accents, old letter forms.

    Lower, upper and lower again, since the capital letter of `ß` is not its capital form `SS`.
    """
    if text.isascii():
        return text.lower()
    plain = _ACCENTS.sub("", unicodedata.normalize("NFKD", text)).lower().upper().lower()
    return unicodedata.normalize("NFC", plain).replace("ς", "σ")


def _words_in(run: str) -> Iterator[str]:
    """The words of a run of letters; in a script without spaces, pairs of letters."""
    for stretch in re.findall(_STRETCHES, run):
        if re.match(_UNSPACED, stretch):
            yield from (stretch[place : place + 2] for place in range(len(stretch)))
        else:
            yield stretch
