"""Files that look right here and go wrong elsewhere."""

from __future__ import annotations

import os
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from generator.doctor.problems import complaint
from generator.problems import Location, Problem

LARGE, TOO_LARGE = 10_000_000, 100_000_000  # bytes; GitHub takes no larger file
_TEXTS = (".md", ".markdown", ".toml", ".txt")
_CONFLICT = re.compile(rb"^<{7} .*?^={7}\r?$.*?^>{7} ", re.MULTILINE | re.DOTALL)
_FOLDERS = ("content", "templates", "themes", "messages")


def files_of(blog: Path) -> tuple[str, ...]:
    """Every file of the blog, relative to its folder."""
    found = []
    for folder in _FOLDERS:
        for parent, _, names in os.walk(blog / folder):
            inside = Path(parent).relative_to(blog)
            found += [(inside / name).as_posix() for name in names]
    return tuple(sorted(found))


def name_complaints(paths: Iterable[str]) -> Iterator[Problem]:
    """Names that another kind of disk takes for others."""
    known: dict[str, str] = {}
    for path in paths:
        composed = unicodedata.normalize("NFC", path)
        other = known.setdefault(composed.casefold(), path)
        if other != path:
            message = f"this and {other} are one file on the disks of Windows and macOS"
            yield complaint("case-clash", path, message, "Rename one of them.")
        if composed != path:
            yield complaint(
                "decomposed-name",
                path,
                "the accents in this name are characters of their own, so that links may miss it",
                "Rename it, typing the accented letters anew, or without accents.",
            )


def content_complaints(blog: Path, paths: Iterable[str]) -> Iterator[Problem]:
    """Sizes, and the bytes of texts."""
    for path in paths:
        try:
            size = (blog / path).stat().st_size
            data = (blog / path).read_bytes() if path.endswith(_TEXTS) and size < LARGE else b""
        except OSError:  # a build tells that
            continue
        if size >= LARGE:
            yield _large(path, size)
        yield from _text_complaints(path, data)


def _large(path: str, size: int) -> Problem:
    message = f"this file has {size / 1_000_000:,.0f} MB"
    if size >= TOO_LARGE:
        hint = "GitHub takes no file of 100 MB or more. Put it elsewhere and link to it."
        return complaint("too-large", path, message, hint)
    hint = "Each reader loads it. Save a smaller one, or put it elsewhere and link to it."
    return complaint("large-file", path, message, hint)


def _text_complaints(path: str, data: bytes) -> Iterator[Problem]:
    if data.startswith(b"\xef\xbb\xbf"):
        message = "the file begins with a byte order mark, which nobody sees"
        hint = "Save it as UTF-8 without BOM."
        yield complaint("byte-order-mark", Location(path, 1), message, hint)
    ends = re.findall(rb"\r\n|\r|\n", data)
    if len(set(ends)) > 1:
        rarer = Counter(ends).most_common()[-1][0]
        line = ends.index(rarer) + 1
        message = "lines end in two ways in this file, so that changes are hard to compare"
        hint = "Save it with one kind of line ends (LF is best)."
        yield complaint("mixed-line-ends", Location(path, line), message, hint)
    if conflict := _CONFLICT.search(data):
        line = data.count(b"\n", 0, conflict.start()) + 1
        message = "two versions of this text stand here, which git could not join"
        hint = "Keep what is right, and take out the lines of <, = and > signs."
        yield complaint("merge-conflict", Location(path, line), message, hint)
    try:
        data.decode()
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        message = "this is not UTF-8: another program has saved it in an old encoding"
        hint = "Open it in an editor and save it as UTF-8."
        yield complaint("old-encoding", Location(path, line), message, hint)
