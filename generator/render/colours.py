"""The colours of a theme's social images."""

from __future__ import annotations

from collections.abc import Mapping

from generator.images.colours import PALETTES, Palette, read_palettes
from generator.problems import Location, Problem
from generator.render.themes import Theme

FILE = "social-images.toml"  # among the templates, so that a blog can have one without a theme


def palettes_of(theme: Theme) -> Mapping[str, Palette] | Problem:
    """The colours that a theme gives its social images, by name."""
    found = theme.template(FILE)
    if found is None:
        return PALETTES
    shown_as, path = found
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        return Problem("theme", Location(shown_as), f"this is not valid TOML: {error}")
    return read_palettes(text, shown_as)
