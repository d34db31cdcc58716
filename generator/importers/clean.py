"""Texts as they may be kept: nothing that can't be seen, nothing endless, no address."""

from __future__ import annotations

import re

from generator.content.front_matter import CONTROL
from generator.content.harmless import harmless_name, harmless_text
from generator.importers.private import REMOVED, without_addresses

LONGEST_NAME = 100  # characters of a name or a role
_LINE_ENDS = re.compile("\r\n|[\r\f\v\x85\u2028]")
_NOBODY = re.compile(
    r"anonym\w*|anonimo|anónimo|guest|gast|invité|n/?a|none|unknown|匿名|익명", re.IGNORECASE
)
_PART = r"([^\W\d_][^\s,]*(?: [^\s,(]+)?)"
_LAST_FIRST = re.compile(rf"{_PART}, {_PART}(?: \([^()]*\))?")


def clean_text(text: str) -> str:
    """A text with LF line ends, without what can't be seen and deceives."""
    text = _LINE_ENDS.sub("\n", text).replace("\u2029", "\n\n").replace("\xa0", " ")
    return harmless_text(CONTROL.sub("", text))


def clean_line(text: str, *, longest: int = LONGEST_NAME) -> tuple[str, int]:
    """A text on one line, without addresses, cut where it is too long; and how many addresses."""
    line, removed = without_addresses(harmless_name(clean_text(text[: longest * 20])))
    return (line if len(line) <= longest else line[: longest - 1].rstrip() + "…"), removed


def clean_name(text: str) -> tuple[str, int]:
    """The name of a person, '' for one who has none; and how many addresses were in it.

    A name that is an address of mail is none: nothing of the address may be kept.
    """
    line, removed = clean_line(text.strip().strip("\"'"))
    line = re.sub(rf"[<(\[]?{re.escape(REMOVED)}[>)\]]?", " ", line)
    line = " ".join(line.split()).strip(" ,;-–")
    if found := _LAST_FIRST.fullmatch(line):  # as directories of offices write them
        line = f"{found[2]} {found[1]}"
    if re.search(r"\w@\w", line):  # an account at a machine without a domain
        return "", removed + 1
    is_name = any(sign.isalnum() for sign in line) and not _NOBODY.fullmatch(line)
    return (line if is_name else ""), removed
