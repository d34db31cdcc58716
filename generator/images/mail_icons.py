"""The icon of a trait as a small PNG, since mail programs show no vectors."""

from __future__ import annotations

from io import BytesIO

from PIL import Image

from generator.images.colours import Palette
from generator.images.icon_shapes import covered

_SIDE = 96  # pixels, twice as many as are shown, for sharp screens
_GLYPH = 52


def mail_icon(path: str, palette: Palette) -> bytes:
    """An icon on a field of its colour, so that it looks the same on light and on dark."""
    tile = Image.new("RGB", (_SIDE, _SIDE), palette.field)
    edge = (_SIDE - _GLYPH) // 2
    tile.paste(palette.words, (edge, edge), covered(path, _GLYPH))
    file = BytesIO()
    tile.quantize(16).save(file, "PNG", optimize=True)
    return file.getvalue()
