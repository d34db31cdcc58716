"""Canonical digests: equal for equal values, on any machine."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields, is_dataclass
from hashlib import blake2b
from typing import Any

DIGEST_BYTES = 16


def of_bytes(data: bytes) -> str:
    """The digest of some bytes, in hexadecimal."""
    return blake2b(data, digest_size=DIGEST_BYTES).hexdigest()


def of_value(value: Any) -> str:
    """The digest of a frozen value.

    The `repr` of our dataclasses names every field, and holds nothing that differs from one
    run to the next as long as they hold tuples, texts, numbers and dates, never sets.
    """
    return of_bytes(repr(value).encode("utf-8", "surrogatepass"))


class Fingerprints:
    """Digests of many views at a time: what several of them hold is read only once."""

    def __init__(self) -> None:
        self._known: dict[int, tuple[Any, str]] = {}  # the value too, so that its id stays its own

    def of_parts(self, view: Any) -> dict[str, str]:
        """The digest of each field of a view, by the field's name."""
        return {field.name: self.of(getattr(view, field.name)) for field in fields(view)}

    def of(self, value: Any) -> str:
        """The digest of a value that may be shared."""
        if isinstance(value, tuple) and value and is_dataclass(value[0]):
            return of_bytes(",".join(self._of_all(value)).encode())
        if not is_dataclass(value):
            return of_value(value)
        known = self._known.get(id(value))
        if known is None:
            known = self._known[id(value)] = (value, of_value(value))
        return known[1]

    def _of_all(self, values: Iterable[Any]) -> Iterable[str]:
        return (self.of(value) for value in values)
