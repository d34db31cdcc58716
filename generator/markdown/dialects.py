"""What other tools read in a text and this one does not, so that readers see it as it was typed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

# Patterns are compiled when they are first used, since most texts need few of them.


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


_FILE = r"[^\n]*\.(?:md|html?|pdf|docx?|xlsx?|pptx?|png|jpe?g|gif|webp|svg)"
_ITEM_SIGNS = (
    r"\u00a0*[•◦▪▫‣⁃·●○■□–—➢➤➔→►▶▸❖✓✔✅❌✗✘\uf0a7\uf0b7\uf0d8\uf0fc][ \t\u00a0]*(?=\S)",
    r"o(?:\t[ \t]*|[ \u00a0]{2,})(?=\S)",
    r"\(?[a-z\d]{1,2}\)[ \t]+(?=\S)",
    r"\(?[ivx]+[.)][ \t]+(?=\S)",
    r"\(?[IVX]+[.)][ \t]+(?=\S)",
    r"-(?=[^\W\d_])",
    r"\*(?=[^\W_][^*]*$)",
    r"\d{1,3}[.)](?=[^\W\d_])",
    r"\d{1,9}[.)][ \t]+(?=\S)",  # a list that begins inside a paragraph begins with 1
)
_ITEM = "|".join(f"({sign})" for sign in _ITEM_SIGNS)
_BREAK = r"(?i)(?:  |\\|<br\s*/?>)\Z"
_NO_TABLE = "A table needs a line such as |---|---| below its first row."
_HYPHENS = r"(?m)^[|: \t]*-[-|: \t]*$"  # see Findings.delimiter_row
_LINES = (
    (r"#{2,6}[^\W_]", "Write a space behind the signs of a heading."),
    (r"\|.*\|[ \t]*$", _NO_TABLE),
    (r":::", "There are no such blocks here; begin a quote with [!NOTE] instead."),
    (r":[ \t]+\S", "Write a list with the words in bold, or <dl>."),
    (r"(?:!!!|\?\?\?)[ \t]+\w", "Write an alert: a line > [!NOTE], then > and words."),
    (r"\[TOC\][ \t]*$|\[\[_?TOC_?\]\]", "Long posts list their headings by themselves."),
    (r"\[![A-Za-z]+\]", "Write [!NOTE], [!TIP], [!IMPORTANT], [!WARNING] or [!CAUTION] alone."),
    (r"\*\[[^\]\n]+\]:", "Write <abbr> around the word instead."),
    (r"\$\$", "Formulas are not set; show them as code or as an image."),
    (
        rf"\[[^\[\]^\n][^\[\]\n]*\][ \t]*:[ \t]*(?:<|https?://|{_FILE}[ \t]*$)",
        "Write it below a blank line as [name]: <address>, with no space before the colon.",
    ),
)
_FIRST_SIGNS = frozenset("#|:!?[*$")  # of those lines
_TASK = r"\[(?:\](?=[ \t]+\S)|[ \txX]\](?=[^\s(\[:]))"
_EMOJI = r":[a-z][a-z_]+[a-z]:"
_INLINE = (
    r"(?P<mark>(?<![=\w])==[^\s=](?:[^=\n]*[^\s=])?==(?![=\w]))"
    rf"|(?P<emoji>(?<![\w:/]){_EMOJI}(?![\w:/]))"
    r"|(?P<power>(?<=\w)\^[^\s^\[\]]{1,12}\^)"
)
_INLINE_HINTS = {
    "mark": "Write <mark> around the words.",
    "emoji": "Type the emoji itself.",
    "power": "Write <sup> around it.",
}
_NOT_WORDS = r"(?s)(?<!`)(`+)(?!`).*?(?<!`)\1(?!`)|<[^<>]*>|\]\([^()\s]*|(?:https?://|www\.)\S+|\\."
_FILLED_IN = r"\{%|\{\{[<%]|\{\{-?[ \t]*(?:[\"'$]|[\w.]+[ \t]*\||[\w]+\.\w|[ \t]*\.\w|>|#|/)"
_ADDRESS_IN_ANGLES = rf"(?i)<(?:https?://|www\.)[^<>\n]*>|<[^\s<>@]{_FILE}(?:#[^\s<>]*)?>"
_CHARACTER = r"&(?:nbsp|amp|lt|gt|quot|copy|shy|[mn]dash|hellip|euro|pound|#\d{2,5})(?![\w;=])"
_MARKDOWN_IN_HTML = (
    r"(?m)\*\*[^\s*][^*\n]*\*\*|!?\[[^\[\]\n]+\]\([^()\n]+\)|\[\^[^\]\s]+\]|^#{1,6} +\S.*$"
    r"|^[ \t]*[-*+] +\S.*(?=\n[ \t]*[-*+] +\S)|(?<![\w*])\*[^\s*](?:[^*\n]*[^\s*])?\*(?![\w*])"
    r"|(?<!`)`[^`\n]+`(?!`)"
)
_VERBATIM_IN_HTML = (
    r"(?si)<(code|kbd|pre|samp|script|style|textarea|svg|math)\b.*?(?:</\1|\Z)|<!--.*?(?:-->|\Z)"
    r"|<[^<>]*>"
)
_MARKDOWN_ATTRIBUTE = r"""\smarkdown(?:[ \t]*=[ \t]*["']?(?:1|block|span)?["']?)?(?=[\s/>])"""
_START_TAG = (
    r"(?si)<(script|style|textarea|svg|math)\b.*?(?:</\1|\Z)|<!--.*?(?:-->|\Z)"
    r"|<([a-zA-Z][^\s/<>]*+)[^<>]*>"
)
_ELEMENTS = _names(
    "a abbr acronym address applet area article aside audio b base basefont bdi bdo big blink "
    "blockquote body br button canvas caption center cite code col colgroup data datalist dd del "
    "details dfn dialog dir div dl dt em embed fieldset figcaption figure font footer form frame "
    "frameset h1 h2 h3 h4 h5 h6 head header hgroup hr html i iframe image img input ins kbd label "
    "legend li link main map mark marquee math menu meta meter nav nobr noframes noscript object "
    "ol optgroup option output p param picture plaintext pre progress q rb rp rt rtc ruby s samp "
    "script search section select selectedcontent slot small source span strike strong style sub "
    "summary sup svg table tbody td template textarea tfoot th thead time title tr track tt u ul "
    "var video wbr xmp "
    # of drawings and formulas inside a line
    "animate animatetransform circle clippath defs desc ellipse feblend fecolormatrix "
    "fegaussianblur feoffset filter foreignobject g line lineargradient marker mask path pattern "
    "polygon polyline radialgradient rect set stop switch symbol text textpath tspan use view "
    "annotation mfrac mi mn mo mover mrow mspace msqrt mstyle msub msubsup msup mtable mtd mtext "
    "mtr munder munderover semantics "
)


class Foreign(NamedTuple):
    """A piece of a text that only other tools read."""

    start: int
    end: int
    hint: str


def lines_of_others(text: str) -> Iterator[Foreign]:
    """Lines of a paragraph that other tools take for more than text."""
    lines = text.split("\n")
    if _FIRST_SIGNS.isdisjoint([line[:1] for line in lines]):
        return
    start, seen = 0, {_NO_TABLE} if re.compile(_HYPHENS).search(text) else set()
    for line in lines:
        for sign, hint in _LINES:
            if hint not in seen and re.match(sign, line, re.IGNORECASE):
                seen.add(hint)
                yield Foreign(start, start + len(line), hint)
        start += len(line) + 1


def items_in_a_row(text: str) -> tuple[int, int] | None:
    """The first of two lines of a paragraph that both look like items of a list."""
    if "\n" not in text:
        return None
    start, before = 0, 0
    place = (0, 0)
    item = re.compile(_ITEM)
    for line in text.split("\n"):
        found = item.match(line)
        kind = found.lastindex or 0 if found else 0
        if kind and kind == before:
            return place
        before = 0 if re.compile(_BREAK).search(line) else kind
        place = start, start + len(line)
        start += len(line) + 1
    return None


def task_of_others(text: str) -> Foreign | None:
    """The box of a task at the beginning of an item, with too few or too many spaces."""
    found = re.compile(_TASK).match(text)
    return Foreign(0, found.end(), "Write a task as - [ ] and words.") if found else None


def spans_of_others(text: str) -> Iterator[Foreign]:
    """Words in the signs of other tools."""
    if not ("==" in text or "^" in text or re.compile(_EMOJI).search(text)) or not re.compile(
        _INLINE
    ).search(text):
        return
    blanked = re.compile(_NOT_WORDS).sub(lambda found: "\0" * len(found[0]), text)
    for found in re.compile(_INLINE).finditer(blanked):
        yield Foreign(found.start(), found.end(), _INLINE_HINTS[found.lastgroup or ""])


def is_filled_in(tag: str) -> bool:
    """Whether a template tag is one that other tools replace, and not just a name in braces."""
    return re.compile(_FILLED_IN).match(tag) is not None


def angles_of_others(text: str, start: int) -> Foreign | None:
    """An address in angle brackets that is no link, or the beginning of a comment."""
    if found := re.compile(_ADDRESS_IN_ANGLES).match(text, start, start + 500):
        return Foreign(start, found.end(), "Write a link with words and an address: [words](…).")
    if text.startswith("<!--", start):
        return Foreign(start, start + 4, "Close the comment with -->.")
    return None


def character_of_others(text: str, start: int) -> Foreign | None:
    """`&nbsp` without its semicolon."""
    found = re.compile(_CHARACTER).match(text, start)
    return Foreign(start, found.end(), f"Write {found[0]}; with a semicolon.") if found else None


def markdown_in_html(raw: str) -> Iterator[Foreign]:
    """Markdown inside a block of HTML."""
    blanked = re.compile(_VERBATIM_IN_HTML).sub(lambda found: " " * len(found[0]), raw)
    for found in re.compile(_MARKDOWN_IN_HTML).finditer(blanked):
        hint = "Leave a blank line below the tag before it, or write it as HTML."
        yield Foreign(found.start(), found.end(), hint)


def markdown_attributes(raw: str) -> Iterator[Foreign]:
    """`markdown="1"` in raw tags."""
    if "markdown" not in raw:
        return
    for tag in re.compile(_START_TAG).finditer(raw):
        if tag[2] and (found := re.compile(_MARKDOWN_ATTRIBUTE).search(tag[0])):
            start = tag.start() + found.start() + 1
            hint = "Leave it out: Markdown is read below a blank line inside the tag."
            yield Foreign(start, tag.start() + found.end(), hint)


def unknown_tags(raw: str) -> Iterator[Foreign]:
    """Tags that HTML does not have, such as `<your name>`."""
    for tag in re.compile(_START_TAG).finditer(raw):
        name = (tag[2] or "a").lower()
        if name not in _ELEMENTS and "-" not in name:
            yield Foreign(tag.start(), tag.end(), "Write &lt; for <, or put it into `backticks`.")
