"""The pictures of an export: which file an address means, and whether it is a picture at all."""

from __future__ import annotations

import posixpath
import re
from collections import defaultdict
from urllib.parse import unquote, urlsplit

from generator.importers.bundle import Bundle, suffix_of

SUFFIXES = frozenset((".jpg", ".jpeg", ".png", ".gif", ".webp", ".avif", ".svg"))
_ROOTS = (
    "",
    "static/",
    "public/",
    "assets/",
    "source/",
    "src/",
    "content/",
    "files/",
    "docs/",
    "site/",
)
_SIZE = re.compile(r"(?:-\d{2,4}x\d{2,4}|-scaled|@2x)(?=\.\w+$)")


class Pictures:
    """Finds the files that addresses of pictures mean."""

    def __init__(self, bundle: Bundle) -> None:
        self._names = [name for name in bundle.names if suffix_of(name) in SUFFIXES]
        self._known = {name.casefold(): name for name in reversed(self._names)}
        self._by_last: defaultdict[str, list[str]] = defaultdict(list)
        for name in self._names:
            self._by_last[name.rpartition("/")[2].casefold()].append(name)

    @property
    def names(self) -> tuple[str, ...]:
        """All files with the suffix of a picture."""
        return tuple(self._names)

    def file_of(self, address: str, folder: str) -> str:
        """The file of an address, as seen from a folder of the export; '' if there is none."""
        try:
            path = unquote(urlsplit(address).path, errors="replace")
        except ValueError:
            return ""
        path = path.replace("__GHOST_URL__", "")
        for candidate in dict.fromkeys((path, _SIZE.sub("", path))):
            if found := self._exact(candidate, folder) or self._by_end(candidate):
                return found
        return ""

    def _exact(self, path: str, folder: str) -> str:
        beside = posixpath.normpath(posixpath.join(folder, path.lstrip("/")))
        from_root = [posixpath.normpath(root + path.lstrip("/")) for root in _ROOTS]
        above = []
        up = folder
        while up:
            up = posixpath.dirname(up)
            above += [
                posixpath.normpath(posixpath.join(up, root + path.lstrip("/"))) for root in _ROOTS
            ]
        order = (
            [*from_root, *above, beside] if path.startswith("/") else [beside, *from_root, *above]
        )
        return next(
            (self._known[one.casefold()] for one in order if one.casefold() in self._known), ""
        )

    def _by_end(self, path: str) -> str:
        """The only file whose path ends as an address does, by folder and name."""
        parts = [part for part in path.casefold().split("/") if part not in ("", ".", "..")]
        if not parts:
            return ""
        alike = self._by_last.get(parts[-1], [])
        for length in range(min(len(parts), 6), 1, -1):
            end = "/".join(parts[-length:])
            found = [
                name
                for name in alike
                if name.casefold() == end or name.casefold().endswith(f"/{end}")
            ]
            if len(found) == 1:
                return found[0]
        return alike[0] if len(alike) == 1 and len(parts[-1]) > 8 else ""


def key_of_address(address: str) -> str:
    """What an address of a picture shares with those of its other sizes."""
    try:
        parts = urlsplit(address.strip())
    except ValueError:
        return address
    host = (parts.hostname or "").removeprefix("www.")
    if re.fullmatch(r"i\d\.wp\.com", host):  # WordPress's own copies
        host, _, rest = parts.path.lstrip("/").partition("/")
        return _SIZE.sub("", f"{host}/{rest}")
    query = f"?{parts.query}" if parts.query and not re.search(r"\.\w{3,4}$", parts.path) else ""
    return _SIZE.sub("", f"{host}{unquote(parts.path, errors='replace')}") + query


_MAGIC = (
    (b"\xff\xd8\xff", ".jpg"), (b"\x89PNG\r\n\x1a\n", ".png"), (b"GIF8", ".gif"),
)  # fmt: skip


def kind_of_picture(data: bytes) -> str:
    """The suffix that the bytes of a picture should have; '' for what is none, or could run."""
    for magic, suffix in _MAGIC:
        if data.startswith(magic):
            return suffix
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return ".webp"
    if data[4:12] in (b"ftypavif", b"ftypavis"):
        return ".avif"
    begin = data[:1_000].lstrip(b"\xef\xbb\xbf \r\n\t").lower()
    is_vector = (
        begin.startswith((b"<svg", b"<?xml", b"<!doctype svg", b"<!--"))
        and b"<svg" in data[:20_000].lower()
    )
    runs = re.search(rb"<script|\son\w+\s*=|javascript:|<foreignobject|<!entity", data, re.I)
    return ".svg" if is_vector and not runs else ""
