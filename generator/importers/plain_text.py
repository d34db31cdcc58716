"""Plain text as Markdown that shows just this text, and nothing that it could mean as Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from generator.importers.private import REMOVED, safe_url, without_addresses

HARD_BREAK = "\\\n"
_WIDTH = 60  # the shortest line that a mail program may have broken

_SPECIAL = re.compile(
    r"[\\`*\[\]<~|{}]|(?<![^\W_])_|_(?![^\W_])|&(?=#?\w+;)|\^(?=\[)|:(?=::)|(?<=www)\.|(?<=p|s):(?=//)"
)
_URL = re.compile(r"https?://[^\s<>\"\\^`{|}]+", re.IGNORECASE)
_AFTER_URL = ".,;:!?'*_~)]}…»”’"
_LINE_START = re.compile(
    r"(?P<number>\d{1,9})(?=[.)](?:\s|$))|(?=#{1,6}(?:\s|$)|[-+](?:\s|$)|[-=]{1,}\s*$|>|:{3}|-[-\s]+$)"
)


def spans(text: str) -> tuple[str, int]:
    """A text without line ends as Markdown, and how many addresses were taken out of it."""
    parts: list[str] = []
    removed = position = 0
    for found in _URL.finditer(text):
        url = _without_ending(found[0])
        before, count = without_addresses(text[position : found.start()])
        parts.append(escaped(before))
        link = safe_url(url)
        parts.append(f"<{link}>" if link else REMOVED)
        removed += count + (not link)
        position = found.start() + len(url)
    rest, count = without_addresses(text[position:])
    return "".join([*parts, escaped(rest)]), removed + count


def _without_ending(url: str) -> str:
    """A URL without the punctuation of the sentence around it."""
    while url and url[-1] in _AFTER_URL:
        if url[-1] == ")" and url.count("(") >= url.count(")"):
            break
        url = url[:-1]
    return url


def escaped(text: str) -> str:
    """A text with a backslash before each sign that Markdown could read."""
    return _SPECIAL.sub(lambda found: f"\\{found[0]}", text)


def guarded(line: str) -> str:
    """A line of Markdown whose beginning begins nothing: no heading, no list, no line."""
    found = _LINE_START.match(line)
    if not found:
        return line
    number = found["number"] or ""
    return f"{number}\\{line[len(number) :]}"


def paragraphs(text: str, *, is_wrapped: bool = False) -> tuple[str, int]:
    """A plain text as paragraphs of Markdown, and how many addresses were taken out of it.

    Lines stay lines. With `is_wrapped`, a line that a mail program broke goes on.
    """
    blocks: list[str] = []
    removed = 0
    for block in _blocks(text):
        lines = []
        for line in _unwrapped(block) if is_wrapped else block:
            shown, count = spans(line)
            lines.append(guarded(shown))
            removed += count
        blocks.append(HARD_BREAK.join(lines))
    return "\n\n".join(blocks), removed


def _blocks(text: str) -> Iterator[list[str]]:
    block: list[str] = []
    for line in text.expandtabs(4).split("\n"):
        if line := line.strip():
            block.append(line)
        elif block:
            yield block
            block = []
    if block:
        yield block


def _unwrapped(block: Sequence[str]) -> list[str]:
    """The lines of a paragraph as they were typed, as far as their lengths tell."""
    lines = [block[0]]
    for before, line in pairwise(block):
        word = line.split(" ", 1)[0]
        is_broken = len(before) >= _WIDTH and len(before) + 1 + len(word) > 66
        if is_broken and not _LINE_START.match(line):
            lines[-1] += f" {line}"
        else:
            lines.append(line)
    return lines
