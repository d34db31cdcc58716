"""The words of a mail as Markdown: what its writer wrote, and nothing that came with it."""

from __future__ import annotations

import re

from selectolax.lexbor import LexborHTMLParser, LexborNode

from generator.importers.clean import clean_text
from generator.importers.html_text import LARGEST, Text, UnreadableTextError, check, markdown_of
from generator.importers.plain_text import paragraphs
from generator.importers.quotes import own_lines

_QUOTED = re.compile(r"\s*>+ ?")
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")
# what mail programs wrap quotes and signatures in; after some, all that follows is quoted
_QUOTES = (
    "blockquote[type=cite], div.gmail_quote, div.gmail_extra, blockquote.gmail_quote, "
    "div.gmail_signature, div.yahoo_quoted, div.protonmail_quote, div.protonmail_signature_block, "
    "div.moz-cite-prefix, div.moz-signature, pre.moz-signature, div#Signature, div#signature, "
    "div#ms-outlook-mobile-signature, div#ymail_android_signature, div#AppleMailSignature, "
    "div#x_Signature, blockquote#isReplyContent, div.zmail_extra"
)
_OF_QUOTES = frozenset(("blockquote", "div", "pre"))
_ALL_AFTER = (
    "div#divRplyFwdMsg, div#appendonsend, div#mail-editor-reference-message-container, "
    "hr#stopSpelling, div#x_divRplyFwdMsg, div.OutlookMessageHeader, div#OLK_SRC_BODY_SECTION, "
    "a[name=_MailOriginal]"
)


def words_of_text(text: str, base_url: str) -> tuple[Text, str]:
    """The words of a plain mail, and the address of a post that stood on a line of its own."""
    if len(text) > LARGEST:
        raise UnreadableTextError(f"its text has more than {LARGEST:,} characters")
    lines = clean_text(text).split("\n")
    lines, permalink = _without_permalink(lines, base_url)
    own = [lines[number] for number in own_lines(lines)]
    blocks: list[str] = []
    removed = 0
    for is_quote, run in _runs(own):
        shown, count = paragraphs("\n".join(run), is_wrapped=True)
        removed += count
        if is_quote:
            shown = "\n".join(f"> {line}".rstrip() for line in shown.split("\n"))
        if shown.strip("> \n"):
            blocks.append(shown)
    return Text("\n\n".join(blocks), removed), permalink


def words_of_html(html: str, base_url: str) -> tuple[Text, str]:
    """The words of a mail in HTML, and the address of a post that stood on a line of its own."""
    check(html)
    html = clean_text(html)
    text = markdown_of(_without_quotes(html))
    if not text.markdown.strip():  # the answers stand between what is quoted
        text = markdown_of(html)
    lines = text.markdown.split("\n")
    seen = [_ESCAPE.sub(r"\1", line.removesuffix("\\")) for line in lines]
    seen, permalink = _without_permalink(seen, base_url, empty=True)
    kept = [
        number for number in own_lines(seen) if seen[number].strip() or not lines[number].strip()
    ]
    return Text(_tidy([lines[number] for number in kept]), text.removed), permalink


def _tidy(lines: list[str]) -> str:
    """Markdown without breaks and empty lines that lead nowhere."""
    text = "\n".join(lines).strip("\n")
    text = re.sub(r"\\\n(?=\n|$)", "\n", text)
    return re.sub(r"\n{3,}", "\n\n", text.removesuffix("\\")).strip("\n")


def _without_quotes(html: str) -> str:
    """HTML without what mail programs mark as quoted, or as a signature."""
    body = LexborHTMLParser(html).body
    if body is None:
        return ""
    if begin := body.css_first(_ALL_AFTER):
        _remove_from(begin)
    for node in _outermost(body, _QUOTES):
        node.decompose()
    return body.html or ""


def _outermost(body: LexborNode, selector: str) -> list[LexborNode]:
    """The nodes that match, but none within another: that is gone when the outer one is removed."""
    found: list[LexborNode] = []
    waiting = [body]
    while waiting:
        for child in waiting.pop().iter():
            if child.tag in _OF_QUOTES and child.css_matches(selector):
                found.append(child)
            else:
                waiting.append(child)
    return found


def _remove_from(begin: LexborNode) -> None:
    """Removes a node and all that comes after it, but nothing of what comes before."""
    node = begin
    while node.tag != "body" and node.parent is not None:
        while (following := node.next) is not None:
            following.decompose()
        node = node.parent
    begin.decompose()


def _without_permalink(
    lines: list[str], base_url: str, *, empty: bool = False
) -> tuple[list[str], str]:
    """The lines without those that only hold an address of the blog, and the first such address."""
    address = re.compile(rf"[\s<>(]*({re.escape(base_url)}[^\s<>)]*)[\s>)\\]*", re.IGNORECASE)
    found = [address.fullmatch(line) if base_url else None for line in lines]
    permalink = next((one[1] for one in found if one), "")
    if empty:
        return ["" if one else line for line, one in zip(lines, found, strict=True)], permalink
    return [line for line, one in zip(lines, found, strict=True) if not one], permalink


def _runs(lines: list[str]) -> list[tuple[bool, list[str]]]:
    """The lines as quotes and as words, in their order, without the signs of quotes."""
    runs: list[tuple[bool, list[str]]] = []
    for line in lines:
        is_quote = bool(_QUOTED.match(line)) or (bool(runs) and runs[-1][0] and not line.strip())
        text = _QUOTED.sub("", line) if is_quote else line
        if runs and runs[-1][0] == is_quote:
            runs[-1][1].append(text)
        else:
            runs.append((is_quote, [text]))
    return runs
