"""The quotes of each language, by Unicode's CLDR."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import NamedTuple

from generator import disk

_TABLE = Path(__file__).parent / "cldr/quotes.json"
_NO_BREAK = "\u00a0"
_LONGEST_TAG = 35  # characters, as RFC 5646 advises; CLDR has none so long

# languages that CLDR has under another name
_OTHER_NAMES = {"iw": "he", "no": "nb", "zh-hk": "zh-hant", "zh-mo": "zh-hant", "zh-tw": "zh-hant"}


class Quotes(NamedTuple):
    """The signs around a quotation, and around one inside it."""

    opening: str = "“"
    closing: str = "”"
    inner_opening: str = "‘"
    inner_closing: str = "’"


ENGLISH = Quotes()


@cache
def quotes_of(language: str) -> Quotes:
    """The quotes of a language or its nearest relative, by its tag; else those of English."""
    tag = language.lower()
    for name in (_OTHER_NAMES.get(tag, tag), *_parents(tag)):
        if found := _table().get(_OTHER_NAMES.get(name, name)):
            is_spaced = name.startswith("fr") and name != "fr-ch"
            return _spaced(found) if is_spaced else found
    return ENGLISH


def _parents(tag: str) -> list[str]:
    parts = tag[:_LONGEST_TAG].split("-")
    return ["-".join(parts[:number]) for number in range(len(parts) - 1, 0, -1)]


def _spaced(quotes: Quotes) -> Quotes:
    """The same quotes with spaces inside guillemets, as in French; CLDR leaves these out."""
    spaced = {"«": f"«{_NO_BREAK}", "»": f"{_NO_BREAK}»"}
    return Quotes(*[spaced.get(sign, sign) for sign in quotes])


@cache
def _table() -> dict[str, Quotes]:
    table: dict[str, list[str]] = json.loads(disk.read_bytes(_TABLE))
    return {language.lower(): Quotes(*signs) for language, signs in table.items()}
