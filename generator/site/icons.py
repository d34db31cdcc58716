"""The icons and colours of traits, and the defaults for traits that name none."""

from __future__ import annotations

from collections.abc import Sequence

from generator.config.settings import TRAITS
from generator.model import Term

# Each is one path on a grid of 24 units, with bands of 4 or 6 units where it has bands, and a plain
# shape that can be printed, cut or embroidered. There are holes where it covers itself.
DRAWINGS = {
    "ear": "M12 0A12 12 0 1 1 0 12H4A8 8 0 1 0 12 4zM12 8a4 4 0 1 1 0 8 4 4 0 0 1 0-8z",
    "swap": "M0 0h14v14H0zM18 10h6v14H10v-6h4v2h6v-6h-2z",
    "bend": "M0 24A24 24 0 0 1 24 0v6A18 18 0 0 0 6 24zM12 24A12 12 0 0 1 24 12v6a6 6 0 0 0-6 6z",
    "ball": "M0 0l24 24H0zM18 1a5.5 5.5 0 1 1 0 11 5.5 5.5 0 0 1 0-11z",
    "quote": "M0 2h10v10A10 10 0 0 1 0 22zM14 2h10v10a10 10 0 0 1-10 10z",
    "overlap": (
        "M8.5 0a8.5 8.5 0 1 1 0 17 8.5 8.5 0 0 1 0-17z"
        "M15.5 7a8.5 8.5 0 1 1 0 17 8.5 8.5 0 0 1 0-17z"
    ),
    "stairs": "M0 24v-8h8V8h8V0h8v24z",
    "leaf": "M0 12A12 12 0 0 1 12 0h12v12a12 12 0 0 1-12 12H0zM3 18l3 3L18 9l-3-3z",
    "dawn": "M1 13a11 11 0 0 1 22 0zM0 17h24v5H0z",
    "arch": "M0 24V12a12 12 0 0 1 24 0v12h-6V12a6 6 0 0 0-12 0v12z",
    "cross": "M8 0h8v8h8v8h-8v8H8v-8H0V8h8z",
    "table": (
        "M5 0a5 5 0 1 1 0 10A5 5 0 0 1 5 0zM19 0a5 5 0 1 1 0 10 5 5 0 0 1 0-10z"
        "M5 14a5 5 0 1 1 0 10 5 5 0 0 1 0-10zM14 14h10v10H14z"
    ),
}

# a trait without one gets one by its position; a theme defines each colour
ICONS = tuple(DRAWINGS)
COLOURS = ("blue", "gold", "green", "red", "plum", "teal", "orange", "slate")


def with_icons(terms: Sequence[Term]) -> tuple[Term, ...]:
    """The terms with an icon and a colour for each trait: its own, or one by its position."""
    return tuple(
        term._replace(
            icon=term.icon or ICONS[place % len(ICONS)],
            colour=term.colour or COLOURS[place % len(COLOURS)],
        )
        if term.taxonomy == TRAITS
        else term
        for place, term in enumerate(terms)
    )
