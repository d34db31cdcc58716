"""Images as browsers need them: the right way up, without metadata, and in lighter variants."""

from __future__ import annotations

import re
import warnings
from collections.abc import Callable, Iterator
from io import BytesIO
from typing import Any

from PIL import ExifTags, Image, ImageOps, JpegImagePlugin

from generator.config.settings import ImageSettings
from generator.images.encoded import EncodedImage, Variant
from generator.images.metadata import (
    jpeg_without_metadata,
    png_without_metadata,
    webp_without_metadata,
)
from generator.problems import Location, Problem

_READABLE = ("AVIF", "GIF", "JPEG", "PNG", "WEBP")
SVG = "image/svg+xml"
_MEDIA_TYPES = {
    "AVIF": "image/avif",
    "GIF": "image/gif",
    "JPEG": "image/jpeg",
    "MPO": "image/jpeg",  # a JPEG followed by more images, as phones make them
    "PNG": "image/png",
    "WEBP": "image/webp",
}
_STRIPPED: dict[str, Callable[[bytes], bytes]] = {
    "image/gif": bytes,
    "image/jpeg": jpeg_without_metadata,
    "image/png": png_without_metadata,
    "image/webp": webp_without_metadata,
}
_MAX_WEBP_SIDE = 16_383  # pixels, the limit of the format
_RESIZABLE = ("L", "LA", "RGB", "RGBA")
_LEAST_GAIN = 1_000  # bytes that a variant must save to be worth naming in a page
_FAITHFUL = 92  # the quality of an image that we must re-encode although nobody asked for it


def encode_image(path: str, data: bytes, settings: ImageSettings | None) -> EncodedImage | Problem:
    """An image ready to be published; without `settings` it gets no lighter variants."""
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
            "Make it smaller; no screen shows that many.",
        )
    except Exception:  # what Pillow raises for a damaged file depends on where the damage is
        return _unreadable(path, "this file is damaged, or not an image")
    return _raster(image, data, settings, is_turned=turn in range(2, 9))


def _millions(number: int | None) -> int:
    return (number or 0) // 1_000_000


def _unreadable(path: str, message: str) -> Problem:
    hint = "Save it again as JPEG, PNG or WebP, and check that it opens in a browser."
    return Problem("unreadable-image", Location(path), message, hint)


def _raster(
    image: Image.Image, data: bytes, settings: ImageSettings | None, *, is_turned: bool
) -> EncodedImage:
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
    variants: tuple[Variant, ...] = ()
    if settings and not is_animated and media_type != "image/gif":
        variants = tuple(_variants(upright, media_type, len(published), settings, profile))
    return EncodedImage(media_type, *size, published, variants)


def _without_metadata(media_type: str, data: bytes) -> bytes | None:
    """The same image without metadata; None if it must be re-encoded for that."""
    try:
        return _STRIPPED[media_type](data)
    except (KeyError, ValueError):
        return None


def _tables_of(image: Any, media_type: str) -> dict[str, Any]:
    """How to re-encode a JPEG with as little loss as possible."""
    if media_type != "image/jpeg" or image.mode not in ("L", "RGB"):
        return {"quality": _FAITHFUL}
    sampling = JpegImagePlugin.get_sampling(image)
    return {"qtables": image.quantization, "subsampling": sampling}


def _variants(
    image: Image.Image,
    media_type: str,
    weight: int,
    settings: ImageSettings,
    profile: bytes | None,
) -> Iterator[Variant]:
    """The lighter variants of an image, if the widest of a type is lighter than the original.

    One that is hardly lighter than a wider one is left out.
    """
    source = _in_plain_colours(image)
    if source is None:
        return
    widest = min(image.width, max(settings.widths))
    narrower = sorted((width for width in set(settings.widths) if width < widest), reverse=True)
    scaled = {width: _scaled(source, width) for width in (widest, *narrower)}
    if (
        image.mode == "P" and source.mode == "RGB"
    ):  # a drawing, in which scaling must not add colours
        scaled |= {w: _in_few_colours(scaled[w]) for w in scaled if w != image.width}
    for wanted in _types(media_type, settings, is_too_wide=image.width > widest):
        limit = weight - _LEAST_GAIN
        for width in (widest, *narrower) if wanted in _formats(settings) else (widest,):
            form = scaled[width]
            if wanted == media_type and width == image.width:
                continue  # that is the original
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
    """The types to try: those in the settings, and the original's for browsers without them."""
    wanted = _formats(settings)
    if media_type == "image/png":  # AVIF would be lossy, and screenshots must stay sharp
        wanted = tuple(name for name in wanted if name == "image/webp")
    return (*wanted, media_type) if is_too_wide and media_type not in wanted else wanted


def _formats(settings: ImageSettings) -> tuple[str, ...]:
    return tuple(f"image/{name}" for name in settings.formats)


def _in_plain_colours(image: Image.Image) -> Image.Image | None:
    """The image in a mode that can be scaled; None for greys finer than a screen shows."""
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
    if wanted == "image/avif":  # its scale differs: 60 looks like 80 elsewhere
        return {"quality": max(1, quality - 20), "speed": 8, "max_threads": 1}
    return {"quality": quality, "progressive": True, "optimize": True}


def _written(
    image: Image.Image, media_type: str, how: dict[str, Any], profile: bytes | None
) -> bytes:
    """A file with the image, its colour profile and nothing else."""
    bare = image.copy()
    bare.info = {k: v for k, v in image.info.items() if k == "transparency"}
    file = BytesIO()
    form = media_type.partition("/")[2].upper()
    bare.save(file, form, **how, **({"icc_profile": profile} if profile else {}))
    return file.getvalue()


_ROOT = re.compile(rb"<svg\b[^>]*>")
_SIDE = re.compile(r"\s*(\d+(?:\.\d+)?)(?:px)?\s*")


def _svg(path: str, data: bytes) -> EncodedImage | Problem:
    """An SVG unchanged, with the size that its `width` and `height`, or its `viewBox`, give."""
    root = _ROOT.search(data)
    if root is None:
        return _unreadable(path, "this file has no <svg> in it")
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
    return EncodedImage(SVG, *(size if min(size) > 0 else (0, 0)), data, ())
