"""Edits of single values in front matter, which keep every other byte of the file.

Loading and dumping front matter would lose its comments, quotes, order and line ends. So only the
text of a value is replaced, in the file as it was typed, with its byte order mark and CRLF.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

import yaml

from generator.content.front_matter import NULLS, Value, decode, is_null, read_front_matter, split
from generator.content.front_matter_errors import quoted
from generator.content.text_edits import Edit, Span, without_items
from generator.problems import Location, Problem

_LINE_END = re.compile(r"\r\n|\r|\n")
_NEEDS_NO_QUOTES = re.compile(r"[\w/](?:[\w ./&+'’-]*[\w/+])?")
_COMMENTS = re.compile(r"#[^\r\n]*")
_KEY = re.compile(r"""["']?[\w-]+["']?\s*:""")


class EditableFrontMatter(NamedTuple):
    """The front matter of a file, with the places of its values in the text as it was typed."""

    path: str
    text: str  # of the whole file
    values: Mapping[str, Value]
    first_line: int  # of the front matter, counted from 0
    last_line: int  # that of the closing fence
    line_starts: tuple[int, ...]

    def place(self, line: int, column: int) -> int:
        """The position of a place in the front matter, where byte order marks do not count."""
        at = self.line_starts[self.first_line + line]
        while at < len(self.text) and (column or self.text[at] == "\ufeff"):
            column -= self.text[at] != "\ufeff"
            at += 1
        return at

    def span(self, node: yaml.Node) -> Span:
        """Where a value begins and ends."""
        start, end = node.start_mark, node.end_mark
        return self.place(start.line, start.column), self.place(end.line, end.column)


def editable_front_matter(data: bytes, path: str) -> EditableFrontMatter | tuple[Problem, ...]:
    """The front matter of a file, ready to be edited, or what is wrong with it."""
    text = decode(data, path)
    file = text if isinstance(text, Problem) else split(text, path)
    if isinstance(file, Problem):
        return (file,)
    values, problems = read_front_matter(file)
    if problems:
        return problems
    typed = data.decode("utf-8")
    starts = (0, *(found.end() for found in _LINE_END.finditer(typed)))
    return EditableFrontMatter(path, typed, values, file.first_line - 1, file.body_line - 2, starts)


def with_text(file: EditableFrontMatter, key: str, text: str) -> Edit | Problem:
    """The edit that sets `key` to that text, or adds the key."""
    value = file.values.get(key)
    if value is None:
        return _new_line(file, key, scalar(text))
    if is_null(value.node):
        return _after_key(file, key, value, scalar(text))
    if not _is_in_line(value.node):
        return _too_strange(file, key, value)
    return Edit(*file.span(value.node), scalar(text, like=value.node))


def with_text_below(
    file: EditableFrontMatter, key: str, inner: str, text: str
) -> Edit | Problem | None:
    """The edit that sets `inner`, a key below `key`, to that text; None if it is not there."""
    value = file.values.get(key)
    if value is None or not isinstance(value.node, yaml.MappingNode):
        return None
    for found, node in value.node.value:
        if found.value == inner:
            if not _is_in_line(node):
                return _too_strange(file, key, value)
            return Edit(*file.span(node), scalar(text, like=node))
    return None


def with_lines(file: EditableFrontMatter, key: str, lines: Sequence[str]) -> Edit | Problem:
    """The edit that adds a new key with these lines of YAML below it."""
    if value := file.values.get(key):
        return _too_strange(file, key, value)
    added = _new_line(file, key, "")
    if isinstance(added, Problem):
        return added
    if added.text.endswith(", "):  # front matter in braces
        return _too_strange(file, key, next(iter(file.values.values())))
    begin, end = added.text.split(":")[0], _LINE_END.search(added.text)
    indent = " " * (len(begin) - len(begin.lstrip()) + 2)
    below = (f"{indent}{line}" if line else "" for line in lines)
    ends = end[0] if end else "\n"
    return added._replace(text=ends.join([f"{begin}:", *below, ""]))


def with_item(file: EditableFrontMatter, key: str, item: str) -> Edit | Problem:
    """The edit that adds an item to the list `key`; a single text becomes a list."""
    value = file.values.get(key)
    if value is None:
        return _new_line(file, key, f"[{scalar(item)}]")
    node = value.node
    if is_null(node):
        return _after_key(file, key, value, f"[{scalar(item)}]")
    if _is_in_line(node):
        start, end = file.span(node)
        is_safe = file.text[start] in "\"'" or _NEEDS_NO_QUOTES.fullmatch(node.value)
        first = file.text[start:end] if is_safe else quoted(node.value)
        return Edit(start, end, f"[{first}, {scalar(item)}]")
    if not isinstance(node, yaml.SequenceNode):
        return _too_strange(file, key, value)
    if node.flow_style:
        return _into_brackets(file, node, item)
    return _into_lines(file, node, item)


def with_other_items(
    file: EditableFrontMatter, key: str, rename: Callable[[str], str | None]
) -> list[Edit]:
    """The edits that replace each item of a list by what `rename` makes of it.

    An item that becomes None is removed, unless the list would be empty.
    """
    value = file.values.get(key)
    if value is None:
        return []
    node = value.node
    items = node.value if isinstance(node, yaml.SequenceNode) else [node]
    texts = [item.value.strip() if _is_in_line(item) else None for item in items]
    renamed = [text if text is None else rename(text) for text in texts]
    edits = [
        Edit(*file.span(item), scalar(new, like=item))
        for item, old, new in zip(items, texts, renamed, strict=True)
        if new is not None and new != old
    ]
    gone = [n for n, text in enumerate(texts) if text is not None and renamed[n] is None]
    if not gone or len(gone) == len(items):
        return edits
    if isinstance(node, yaml.SequenceNode) and node.flow_style:
        return edits + without_items(file.text, [file.span(item) for item in items], gone)
    return edits + [_without_lines(file, items[number]) for number in gone]


def scalar(text: str, *, like: yaml.Node | None = None) -> str:
    """`text` as a YAML value that fits anywhere in front matter, in the quotes of another value."""
    style = getattr(like, "style", None)
    if style == '"':
        return json.dumps(text, ensure_ascii=False)
    if style == "'":
        return "'" + text.replace("'", "''") + "'"
    is_plain = _NEEDS_NO_QUOTES.fullmatch(text) and text not in NULLS
    return text if is_plain else quoted(text)


def _is_in_line(node: yaml.Node) -> bool:
    """Whether a node is text that ends where its mark says, as text with `|` or `>` does not."""
    return isinstance(node, yaml.ScalarNode) and node.style not in ("|", ">")


def _new_line(file: EditableFrontMatter, key: str, value: str) -> Edit | Problem:
    """A new key, as the last line, or as the first key of front matter in braces."""
    first = next(iter(file.values.values()), None)
    column = first.key_at.column - 1 if first else 0
    begin = file.line_starts[file.first_line]
    end = _key_start(file, first) if first else begin
    before = _COMMENTS.sub("", file.text[begin:end]).strip(" \r\n\ufeff")
    if first and before == "{":
        return Edit(end, end, f"{key}: {value}, ")
    if first and before:
        return _too_strange(file, key, first)
    return _line_at(file, file.last_line, f"{' ' * column}{key}: {value}")


def _line_at(file: EditableFrontMatter, line: int, text: str) -> Edit:
    """One more line, above that line of the file."""
    at = file.line_starts[line]
    found = _LINE_END.search(file.text)
    return Edit(at, at, text + (found[0] if found else "\n"))


def _key_start(file: EditableFrontMatter, value: Value) -> int:
    return file.place(value.key_at.line - 1 - file.first_line, value.key_at.column - 1)


def _after_key(file: EditableFrontMatter, key: str, value: Value, text: str) -> Edit | Problem:
    """A value for a key that has none."""
    if isinstance(value.node, yaml.ScalarNode) and value.node.value:
        return Edit(*file.span(value.node), text)
    found = _KEY.match(file.text, _key_start(file, value))
    if not found:
        return _too_strange(file, key, value)
    return Edit(found.end(), found.end(), f" {text}")


def _into_brackets(file: EditableFrontMatter, node: yaml.SequenceNode, item: str) -> Edit | Problem:
    if not node.value:
        start, end = file.span(node)
        return Edit(start, end, f"[{scalar(item)}]")
    end = file.span(node.value[-1])[1]
    return Edit(end, end, f", {scalar(item)}")


def _into_lines(file: EditableFrontMatter, node: yaml.SequenceNode, item: str) -> Edit:
    """One more line with a hyphen: below the last item, or above the first if that is a block."""
    column = node.start_mark.column
    last = node.value[-1].end_mark.line if _is_in_line(node.value[-1]) else -1
    line = last + 1 if last >= 0 else node.start_mark.line
    return _line_at(file, file.first_line + line, f"{' ' * column}- {scalar(item)}")


def _without_lines(file: EditableFrontMatter, item: yaml.Node) -> Edit:
    first = file.first_line + item.start_mark.line
    while not file.text[file.line_starts[first] :].lstrip(" \ufeff").startswith("-"):
        first -= 1  # the hyphen may be alone on a line above
    end = file.line_starts[file.first_line + item.end_mark.line + 1]
    return Edit(file.line_starts[first], end, "")


def _too_strange(file: EditableFrontMatter, key: str, value: Value) -> Problem:
    return Problem(
        "wrong-type",
        Location(file.path, value.at.line, value.at.column),
        f"the value of '{key}' is written in a way that can't be changed here",
        f"Write it on one line, after {key}: and a space.",
    )
