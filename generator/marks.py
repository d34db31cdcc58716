"""The marks and tones of traits: their names, and which a trait has that names none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from generator.config import TRAITS
from generator.model import Term

# a theme draws each mark and gives each tone its colours; the order is that of the defaults
MARKS = (
    "ear", "swap", "bend", "ball", "quote", "overlap",
    "stairs", "leaf", "dawn", "arch", "cross", "table",
)  # fmt: skip
TONES = ("blue", "gold", "green", "red", "plum", "teal", "orange", "slate")


def marked(terms: Sequence[Term]) -> tuple[Term, ...]:
    """The traits among `terms` with a mark and a tone each, by their place where they name none."""
    return tuple(
        replace(
            term,
            mark=term.mark or MARKS[place % len(MARKS)],
            tone=term.tone or TONES[place % len(TONES)],
        )
        if term.taxonomy == TRAITS
        else term
        for place, term in enumerate(terms)
    )
