"""Header fields of a message, as RFC 5322 and RFC 2047 have them.

Python's email package turns a token of more than 78 characters, such as an unsubscribe link, into
encoded words that no mail program follows (cpython issue 100991), and makes encoded words longer
than RFC 2047 allows if lines may be longer. So fields are written here, and only the parts of a
message are left to it. Nothing that a value contains can begin another field.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import datetime
from email.header import Header
from email.utils import format_datetime

LINE = 76  # characters of a line with encoded words
LONGEST_LINE = 998  # characters of any line, without its end

# what ends a line or hides in it, for mail programs and for str.splitlines
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
_ATOMS = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~ -]+")
_ADDRESS = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]+@[A-Za-z0-9.-]+")
_LIST_ID = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]+")
_MESSAGE_ID = re.compile(r"<[^<>@\s]+@[^<>@\s]+>")
_URL = re.compile(r"(?:mailto:|https://)[!-;=?-~]+")

Read = Callable[[str], str]  # what is in the angle brackets, checked, as a header writes it


class HeaderError(ValueError):
    """A value that a header can't have."""


def one_line(text: str) -> str:
    """Text without line ends and other control characters, and with single spaces."""
    return " ".join(_CONTROL.sub(" ", text).split())


def text_field(name: str, text: str) -> bytes:
    """A field of plain words, such as a subject."""
    return _field(name, _words(one_line(text), room=LINE - len(name) - 2))


def addresses_field(name: str, addresses: Iterable[str]) -> bytes:
    """A field of addresses, each `ada@example.org` or `Ada Byron <ada@example.org>`."""
    return _list_field(name, [_named(text, _address) for text in addresses])


def list_id_field(text: str) -> bytes:
    """The name of a list: `open-line.example.org` or `The open line <open-line.example.org>`."""
    return _field("List-Id", _named(text, _list_id))


def links_field(name: str, urls: Iterable[str]) -> bytes:
    """A field of links in angle brackets (RFC 2369)."""
    return _list_field(name, [f"<{_token(url, _URL)}>" for url in urls])


def id_field(name: str, message_id: str) -> bytes:
    """A field that holds a message's id, which comes in angle brackets."""
    return _field(name, _token(message_id, _MESSAGE_ID))


def date_field(name: str, moment: datetime) -> bytes:
    """A field that holds a moment."""
    return _field(name, format_datetime(moment))


def token_field(name: str, value: str) -> bytes:
    """A field whose value is one of our own words."""
    return _field(name, value)


def check_address(text: str) -> None:
    """Raise HeaderError unless this is an address, with or without a name before it."""
    _named(text, _address)


def check_list_id(text: str) -> None:
    """Raise HeaderError unless this can name a list."""
    list_id_field(text)


def check_link(url: str) -> None:
    """Raise HeaderError unless this is a `mailto:` or `https:` link that fits in a header."""
    links_field("List-Unsubscribe", [url])


def check_message_id(message_id: str) -> None:
    """Raise HeaderError unless this is a message's id in angle brackets."""
    id_field("Message-ID", message_id)


def address_of(text: str) -> str:
    """The bare address of `Ada Byron <ada@example.org>`, as SMTP takes it."""
    return _parts_of(text, _address)[1].strip("<>")


def _list_field(name: str, values: list[str]) -> bytes:
    return _field(name, ",\r\n ".join(values))


def _field(name: str, value: str) -> bytes:
    field = f"{name}: {value}\r\n"
    if any(len(line) > LONGEST_LINE for line in field.split("\r\n")):
        raise HeaderError(f"{name} is too long")
    return field.encode("ascii")


def _words(text: str, room: int) -> str:
    """Text in a header: as it is, or in encoded words of at most 75 characters."""
    if text.isascii() and len(text) <= room and "=?" not in text:
        return text
    header = Header(text, "utf-8", maxlinelen=LINE, header_name=" " * (LINE - room - 2))
    return header.encode(linesep="\r\n")


def _named(text: str, read: Read) -> str:
    name, value = _parts_of(text, read)
    return f"{name}\r\n {value}" if name else value


def _parts_of(text: str, read: Read) -> tuple[str, str]:
    """The name as a header writes it, maybe '', and the value in angle brackets after it."""
    if _CONTROL.search(text):
        raise HeaderError("a header has no line ends or control characters")
    before, bracket, inside = text.strip().rpartition("<")
    if not bracket:
        value = read(inside.strip())
        return "", value
    if not inside.endswith(">"):
        raise HeaderError(f"'>' is missing in {text!r}")
    name = before.strip()
    if len(name) > 1 and name[0] == name[-1] == '"':
        name = re.sub(r"\\(.)", r"\1", name[1:-1])
    return _phrase(one_line(name)), read(inside[:-1].strip())


def _phrase(name: str) -> str:
    if not name.isascii() or len(name) > LINE - 20 or "=?" in name:
        return Header(name, "utf-8", maxlinelen=LINE, header_name="Reply-To").encode(linesep="\r\n")
    if not name or _ATOMS.fullmatch(name):
        return name
    escaped = re.sub(r'(["\\])', r"\\\1", name)
    return f'"{escaped}"'


def _address(text: str) -> str:
    local, at, domain = text.rpartition("@")
    try:
        ascii_domain = domain.encode("idna").decode() if domain else ""
    except UnicodeError as error:
        raise HeaderError(f"{text!r} is no address") from error
    return f"<{_token(f'{local}{at}{ascii_domain}', _ADDRESS)}>"


def _list_id(text: str) -> str:
    return f"<{_token(text, _LIST_ID)}>"


def _token(text: str, form: re.Pattern[str]) -> str:
    if not form.fullmatch(text) or len(text) > LONGEST_LINE - 3:
        raise HeaderError(f"{text[:80]!r} can't be in this header")
    return text
