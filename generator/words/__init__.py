"""The words of the interface: a catalogue for each language, and how to say something from it."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from generator.model import Words
from generator.problems import did_you_mean
from generator.words.plurals import category_of

ENGLISH = "en"

_FOLDER = Path(__file__).parent

_PLACE = re.compile(r"\{(\w+)\}")

_RIGHT_TO_LEFT = frozenset(
    {"ar", "arc", "ckb", "dv", "fa", "he", "ks", "ps", "sd", "ug", "ur", "yi"}
)


class UnsaidError(LookupError):
    """Words that can't be said: there are none of that name, or something is missing in them."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


def load_words(language: str) -> Words:
    """The words in the language of a site, in English where there are none."""
    primary = primary_of(language)
    texts = _catalogue(ENGLISH)
    if primary != ENGLISH and has_words(language):
        texts |= _catalogue(primary)
        spoken = primary
    else:
        spoken = ENGLISH
    return Words(
        language=spoken,
        direction="rtl" if primary in _RIGHT_TO_LEFT else "ltr",
        texts=texts,
    )


def has_words(language: str) -> bool:
    """Whether there is a catalogue in that language."""
    return (_FOLDER / f"{primary_of(language)}.json").is_file()


def primary_of(language: str) -> str:
    """The language without its region: `cy` of `cy-GB`."""
    return language.partition("-")[0].lower()


def say(words: Words, name: str, /, **values: Any) -> str:
    """The words of that name with these values in their places."""
    return say_as(str, words, name, values)


def say_as(shown: Callable[[Any], str], words: Words, name: str, values: Mapping[str, Any]) -> str:
    """The same with words and values as `shown` shows them."""
    text = _text_of(words, name, values)

    def value_of(place: re.Match[str]) -> str:
        if place[1] not in values:
            raise UnsaidError(f"the words '{name}' need '{place[1]}'", f"Write {place[1]}=….")
        return shown(values[place[1]])

    return _PLACE.sub(value_of, shown(text))


def _text_of(words: Words, name: str, values: Mapping[str, Any]) -> str:
    """The text of that name, in the plural that a number asks for."""
    text = words.texts.get(name)
    if text is None:
        raise UnsaidError(f"there are no words '{name}'", did_you_mean(name, words.texts))
    if isinstance(text, str):
        return text
    if "n" not in values:
        raise UnsaidError(f"the words '{name}' need 'n'", "Write n= and a number.")
    return text.get(category_of(values["n"], words.language), text["other"])


def _catalogue(language: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((_FOLDER / f"{language}.json").read_bytes())
    return found
