"""What API 1 lets templates see: the view of each page, and the type of each name in it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import GenericAlias, NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints


@cache
def fields_of(kind: Any) -> Mapping[str, Any]:
    """The fields of a view, or of a value in one, with their types."""
    if not hasattr(kind, "_fields"):
        return {}
    return {name: plain(hint) for name, hint in get_type_hints(kind).items()}


def plain(hint: Any) -> Any:
    """A type without its None; Any if several types remain."""
    if get_origin(hint) not in (Union, UnionType):
        return hint
    kinds = [kind for kind in get_args(hint) if kind is not NoneType]
    return kinds[0] if len(kinds) == 1 else Any


def item_of(kind: Any, place: int | None = None) -> Any:
    """The type of the items of a value, or of its item at that place."""
    given = get_args(kind)
    if get_origin(kind) is tuple and given:
        if given[-1] is Ellipsis:
            return plain(given[0])
        return plain(given[place]) if place is not None and place < len(given) else Any
    return plain(given[1]) if get_origin(kind) is Mapping and len(given) == 2 else Any


def many_of(kind: Any) -> Any:
    """The type of a sequence of values of one type."""
    return GenericAlias(tuple, (kind, ...))


def names_in(kind: Any) -> frozenset[str] | None:
    """The names that may follow a dot after such a value; None if any may."""
    if hasattr(kind, "_fields"):
        return frozenset(fields_of(kind))
    origin = get_origin(kind) or kind
    if origin is tuple or (isinstance(origin, type) and issubclass(origin, str | int)):
        return frozenset(name for name in dir(origin) if not name.startswith("_"))
    return None
