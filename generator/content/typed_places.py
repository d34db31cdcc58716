"""Where the parts of a body were typed, as one text that only a check takes apart.

A build reads the bodies of all posts, and would make thousands of places that nobody asks for.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from generator.model import Document, Notice, Tag
from generator.problems import Location

_NO_NOTICES = ",[]]"  # how such a text ends


class TypedPlaces(NamedTuple):
    """What a check needs to know of a body besides its HTML."""

    addresses: tuple[Tag, ...] = ()  # of all links and files that are not references
    pieces: tuple[Tag, ...] = ()  # headings, tables, raw tags and attribute lists
    notices: tuple[Notice, ...] = ()


def packed(places: TypedPlaces) -> str:
    """All of it as one text."""
    if not any(places):
        return ""
    notices = [(n.code, n.at.line, n.at.column, n.message, n.hint) for n in places.notices]
    rows = [_rows(places.addresses), _rows(places.pieces), notices]
    return json.dumps(rows, ensure_ascii=False, separators=(",", ":"))


def typed_in(document: Document) -> TypedPlaces:
    """What is known of the body of a document."""
    return unpacked(document.body.typed, document.source) if document.body else TypedPlaces()


def notices_in(document: Document) -> tuple[Notice, ...]:
    """What readers of a document don't see as it was meant; quick for a document without any."""
    text = document.body.typed if document.body else ""
    return () if text.endswith(_NO_NOTICES) else unpacked(text, document.source).notices


def unpacked(text: str, path: str) -> TypedPlaces:
    """What such a text says of the file at `path`; nothing if it is damaged."""
    if not text:
        return TypedPlaces()
    try:
        addresses, pieces, notices = json.loads(text)
        return TypedPlaces(
            _tags(addresses, path),
            _tags(pieces, path),
            tuple(
                Notice(str(code), Location(path, int(line), int(column)), str(message), str(hint))
                for code, line, column, message, hint in notices
            ),
        )
    except (ValueError, TypeError, RecursionError):
        return TypedPlaces()


def _rows(tags: Iterable[Tag]) -> list[tuple[str, int, int]]:
    return [(tag.text, tag.at.line, tag.at.column) for tag in tags]


def _tags(rows: Sequence[tuple[str, int, int]], path: str) -> tuple[Tag, ...]:
    return tuple(
        Tag(str(text), Location(path, int(line), int(column))) for text, line, column in rows
    )
