"""The sentences of a text: the rules of Unicode's UAX #29, and the abbreviations of CLDR."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from generator import disk
from generator.i18n.catalogues import primary_of
from generator.i18n.quotes import quotes_of
from generator.i18n.words import UNSPACED

_TABLE = Path(__file__).parent / "cldr/abbreviations.json"

# what ends a sentence (STerm) with or without a space after it, or only before a space
_ENDS_ALWAYS = "。！？｡︒﹖﹗"
_ENDS = "!?؟۔։።፧፨।॥၊။។៕᠃᠉‼‽⁇⁈⁉"
_MAY_END = ".…．"  # not before a small letter (SB8), and not in an abbreviation
_CLOSE = "\"')]】』」）"
_SIGNS = _ENDS_ALWAYS + _ENDS + _MAY_END
_GOES_ON = re.compile(r"[,;:،、，–—-]")  # SB8a
_NEXT_LETTER = re.compile(rf"[^{_SIGNS}]*?([^\W\d_])")
_UNSPACED = re.compile(f"[{UNSPACED}]")
# in Japanese, the sentence around a quotation goes on
_SAID = re.compile("[」』](?:って|[とのをが])")
_INITIAL = re.compile(r"(?<![^\W_])[^\W\d_]\Z")
_ORDINAL = re.compile(r"(?<!\w)\d{1,2}\Z")

# where "3." is "third", so that the sentence goes on: "am 3. Mai"
_WITH_ORDINALS = frozenset(
    (
        *("bs", "cs", "da", "de", "et", "fi", "fo", "hr", "hu", "is"),
        *("lb", "lv", "nb", "nn", "no", "pl", "sk", "sl", "sr", "tr"),
    )
)


def sentences_in(text: str, language: str) -> list[str]:
    """The sentences of one paragraph in a language, without the spaces between them."""
    found, begin = [], 0
    for end in _ends(text, language):
        found.append(text[begin:end].strip())
        begin = end
    return [sentence for sentence in (*found, text[begin:].strip()) if sentence]


def _ends(text: str, language: str) -> Iterator[int]:
    """Where sentences end, but for the last."""
    known = _abbreviations(primary_of(language)).finditer(text)
    within = {place for found in known for place in range(*found.span())}
    for found in _end(language).finditer(text):
        sign, end, after = found["signs"][-1], found.start("space"), found.end()
        if _GOES_ON.match(text, after) or _SAID.match(text, after - 1):
            continue
        if not (found["space"] or sign in _ENDS_ALWAYS or _ends_unspaced(sign, text, after)):
            continue
        if sign in _MAY_END and (letter := _NEXT_LETTER.match(text, after)) and letter[1].islower():
            continue  # SB8
        is_period = found["signs"] == "." and end == found.end("signs")
        period = found.start()
        if is_period and (period in within or _is_abbreviated(text, period, language)):
            continue
        yield end


def _ends_unspaced(sign: str, text: str, after: int) -> bool:
    """Whether a sign ends a sentence before a letter of a script without spaces."""
    return sign != "…" and bool(_UNSPACED.match(text, after))


def _is_abbreviated(text: str, period: int, language: str) -> bool:
    """Whether a period follows an initial, as in `J. Marsh`, or makes a number an ordinal."""
    before = text[max(0, period - 3) : period]
    initial = _INITIAL.search(before)
    if initial and initial[0].isupper() and initial[0] != "I":
        return True
    return primary_of(language) in _WITH_ORDINALS and bool(_ORDINAL.search(before))


@cache
def _end(language: str) -> re.Pattern[str]:
    """What ends a sentence in a language: signs, then quotes and brackets that close."""
    quotes = quotes_of(language)
    closing = {quotes.closing.strip(), quotes.inner_closing.strip(), *"”’»›"}
    opening = {quotes.opening.strip(), quotes.inner_opening.strip()}
    close = _CLOSE + "".join(sorted(closing - (opening - {quotes.closing, quotes.inner_closing})))
    return re.compile(rf"(?P<signs>[{_SIGNS}]+)[{re.escape(close)}]*(?P<space>\s*)")


@cache
def _abbreviations(language: str) -> re.Pattern[str]:
    known = {*_table()[""], *_table().get(language, ())}
    longest_first = sorted(known, key=lambda word: (-len(word), word))
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest_first))})")


@cache
def _table() -> dict[str, list[str]]:
    table: dict[str, list[str]] = json.loads(disk.read_bytes(_TABLE))
    return table
