"""Images as browsers need them: the right way up, without metadata, and in lighter forms."""

from __future__ import annotations

import re
import warnings
from collections.abc import Callable, Iterator
from io import BytesIO
from typing import Any, NamedTuple

from PIL import ExifTags, Image, ImageOps

from generator.config.settings import ImageSettings
from generator.images.metadata import (
    jpeg_without_metadata,
    png_without_metadata,
    webp_without_metadata,
)
from generator.problems import Location, Problem

Encoded = tuple[str, int, int, bytes]  # media type, width, height, and the file itself

_READABLE = ("AVIF", "GIF", "JPEG", "PNG", "WEBP")
SVG = "image/svg+xml"
_MEDIA_TYPES = {
    "AVIF": "image/avif",
    "GIF": "image/gif",
    "JPEG": "image/jpeg",
    "MPO": "image/jpeg",  # a JPEG with more images behind it, as phones make them
    "PNG": "image/png",
    "WEBP": "image/webp",
}
_STRIPPED: dict[str, Callable[[bytes], bytes]] = {
    "image/gif": bytes,
    "image/jpeg": jpeg_without_metadata,
    "image/png": png_without_metadata,
    "image/webp": webp_without_metadata,
}
_MAX_WEBP_SIDE = 16_383  # the format has no room for more
_RESIZABLE = ("L", "LA", "RGB", "RGBA")
_LEAST_GAIN = 1_000  # bytes that make another form worth naming in a page
_FAITHFUL = 92  # the quality of what must be written anew although nobody asked for it


class Drawn(NamedTuple):
    """An image file as it is to be published, with its lighter forms."""

    media_type: str
    width: int  # 0 where an SVG does not say
    height: int
    data: bytes
    variants: tuple[Encoded, ...]


def drawn(path: str, data: bytes, settings: ImageSettings | None) -> Drawn | Problem:
    """An image made ready; without `settings` it gets no lighter forms."""
    if path.lower().endswith(".svg"):
        return _svg(path, data)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            image: Image.Image = Image.open(BytesIO(data), formats=_READABLE)
            image.load()
            turn = image.getexif().get(ExifTags.Base.Orientation, 1)
    except (Image.DecompressionBombWarning, Image.DecompressionBombError):
        return Problem(
            "huge-image",
            Location(path),
            f"this image has more than {_millions(Image.MAX_IMAGE_PIXELS)} million pixels",
            "Make it smaller; no screen shows as much.",
        )
    except Exception:  # what Pillow raises for a damaged file depends on where the damage is
        return _unreadable(path, "this is damaged, or not an image")
    return _raster(image, data, settings, is_turned=turn in range(2, 9))


def _millions(number: int | None) -> int:
    return (number or 0) // 1_000_000


def _unreadable(path: str, message: str) -> Problem:
    hint = "Save it anew as JPEG, PNG or WebP, and see whether it opens in a browser."
    return Problem("unreadable-image", Location(path), message, hint)


def _raster(
    image: Image.Image, data: bytes, settings: ImageSettings | None, *, is_turned: bool
) -> Drawn:
    media_type = _MEDIA_TYPES[image.format or ""]
    is_animated = media_type != "image/jpeg" and getattr(image, "is_animated", False)
    profile = image.info.get("icc_profile")
    upright = ImageOps.exif_transpose(image) if is_turned else image
    published = data if is_animated else None
    if not is_turned or is_animated:
        published = _without_metadata(media_type, data)
    if published is None:
        published = _written(upright, media_type, _tables_of(image, media_type), profile)
    size = image.size if is_animated else upright.size
    variants: tuple[Encoded, ...] = ()
    if settings and not is_animated and media_type != "image/gif":
        variants = tuple(_variants(upright, media_type, len(published), settings, profile))
    return Drawn(media_type, *size, published, variants)


def _without_metadata(media_type: str, data: bytes) -> bytes | None:
    """The same image without metadata; None where it must be written anew for that."""
    try:
        return _STRIPPED[media_type](data)
    except (KeyError, ValueError):
        return None


def _tables_of(image: Any, media_type: str) -> dict[str, Any]:
    """How to write a JPEG anew with as little loss as can be."""
    if media_type != "image/jpeg" or image.mode not in ("L", "RGB"):
        return {"quality": _FAITHFUL}
    from PIL.JpegImagePlugin import get_sampling

    return {"qtables": image.quantization, "subsampling": get_sampling(image)}


