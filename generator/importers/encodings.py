"""Names of encodings that exports may give; others can be traps, and are not looked up."""

from __future__ import annotations

import codecs
import re

_OF_TEXT = re.compile(
    r"utf[-_]?(?:7|8|16|32)(?:[-_]?[lb]e)?|us-ascii|ascii|latin-?\d|hz(?:-gb-2312)?"
    r"|(?:iso|windows|cp|koi8|gb|big5|shift|sjis|euc|ms|mac|x-mac|ks_c|tis|cs)[\w-]{0,20}",
    re.IGNORECASE,
)
_AS_BROWSERS_READ = frozenset(("iso-8859-1", "iso8859-1", "latin1", "latin-1", "us-ascii", "ascii"))


def encoding_named(name: str) -> str:
    """The encoding of that name, as Python knows it; '' if there is none for text."""
    name = name.strip().lower()
    if not _OF_TEXT.fullmatch(name):
        return ""
    if name in _AS_BROWSERS_READ:
        return "cp1252"
    try:
        return codecs.lookup(name).name
    except LookupError:
        return ""
