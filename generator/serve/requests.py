"""Whether the head of an HTTP request is well-formed (RFC 9112), before anything reads it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from urllib.parse import urlsplit

MOST_LINES = 100
LONGEST_LINE = 65_536

_TOKEN = rb"[!#$%&'*+.^_`|~0-9A-Za-z-]+"
_REQUEST = re.compile(rb"(%s) ([!-~]+) HTTP/([1-9]\.[0-9])\r?\n" % _TOKEN)
# browsers write some signs as they are that a URL may not have
_TARGET = re.compile(
    r"/(?:[^%\"<>#\\^`{}?]|%(?!00)[0-9A-Fa-f]{2})*(?:\?(?:[^%\"<>#]|%[0-9A-Fa-f]{2})*)?"
)
_FIELD = re.compile(rb"(%s):[ \t]*([\t -~\x80-\xff]*?)[ \t]*\r?\n" % _TOKEN)
_ONCE = (b"host", b"content-length", b"transfer-encoding")
_HOST = re.compile(rb"(?:[0-9A-Za-z._~%!$&'()*+,;=-]+|\[[0-9A-Fa-f:.]+\])(?::[0-9]{0,5})?")


def fault_of(head: Sequence[bytes]) -> str:
    """What is wrong with the lines of a request up to the empty one, '' if nothing is."""
    request = _REQUEST.fullmatch(head[0])
    if not request:
        return "Malformed request line"
    if not _is_target(request[2].decode()):
        return "Malformed target"
    if head[-1] not in (b"\r\n", b"\n"):
        return "Headers without an end"
    fields = [_FIELD.fullmatch(line) for line in head[1:-1]]
    found = [(field[1].lower(), field[2]) for field in fields if field]
    if len(found) < len(fields):
        return "Malformed header"
    names = [name for name, _ in found]
    if any(names.count(name) > 1 for name in _ONCE):
        return "Repeated header"
    return _fault_of_fields(dict(found), is_host_needed=request[3] != b"1.0")


def _is_target(target: str) -> bool:
    try:
        urlsplit(target)
    except ValueError:  # such as //[x]/, which names a host that there can't be
        return False
    return bool(_TARGET.fullmatch(target))


def _fault_of_fields(fields: dict[bytes, bytes], *, is_host_needed: bool) -> str:
    if (b"host" in fields or is_host_needed) and not _HOST.fullmatch(fields.get(b"host", b"")):
        return "Missing or malformed host"
    length = fields.get(b"content-length", b"0")
    is_sized_twice = b"content-length" in fields and b"transfer-encoding" in fields
    return "" if length.isdigit() and not is_sized_twice else "Malformed length"
