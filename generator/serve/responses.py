"""Which file is the response to a request, as on GitHub Pages."""

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


class Response(NamedTuple):
    """The response to a request: a file of the site, or a redirect."""

    status: int
    path: str = ""  # of the file; '' for a redirect
    location: str = ""


def response_for(target: str, root: str, has: Callable[[str], bool]) -> Response:
    """The response to a request for `target` on a site whose home page is at `root`.

    `has` says whether the site has a file at a path.
    """
    url, _, query = target.partition("?")
    suffix = f"?{query}" if query else ""
    inside = _inside(unquote(url), unquote(root))
    if inside is None:
        is_above = root.startswith(url.rstrip("/") + "/")
        return Response(302, location=root + suffix) if is_above else Response(404, NOT_FOUND)
    if inside == "" or inside.endswith("/"):
        return Response(200, inside + INDEX) if has(inside + INDEX) else Response(404, NOT_FOUND)
    for path in (inside, f"{inside}.html"):
        if has(path):
            return Response(200, path)
    if has(f"{inside}/{INDEX}"):
        return Response(301, location=root + quote(f"{inside}/") + suffix)
    return Response(404, NOT_FOUND)


def _inside(url: str, root: str) -> str | None:
    """A URL as a path within the site, or None if it is outside."""
    return url.removeprefix(root) if url.startswith(root) else None


def media_type(path: str) -> str:
    """The media type of a file, with the encoding if it is text."""
    name = path.rpartition("/")[2]
    ending = name.rpartition(".")[2].lower()
    found = MEDIA_TYPES.get(name) or MEDIA_TYPES.get(ending, "application/octet-stream")
    return f"{found}; charset=utf-8" if _IS_TEXT.fullmatch(found) else found
