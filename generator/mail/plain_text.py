"""The body of a message as plain text: links written out, tables as columns, code as it is."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from typing import TYPE_CHECKING

from generator.mail.html_tree import TEXT, text_of, tree_of, walk

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

WIDTH = 72  # columns; quoted twice, a line still fits a terminal of 80
NARROWEST = 24  # columns, however deep in lists and quotes
DEEPEST = 8  # lists and quotes that are still set in

_BLOCKS = frozenset((
    "blockquote", "dd", "div", "dl", "dt", "h1", "h2", "h3", "h4", "h5", "h6", "hr",
    "li", "ol", "p", "pre", "table", "ul",
))  # fmt: skip
_CELLS = ("caption", "td", "th")
_APART = _BLOCKS | {"br", *_CELLS}
_UNDERLINES = {"h1": "=", "h2": "-"}
_INDENTS = {"blockquote": ("> ", "> "), "dd": ("    ", "    ")}


def plain_text(html: str, name_image: Callable[[str], str]) -> str:
    """A body that `bodies.for_mail` has made, as plain text.

    `name_image` says in the words of the blog's language that there is an image with that alt text.
    """
    writer = _Writer(name_image)
    for is_start, node in walk(tree_of(html)):
        if is_start:
            writer.start(node)
        else:
            writer.end(node)
    return writer.text()


def in_one_line(html: str) -> str:
    """The words of some HTML, without links and images."""
    pieces = (
        (text_of(node) * is_start) if node.tag == TEXT else " " * (node.tag in _APART)
        for is_start, node in walk(tree_of(html))
    )
    return " ".join("".join(pieces).split())


def wrapped(text: str, width: int = WIDTH) -> list[str]:
    """Words in lines of that width; no word is broken, and so no link."""
    lines, line = [], ""
    for word in text.split(" "):
        if line and columns_of(line) + 1 + columns_of(word) > max(width, NARROWEST):
            lines.append(line)
            line = word
        else:
            line = f"{line} {word}" if line else word
    return [*lines, line]


def columns_of(text: str) -> int:
    """How many columns of a terminal a text takes: two for a character of the East."""
    if text.isascii():
        return len(text)
    return sum(
        0 if unicodedata.combining(char) else 2 if unicodedata.east_asian_width(char) in "WF" else 1
        for char in text
    )


class _Writer:
    """Writes blocks one after the other, each inside the lists and quotes that are open."""

    def __init__(self, name_image: Callable[[str], str]) -> None:
        self._name_image = name_image
        self._lines: list[str] = []
        self._inline: list[str] = []
        self._indents: list[tuple[str, str]] = []  # of the first line and of the others
        self._fresh: list[bool] = []  # whether the first line of each is still to come
        self._numbers: list[int | None] = []  # of the next item of each open list
        self._links: list[int] = []  # where in the line each open link begins
        self._pre = 0
        self._tables = 0
        self._cells = 0  # how many are open, one inside the other
        self._rows: list[list[str]] = []
        self._is_tight = False  # whether what comes next follows without an empty line

    def start(self, node: LexborNode) -> None:
        """Begin an element, or write a text."""
        tag = node.tag or ""
        if tag == TEXT:
            self._add_text(text_of(node))
        elif tag == "br":
            self._inline.append("\n")
        elif tag == "img":
            if alt := " ".join((node.attributes.get("alt") or "").split()):
                self._inline.append(f"[{self._name_image(alt)}]")
        elif tag == "a":
            self._links.append(len(self._inline))
        elif tag == "sup" and node.attributes.get("class"):
            self._inline.append("[")  # the number of a footnote
        elif tag == "tr" and self._tables == 1:
            self._rows.append([])
        elif tag in _CELLS:
            self._start_cell()
        elif tag in _BLOCKS:
            self._start_block(node, tag)

    def end(self, node: LexborNode) -> None:
        """End an element."""
        tag = node.tag or ""
        if tag == "a":
            self._end_link(node.attributes.get("href") or "")
        elif tag in _CELLS:
            self._end_cell(tag)
        elif tag == "sup" and node.attributes.get("class"):
            self._inline.append("]")
        elif tag in _BLOCKS:
            self._end_block(tag)

    def text(self) -> str:
        """All that was written."""
        self._flush()
        return "\n".join(self._lines)

    def _add_text(self, text: str) -> None:
        if self._pre:
            self._inline.append(text)
        elif self._tables and not self._cells:
            return
        elif text:
            self._inline.append(re.sub(r"[ \t\n\r\f]+", " ", text))

    def _start_cell(self) -> None:
        if self._tables <= 1:
            self._inline = []
        self._cells += 1

    def _end_cell(self, tag: str) -> None:
        self._cells -= 1
        if self._tables > 1:  # what is in a table within a cell belongs to that cell
            self._inline.append(" ")
            return
        words, self._inline = " ".join("".join(self._inline).split()), []
        if tag == "caption":
            self._rows.append([words])
        elif self._rows:
            self._rows[-1].append(words)

    def _start_block(self, node: LexborNode, tag: str) -> None:
        if self._tables:
            self._tables += tag == "table"
            self._inline.append(" ")
            return
        self._flush()
        if tag == "table":
            self._tables, self._rows = 1, []
        elif tag == "pre":
            self._pre += 1
        elif tag in ("ul", "ol"):
            start = node.attributes.get("start") or "1"
            number = int(start) if re.fullmatch(r"-?\d{1,9}", start) else 1
            self._is_tight = bool(self._numbers)
            self._numbers.append(number if tag == "ol" else None)
        elif tag == "li":
            self._start_item()
        elif tag in _INDENTS:
            self._indent(*_INDENTS[tag])
        elif tag == "hr":
            self._write(["-" * 24])

    def _start_item(self) -> None:
        number = self._numbers[-1] if self._numbers else None
        mark = "- " if number is None else f"{number}. "
        if self._numbers and number is not None:
            self._numbers[-1] = number + 1
        self._indent(mark, " " * len(mark))

    def _indent(self, first: str, rest: str) -> None:
        is_shown = len(self._indents) < DEEPEST
        self._indents.append((first, rest) if is_shown else ("", ""))
        self._fresh.append(is_shown)

    def _end_block(self, tag: str) -> None:
        if self._tables:
            self._inline.append(" ")
            self._tables -= tag == "table"
            if not self._tables:
                self._cells = 0
                self._inline = []
                self._write_table()
            return
        if tag == "pre":
            code = "".join(self._inline).strip("\n").expandtabs(4)
            self._inline, self._pre = [], max(0, self._pre - 1)
            self._write([f"    {line}".rstrip() for line in code.split("\n")])
        elif tag in _UNDERLINES:
            self._flush(_UNDERLINES[tag])
        else:
            self._flush()
        if tag in ("ul", "ol") and self._numbers:
            self._numbers.pop()
            self._is_tight = bool(self._numbers)
        elif tag == "li" or tag in _INDENTS:
            if tag == "li" and self._fresh[-1]:
                self._write([""])
            self._fresh.pop()
            self._indents.pop()
            self._is_tight = tag == "li"
        elif tag == "dt":
            self._is_tight = True

    def _end_link(self, url: str) -> None:
        begin = self._links.pop() if self._links else 0
        said = "".join(self._inline[begin:]).strip()
        plain = url.removeprefix("mailto:")
        if url and said not in (url, plain):
            self._inline.append(f" <{url}>" if said else f"<{url}>")

    def _flush(self, underline: str = "") -> None:
        """Write the words so far as a paragraph."""
        if self._pre or self._tables:
            return
        text, self._inline = "".join(self._inline), []
        paragraphs = [" ".join(line.split()) for line in text.strip().split("\n")]
        if not any(paragraphs):
            return
        width = self._width()
        lines = [line for part in paragraphs for line in wrapped(part, width)]
        if underline:
            lines.append(underline * min(max(map(columns_of, lines)), width))
        self._write(lines)

    def _width(self) -> int:
        """How many columns are left beside what is set in."""
        return WIDTH - sum(len(rest) for _, rest in self._indents)

    def _write(self, lines: list[str]) -> None:
        """Write lines inside the lists and quotes that are open, after an empty line."""
        if not lines:
            return
        if self._lines and not self._is_tight:
            self._lines.append(self._prefix(is_empty=True).rstrip())
        self._is_tight = False
        for line in lines:
            self._lines.append((self._prefix() + line).rstrip())

    def _prefix(self, *, is_empty: bool = False) -> str:
        parts = []
        for place, (first, rest) in enumerate(self._indents):
            if self._fresh[place] and is_empty:
                break
            parts.append(first if self._fresh[place] else rest)
            self._fresh[place] = False
        return "".join(parts)

    def _write_table(self) -> None:
        rows = [row for row in self._rows if any(row)]
        self._rows = []
        if rows and len(rows[0]) == 1:  # its caption, or a cell across all columns
            self._write(wrapped(rows.pop(0)[0], self._width()))
        if not rows:
            return
        count = max(map(len, rows))
        filled = [row + [""] * (count - len(row)) for row in rows]
        widths = [max(columns_of(row[column]) for row in filled) for column in range(count)]
        if sum(widths) + 2 * (count - 1) <= self._width():
            self._write([_in_columns(row, widths) for row in filled])
        else:
            self._write(_as_records(filled, self._width()))


def _in_columns(row: list[str], widths: list[int]) -> str:
    cells = zip(row, widths, strict=True)
    return "  ".join(cell + " " * (width - columns_of(cell)) for cell, width in cells).rstrip()


def _as_records(rows: list[list[str]], width: int) -> list[str]:
    """A table too wide for a line: each row as lines of 'column: cell'."""
    head, *others = rows
    if not others:
        return [line for cell in head if cell for line in wrapped(cell, width)]
    lines: list[str] = []
    for row in others:
        lines += [""] if lines else []
        for name, cell in zip(head, row, strict=True):
            if cell or name:
                lines += wrapped(f"{name}: {cell}" if name else cell, width)
    return lines
