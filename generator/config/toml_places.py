"""The place of each setting in a TOML file, and what the errors of its parser mean.

tomllib gives a place only for syntax errors, and describes them in its own terms.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from typing import Any

from generator.problems import Location, Problem

KeyPath = tuple[str | int, ...]
Places = Mapping[KeyPath, tuple[int, int]]

_KEY = r"""(?:[A-Za-z0-9_-]+|"[^"]*"|'[^']*')"""
_NAMES = rf"{_KEY}(?:\s*\.\s*{_KEY})*"
_HEADER = re.compile(rf"(\s*)(\[\[?)\s*({_NAMES})\s*\]")
_ASSIGNMENT = re.compile(rf"(\s*)({_NAMES})\s*=")
_TOKEN = re.compile(
    r"""\"{3}(?:[^\\]|\\.)*?\"{3,5}|'{3}.*?'{3,5}|"(?:[^"\\\n]|\\.)*"|'[^'\n]*'"""
    r"|\#[^\n]*|[\[\]{}\n]",
    re.DOTALL,
)


def places_of(text: str) -> Places:
    """Line and column of each key and table."""
    places: dict[KeyPath, tuple[int, int]] = {}
    table: KeyPath = ()
    counts: dict[KeyPath, int] = {}
    for number, line in _lines_that_begin_a_statement(text):
        if header := _HEADER.match(line):
            table = _table_path(_split_key(header[3]), counts, is_new_item=header[2] == "[[")
            _note(places, table, (number, len(header[1]) + 1))
        elif assignment := _ASSIGNMENT.match(line):
            key = (*table, *_split_key(assignment[2]))
            _note(places, key, (number, len(assignment[1]) + 1))
    return places


def _table_path(names: KeyPath, counts: dict[KeyPath, int], *, is_new_item: bool) -> KeyPath:
    """The path of a header's table; in a list of tables, of the last one: `authors.0.links.1`."""
    path: KeyPath = ()
    for depth, name in enumerate(names, start=1):
        path = (*path, name)
        if is_new_item and depth == len(names):
            counts[path] = counts.get(path, -1) + 1
        if path in counts:
            path = (*path, counts[path])
    return path


def _note(places: dict[KeyPath, tuple[int, int]], key: KeyPath, place: tuple[int, int]) -> None:
    for length in range(1, len(key) + 1):
        places.setdefault(key[:length], place)


def _split_key(dotted: str) -> KeyPath:
    return tuple(part.strip("\"'") for part in re.findall(_KEY, dotted))


def _lines_that_begin_a_statement(text: str) -> Iterator[tuple[int, str]]:
    """The lines, with their numbers, that do not lie inside a text or list of several lines."""
    lines = text.removeprefix("\ufeff").split("\n")
    number, depth = 1, 0
    yield number, lines[0]
    for found in _TOKEN.finditer("\n".join(lines)):
        part = found[0]
        if part == "\n" and depth == 0:
            yield number + 1, lines[number]
        depth += (part in "[{") - (part in "]}")
        number += part.count("\n")


def place_of(key: KeyPath, places: Places, path: str) -> Location:
    """The place of a key in the file at `path`, or of the nearest table around it."""
    while key and key not in places:
        key = key[:-1]
    return Location(path, *places.get(key, ()))


_SYNTAX = (
    ("Cannot overwrite|Duplicate inline", "this is set twice", "Keep one of them."),
    ("Cannot declare", "this table appears twice", "Put all its settings below one of them."),
    (
        "Invalid value",
        "this is not a value",
        'Write text in straight quotes ("like this"); write true, false and numbers without.',
    ),
    ("Expected '=' after", "there is no = after the setting's name", 'Write name = "value".'),
    (
        "Illegal character '.n'|Unterminated string|^Expected \"",
        "this text has no closing quote",
        "Add the same quote at its end.",
    ),
    (
        "Unclosed array",
        "before this, the list needs a comma or its closing bracket",
        'Write ["one", "two"].',
    ),
    ("inline table|key part", "this table on one line can't be read", 'Write { name = "value" }.'),
    ("table declaration", "the table's name has no closing bracket", "Write [name] or [[name]]."),
    (
        "Expected newline",
        "this does not belong to the value before it",
        "Put text and dates in quotes, and each setting on a line of its own.",
    ),
    (
        "in a string|hex value|scalar value",
        "a backslash here has no meaning",
        "Use single quotes, or two backslashes.",
    ),
    ("date or datetime", "this date does not exist", "Put text in quotes."),
    ("Illegal character", "there is a control character here", "Delete it."),
    ("Invalid statement", "the name of a setting is missing here", 'Write name = "value".'),
)


def syntax_problem(message: str, text: str, path: str) -> Problem:
    """A syntax error of tomllib in plain words."""
    lines = text.rstrip().split("\n")
    place = re.search(r"\(at line (\d+), column (\d+)\)", message)
    line, column = (int(place[1]), int(place[2])) if place else (len(lines), len(lines[-1]) + 1)
    known = (words for pattern, *words in _SYNTAX if re.search(pattern, message))
    reason, hint = next(
        known,
        ["this can't be read", 'Write name = "value", and the name of a table as [name].'],
    )
    return Problem("settings-syntax", Location(path, line, column), reason, hint)


def string_places(text: str) -> Mapping[KeyPath, tuple[int, int]]:
    """Where each text value begins and ends, with its quotes, by its key; `text` is valid TOML.

    The parser gives no places. So each text is replaced by a placeholder, and then looked for.
    """
    tokens = [found for found in _TOKEN.finditer(text) if found[0][0] in "\"'"]
    parts, at = [], 0
    for number, token in enumerate(tokens):
        parts += [text[at : token.start()], f'"{_PLACEHOLDER}{number}"']
        at = token.end()
    with_placeholders = tomllib.loads("".join([*parts, text[at:]]).removeprefix("\ufeff"))
    return {
        key: tokens[int(value.removeprefix(_PLACEHOLDER))].span()
        for key, value in _values_in(with_placeholders, ())
        if isinstance(value, str)
    }


_PLACEHOLDER = "string-"


def _values_in(value: Any, key: KeyPath) -> Iterator[tuple[KeyPath, Any]]:
    if isinstance(value, dict):
        for name, item in value.items():
            yield from _values_in(item, (*key, name))
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _values_in(item, (*key, index))
    else:
        yield key, value
