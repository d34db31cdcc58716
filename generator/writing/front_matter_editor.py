"""Changes of single values in a head, by their places: all else keeps its bytes.

A head that is loaded and dumped loses its comments, quotes, order and line ends. So only the
piece of text in which a value stands is replaced, in the file as it was typed, with its byte
order mark and its CRLF.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from typing import NamedTuple

import yaml

from generator.content.front_matter import Value, decode, read_front_matter, split
from generator.content.front_matter_errors import quoted
from generator.content.text_edits import Edit, Span, without_items
from generator.problems import Location, Problem

_LINE_END = re.compile(r"\r\n|\r|\n")
_NEEDS_NO_QUOTES = re.compile(r"[\w/](?:[\w ./&+'’-]*[\w/+])?")
_COMMENTS = re.compile(r"#[^\r\n]*")
_KEY = re.compile(r"""["']?[\w-]+["']?\s*:""")
_NULLS = frozenset({"", "~", "null", "Null", "NULL"})


class Head(NamedTuple):
    """The head of a file, with the places of its values in the text as it was typed."""

    path: str
    text: str  # of the whole file
    values: Mapping[str, Value]
    first_line: int  # of the head, counted from 0
    last_line: int  # the closing fence
    line_starts: tuple[int, ...]

    def place(self, line: int, column: int) -> int:
        """Where in the text a place in the head is; byte order marks are no characters there."""
        at = self.line_starts[self.first_line + line]
        while at < len(self.text) and (column or self.text[at] == "\ufeff"):
            column -= self.text[at] != "\ufeff"
            at += 1
        return at

    def span(self, node: yaml.Node) -> Span:
        """Where a value begins and ends."""
        start, end = node.start_mark, node.end_mark
        return self.place(start.line, start.column), self.place(end.line, end.column)


def typed_head(data: bytes, path: str) -> Head | tuple[Problem, ...]:
    """The head of a file that can be changed, or what is wrong with it."""
    normal = decode(data, path)
    document = normal if isinstance(normal, Problem) else split(normal, path)
    if isinstance(document, Problem):
        return (document,)
    values, problems = read_front_matter(document)
    if problems:
        return problems
    text = data.decode("utf-8")
    starts = (0, *(found.end() for found in _LINE_END.finditer(text)))
    first, last = document.first_line - 1, document.body_line - 2
    return Head(path, text, values, first, last, starts)


def with_text(head: Head, key: str, text: str) -> Edit | Problem:
    """The edit after which `key` holds that text, whether it was there or not."""
    value = head.values.get(key)
    if value is None:
        return _new_line(head, key, scalar(text))
    if _is_null(value.node):
        return _after_key(head, key, value, scalar(text))
    if not _is_in_line(value.node):
        return _too_strange(head, key, value)
    return Edit(*head.span(value.node), scalar(text, like=value.node))


def with_item(head: Head, key: str, item: str) -> Edit | Problem:
    """The edit after which the list `key` holds that item too; a single text becomes a list."""
    value = head.values.get(key)
    if value is None:
        return _new_line(head, key, f"[{scalar(item)}]")
    node = value.node
    if _is_null(node):
        return _after_key(head, key, value, f"[{scalar(item)}]")
    if _is_in_line(node):
        start, end = head.span(node)
        is_safe = head.text[start] in "\"'" or _NEEDS_NO_QUOTES.fullmatch(node.value)
        first = head.text[start:end] if is_safe else quoted(node.value)
        return Edit(start, end, f"[{first}, {scalar(item)}]")
    if not isinstance(node, yaml.SequenceNode):
        return _too_strange(head, key, value)
    if node.flow_style:
        return _into_brackets(head, node, item)
    return _into_lines(head, node, item)


def with_other_items(head: Head, key: str, rename: Callable[[str], str | None]) -> list[Edit]:
    """The edits after which each item of a list is what `rename` makes of it.

    An item that becomes None is taken out, unless none would be left.
    """
    value = head.values.get(key)
    if value is None:
        return []
    node = value.node
    items = node.value if isinstance(node, yaml.SequenceNode) else [node]
    texts = [item.value.strip() if _is_in_line(item) else None for item in items]
    renamed = [text if text is None else rename(text) for text in texts]
    edits = [
        Edit(*head.span(item), scalar(new, like=item))
        for item, old, new in zip(items, texts, renamed, strict=True)
        if new is not None and new != old
    ]
    gone = [n for n, text in enumerate(texts) if text is not None and renamed[n] is None]
    if not gone or len(gone) == len(items):
        return edits
    if isinstance(node, yaml.SequenceNode) and node.flow_style:
        return edits + without_items(head.text, [head.span(item) for item in items], gone)
    return edits + [_without_lines(head, items[number]) for number in gone]


def scalar(text: str, *, like: yaml.Node | None = None) -> str:
    """`text` as a YAML value that fits anywhere in a head, in the quotes of another value."""
    style = getattr(like, "style", None)
    if style == '"':
        return json.dumps(text, ensure_ascii=False)
    if style == "'":
        return "'" + text.replace("'", "''") + "'"
    is_plain = _NEEDS_NO_QUOTES.fullmatch(text) and text not in _NULLS
    return text if is_plain else quoted(text)


def _is_null(node: yaml.Node) -> bool:
    return isinstance(node, yaml.ScalarNode) and not node.style and node.value in _NULLS


def _is_in_line(node: yaml.Node) -> bool:
    """Whether a node is a text that begins and ends where its marks say: none with `|` or `>`."""
    return isinstance(node, yaml.ScalarNode) and node.style not in ("|", ">")


def _new_line(head: Head, key: str, value: str) -> Edit | Problem:
    """A new key, as the last line of the head, or as the first of a head in braces."""
    first = next(iter(head.values.values()), None)
    column = first.key_at.column - 1 if first else 0
    begin = head.line_starts[head.first_line]
    end = _key_start(head, first) if first else begin
    before = _COMMENTS.sub("", head.text[begin:end]).strip(" \r\n\ufeff")
    if first and before == "{":
        return Edit(end, end, f"{key}: {value}, ")
    if first and before:
        return _too_strange(head, key, first)
    return _line_at(head, head.last_line, f"{' ' * column}{key}: {value}")


def _line_at(head: Head, line: int, text: str) -> Edit:
    """A line more, above that line of the file."""
    at = head.line_starts[line]
    found = _LINE_END.search(head.text)
    return Edit(at, at, text + (found[0] if found else "\n"))


def _key_start(head: Head, value: Value) -> int:
    return head.place(value.key_at.line - 1 - head.first_line, value.key_at.column - 1)


def _after_key(head: Head, key: str, value: Value, text: str) -> Edit | Problem:
    """A value for a key that is there without one."""
    if isinstance(value.node, yaml.ScalarNode) and value.node.value:
        return Edit(*head.span(value.node), text)
    found = _KEY.match(head.text, _key_start(head, value))
    if not found:
        return _too_strange(head, key, value)
    return Edit(found.end(), found.end(), f" {text}")


def _into_brackets(head: Head, node: yaml.SequenceNode, item: str) -> Edit | Problem:
    if not node.value:
        start, end = head.span(node)
        return Edit(start, end, f"[{scalar(item)}]")
    end = head.span(node.value[-1])[1]
    return Edit(end, end, f", {scalar(item)}")


def _into_lines(head: Head, node: yaml.SequenceNode, item: str) -> Edit:
    """One more line with a hyphen: below the last, or above the first if that is a block."""
    column = node.start_mark.column
    last = node.value[-1].end_mark.line if _is_in_line(node.value[-1]) else -1
    line = last + 1 if last >= 0 else node.start_mark.line
    return _line_at(head, head.first_line + line, f"{' ' * column}- {scalar(item)}")


def _without_lines(head: Head, item: yaml.Node) -> Edit:
    first = head.first_line + item.start_mark.line
    while not head.text[head.line_starts[first] :].lstrip(" \ufeff").startswith("-"):
        first -= 1  # the hyphen may stand alone on a line above
    end = head.line_starts[head.first_line + item.end_mark.line + 1]
    return Edit(head.line_starts[first], end, "")


def _too_strange(head: Head, key: str, value: Value) -> Problem:
    return Problem(
        "wrong-type",
        Location(head.path, value.at.line, value.at.column),
        f"the value of '{key}' is written in a way that can't be changed here",
        f"Write it on one line, after {key}: and a space.",
    )
