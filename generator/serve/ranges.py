"""The part of a file that a player asks for to jump within a video (RFC 9110, section 14)."""

from __future__ import annotations

import re

_RANGE = re.compile(r"bytes=\s*([0-9]{0,18})-([0-9]{0,18})\s*", re.IGNORECASE)


def part_of(asked: str, size: int) -> range | None:
    """The bytes that a `Range` asks for, none of them if it begins after the end.

    None if the whole file is to be sent: the header is missing, invalid, or asks for several.
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
