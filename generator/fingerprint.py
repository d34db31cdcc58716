"""Canonical digests: equal for equal values, on any machine."""

from __future__ import annotations

from hashlib import blake2b

DIGEST_BYTES = 16


def of_bytes(data: bytes) -> str:
    """The digest of some bytes, in hexadecimal."""
    return blake2b(data, digest_size=DIGEST_BYTES).hexdigest()


def of_value(value: object) -> str:
    """The digest of a frozen value.

    The `repr` of our named tuples names every field, and contains nothing that differs from
    one run to the next as long as their values are tuples, texts, numbers and dates, never sets.
    """
    return of_bytes(repr(value).encode("utf-8", "surrogatepass"))
