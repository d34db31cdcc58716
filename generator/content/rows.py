"""Documents as plain rows that can be kept, and back.

A row contains texts, numbers and lists, and nothing that runs: it may come back from a file that
somebody else has written. What a row must look like follows from the types of the values, so that
a new field needs no change here. A row of another shape is not a document.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import date, datetime
from enum import StrEnum
from functools import cache
from types import NoneType, UnionType
from typing import Any, NamedTuple, Union, cast, get_args, get_origin, get_type_hints
from zoneinfo import ZoneInfo

from generator.model import Action, Body, Document, PlainPage, Post, Reply, Term
from generator.problems import Location

Row = Any  # what JSON can hold
Decoder = Callable[[Row, str], Any]  # of a row in the file at that path; raises MisfitError

_SCALARS = (str, int, float, bool)

_KINDS: Mapping[str, type] = {
    kind.__name__: kind for kind in (Post, PlainPage, Term, Action, Reply)
}

_BODY_OF = {name: [*kind.__annotations__].index("body") for name, kind in _KINDS.items()}
_HTML, _VOCABULARY = Body._fields.index("html"), Body._fields.index("vocabulary")


class MisfitError(ValueError):
    """A row does not have the shape of what it should contain."""


class StoredDocument(NamedTuple):
    """A document as it is kept: its longest texts as they are, and the rest as JSON."""

    key: str  # of everything that it was made from
    row: bytes  # JSON
    html: bytes
    vocabulary: bytes


def stored(document: Document, key: str) -> StoredDocument:
    """A document as it can be kept, under the key of everything that it was made from."""
    kind = type(document).__name__
    body = document.body
    if body is None:
        return StoredDocument(key, _json([kind, document.source, _row_of(document)]), b"", b"")
    short = document._replace(body=body._replace(html="", vocabulary=""))
    return StoredDocument(
        key,
        _json([kind, document.source, _row_of(short)]),
        _bytes(body.html),
        _bytes(body.vocabulary),
    )


def document_of(kept: StoredDocument, zone: ZoneInfo) -> Document | None:
    """The document that was kept, its times in that zone; None for a row of another shape."""
    match _json_in(kept.row):
        case [str(kind), str(source), list(row)] if kind in _KINDS:
            pass
        case _:
            return None
    body = row[_BODY_OF[kind]] if len(row) > _BODY_OF[kind] else None
    if type(body) is list and len(body) > _VOCABULARY:  # a part of the row, before it is read
        body[_HTML], body[_VOCABULARY] = kept.html.decode(), kept.vocabulary.decode()
    try:
        return cast("Document", _decoder_of(_KINDS[kind], zone)(row, source))
    except MisfitError:
        return None


def _json_in(text: bytes) -> Row:
    try:
        return json.loads(text)
    except (json.JSONDecodeError, UnicodeDecodeError, RecursionError):
        return None


def _bytes(text: str) -> bytes:
    """A long text as bytes, which a database gives and checks in a third of the time."""
    return text.encode()


def _json(row: Row) -> bytes:
    return json.dumps(row, ensure_ascii=False, separators=(",", ":")).encode()


def _row_of(value: object) -> Row:
    """A frozen value as JSON can hold it: tuples as lists, moments as texts.

    All places are in the file of the document, so that line and column are enough.
    """
    if isinstance(value, tuple):
        row: list[Row] = []
        for item in value:
            row += item[1:] if isinstance(item, Location) else (_row_of(item),)
        return row
    if isinstance(value, Mapping):
        return {key: _row_of(item) for key, item in value.items()}
    return value.isoformat() if isinstance(value, date) else value  # a datetime is a date, too


@cache
def _decoder_of(hint: Any, zone: ZoneInfo) -> Decoder:
    """A function that gives the value of that type which a row was made from."""
    if hint in _SCALARS:
        return _scalar(hint)
    if hint is Any:
        return lambda row, path: _frozen(row)
    if hint is datetime:
        return lambda row, path: _moment(row, zone)
    if hint is date:
        return lambda row, path: _day(row)
    origin, arguments = get_origin(hint), get_args(hint)
    if origin in (Union, UnionType):
        return _optional(*[_decoder_of(kind, zone) for kind in arguments if kind is not NoneType])
    if origin is tuple:
        return _many(_decoder_of(arguments[0], zone))
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return _member(hint)
    if hasattr(hint, "_fields"):
        return _record(hint, zone)
    if isinstance(origin, type) and issubclass(origin, Mapping):
        return _mapping
    raise TypeError(f"values of type {hint} can't be kept")


def _scalar(kind: type) -> Decoder:
    def decode(row: Row, path: str) -> Any:
        if type(row) is not kind:
            raise MisfitError
        return row

    return decode


def _moment(row: Row, zone: ZoneInfo) -> datetime:
    try:
        return datetime.fromisoformat(row).astimezone(zone)
    except (TypeError, ValueError):
        raise MisfitError from None


def _day(row: Row) -> date:
    try:
        return date.fromisoformat(row)
    except (TypeError, ValueError):
        raise MisfitError from None


def _optional(decode: Decoder) -> Decoder:
    return lambda row, path: None if row is None else decode(row, path)


def _many(decode: Decoder) -> Decoder:
    def decode_all(row: Row, path: str) -> tuple[Any, ...]:
        if type(row) is not list:
            raise MisfitError
        return tuple([decode(item, path) for item in row]) if row else ()

    return decode_all


def _member(kind: type[StrEnum]) -> Decoder:
    members = {str(member): member for member in kind}

    def decode(row: Row, path: str) -> StrEnum:
        if not isinstance(row, str) or row not in members:
            raise MisfitError
        return members[row]

    return decode


def _mapping(row: Row, path: str) -> Mapping[str, Any]:
    if type(row) is not dict:
        raise MisfitError
    return cast("Mapping[str, Any]", _frozen(row))


def _record(kind: Any, zone: ZoneInfo) -> Decoder:
    """For a named tuple: the types of its scalars are compared at once, which is quick."""
    hints = get_type_hints(kind)
    types: list[type] = []  # of the scalars
    scalars: list[int] = []  # where they are in a row
    others: list[tuple[int, Decoder]] = []
    place = width = 0
    for hint in (hints[name] for name in kind._fields):
        if hint is Location:  # line and column
            place = width
        columns = (int, int) if hint is Location else (hint,) if hint in _SCALARS else ()
        types += columns
        scalars += range(width, width + len(columns))
        if not columns:
            others.append((width, _lazily(hint, zone, kind)))
        width += len(columns) or 1
    make = kind._make

    def decode(row: Row, path: str) -> Any:
        is_right = type(row) is list and len(row) == width
        if not is_right or [type(row[column]) for column in scalars] != types:
            raise MisfitError
        for column, decoder in others:
            row[column] = decoder(row[column], path)
        if place:
            row[place : place + 2] = (Location(path, *row[place : place + 2]),)
        return make(row)

    return decode


def _lazily(hint: Any, zone: ZoneInfo, within: Any) -> Decoder:
    """The decoder of a field; found when needed if a value may contain others of its type."""
    if within not in get_args(hint):
        return _decoder_of(hint, zone)
    found: list[Decoder] = []

    def decode(row: Row, path: str) -> Any:
        if not found:
            found.append(_decoder_of(hint, zone))
        return found[0](row, path)

    return decode


def _frozen(value: Row) -> Any:
    """Free data with tuples for lists."""
    if isinstance(value, dict):
        return {key: _frozen(item) for key, item in value.items()}
    return tuple(_frozen(item) for item in value) if isinstance(value, list) else value