def _variants(
    image: Image.Image,
    media_type: str,
    weight: int,
    settings: ImageSettings,
    profile: bytes | None,
) -> Iterator[Encoded]:
    """The lighter forms of an image; of a type only if its widest is lighter than the original.

    One that weighs hardly less than a wider one is left out.
    """
    source = _in_plain_colours(image)
    if source is None:
        return
    widest = min(image.width, max(settings.widths))
    narrower = sorted((width for width in set(settings.widths) if width < widest), reverse=True)
    scaled = {width: _scaled(source, width) for width in (widest, *narrower)}
    if image.mode == "P" and source.mode == "RGB":  # a drawing: scaling must not add colours
        scaled |= {w: _in_few_colours(scaled[w]) for w in scaled if w != image.width}
    for wanted in _types(media_type, settings, is_too_wide=image.width > widest):
        limit = weight - _LEAST_GAIN
        for width in (widest, *narrower) if wanted in _formats(settings) else (widest,):
            form = scaled[width]
            if wanted == media_type and width == image.width:
                continue  # the original is that one
            if wanted == "image/webp" and max(form.size) > _MAX_WEBP_SIDE:
                break
            how = _how(wanted, media_type, settings.quality)
            data = _written(form, wanted, how, profile if image.mode != "CMYK" else None)
            if len(data) < limit:
                yield wanted, *form.size, data
                limit = len(data) - _LEAST_GAIN
            elif width == widest:
                break


def _types(media_type: str, settings: ImageSettings, *, is_too_wide: bool) -> tuple[str, ...]:
    """The types to try: those asked for, and the original's for readers that know no other."""
    wanted = _formats(settings)
    if media_type == "image/png":  # AVIF would be lossy, and screenshots must stay sharp
        wanted = tuple(name for name in wanted if name == "image/webp")
    return (*wanted, media_type) if is_too_wide and media_type not in wanted else wanted


def _formats(settings: ImageSettings) -> tuple[str, ...]:
    return tuple(f"image/{name}" for name in settings.formats)


def _in_plain_colours(image: Image.Image) -> Image.Image | None:
    """The image in a mode that can be scaled; None for one with finer grey than a screen's."""
    if image.mode in _RESIZABLE:
        return image
    if image.mode in ("1", "P", "PA", "CMYK"):
        return image.convert("RGBA" if image.has_transparency_data else "RGB")
    return None


def _scaled(image: Image.Image, width: int) -> Image.Image:
    if width == image.width:
        return image
    height = max(1, round(image.height * width / image.width))
    return image.resize((width, height), Image.Resampling.LANCZOS, reducing_gap=3.0)


def _in_few_colours(image: Image.Image) -> Image.Image:
    return image.quantize(256, dither=Image.Dither.NONE).convert("RGB")


def _how(wanted: str, media_type: str, quality: int) -> dict[str, Any]:
    if wanted == "image/webp":
        is_exact = media_type == "image/png"
        return {"lossless": True, "quality": 60} if is_exact else {"quality": quality, "method": 4}
    if wanted == "image/avif":  # its scale is another: 60 looks like 80 elsewhere
        return {"quality": max(1, quality - 20), "speed": 8, "max_threads": 1}
    return {"quality": quality, "progressive": True, "optimize": True}


def _written(
    image: Image.Image, media_type: str, how: dict[str, Any], profile: bytes | None
) -> bytes:
    """A file with the image and its colour profile, and nothing else."""
    bare = image.copy()
    bare.info = {k: v for k, v in image.info.items() if k == "transparency"}
    file = BytesIO()
    form = media_type.partition("/")[2].upper()
    bare.save(file, form, **how, **({"icc_profile": profile} if profile else {}))
    return file.getvalue()


_ROOT = re.compile(rb"<svg\b[^>]*>")
_SIDE = re.compile(r"\s*(\d+(?:\.\d+)?)(?:px)?\s*")


def _svg(path: str, data: bytes) -> Drawn | Problem:
    """An SVG as it is, with the size that its `width` and `height`, or its `viewBox`, name."""
    root = _ROOT.search(data)
    if root is None:
        return _unreadable(path, "this has no <svg> in it")
    tag = root[0].decode("utf-8", "replace")
    named = dict(re.findall(r"""\s(width|height|viewBox)=["']([^"']*)["']""", tag))
    sides = [_SIDE.fullmatch(named.get(side, "")) for side in ("width", "height")]
    corners = re.split(r"[\s,]+", named.get("viewBox", "").strip())
    if all(sides):
        width, height = (side[1] for side in sides if side)
    else:
        width, height = corners[2:] if len(corners) == 4 else ("0", "0")
    try:
        size = round(float(width)), round(float(height))
    except (OverflowError, ValueError):
        size = 0, 0
    return Drawn(SVG, *(size if min(size) > 0 else (0, 0)), data, ())
