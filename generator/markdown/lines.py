"""The lines of a document as its containers see them.

Python-Markdown splits a document at blank lines before it looks for lists and quotes, which is why
it needs blank lines that GitHub does not. Here a block processor gets the lines one by one instead.
A quote or a list item is a view of the lines around it: it removes its own marker or indent, and
ends at a line that does not belong to it.
"""

from __future__ import annotations

import re

from generator.markdown.source_text import Place

TAB_WIDTH = 4
MAX_DEPTH = 20  # containers in containers; anything deeper is read as text

_QUOTE = re.compile(r" {0,3}>")


def indent_of(line: str) -> int:
    """How many columns of white space a line begins with."""
    content = line.lstrip(" \t")
    return len(line[: len(line) - len(content)].expandtabs(TAB_WIDTH))


def is_blank(line: str) -> bool:
    """Whether a line has nothing but spaces and tabs."""
    return not line.strip(" \t")


def without_indent(line: str, columns: int) -> str:
    """A line without its first `columns` columns, as far as they are white space."""
    column = position = 0
    while column < columns and position < len(line) and line[position] in " \t":
        column += TAB_WIDTH - column % TAB_WIDTH if line[position] == "\t" else 1
        position += 1
    if column <= columns:
        return line[position:]
    # a tab crosses the edge: the rest of it, and tabs after it, become spaces
    content = line.lstrip(" \t")
    return line[: len(line) - len(content)].expandtabs(TAB_WIDTH)[columns:] + content


def tab_after_marker_expanded(line: str, marker_end: int) -> str:
    """A line with spaces for the tabs after a marker, so that columns can be counted."""
    if line[marker_end : marker_end + 3].find("\t") < 0:
        return line
    content = line[marker_end:].lstrip(" \t")
    head = line[: len(line) - len(content)].expandtabs(TAB_WIDTH)
    return head + content


class Lines:
    """The lines of a container, of which only the next one is visible.

    Python-Markdown's block parser uses it as its list of blocks: it is true while there are lines,
    and `lines[0]` is the next one.
    """

    document: DocumentLines
    depth: int

    def peek(self) -> str | None:
        """The next line, or None at the end of the container."""
        raise NotImplementedError

    def nearest(self) -> str | None:
        """The next line, as far as it belongs to the containers around this one."""
        line = self.peek()
        return self.document.unheld if line is None else line

    def take(self) -> str:
        """The next line; the one after it is then next."""
        line = self[0]
        self.document.position += 1
        return line

    def place_of(self, rest: str) -> Place:
        """Where the end of the next line, `rest`, was typed."""
        document = self.document
        line = document.lines[document.position]
        # a tab that was expanded makes the rest longer than what was typed
        return Place(document.position + 1, max(0, len(line) - len(rest)) + 1)

    @property
    def follows_blank(self) -> bool:
        """Whether the line before the next one is blank in this container."""
        raise NotImplementedError

    def skip_blank(self) -> None:
        """Skip the blank lines that come next."""
        while (line := self.peek()) is not None and is_blank(line):
            self.document.position += 1

    def __bool__(self) -> bool:
        return self.peek() is not None

    def __getitem__(self, index: int) -> str:
        line = self.peek()
        if index or line is None:
            raise IndexError(index)
        return line


class DocumentLines(Lines):
    """All lines of a text."""

    def __init__(self, lines: list[str]) -> None:
        self.lines = lines
        self.position = 0
        self.unheld: str | None = None  # the next line, if the outermost container ends before it
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
