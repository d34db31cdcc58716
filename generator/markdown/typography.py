"""Typographic signs: curly quotes, apostrophes, dashes and the ellipsis in a page's text."""

from __future__ import annotations

import re

from generator.i18n.quotes import ENGLISH, Quotes
from generator.i18n.words import is_unspaced

MAX_QUOTES = 3  # side by side that are understood
_VERBATIM = "code|pre|script|style|kbd|samp|textarea|svg|math"

# what must not change: comments, elements whose text is kept as typed, tags, and template tags of
# other tools; each alternative can run to the end of the text, so none is tried twice
_FIXED = re.compile(
    rf"<!--.*?(?:-->|\Z)"
    rf"|<(?P<verbatim>{_VERBATIM})(?=[\s>/]).*?(?:</(?P=verbatim)\s*>|\Z)"
    r"""|<(?P<closes>/?)(?P<tag>[A-Za-z][^\s>/]*+)"""
    r"""(?>(?:[^>"']++|"[^"]*+(?:"|\Z)|'[^']*+(?:'|\Z))*)(?:>|\Z)"""
    r"|<[!?][^>]*+(?:>|\Z)"
    r"|\{\{[^{}<\n]*+\}\}|\{%[^%<\n]*+%\}",
    re.DOTALL | re.IGNORECASE,
)
_SIGN = re.compile(r"""["']|-{2,}|\.{3,}|(?:https?://|www\.)[^\s<"']*""")
_INLINE = frozenset(
    [
        "a",
        "abbr",
        "b",
        "bdi",
        "bdo",
        "cite",
        "del",
        "dfn",
        "em",
        "i",
        "ins",
        "label",
        "mark",
        "q",
        "s",
        "small",
        "span",
        "strong",
        "sub",
        "sup",
        "time",
        "u",
        "var",
        "summary",
    ]
)
_WITHIN_BLOCK = _INLINE | {"br", "img", "input", "wbr"}
_OPENS_QUOTE = frozenset("([{-–—/‘“«‹„‚「『（\xa1\xbf")
_APOSTROPHE = "’"
_GERSHAYIM = "״"  # in an abbreviation of Hebrew
_UNSPACED_SIGNS = "、。，：；！？）」』"
_OMITS_LETTERS = re.compile(r"'(?:tis|twas|twere|til|cause|em|n|\d\ds?)\b", re.IGNORECASE)
_WORD = "x"  # represents any word next to a sign
_SPACE = " "


def typographic(html: str, quotes: Quotes = ENGLISH) -> str:
    """The same HTML with typographic signs in its text; code and tags stay as they are."""
    out: list[str] = []
    before = _SPACE
    position = 0
    signs = _Signs(quotes)
    for fixed in _FIXED.finditer(html):
        if fixed.start() > position:
            text = html[position : fixed.start()]
            out.append(signs.put_into(text, before, after=_SPACE if _separates(fixed) else _WORD))
            before = text[-1]
        out.append(fixed[0])
        before = _seen_after(fixed, before)
        position = fixed.end()
        if fixed["tag"] is not None and fixed["tag"].lower() not in _WITHIN_BLOCK:
            signs = _Signs(quotes)
    out.append(signs.put_into(html[position:], before, after=_SPACE))
    return "".join(out)


def typographic_text(text: str, quotes: Quotes = ENGLISH) -> str:
    """Plain text with typographic signs."""
    return _Signs(quotes).put_into(text, _SPACE, after=_SPACE)


def _separates(fixed: re.Match[str]) -> bool:
    """Whether the text before this ends here, so that a quote there can't open."""
    return bool(fixed["closes"]) or (fixed["tag"] is not None and not _is_inline(fixed))


def _seen_after(fixed: re.Match[str], before: str) -> str:
    """What a sign just after this has before it."""
    if fixed["tag"]:
        return before if _is_inline(fixed) else _SPACE
    if fixed["verbatim"]:
        return _SPACE if fixed["verbatim"].lower() in ("pre", "script", "style") else _WORD
    return before if fixed[0].startswith("<") else _WORD


def _is_inline(fixed: re.Match[str]) -> bool:
    return fixed["tag"].lower() in _INLINE


class _Signs:
    """Puts typographic signs into the texts of one block, and knows which quotes are open."""

    def __init__(self, quotes: Quotes) -> None:
        self._quotes = quotes
        self._is_open = False
        self._is_inner_open = False

    def put_into(self, text: str, before: str, *, after: str) -> str:
        """A text with typographic signs, given what is before and after it."""

        def sign(found: re.Match[str]) -> str:
            start, end = found.span()
            left = _before_quotes(text, start) or before
            right = text[end] if end < len(text) else after
            return self._sign_for(found, left, right)

        return _SIGN.sub(sign, text)

    def _sign_for(self, found: re.Match[str], left: str, right: str) -> str:
        written = found[0]
        if written[0] in "hw":
            return written
        if written[0] == "-":
            return _dash(written, left, right)
        if written[0] == ".":
            return _ellipsis(written, left, right)
        opens = (left.isspace() or left in _OPENS_QUOTE) and not right.isspace()
        if written == '"' and _is_hebrew(left) and _is_hebrew(right):
            return _GERSHAYIM
        if written == '"':
            opens = opens or self._opens_within(found, left, right)
            is_inches = not opens and not self._is_open and left.isdigit()
            return written if is_inches else self._outer(opens=opens)
        return self._inner(found, right, opens=opens)

    def _opens_within(self, found: re.Match[str], left: str, right: str) -> bool:
        """Whether a quote with no space before it opens: after an elision, as in `l'"idée"`, or in
        a script without spaces.
        """
        if self._is_open or not (right.isalnum() or right in _OPENS_QUOTE or right == "…"):
            return False
        is_elided = left.isalpha() and found.string[: found.start()].endswith("'")
        return is_elided or left in _UNSPACED_SIGNS or is_unspaced(left)

    def _outer(self, *, opens: bool) -> str:
        self._is_open = opens
        return self._quotes.opening if opens else self._quotes.closing

    def _inner(self, found: re.Match[str], right: str, *, opens: bool) -> str:
        """A single quote, or an apostrophe, which is the same in each language."""
        if opens and not _OMITS_LETTERS.match(found.string, found.start()):
            self._is_inner_open = True
            return self._quotes.inner_opening
        if self._is_inner_open and not opens and not right.isalnum():
            self._is_inner_open = False
            return self._quotes.inner_closing
        return _APOSTROPHE


def _is_hebrew(letter: str) -> bool:
    return "א" <= letter <= "ת"


def _before_quotes(text: str, start: int) -> str:
    """What is before a sign, ignoring quotes next to it; '' at the beginning."""
    for _ in range(MAX_QUOTES):
        if start and text[start - 1] in "\"'":
            start -= 1
    return text[start - 1 : start]


def _dash(written: str, left: str, right: str) -> str:
    is_option = left.isspace() and right.isalnum()  # as in 'run it with --help'
    if len(written) == 2 and not is_option:
        return "–"
    return "—" if len(written) == 3 else written


def _ellipsis(written: str, left: str, right: str) -> str:
    is_path = "/" in (left, right) or "\\" in (left, right)
    if is_path or len(written) > 4:
        return written
    return "…" + written[3:]
