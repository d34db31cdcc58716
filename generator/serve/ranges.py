"""A part of a file, as players ask for one when somebody moves in a film (RFC 9110, section 14)."""

from __future__ import annotations

import re

_RANGE = re.compile(r"bytes=\s*([0-9]{0,18})-([0-9]{0,18})\s*", re.IGNORECASE)


def part_of(asked: str, size: int) -> range | None:
    """The bytes that a `Range` asks for, none of them where it begins behind the end.

    None where all is to be sent: nothing is asked for, several parts, or nothing that is a range.
    """
    found = _RANGE.fullmatch(asked)
    if not found or found[1] == found[2] == "":
        return None
    if not found[1]:
        return range(max(0, size - int(found[2])), size)
    first = int(found[1])
    last = int(found[2]) if found[2] else size - 1
    if last < first < size:
        return None
    return range(first, min(last + 1, size))
