"""The parts of a message put together: its images are brought along, or written into its HTML."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Callable
from html import escape, unescape

from generator.mail.message import MailImage, MailParts

IMAGE_TYPES = {  # of files that a message can bring along, by ending
    "gif": "image/gif",
    "jpeg": "image/jpeg",
    "jpg": "image/jpeg",
    "png": "image/png",
    "svg": "image/svg+xml",
    "webp": "image/webp",
}

_SOURCE = re.compile(r'(<img\b[^>]*?\ssrc=")([^"]*)(")')


def with_images(
    html: str, image_at: Callable[[str], MailImage | None]
) -> tuple[str, tuple[MailImage, ...]]:
    """The HTML of a message, and the images that it brings along.

    `image_at` gives the image for a URL in the HTML, None for one that stays where it is.
    """
    found: dict[str, MailImage] = {}

    def brought(match: re.Match[str]) -> str:
        before, url, after = match.groups()
        image = image_at(unescape(url))
        if image is None:
            return match[0]
        found[image.cid] = image
        return f"{before}cid:{escape(image.cid)}{after}"

    return _SOURCE.sub(brought, html), tuple(found.values())


def in_one_file(parts: MailParts) -> str:
    """The HTML of a message with its images inside, for a browser to show."""
    by_url = {f"cid:{image.cid}": image for image in parts.images}

    def written(match: re.Match[str]) -> str:
        before, url, after = match.groups()
        image = by_url.get(unescape(url))
        if image is None:
            return match[0]
        data = b64encode(image.data).decode()
        return f"{before}data:{image.media_type};base64,{data}{after}"

    return _SOURCE.sub(written, parts.html)
