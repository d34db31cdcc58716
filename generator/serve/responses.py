"""Which file answers a request, as on GitHub Pages."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple
from urllib.parse import quote, unquote

INDEX = "index.html"
NOT_FOUND = "404.html"

MEDIA_TYPES = {
    "atom.xml": "application/atom+xml",
    "feed.xml": "application/rss+xml",
    "avif": "image/avif",
    "css": "text/css",
    "gif": "image/gif",
    "html": "text/html",
    "ico": "image/x-icon",
    "jpeg": "image/jpeg",
    "jpg": "image/jpeg",
    "js": "text/javascript",
    "json": "application/json",
    "mjs": "text/javascript",
    "mp3": "audio/mpeg",
    "mp4": "video/mp4",
    "pdf": "application/pdf",
    "png": "image/png",
    "svg": "image/svg+xml",
    "txt": "text/plain",
    "wasm": "application/wasm",
    "webmanifest": "application/manifest+json",
    "webp": "image/webp",
    "woff2": "font/woff2",
    "xml": "application/xml",
    "xsl": "application/xml",
}

_IS_TEXT = re.compile(r"text/.*|.*[+/](?:xml|json)")


class Answer(NamedTuple):
    """What a request gets: a file of the site, or another address to ask."""

    status: int
    path: str = ""  # of the file; '' when it is a redirect
    location: str = ""


def answer(target: str, root: str, has: Callable[[str], bool]) -> Answer:
    """The answer to a request for `target` on a site whose home page is at `root`.

    `has` tells whether there is a file of the site at a path.
    """
    url, _, query = target.partition("?")
    inside = _inside(unquote(url), root)
    if inside is None:
        is_above = root.startswith(url.rstrip("/") + "/")
        return Answer(302, location=root) if is_above else Answer(404, NOT_FOUND)
    if inside == "" or inside.endswith("/"):
        return Answer(200, inside + INDEX) if has(inside + INDEX) else Answer(404, NOT_FOUND)
    for path in (inside, f"{inside}.html"):
        if has(path):
            return Answer(200, path)
    if has(f"{inside}/{INDEX}"):
        behind = f"?{query}" if query else ""
        return Answer(301, location=quote(f"{root}{inside}/") + behind)
    return Answer(404, NOT_FOUND)


def _inside(url: str, root: str) -> str | None:
    """A URL as a path within the site, or None for one outside."""
    return url.removeprefix(root) if url.startswith(root) else None


def media_type(path: str) -> str:
    """The media type of a file, with the encoding of a text."""
    name = path.rpartition("/")[2]
    ending = name.rpartition(".")[2].lower()
    found = MEDIA_TYPES.get(name) or MEDIA_TYPES.get(ending, "application/octet-stream")
    return f"{found}; charset=utf-8" if _IS_TEXT.fullmatch(found) else found
