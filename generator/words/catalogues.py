"""The catalogues: what is said in each language, and how it writes dates and numbers."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from generator.model import Conventions, Words
from generator.problems import Location, Problem

ENGLISH = "en"

Texts = dict[str, Any]
Layers = Iterable[tuple[str, Path]]

_FOLDER = Path(__file__).parent

_RIGHT_TO_LEFT = frozenset(
    {"ar", "arc", "ckb", "dv", "fa", "he", "ks", "ps", "sd", "ug", "ur", "yi"}
)


def load_words(language: str, layers: Layers = ()) -> tuple[Words, tuple[Problem, ...]]:
    """The words in the language of a site, and what is wrong with those of its theme.

    What a language lacks is said in English. `layers` are the folders of a theme, nearest
    first: the words in one come before those further away, and before ours.
    """
    primary = primary_of(language)
    english, problems = _texts(ENGLISH, layers)
    own, more = _texts(primary, layers) if primary != ENGLISH else (english, ())
    spoken = language if own else ENGLISH
    words = Words(
        language=primary_of(spoken),
        direction="rtl" if primary in _RIGHT_TO_LEFT else "ltr",
        texts=english | own,
        conventions=_conventions(spoken),
    )
    return words, (*problems, *more)


def primary_of(language: str) -> str:
    """The language without its region: `cy` of `cy-GB`."""
    return language.partition("-")[0].lower()


def _texts(language: str, layers: Layers) -> tuple[Texts, tuple[Problem, ...]]:
    """The texts in one language: ours, and those of the theme over them."""
    ours = _FOLDER / f"{language}.json"
    texts: Texts = json.loads(ours.read_bytes()) if ours.is_file() else {}
    problems: list[Problem] = []
    for layer, folder in reversed(tuple(layers)):
        path = folder / "words" / f"{language}.json"
        if path.is_file():
            found = _texts_of_theme(path, f"{layer}words/{language}.json")
            if isinstance(found, Problem):
                problems.append(found)
            else:
                texts |= found
    return texts, tuple(problems)


def _texts_of_theme(path: Path, shown_as: str) -> Texts | Problem:
    try:
        texts = json.loads(path.read_bytes())
    except json.JSONDecodeError as error:
        return Problem("words", Location(shown_as, error.lineno), "this is not valid JSON")
    except (OSError, UnicodeDecodeError):
        return Problem("words", Location(shown_as), "this file can't be read as UTF-8")
    wrong = sorted(_wrong_names(texts)) if isinstance(texts, dict) else ["{"]
    if wrong:
        return Problem(
            "words",
            Location(shown_as),
            f"'{wrong[0]}' is not a text",
            'Write a text, or one for each plural: {"one": "…", "other": "…"}.',
        )
    return dict(texts)


def _wrong_names(texts: Texts) -> Iterator[str]:
    """The names of what is neither a text nor an object of texts with `other` among them."""
    for name, text in texts.items():
        forms = list(text.values()) if isinstance(text, dict) and "other" in text else [text]
        if not all(isinstance(form, str) for form in forms):
            yield name


def _conventions(language: str) -> Conventions:
    """How dates and numbers are written in a language, and in its region where that differs."""
    path = _FOLDER / "cldr" / f"{primary_of(language)}.json"
    if not path.is_file():  # a language that a theme brings
        path = path.with_name(f"{ENGLISH}.json")
    table: dict[str, Any] = json.loads(path.read_bytes())
    for subtag in language.upper().split("-")[1:]:
        table |= table["regions"].get(subtag, {})
    return Conventions(
        months=tuple(table["months"]),
        months_short=tuple(table["months_short"]),
        weekdays=tuple(table["weekdays"]),
        long=table["long"],
        short=table["short"],
        digits=table["digits"],
        group=table["group"],
        grouped_from=table["grouped_from"],
    )
