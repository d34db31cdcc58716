"""Links: where they lead, how they are written, and which of them are bare addresses."""

from __future__ import annotations

import re
from html.entities import html5
from string import punctuation
from typing import NamedTuple
from urllib.parse import quote

from generator.config import addresses

MAX_LABEL = 999
MAX_PARENTHESES = 32

_PUNCTUATION = re.escape(punctuation)
_UNESCAPE = re.compile(
    rf"\\([{_PUNCTUATION}])|(&(?:#\d{{1,7}}|#[xX][0-9a-fA-F]{{1,6}}|\w{{2,32}});)"
)
_SPACES = re.compile(r"[ \t\n]*")
_ANGLE_TARGET = re.compile(r"<((?>(?:[^<>\n\\]|\\.)*))>")
_TARGET_PIECE = re.compile(rf"[^ ()\\\x00-\x1f\x7f]+|\\[{_PUNCTUATION}]|\\|[()]")
_TITLE = re.compile(
    r"""("(?>(?:[^"\\]|\\.)*)"|'(?>(?:[^'\\]|\\.)*)'|\((?>(?:[^()\\]|\\.)*)\))""", re.DOTALL
)
_LABEL = re.compile(r"\[((?>(?:[^\[\]\\]|\\.)*))\]", re.DOTALL)
_LINE_END = re.compile(r"[ \t]*(?:\n|$)")
_UNSAFE_IN_URL = re.compile(r"[^A-Za-z0-9\-._~:/?#@!$&'()*+,;=%]")


class Target(NamedTuple):
    """Where a link or image leads, and its title."""

    url: str
    title: str  # '' without one
    start: int = 0  # where its address was typed
    end: int = 0


def unescaped(text: str) -> str:
    """Text with its backslash escapes and entities resolved."""
    if "\\" not in text and "&" not in text:
        return text
    return _UNESCAPE.sub(lambda found: found[1] or resolved_entity(found[2]), text)


def resolved_entity(entity: str) -> str:
    """The characters of an entity, or the entity itself if HTML does not know it."""
    if entity[1] == "#":
        code = int(entity[3:-1], 16) if entity[2] in "xX" else int(entity[2:-1])
        is_character = 32 <= code <= 0x10FFFF and not 0xD800 <= code <= 0xDFFF
        return chr(code) if is_character or code in (9, 10, 13) else "\ufffd"
    return html5.get(entity[1:], entity)


def written_url(url: str) -> str:
    """A URL in which characters that it may not contain are percent-encoded."""
    if _UNSAFE_IN_URL.search(url) is None:
        return url
    return quote(url, safe="-._~:/?#@!$&'()*+,;=%", errors="replace")


def is_safe(url: str) -> bool:
    """Whether a link may lead there if its writer is not trusted."""
    scheme = addresses.scheme_of(url)
    return not scheme or scheme in addresses.TEXT


def normal_label(label: str) -> str:
    """The label of a reference, without case and runs of white space, for comparing."""
    return " ".join(label.split()).casefold()


def inline_target(text: str, start: int) -> tuple[Target, int] | None:
    """The target in `(url "title")` at `start`, just after the `(`, and where it ends."""
    position = _after_spaces(text, start)
    read = _read_url(text, position)
    if read is None:
        return None
    start = position + (text[position : position + 1] == "<")
    url, position = read
    title = ""
    after = _after_spaces(text, position)
    if after > position and (found := _TITLE.match(text, after)):
        title = unescaped(found[1][1:-1])
        after = _after_spaces(text, found.end())
    if text[after : after + 1] != ")":
        return None
    return Target(unescaped(url), title, start, start + len(url)), after + 1


def definition(text: str, start: int) -> tuple[str, Target, int] | None:
    """The `[label]: url "title"` at `start` of a paragraph, and where the next line begins."""
    label = _LABEL.match(text, start)
    if label is None or text[label.end() : label.end() + 1] != ":" or not label[1].strip():
        return None
    if len(label[1]) > MAX_LABEL:
        return None
    start = _after_spaces(text, label.end() + 1)
    read = _read_url(text, start, may_be_empty=False)
    if read is None:
        return None
    start += text[start] == "<"
    url, position = read
    title, end = _title_of_definition(text, position)
    if end < 0:
        return None
    return label[1], Target(unescaped(url), title, start, start + len(url)), end


