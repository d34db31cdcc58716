"""Images for the tests of images, and how they look when they are published."""

from __future__ import annotations

from io import BytesIO
from random import Random
from typing import Any

from PIL import ExifTags, Image
from selectolax.lexbor import LexborHTMLParser, LexborNode

from tests.conftest import Blog

FOLDER = "content/posts/2026-11-10-two"


WHERE = "Ada's garden"


def photo(width: int = 600, height: int = 300, *, form: str = "JPEG", **how: Any) -> bytes:
    """An image with soft colours, as a camera makes them."""
    gradient = Image.linear_gradient("L").resize((width, height))
    leaves = Image.frombytes(
        "L", (width // 8, height // 8), Random(1).randbytes(width * height // 64)
    )
    image = Image.merge("RGB", (gradient, leaves.resize((width, height)), gradient))
    file = BytesIO()
    image.save(file, form, **how)
    return file.getvalue()


def phone_metadata(orientation: int = 1) -> dict[str, Any]:
    """What a phone writes into a file: the place, a description, and how it was held."""
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = orientation
    exif[ExifTags.Base.ImageDescription] = WHERE
    exif.get_ifd(ExifTags.IFD.GPSInfo)[ExifTags.GPS.GPSAreaInformation] = WHERE
    return {"exif": exif.tobytes(), "xmp": f"<x>{WHERE}</x>".encode()}


def opened(blog: Blog, path: str) -> Image.Image:
    """The image in a built file."""
    return Image.open(BytesIO((blog.folder / "output" / path).read_bytes()))


def shown_image(page: str) -> LexborNode:
    """The first image of a page."""
    found = LexborHTMLParser(page).css_first("main img")
    assert found is not None
    return found
