"""The colours of a theme's social images."""

from __future__ import annotations

from collections.abc import Mapping

from generator.images.colours import TONES, Tone, read_tones
from generator.problems import Location, Problem
from generator.render.themes import Theme

FILE = "cards.toml"  # among the templates, so that a blog can have one without a theme


def tones_of(theme: Theme) -> Mapping[str, Tone] | Problem:
    """The colours that a theme gives its social images, by tone."""
    found = theme.template(FILE)
    if found is None:
        return TONES
    shown_as, path = found
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        return Problem("theme", Location(shown_as), f"this is not valid TOML: {error}")
    return read_tones(text, shown_as)
