"""The colours of social images: those of the default theme, and those that another theme sets."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from generator.problems import Location, Problem, did_you_mean

PLAIN = "plain"  # the name in the file for the social image of a page without a trait


class Palette(NamedTuple):
    """The colours of a social image, each as `#rgb` or `#rrggbb`."""

    field: str
    words: str
    cut: str  # mixed into the field under the large icon


_DARK, _LIGHT = "#000000", "#ffffff"
_INK = "#17191c"

PALETTES: Mapping[str, Palette] = {
    "": Palette(_INK, _LIGHT, _LIGHT),
    "blue": Palette("#2740b8", _LIGHT, _DARK),
    "green": Palette("#17704a", _LIGHT, _DARK),
    "red": Palette("#c5281c", _LIGHT, _DARK),
    "plum": Palette("#74287c", _LIGHT, _DARK),
    "teal": Palette("#0b6c7e", _LIGHT, _DARK),
    "slate": Palette("#47515f", _LIGHT, _DARK),
    "gold": Palette("#f5b92a", _INK, _LIGHT),
    "orange": Palette("#f0742b", _INK, _LIGHT),
}
_NAMES = tuple(name or PLAIN for name in PALETTES)
_COLOUR = re.compile(r"#(?:[0-9a-fA-F]{3}){1,2}")


def read_palettes(text: str, shown_as: str) -> Mapping[str, Palette] | Problem:
    """The colours that a theme sets in TOML, by name, with the default theme's for the rest."""
    try:
        tables = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        return Problem("theme", Location(shown_as), f"this is not valid TOML: {error}")
    for message, hint in _problems(tables):
        return Problem("theme", Location(shown_as), message, hint)
    return {
        name: palette._replace(**tables.get(name or PLAIN, {}))
        for name, palette in PALETTES.items()
    }


def _problems(tables: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for name, colours in tables.items():
        if name not in _NAMES or not isinstance(colours, dict):
            yield f"there is no colour '{name}'", did_you_mean(name, _NAMES, otherwise=_KNOWN)
            continue
        for part, colour in colours.items():
            if part not in Palette._fields:
                yield f"unknown key '{part}' in [{name}]", did_you_mean(part, Palette._fields)
            elif not isinstance(colour, str) or not _COLOUR.fullmatch(colour):
                yield f"'{part}' in [{name}] is not a colour", 'Write it as "#17704a".'


_KNOWN = f"Known here: {', '.join(_NAMES)}."