def _title_of_definition(text: str, position: int) -> tuple[str, int]:
    after = _after_spaces(text, position)
    if after > position and (found := _TITLE.match(text, after)):
        end = _LINE_END.match(text, found.end())
        if end is not None:
            return unescaped(found[1][1:-1]), end.end()
    end = _LINE_END.match(text, position)
    return "", end.end() if end is not None else -1


def label_at(text: str, start: int) -> tuple[str, int] | None:
    """The `[label]` at `start`, and where it ends."""
    found = _LABEL.match(text, start)
    if found is None or len(found[1]) > MAX_LABEL:
        return None
    return found[1], found.end()


def _after_spaces(text: str, start: int) -> int:
    found = _SPACES.match(text, start)
    return found.end() if found else start


def _read_url(text: str, start: int, *, may_be_empty: bool = True) -> tuple[str, int] | None:
    angle = _ANGLE_TARGET.match(text, start)
    if angle:
        return angle[1], angle.end()
    if text[start : start + 1] == "<":
        return None
    end = _end_of_bare_url(text, start)
    if end < 0 or (end == start and not may_be_empty):
        return None
    return text[start:end], end


def _end_of_bare_url(text: str, start: int) -> int:
    depth = 0
    position = start
    while piece := _TARGET_PIECE.match(text, position):
        if piece[0] == "(":
            depth += 1
            if depth > MAX_PARENTHESES:
                return -1
        elif piece[0] == ")":
            if depth == 0:
                break
            depth -= 1
        position = piece.end()
    return position if depth == 0 else -1


_DOMAIN = re.compile(r"[\w-]+(?:\.[\w-]+)*")
_URL_TEXT = re.compile(r"[^\s<]*")
_TRAILING_ENTITY = re.compile(r"&[A-Za-z0-9]+;$")
_MAIL_DOMAIN = re.compile(r"[A-Za-z0-9_-]+(?:\.(?=[A-Za-z0-9])[A-Za-z0-9_-]+)*")
_MAIL_NAME = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.+-_")


def bare_url_end(text: str, start: int, host: int) -> int:
    """Where the bare address that begins at `start` ends, -1 if it is not one (GFM's rule)."""
    domain = _DOMAIN.match(text, host)
    if domain is None or not _is_domain(domain[0].rstrip("_"), needs_dot=start == host):
        return -1
    rest = _URL_TEXT.match(text, domain.end())
    end = _without_trailing_punctuation(text, start, rest.end() if rest else domain.end())
    return end if end > host else -1


def _is_domain(name: str, *, needs_dot: bool) -> bool:
    parts = name.split(".")
    return not any("_" in part for part in parts[-2:]) and (len(parts) > 1 or not needs_dot)


def _without_trailing_punctuation(text: str, start: int, end: int) -> int:
    surplus = text.count(")", start, end) - text.count("(", start, end)
    while end > start:
        last = text[end - 1]
        if last in "?!.,:*_~'\"":
            end -= 1
        elif last == ")" and surplus > 0:
            surplus -= 1
            end -= 1
        elif last == ";":
            entity = _TRAILING_ENTITY.search(text, max(start, end - 34), end)
            end = entity.start() if entity else end - 1
        else:
            break
    return end


def mail_addresses(text: str) -> list[tuple[int, int]]:
    """Where the bare e-mail addresses of a text begin and end."""
    found: list[tuple[int, int]] = []
    behind = 0
    at = text.find("@")
    while at >= 0:
        span = _mail_address_around(text, at, behind)
        if span is not None:
            found.append(span)
            behind = span[1]
        else:
            behind = at + 1
        at = text.find("@", behind)
    return found


def _mail_address_around(text: str, at: int, behind: int) -> tuple[int, int] | None:
    start = at
    while start > behind and text[start - 1] in _MAIL_NAME:
        start -= 1
    domain = _MAIL_DOMAIN.match(text, at + 1)
    if start == at or domain is None or "." not in domain[0] or not domain[0][-1].isalpha():
        return None
    return start, domain.end()
