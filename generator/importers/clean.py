"""Texts as they may be kept: nothing invisible that deceives, nothing endless, no address."""

from __future__ import annotations

import re
import unicodedata

from generator.importers.private import without_addresses

LONGEST_NAME = 100  # characters of a name or a role
LONGEST_TEXT = 100_000  # characters of a reply; a long novel's chapter has fewer
_CONTROL = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufff0-\ufffb\ufffe\uffff]"
)
# change the direction of what follows, or can't be seen; joiners and marks of a direction are text
_DECEIVING = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u2028\u2029\u202a-\u202e"
    "\u2060-\u206f\u3164\ufeff\uffa0\U0001d173-\U0001d17a\U000e0000-\U000e007f\U000e0100-\U000e01ef]"
)
_FLAG = re.compile("\U0001f3f4[\U000e0061-\U000e007a]{2,8}\U000e007f")  # of Wales and others
_JOINERS = re.compile("[\u200c-\u200f]+")
_MARKS = 4  # combining marks on one letter; more only cover the lines above and below


def clean_text(text: str) -> str:
    """A text with LF line ends, without what can't be seen and deceives."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n")
    text = text.replace("\u2029", "\n\n").replace("\xa0", " ").replace("\f", "\n")
    text = _CONTROL.sub("", text)
    if _DECEIVING.search(text):
        parts = _FLAG.split(text)
        flags = _FLAG.findall(text)
        clean = [_DECEIVING.sub("", part) for part in parts]
        text = "".join(part + flag for part, flag in zip(clean, [*flags, ""], strict=True))
    text = _JOINERS.sub(lambda found: found[0][:1], text)
    return text if text.isascii() else _with_few_marks(text)


def _with_few_marks(text: str) -> str:
    kept: list[str] = []
    marks = 0
    for sign in text:
        marks = marks + 1 if unicodedata.category(sign) in ("Mn", "Me") else 0
        if marks <= _MARKS:
            kept.append(sign)
    return "".join(kept)


def clean_line(text: str, *, longest: int = LONGEST_NAME) -> tuple[str, int]:
    """A text on one line, without addresses, cut where it is too long; and how many addresses."""
    text = clean_text(text[: longest * 20])
    line, removed = without_addresses(" ".join(text.split()))
    return (line if len(line) <= longest else line[: longest - 1].rstrip() + "…"), removed


_NOBODY = re.compile(
    r"anonym\w*|anonyme|anonimo|anónimo|guest|gast|invité|n/?a|none|unknown|noname|匿名|익명",
    re.IGNORECASE,
)
_LAST_FIRST = re.compile(
    r"([^\W\d_][^\s,]*(?: [^\s,]+)?), ([^\W\d_][^\s,]*(?: [^\s,]+)?)(?: \([^()]*\))?"
)


def clean_name(text: str) -> tuple[str, int]:
    """The name of a person, '' for one who has none; and how many addresses were in it.

    A name that is an address of mail is none: nothing of the address may be kept.
    """
    line, removed = clean_line(text.strip().strip("\"'"))
    line = " ".join(re.sub(r"[<(\[]?\(address removed\)[>)\]]?", " ", line).split()).strip(" ,;-–")
    if found := _LAST_FIRST.fullmatch(line):  # as directories of offices write them
        line = f"{found[2]} {found[1]}"
    is_name = any(sign.isalnum() for sign in line) and not _NOBODY.fullmatch(line)
    return (line if is_name else ""), removed
