"""Which lines are a block of raw HTML (the seven kinds of CommonMark)."""

from __future__ import annotations

import re

from generator.markdown.lines import Lines, is_blank
from generator.markdown.source_text import Place, SourceText

_BLOCK_TAGS = (
    "address|article|aside|base|basefont|blockquote|body|caption|center|col|colgroup|dd|details"
    "|dialog|dir|div|dl|dt|fieldset|figcaption|figure|footer|form|frame|frameset|h[1-6]|head"
    "|header|hr|html|iframe|legend|li|link|main|menu|menuitem|nav|noframes|ol|optgroup|option|p"
    "|param|search|section|source|summary|table|tbody|td|tfoot|th|thead|title|tr|track|ul"
)
ATTRIBUTE = r"\s+[A-Za-z_:][\w.:-]*+(?>(?:\s*=\s*(?:[^\s\"'=<>`]++|'[^']*+'|\"[^\"]*+\"))?)"
OPEN_TAG = rf"<[A-Za-z][A-Za-z0-9-]*+(?>(?:{ATTRIBUTE})*)\s*/?>"
CLOSE_TAG = r"</[A-Za-z][A-Za-z0-9-]*+\s*>"

# the text that ends a block of the first five kinds
_ENDS = (
    (r"<(?:script|pre|style|textarea)(?=[\s>]|$)", r"</(?:script|pre|style|textarea)>"),
    (r"<!--", r"-->"),
    (r"<\?", r"\?>"),
    (r"<![A-Za-z]", r">"),
    (r"<!\[CDATA\[", r"\]\]>"),
)
_ENDED_BY_TEXT = tuple(
    (re.compile(rf"[ ]{{0,3}}{start}", re.IGNORECASE), re.compile(end, re.IGNORECASE))
    for start, end in _ENDS
)
_BLOCK_TAG = re.compile(rf"[ ]{{0,3}}</?(?:{_BLOCK_TAGS})(?=[\s>]|/>|$)", re.IGNORECASE)
_LONE_TAG = re.compile(rf"[ ]{{0,3}}(?:{OPEN_TAG}|{CLOSE_TAG})[ \t]*$")


def starts(line: str) -> bool:
    """Whether a block of HTML begins with this line."""
    return _may_start(line) and (_starts_strongly(line) or _LONE_TAG.match(line) is not None)


def starts_in_paragraph(line: str) -> bool:
    """Whether a block of HTML begins with this line even inside a paragraph."""
    return _may_start(line) and _starts_strongly(line)


def take(lines: Lines) -> tuple[SourceText, bool]:
    """The block that begins with the next line, and whether its end is there."""
    end = _end_of(lines[0])
    texts: list[str] = []
    places: list[Place] = []
    is_closed = end is None
    while (line := lines.peek()) is not None:
        if end is None and is_blank(line):
            break
        texts.append(line)
        places.append(lines.place_of(line))
        lines.take()
        if end is not None and end.search(line):
            is_closed = True
            break
    return SourceText.of_lines(texts, places), is_closed


def _may_start(line: str) -> bool:
    return line.lstrip(" ").startswith("<")


def _starts_strongly(line: str) -> bool:
    return _end_of(line) is not None or _BLOCK_TAG.match(line) is not None


def _end_of(line: str) -> re.Pattern[str] | None:
    for start, end in _ENDED_BY_TEXT:
        if start.match(line):
            return end
    return None
