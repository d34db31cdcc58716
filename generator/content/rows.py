"""Documents as plain rows that can be kept, and back.

A row contains texts, numbers and lists, and nothing that runs: it may come back from a file that
somebody else has written. What a row must look like follows from the types of the values, so that
a new field needs no change here. A row of another shape is not a document.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import datetime
from enum import StrEnum
from functools import cache
from types import NoneType, UnionType
from typing import Any, NamedTuple, Union, cast, get_args, get_origin, get_type_hints
from zoneinfo import ZoneInfo

from generator.model import Document, PlainPage, Post, Term

Row = Any  # what JSON can hold
Decoder = Callable[[Row], Any]  # raises MisfitError

_KINDS: Mapping[str, type] = {kind.__name__: kind for kind in (Post, PlainPage, Term)}


class MisfitError(ValueError):
    """A row does not have the shape of what it should contain."""


class StoredDocument(NamedTuple):
    """A document as it is kept: its longest texts as they are, and the rest as JSON."""

    key: str  # of everything that it was made from
    row: str
    html: bytes
    vocabulary: bytes


def stored(document: Document, key: str) -> StoredDocument:
    """A document as it can be kept, under the key of everything that it was made from."""
    kind = type(document).__name__
    body = document.body
    if body is None:
        return StoredDocument(key, _json([kind, _row_of(document)]), b"", b"")
    short = document._replace(body=body._replace(html="", vocabulary=""))
    return StoredDocument(
        key, _json([kind, _row_of(short)]), _bytes(body.html), _bytes(body.vocabulary)
    )


def document_of(kept: StoredDocument, zone: ZoneInfo) -> Document | None:
    """The document that was kept, its times in that zone; None for a row of another shape."""
    match _json_in(kept.row):
        case [str(kind), row] if kind in _KINDS:
            decode = _decoder_of(_KINDS[kind], zone)
        case _:
            return None
    try:
        document = cast("Document", decode(row))
    except MisfitError:
        return None
    if document.body is None:
        return document
    html, vocabulary = kept.html.decode(), kept.vocabulary.decode()
    body = document.body._replace(html=html, vocabulary=vocabulary)
    return document._replace(body=body)


def _json_in(text: str) -> Row:
    try:
        return json.loads(text)
    except (json.JSONDecodeError, RecursionError):
        return None


def _bytes(text: str) -> bytes:
    """A long text as bytes, which a database gives and checks in a third of the time."""
    return text.encode()


def _json(row: Row) -> str:
    return json.dumps(row, ensure_ascii=False, separators=(",", ":"))


def _row_of(value: object) -> Row:
    """A frozen value as JSON can hold it: tuples as lists, moments as texts."""
    if isinstance(value, tuple):
        return [_row_of(item) for item in value]
    if isinstance(value, Mapping):
        return {key: _row_of(item) for key, item in value.items()}
    return value.isoformat() if isinstance(value, datetime) else value


@cache
def _decoder_of(hint: Any, zone: ZoneInfo) -> Decoder:
    """A function that gives the value of that type which a row was made from."""
    if hint in (str, int, float, bool):
        return _scalar(hint)
    if hint is Any:
        return _frozen
    if hint is datetime:
        return lambda row: _moment(row, zone)
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
    def decode(row: Row) -> Any:
        if type(row) is not kind:
            raise MisfitError
        return row

    return decode


def _moment(row: Row, zone: ZoneInfo) -> datetime:
    try:
        return datetime.fromisoformat(row).astimezone(zone)
    except (TypeError, ValueError):
        raise MisfitError from None


def _optional(decode: Decoder) -> Decoder:
    return lambda row: None if row is None else decode(row)


def _many(decode: Decoder) -> Decoder:
    def decode_all(row: Row) -> tuple[Any, ...]:
        if type(row) is not list:
            raise MisfitError
        return tuple([decode(item) for item in row]) if row else ()

    return decode_all


def _member(kind: type[StrEnum]) -> Decoder:
    members = {str(member): member for member in kind}

    def decode(row: Row) -> StrEnum:
        if not isinstance(row, str) or row not in members:
            raise MisfitError
        return members[row]

    return decode


def _mapping(row: Row) -> Mapping[str, Any]:
    if type(row) is not dict:
        raise MisfitError
    return cast("Mapping[str, Any]", _frozen(row))


def _record(kind: Any, zone: ZoneInfo) -> Decoder:
    """For a named tuple; one of scalars alone is compared by types at once, which is quick."""
    hints = get_type_hints(kind)
    kinds = [hints[name] for name in kind._fields]
    make = kind._make
    if all(hint in (str, int, float, bool) for hint in kinds):

        def decode_flat(row: Row) -> Any:
            if type(row) is not list or [*map(type, row)] != kinds:
                raise MisfitError
            return make(row)

        return decode_flat
    decoders = [_lazily(hint, zone, kind) for hint in kinds]

    def decode(row: Row) -> Any:
        if type(row) is not list or len(row) != len(decoders):
            raise MisfitError
        return make([field(item) for field, item in zip(decoders, row, strict=True)])

    return decode


def _lazily(hint: Any, zone: ZoneInfo, within: Any) -> Decoder:
    """The decoder of a field; found when needed if a value may contain others of its type."""
    if within in get_args(hint):
        return lambda row: _decoder_of(hint, zone)(row)
    return _decoder_of(hint, zone)


def _frozen(value: Row) -> Any:
    """Free data with tuples for lists."""
    if isinstance(value, dict):
        return {key: _frozen(item) for key, item in value.items()}
    return tuple(_frozen(item) for item in value) if isinstance(value, list) else value
