"""Puts other functions and values in place of the generator's own, to measure without them.

A place reads `package.module:name` or `package.module:Class.method`. A place that does not exist
raises ImportError or AttributeError, so that a renamed function does not go unnoticed.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, MutableMapping
from importlib import import_module
from typing import Any

PACKAGE = "generator"

Function = Callable[..., Any]


def replace_function(place: str, replacement: Callable[[Function], Function]) -> None:
    """Put what `replacement` makes of a function in its place, wherever it was imported."""
    owner, name = _owner_and_name(place)
    original = getattr(owner, name)
    new = replacement(original)
    setattr(owner, name, new)
    for namespace in _namespaces():
        for key, value in list(namespace.items()):
            if value is original:
                namespace[key] = new


def replace_value(place: str, value: object) -> None:
    """Put a value in place of a constant of a module."""
    owner, name = _owner_and_name(place)
    getattr(owner, name)  # raises where there is no such constant
    setattr(owner, name, value)


def _owner_and_name(place: str) -> tuple[Any, str]:
    module, _, path = place.partition(":")
    owner: Any = import_module(module)
    *owners, name = path.split(".")
    for part in owners:
        owner = getattr(owner, part)
    return owner, name


def _namespaces() -> Iterator[MutableMapping[str, Any]]:
    """The names in every loaded module of ours, and the tables in it that can hold functions."""
    for name, module in list(sys.modules.items()):
        if name.partition(".")[0] == PACKAGE:
            yield vars(module)
            yield from [value for value in vars(module).values() if type(value) is dict]
