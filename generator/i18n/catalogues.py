"""The message catalogues: the texts of each language, and how it writes dates and numbers."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from typing import Any

from generator import disk
from generator.i18n.translate import PLACEHOLDER
from generator.problems import Location, Problem, unreadable
from generator.views import Conventions, Messages

ENGLISH = "en"

Texts = dict[str, Any]
Layers = tuple[tuple[str, Path], ...]

EXAMPLE = '{"archive": "Archive"}'
PLURALS = '{"one": "…", "other": "…"}'

_FOLDER = Path(__file__).parent

_SURROGATE = re.compile("[\ud800-\udfff]")

# languages, and scripts by which others are written, from right to left
_RIGHT_TO_LEFT = frozenset(
    {"ar", "arc", "azb", "ckb", "dv", "fa", "glk", "he", "iw", "ks", "lrc", "mzn", "nqo", "pnb"}
    | {"ps", "sd", "syr", "ug", "ur", "yi"}
)
_RIGHT_TO_LEFT_SCRIPTS = frozenset(
    {"adlm", "arab", "hebr", "mand", "nkoo", "rohg", "samr", "syrc", "thaa"}
)


def load_messages(language: str, layers: Layers = ()) -> tuple[Messages, tuple[Problem, ...]]:
    """The messages in the language of a site, and problems with those of its theme.

    A message that the language lacks is in English. `layers` are the folders of a theme, nearest
    first: the messages in one override those in the next, and ours.
    """
    primary = primary_of(language)
    english, problems = _texts(ENGLISH, layers)
    own, more = _texts(primary, layers) if primary != ENGLISH else (english, ())
    used = language if own else ENGLISH
    messages = Messages(
        language=primary_of(used),
        direction=direction_of(language),
        texts=english | own,
        conventions=_conventions(used),
    )
    return messages, (*problems, *more)


def direction_of(language: str) -> str:
    """The direction in which a language is written: 'ltr' or 'rtl'; its script may decide."""
    scripts = [tag.lower() for tag in language.split("-")[1:2] if re.fullmatch("[A-Za-z]{4}", tag)]
    is_rtl = (
        scripts[0] in _RIGHT_TO_LEFT_SCRIPTS if scripts else primary_of(language) in _RIGHT_TO_LEFT
    )
    return "rtl" if is_rtl else "ltr"


def primary_of(language: str) -> str:
    """The language without its region: `cy` of `cy-GB`."""
    return language.partition("-")[0].lower()


def _texts(language: str, layers: Layers) -> tuple[Texts, tuple[Problem, ...]]:
    """The texts in one language: ours, overridden by those of the theme."""
    texts = _catalogue(language)
    problems: list[Problem] = []
    for layer, folder in reversed(layers):
        path = folder / "messages" / f"{language}.json"
        if disk.is_there(path):
            found = _texts_of_theme(path, f"{layer}messages/{language}.json")
            if isinstance(found, Problem):
                problems.append(found)
            else:
                texts |= found
    return texts, tuple(problems)


def _catalogue(language: str) -> Texts:
    """Our texts in one language."""
    return {name: texts[language] for name, texts in _ours().items() if language in texts}


@cache
def _ours() -> dict[str, dict[str, Any]]:
    """Our texts by name and language, all translations of a message next to one another."""
    texts: dict[str, dict[str, Any]] = json.loads(disk.read_bytes(_FOLDER / "messages.json"))
    return texts


def _texts_of_theme(path: Path, shown_as: str) -> Texts | Problem:
    try:
        texts = json.loads(disk.read_bytes(path, most=disk.MOST_TEXT))
    except json.JSONDecodeError as error:
        return Problem("messages", Location(shown_as, error.lineno), "this is not valid JSON")
    except RecursionError:
        return Problem("messages", Location(shown_as), "this is nested too deeply")
    except OSError as error:
        return unreadable(shown_as, error)
    except UnicodeDecodeError:
        return Problem("messages", Location(shown_as), "this file can't be read as UTF-8")
    if not isinstance(texts, dict):
        return Problem("messages", Location(shown_as), "this is not an object", f"Write {EXAMPLE}.")
    ours = _catalogue(ENGLISH)
    errors = (_error(name, text, ours.get(name)) for name, text in sorted(texts.items()))
    first = next(filter(None, errors), None)
    return Problem("messages", Location(shown_as), *first) if first else texts


def _error(name: str, text: Any, ours: Any) -> tuple[str, str] | None:
    """What is wrong with a theme's text, and what to do; `ours` is our text of that name."""
    is_counted = isinstance(text, dict) and "other" in text
    forms = text.values() if is_counted else [text]
    if not all(isinstance(form, str) and not _SURROGATE.search(form) for form in forms):
        return f"'{name}' is not a text", f"Write a text, or one for each plural: {PLURALS}."
    if isinstance(ours, str) and is_counted:
        return f"'{name}' has no plurals", "Write a single text."
    if ours and (unknown := sorted(_placeholders(text) - _placeholders(ours))):
        known = ", ".join(f"{{{found}}}" for found in sorted(_placeholders(ours)))
        return f"'{name}' has no placeholder {{{unknown[0]}}}", f"Use {known or 'none'}."
    return None


def _placeholders(text: Any) -> set[str]:
    """The placeholders of a text, in all its plurals together."""
    forms = text.values() if isinstance(text, dict) else [text]
    return {found for form in forms for found in PLACEHOLDER.findall(form)}


def _conventions(language: str) -> Conventions:
    """How a language writes dates and numbers, and its region if that differs."""
    path = _FOLDER / "cldr" / f"{primary_of(language)}.json"
    if not path.is_file():  # a language that a theme adds
        path = path.with_name(f"{ENGLISH}.json")
    table: dict[str, Any] = json.loads(disk.read_bytes(path))
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
