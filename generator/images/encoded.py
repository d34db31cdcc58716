"""An image as it is to be published, before it is stored."""

from __future__ import annotations

from typing import NamedTuple

Variant = tuple[str, int, int, bytes]  # media type, width, height, and the file itself


class EncodedImage(NamedTuple):
    """An image file as it is to be published, with its lighter variants."""

    media_type: str
    width: int  # 0 if an SVG does not say
    height: int
    data: bytes
    variants: tuple[Variant, ...]
