"""What the generators built, counted, so that a reader sees that they built the same site."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from pathlib import Path

_POST = re.compile(r"\d{4}/[^/]+/index\.html")
_PAGES = {
    "post pages": _POST,
    "home pages": re.compile(r"(page/\d+/)?index\.html"),
    "trait pages": re.compile(r"traits/[^/]+/index\.html"),
    "Atom feeds": re.compile(r"(traits/[^/]+/)?atom\.xml"),
    "archive": re.compile(r"archive/index\.html"),
    "sitemap": re.compile(r"sitemap\.xml"),
}
_PARTS = {
    "headings in posts": re.compile(r"<h[23] [^>]*\bid="),
    "list items in posts": re.compile(r"<li\b"),
    "links between posts": re.compile(r'<a href="(?:https://www\.example\.org)?/\d{4}/'),
    "tables in posts": re.compile(r"<table"),
    "footnotes in posts": re.compile(r'<li [^>]*id="?[^" >]*fn'),
    "fenced blocks in posts": re.compile(r"<pre"),
    "coloured words in posts": re.compile(
        r'<span class="[^"]*(?:\bk[a-z]?|\bs[12]?|keyword|string)\b'
    ),
    "strong in posts": re.compile(r"<strong>"),
    "curly quotes in posts": re.compile("[“”’]|&[lr]dquo;|&rsquo;"),
}
_PROSE = re.compile(r'<div class="prose[^"]*"[^>]*>(.*?)<nav class="neighbours[^"]*"', re.DOTALL)
_ENTRY = re.compile(r"<entry>")
_NEIGHBOURS = re.compile(r'<nav class="neighbours[^"]*".*?</nav>', re.DOTALL)


def contents(output: Path) -> Mapping[str, int]:
    """The number of pages of each kind, and of elements of each kind in the posts."""
    files = sorted(path.relative_to(output).as_posix() for path in output.rglob("*"))
    counts: Counter[str] = Counter()
    for kind, pattern in _PAGES.items():
        found = [name for name in files if pattern.fullmatch(name)]
        counts[kind] = len(found)
        if kind == "Atom feeds":
            counts["entries of feeds"] = sum(_count(_ENTRY, output / name) for name in found)
        if kind == "post pages":
            counts.update(_in_posts(output / name for name in found))
    counts["files in all"] = sum((output / name).is_file() for name in files)
    return counts


def differing(outputs: Sequence[Path]) -> list[str]:
    """The paths at which the outputs do not all hold the same bytes."""
    return sorted(
        {path for first, second in pairwise(outputs) for path in _differences(first, second)}
    )


def _differences(first: Path, second: Path) -> Iterable[str]:
    paths = {
        path.relative_to(folder)
        for folder in (first, second)
        for path in folder.rglob("*")
        if path.is_file()
    }
    return [path.as_posix() for path in paths if _bytes(first / path) != _bytes(second / path)]


def _bytes(path: Path) -> bytes | None:
    return path.read_bytes() if path.is_file() else None


def _in_posts(posts: Iterable[Path]) -> Mapping[str, int]:
    counts: Counter[str] = Counter()
    for post in posts:
        page = post.read_text(encoding="utf-8")
        prose = _PROSE.search(page)
        for part, pattern in _PARTS.items():
            counts[part] += len(pattern.findall(prose[1] if prose else ""))
        neighbours = _NEIGHBOURS.search(page)
        counts["links to neighbours"] += neighbours[0].count("<a ") if neighbours else 0
    return counts


def _count(pattern: re.Pattern[str], path: Path) -> int:
    return len(pattern.findall(path.read_text(encoding="utf-8")))
