"""Values of JSON that a stranger sent: each is taken as what it should be, or as nothing."""

from __future__ import annotations

import json
from typing import Any


class UnreadableJsonError(ValueError):
    """Bytes that are no JSON; the message says what is wrong with them."""


def read_json(data: bytes) -> Any:
    """The value that some bytes are in JSON; raises UnreadableJsonError."""
    try:
        return json.loads(data)
    except RecursionError:
        raise UnreadableJsonError("its JSON is nested too deeply") from None
    except ValueError:  # no UTF-8, too, and numbers of a million digits
        raise UnreadableJsonError("it is not whole JSON") from None


def value_at(value: Any, *keys: str) -> Any:
    """What stands under some keys, one below the other; None if anything else is there."""
    for key in keys:
        value = value.get(key) if isinstance(value, dict) else None
    return value


def text_at(value: Any, *keys: str) -> str:
    """The text that stands there, as it can be written down; '' without one."""
    found = value_at(value, *keys)
    if not isinstance(found, str):
        return ""
    return found if found.isascii() else found.encode("utf-8", "replace").decode()


def number_at(value: Any, *keys: str) -> int:
    """The whole number that stands there; 0 without one."""
    found = value_at(value, *keys)
    return found if isinstance(found, int) and not isinstance(found, bool) else 0


def list_at(value: Any, *keys: str) -> list[Any]:
    """The list that stands there; an empty one without it."""
    found = value_at(value, *keys)
    return found if isinstance(found, list) else []
