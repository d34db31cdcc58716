"""The lines of a document as its containers see them.

Python-Markdown cuts a document at blank lines before it looks for lists and quotes, which
is why it needs blank lines that GitHub does not. Here a block processor gets the lines one
by one instead. A quote or a list item is a view of the lines around it: it takes away its
own marker or indent and ends where a line does not belong to it.
"""

from __future__ import annotations

import re

TAB_WIDTH = 4
MAX_DEPTH = 20  # containers in containers; what lies deeper is read as text

_QUOTE = re.compile(r" {0,3}>")


def indent_of(line: str) -> int:
    """How many columns of white space a line begins with."""
    content = line.lstrip(" \t")
    return len(line[: len(line) - len(content)].expandtabs(TAB_WIDTH))


def is_blank(line: str) -> bool:
    """Whether there is nothing in a line; a no-break space is something."""
    return not line.strip(" \t")


def without_indent(line: str, columns: int) -> str:
    """A line without its first `columns` columns, as far as they are white space."""
    column = position = 0
    while column < columns and position < len(line) and line[position] in " \t":
        column += TAB_WIDTH - column % TAB_WIDTH if line[position] == "\t" else 1
        position += 1
    if column <= columns:
        return line[position:]
    # a tab reaches over the edge: what is left of it, and of tabs behind it, becomes spaces
    content = line.lstrip(" \t")
    return line[: len(line) - len(content)].expandtabs(TAB_WIDTH)[columns:] + content


def tab_after_marker_expanded(line: str, marker_end: int) -> str:
    """A line whose white space after a marker is spaces, so that columns can be counted."""
    if line[marker_end : marker_end + 3].find("\t") < 0:
        return line
    content = line[marker_end:].lstrip(" \t")
    head = line[: len(line) - len(content)].expandtabs(TAB_WIDTH)
    return head + content


class Lines:
    """The lines of a container, of which only the next one can be seen.

    It stands where Python-Markdown's block parser has its list of blocks: it is true while
    there are lines, and `lines[0]` is the next.
    """

    document: Document
    depth: int

    def peek(self) -> str | None:
        """The next line, or None where the container ends."""
        raise NotImplementedError

    def nearest(self) -> str | None:
        """The next line as far as the containers around this one hold it."""
        line = self.peek()
        return self.document.unheld if line is None else line

    def take(self) -> str:
        """The next line, which is then behind us."""
        line = self[0]
        self.document.position += 1
        return line

    @property
    def follows_blank(self) -> bool:
        """Whether the line before the next one is blank in this container."""
        raise NotImplementedError

    def skip_blank(self) -> None:
        """Goes past the blank lines that come next."""
        while (line := self.peek()) is not None and is_blank(line):
            self.document.position += 1

    def __bool__(self) -> bool:
        return self.peek() is not None

    def __getitem__(self, index: int) -> str:
        line = self.peek()
        if index or line is None:
            raise IndexError(index)
        return line


class Document(Lines):
    """All lines of a text."""

    def __init__(self, lines: list[str]) -> None:
        self.lines = lines
        self.position = 0
        self.unheld: str | None = None  # the next line, where the first container ends before it
        self.document = self
        self.depth = 0

    def peek(self) -> str | None:
        if self.position < len(self.lines):
            return self.lines[self.position]
        self.unheld = None
        return None

    @property
    def follows_blank(self) -> bool:
        return self.position > 0 and is_blank(self.lines[self.position - 1])


class _Inside(Lines):
    """Lines of a container inside other lines."""

    def __init__(self, outer: Lines) -> None:
        self.outer = outer
        self.document = outer.document
        self.depth = outer.depth + 1
        self._seen_at = -1
        self._seen: str | None = None
        self._before: str | None = None

    def peek(self) -> str | None:
        position = self.document.position
        if self._seen_at != position:
            self._before = self._seen if self._seen_at == position - 1 else None
            self._seen_at = position
            self._seen = self._held(self.outer.peek())
        return self._seen

    def _held(self, outer: str | None) -> str | None:
        line = None if outer is None else self._inside(outer)
        if line is None and outer is not None:
            self.document.unheld = outer
        return line

    @property
    def follows_blank(self) -> bool:
        self.peek()
        return self._before is not None and is_blank(self._before)

    def _inside(self, line: str) -> str | None:
        """The part of a line that is in this container, or None when it is outside."""
        raise NotImplementedError


class QuoteLines(_Inside):
    """The lines of a block quote, without their `>`."""

    def _inside(self, line: str) -> str | None:
        marker = _QUOTE.match(line)
        if marker is None:
            return None
        line = tab_after_marker_expanded(line, marker.end())
        return line[marker.end() + (line[marker.end() : marker.end() + 1] == " ") :]


class ItemLines(_Inside):
    """The lines of a list item or a footnote, without their indent."""

    def __init__(self, outer: Lines, first: str, offset: int) -> None:
        super().__init__(outer)
        self._first = first
        self._offset = offset
        self._start = self.document.position

    def _inside(self, line: str) -> str | None:
        position = self.document.position
        if position == self._start:
            return self._first
        if is_blank(line):
            begins_blank = position == self._start + 1 and is_blank(self._first)
            return None if begins_blank else without_indent(line, self._offset)
        return without_indent(line, self._offset) if self._belongs(line) else None

    def _belongs(self, line: str) -> bool:
        if line[0] != "\t" and not line.startswith(" " * min(self._offset, 2)):
            return False
        return indent_of(line) >= self._offset
