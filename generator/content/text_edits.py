"""Edits of single pieces of a text, which leave everything around them as it is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

Span = tuple[int, int]


class Edit(NamedTuple):
    """A piece of a text, from `start` up to `end`, and the text that replaces it."""

    start: int
    end: int
    text: str


def applied(text: str, edits: Iterable[Edit]) -> str:
    """The text after all edits, which must not overlap."""
    parts, at = [], 0
    for edit in sorted(edits):
        parts += [text[at : edit.start], edit.text]
        at = edit.end
    return "".join([*parts, text[at:]])


def without_items(text: str, items: Sequence[Span], gone: Iterable[int]) -> list[Edit]:
    """The edits that remove items from a list in brackets, each with one comma.

    `items` are the places of all items in order, `gone` the numbers of those to remove; at least
    one item must stay.
    """
    numbers = sorted(gone)
    stays = [number for number in range(len(items)) if number not in numbers]
    return [_without(text, items, number, is_last=number > stays[-1]) for number in numbers]


def _without(text: str, items: Sequence[Span], number: int, *, is_last: bool) -> Edit:
    start, end = items[number]
    if not is_last:
        found = re.compile(r"\s*,[ \t]*").match(text, end)
        return Edit(start, found.end() if found else end, "")
    before = items[number - 1][1]
    is_plain = re.fullmatch(r"\s*,\s*", text[before:start])  # else there is a comment in between
    return Edit(before if is_plain else start, end, "")
