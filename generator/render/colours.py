"""The colours of a theme's social images."""

from __future__ import annotations

from collections.abc import Mapping

from generator import disk
from generator.artifacts.recipes import SOCIAL_IMAGE_COLOURS
from generator.images.colours import PALETTES, Palette, read_palettes
from generator.problems import Location, Problem, unreadable
from generator.render.themes import Theme


def palettes_of(theme: Theme) -> Mapping[str, Palette] | Problem:
    """The colours that a theme gives its social images, by name."""
    found = theme.template(SOCIAL_IMAGE_COLOURS)
    if found is None:
        return PALETTES
    shown_as, path = found
    try:
        text = disk.read_text(path)
    except OSError as error:
        return unreadable(shown_as, error)
    except UnicodeDecodeError as error:
        return Problem("theme", Location(shown_as), f"this is not valid TOML: {error}")
    return read_palettes(text, shown_as)
