"""Files that look right here and go wrong elsewhere."""

from __future__ import annotations

import os
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path

from generator.disk import files_below, read_bytes
from generator.doctor.problems import doctor_problem
from generator.problems import Location, Problem

LARGE, TOO_LARGE = 10_000_000, 100_000_000  # bytes; GitHub refuses larger files
_TEXTS = (".md", ".markdown", ".toml", ".txt")
_CONFLICT = re.compile(rb"^<{7} .*?^={7}\r?$.*?^>{7} ", re.MULTILINE | re.DOTALL)
_FOLDERS = ("content", "templates", "themes", "messages")


def files_of(blog: Path) -> tuple[str, ...]:
    """Every file of the blog, relative to its folder."""
    found = []
    for folder in _FOLDERS:
        with suppress(OSError):  # a build reports that
            found += [os.path.relpath(path, blog) for path in files_below(blog / folder)]
    return tuple(sorted(found))


def name_problems(paths: Iterable[str]) -> Iterator[Problem]:
    """Names that other kinds of disks confuse with each other."""
    known: dict[str, str] = {}
    for path in paths:
        composed = unicodedata.normalize("NFC", path)
        other = known.setdefault(composed.casefold(), path)
        if other != path:
            message = f"this and {other} are the same file on Windows and macOS"
            yield doctor_problem("case-clash", path, message, "Rename one of them.")
        if composed != path:
            yield doctor_problem(
                "decomposed-name",
                path,
                "the accents in this name are separate characters, so links may miss it",
                "Rename it: type the accented letters again, or leave the accents out.",
            )


def content_problems(blog: Path, paths: Iterable[str]) -> Iterator[Problem]:
    """Files that are too large, and texts with the wrong bytes."""
    for path in paths:
        try:
            size = (blog / path).stat().st_size
            data = read_bytes(blog / path) if path.endswith(_TEXTS) and size < LARGE else b""
        except OSError:  # a build reports that
            continue
        if size >= LARGE:
            yield _large(path, size)
        yield from _text_problems(path, data)


def _large(path: str, size: int) -> Problem:
    message = f"this file is {size / 1_000_000:,.0f} MB"
    if size >= TOO_LARGE:
        hint = "GitHub refuses files of 100 MB or more. Put it elsewhere and link to it."
        return doctor_problem("too-large", path, message, hint)
    hint = "Every reader has to load it. Make it smaller, or put it elsewhere and link to it."
    return doctor_problem("large-file", path, message, hint)


def _text_problems(path: str, data: bytes) -> Iterator[Problem]:
    if data.startswith(b"\xef\xbb\xbf"):
        message = "the file begins with an invisible byte order mark"
        hint = "Save it as UTF-8 without BOM."
        yield doctor_problem("byte-order-mark", Location(path, 1), message, hint)
    ends = re.findall(rb"\r\n|\r|\n", data)
    if len(set(ends)) > 1:
        rarer = Counter(ends).most_common()[-1][0]
        line = ends.index(rarer) + 1
        message = "lines end in two ways in this file, which makes changes hard to compare"
        hint = "Save it with one kind of line ending (LF is best)."
        yield doctor_problem("mixed-line-ends", Location(path, line), message, hint)
    if conflict := _CONFLICT.search(data):
        line = data.count(b"\n", 0, conflict.start()) + 1
        message = "git could not merge two versions of this text"
        hint = "Keep what is right, and delete the lines of <, = and > signs."
        yield doctor_problem("merge-conflict", Location(path, line), message, hint)
    try:
        data.decode()
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        message = "this is not UTF-8: another program saved it in an old encoding"
        hint = "Open it in an editor and save it as UTF-8."
        yield doctor_problem("old-encoding", Location(path, line), message, hint)
