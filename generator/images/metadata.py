"""Removes what cameras and programs write into image files: places, names, thumbnails.

Only whole parts of a file are left out; what a browser draws stays the same, bit for bit.
"""

from __future__ import annotations

from collections.abc import Iterator

_PNG_SIGNATURE = 8
# what affects how the image looks (PNG specification, third edition, and its animations)
_PNG_CHUNKS = frozenset(
    b"IHDR PLTE IDAT IEND tRNS gAMA cHRM sRGB iCCP cICP sBIT bKGD acTL fcTL fdAT".split()
)

_START_OF_SCAN, _END_OF_IMAGE = 0xDA, 0xD9
_APP0, _APP15, _COMMENT = 0xE0, 0xEF, 0xFE
_JPEG_COLOURS = (b"JFIF\0", b"Adobe", b"ICC_PROFILE\0")

_WEBP_HEAD = 12
_WEBP_METADATA = (b"EXIF", b"XMP ")
_WEBP_FLAGS = 0x0C  # of the chunk VP8X: it has EXIF, it has XMP


def png_without_metadata(data: bytes) -> bytes:
    """A PNG, animated or not, that contains only the image."""
    kept = [data[:_PNG_SIGNATURE]]
    at = _PNG_SIGNATURE
    while at + 8 <= len(data):
        end = at + 12 + int.from_bytes(data[at : at + 4], "big")
        if data[at + 4 : at + 8] in _PNG_CHUNKS:
            kept.append(data[at:end])
        at = len(data) if data[at + 4 : at + 8] == b"IEND" else end
    return b"".join(kept)


def jpeg_without_metadata(data: bytes) -> bytes:
    """A JPEG without EXIF, XMP, comments, thumbnails, or anything after its end.

    Raises ValueError if its segments can't be separated.
    """
    return data[:2] + b"".join(part for part in _jpeg_parts(data) if _is_drawn(part))


def _jpeg_parts(data: bytes) -> Iterator[bytes]:
    """The segments of a JPEG, each scan with its own data (ITU-T T.81, annex B)."""
    at = 2
    while at + 4 <= len(data):
        if data[at] != 0xFF:
            raise ValueError("no marker")
        marker = data[at + 1]
        if marker == 0xFF:  # padding
            at += 1
            continue
        if marker == _END_OF_IMAGE:
            break
        end = at + 2 + int.from_bytes(data[at + 2 : at + 4], "big")
        if marker == _START_OF_SCAN:
            end = _end_of_scan(data, end)
        yield data[at:end]
        at = end
    yield bytes((0xFF, _END_OF_IMAGE))


def _end_of_scan(data: bytes, at: int) -> int:
    """The position of the next marker that is neither data nor a restart."""
    while (at := data.find(b"\xff", at)) >= 0 and at + 1 < len(data):
        if data[at + 1] not in (0x00, 0xFF, *range(0xD0, 0xD8)):
            return at
        at += 1 if data[at + 1] == 0xFF else 2
    return len(data)


def _is_drawn(part: bytes) -> bool:
    """Whether a segment affects how the image looks."""
    is_note = _APP0 <= part[1] <= _APP15 or part[1] == _COMMENT
    return not is_note or part[4:].startswith(_JPEG_COLOURS)


def webp_without_metadata(data: bytes) -> bytes:
    """A WebP, animated or not, without EXIF and XMP."""
    kept = []
    at = _WEBP_HEAD
    while at + 8 <= len(data):
        size = int.from_bytes(data[at + 4 : at + 8], "little")
        chunk = data[at : at + 8 + size + size % 2]
        if chunk[:4] == b"VP8X":
            chunk = chunk[:8] + bytes((chunk[8] & ~_WEBP_FLAGS,)) + chunk[9:]
        if chunk[:4] not in _WEBP_METADATA:
            kept.append(chunk)
        at += len(chunk)
    body = b"WEBP" + b"".join(kept)
    return b"RIFF" + len(body).to_bytes(4, "little") + body
