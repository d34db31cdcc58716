"""The catalogues: what is said in each language, and how it writes dates and numbers."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from generator.i18n.translate import PLACE
from generator.problems import Location, Problem
from generator.views import Conventions, Messages

ENGLISH = "en"

Texts = dict[str, Any]
Layers = tuple[tuple[str, Path], ...]

EXAMPLE = '{"archive": "Archive"}'
PLURALS = '{"one": "…", "other": "…"}'

_FOLDER = Path(__file__).parent

_SURROGATE = re.compile("[\ud800-\udfff]")

_RIGHT_TO_LEFT = frozenset(
    {"ar", "arc", "ckb", "dv", "fa", "he", "ks", "ps", "sd", "ug", "ur", "yi"}
)


def load_messages(language: str, layers: Layers = ()) -> tuple[Messages, tuple[Problem, ...]]:
    """The words in the language of a site, and what is wrong with those of its theme.

    What a language lacks is said in English. `layers` are the folders of a theme, nearest
    first: the words in one come before those further away, and before ours.
    """
    primary = primary_of(language)
    english, problems = _texts(ENGLISH, layers)
    own, more = _texts(primary, layers) if primary != ENGLISH else (english, ())
    spoken = language if own else ENGLISH
    messages = Messages(
        language=primary_of(spoken),
        direction="rtl" if primary in _RIGHT_TO_LEFT else "ltr",
        texts=english | own,
        conventions=_conventions(spoken),
    )
    return messages, (*problems, *more)


def primary_of(language: str) -> str:
    """The language without its region: `cy` of `cy-GB`."""
    return language.partition("-")[0].lower()


def _texts(language: str, layers: Layers) -> tuple[Texts, tuple[Problem, ...]]:
    """The texts in one language: ours, and those of the theme over them."""
    texts = _catalogue(language)
    problems: list[Problem] = []
    for layer, folder in reversed(layers):
        path = folder / "messages" / f"{language}.json"
        if path.is_file():
            found = _texts_of_theme(path, f"{layer}messages/{language}.json")
            if isinstance(found, Problem):
                problems.append(found)
            else:
                texts |= found
    return texts, tuple(problems)


def _catalogue(language: str) -> Texts:
    path = _FOLDER / f"{language}.json"
    return dict(json.loads(path.read_bytes())) if path.is_file() else {}


def _texts_of_theme(path: Path, shown_as: str) -> Texts | Problem:
    try:
        texts = json.loads(path.read_bytes())
    except json.JSONDecodeError as error:
        return Problem("messages", Location(shown_as, error.lineno), "this is not valid JSON")
    except RecursionError:
        return Problem("messages", Location(shown_as), "this is nested too deeply")
    except (OSError, UnicodeDecodeError):
        return Problem("messages", Location(shown_as), "this file can't be read as UTF-8")
    if not isinstance(texts, dict):
        return Problem("messages", Location(shown_as), "this is not an object", f"Write {EXAMPLE}.")
    ours = _catalogue(ENGLISH)
    mistakes = (_mistake(name, text, ours.get(name)) for name, text in sorted(texts.items()))
    mistake = next(filter(None, mistakes), None)
    return Problem("messages", Location(shown_as), *mistake) if mistake else texts


def _mistake(name: str, text: Any, ours: Any) -> tuple[str, str] | None:
    """What is wrong with a theme's text, and what to do; `ours` is our own of that name."""
    is_counted = isinstance(text, dict) and "other" in text
    forms = text.values() if is_counted else [text]
    if not all(isinstance(form, str) and not _SURROGATE.search(form) for form in forms):
        return f"'{name}' is not a text", f"Write a text, or one for each plural: {PLURALS}."
    if isinstance(ours, str) and is_counted:
        return f"'{name}' does not count anything", "Write one text."
    if ours and (unknown := sorted(_places(text) - _places(ours))):
        known = ", ".join(f"{{{place}}}" for place in sorted(_places(ours))) or "nothing in braces"
        return f"nothing fills {{{unknown[0]}}} in '{name}'", f"It may hold {known}."
    return None


def _places(text: Any) -> set[str]:
    """What stands in braces in a text, in all its plurals together."""
    forms = text.values() if isinstance(text, dict) else [text]
    return {place for form in forms for place in PLACE.findall(form)}


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
