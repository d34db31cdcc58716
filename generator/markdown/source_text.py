"""Text that knows where it was typed, and marks that lead from the HTML back to those places."""

from __future__ import annotations

import re
from bisect import bisect_right
from html import escape
from typing import NamedTuple, Self

MARK = "weekly-at"  # an attribute with the number of a mark; no page ever contains it
LONGEST_TAG = 500  # characters of a raw tag in which its address is looked for

_IN_HTML = re.compile(rf' {MARK}=(?:"\d+"|\d+ )')
_WITH_ADDRESS = frozenset(
    [
        "a",
        "area",
        "audio",
        "embed",
        "form",
        "iframe",
        "image",
        "img",
        "input",
        "object",
        "script",
        "source",
        "track",
        "use",
        "video",
    ]
)
_OFTEN_WRONG = frozenset(
    [
        "button",
        "caption",
        "dd",
        "dt",
        "figcaption",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "input",
        "legend",
        "li",
        "script",
        "select",
        "style",
        "summary",
        "table",
        "textarea",
    ]
)
_COMMENT_OR_TAG = re.compile(r"<!--.*?(?:-->|\Z)|<(?P<name>[A-Za-z][\w-]*+)(?=[\s/>])", re.DOTALL)
_TO_ITS_END = re.compile(r"""(?>(?:[^>"']++|"[^"]*+"|'[^']*+')*)>?""")


class Place(NamedTuple):
    """A place in a text; lines and columns count from 1."""

    line: int
    column: int


class SourceText(str):
    """A text put together from pieces of a document, each with the place where it was typed."""

    __slots__ = ("_offsets", "_places", "_shift")
    _offsets: tuple[int, ...]
    _places: tuple[Place, ...]
    _shift: int

    @classmethod
    def of_lines(cls, lines: list[str], places: list[Place]) -> Self:
        """These lines, one below the other."""
        offsets, offset = [], 0
        for line in lines:
            offsets.append(offset)
            offset += len(line) + 1
        return cls._made("\n".join(lines), tuple(offsets), tuple(places), 0)

    @classmethod
    def _made(
        cls, text: str, offsets: tuple[int, ...], places: tuple[Place, ...], shift: int
    ) -> Self:
        made = cls(text)
        made._offsets, made._places, made._shift = offsets, places, shift
        return made

    def place(self, position: int) -> Place:
        """Where the character at `position` was typed."""
        offset = position + self._shift
        piece = max(0, bisect_right(self._offsets, offset) - 1)
        line, column = self._places[piece]
        return Place(line, column + offset - self._offsets[piece])

    def part(self, start: int, end: int | None = None) -> Self:
        """The text between two positions."""
        return self._made(str(self[start:end]), self._offsets, self._places, self._shift + start)

    def without(self, escape_sign: str) -> Self:
        """The text with only the last character of each `escape_sign`, such as `|` for `\\|`."""
        if escape_sign not in self:
            return self
        pieces = self.split(escape_sign)
        kept = len(escape_sign) - 1
        texts, offsets, places, typed, offset = [], [], [], 0, 0
        for number, piece in enumerate(pieces):
            text = escape_sign[-1] + piece if number else piece
            offsets.append(offset)
            places.append(self.place(typed + (kept if number else 0)))
            typed += len(piece) + (len(escape_sign) if number else 0)
            offset += len(text)
            texts.append(text)
        return self._made("".join(texts), tuple(offsets), tuple(places), 0)


class Mark(NamedTuple):
    """A link, an image or a raw tag with addresses, as it was typed."""

    at: Place
    address_at: Place
    address: str  # as typed; '' for a raw tag
    tag: SourceText | None = None  # a raw tag

    def place_of(self, url: str, attribute: str) -> Place:
        """Where in it an address was typed, the value of that attribute or a part of it."""
        if self.tag is None:
            return self.address_at
        named = re.search(rf"\s{attribute}\s*=", self.tag, re.IGNORECASE)
        start = named.end() if named else 0
        for typed in (url, escape(url)) if url else ():
            found = self.tag.find(typed, start)
            while found > 0 and self.tag[found - 1] not in " \t\n\"',=":
                found = self.tag.find(typed, found + 1)
            if found > 0:
                return self.tag.place(found)
        return self.at


class Typed(NamedTuple):
    """The start tag of a heading or a table, a raw tag, or an attribute list.

    With these, what is wrong in a built page is found where it was typed.
    """

    text: str
    at: Place


def with_marks(raw: SourceText, marks: list[Mark], typed: list[Typed]) -> str:
    """Raw HTML whose tags with addresses have marks.

    The marks are added to `marks`, and each tag that may have something wrong to `typed`.
    """

    def marked(found: re.Match[str]) -> str:
        name, start = found["name"], found.start()
        if name is None:  # a comment
            return found[0]
        end = _TO_ITS_END.match(raw, start, start + LONGEST_TAG)
        tag = raw.part(start, end.end() if end else found.end())
        if "=" in tag or name.lower() in _OFTEN_WRONG:
            typed.append(Typed(str(tag), raw.place(start)))
        if name.lower() not in _WITH_ADDRESS:
            return found[0]
        marks.append(Mark(raw.place(start), raw.place(start), "", tag))
        return f"{found[0]} {MARK}={len(marks) - 1} "

    return _COMMENT_OR_TAG.sub(marked, raw)


def without_marks(html: str) -> str:
    """HTML as readers get it."""
    return _IN_HTML.sub("", html) if MARK in html else html
