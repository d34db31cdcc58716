"""Texts of people whom nobody has checked: no trick of theirs may reach a page."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable
from urllib.parse import urlsplit

from selectolax.lexbor import LexborHTMLParser, LexborNode

from generator.config.addresses import WEB, is_url

DEEPEST = 40  # levels of tags; what lies deeper is kept without its tags
LONGEST_URL = 2_000

# characters that no one sees, and that turn or hide the text around them
_UNSEEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f"
    "\u3164\ufeff\uffa0\ufff9-\ufffb\U0001bca0-\U0001bca3\U0001d173-\U0001d17a]"
    # a flag may be spelt with tags
    "|(?<![\U0001f3f4\U000e0020-\U000e007e])[\U000e0000-\U000e007f]+"
)
_JOINERS = re.compile(
    "[\u200c\u200d\ufe00-\ufe0f\U000e0100-\U000e01ef]"
)  # of emoji and some scripts
_MARK = "[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]"
_PILED_MARKS = re.compile(f"({_MARK}{{4}}){_MARK}+")  # that cover the lines around them
_MAIL = re.compile(r"(?<![\w.@/+-])[\w.+-]+[@\uff20\ufe6b][\w-]+(?:\.[\w-]+)*\.[^\W\d_]{2,}(?!\w)")

_INLINE = frozenset({"br", "code", "del", "em", "strong", "sub", "sup"})
_BLOCKS = frozenset({"blockquote", "hr", "li", "ol", "p", "pre", "ul"})
_TABLES = frozenset({"table", "tbody", "td", "th", "thead", "tr"})
_KEPT = _INLINE | _BLOCKS | _TABLES
_VOID = frozenset({"br", "hr"})
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_DROPPED = frozenset({"-comment", "iframe", "noscript", "object", "script", "style", "template"})


def harmless_text(text: str) -> str:
    """A text without characters that nobody sees and that turn or hide what stands around them."""
    if text.isascii() and text.isprintable():
        return text
    return _PILED_MARKS.sub(r"\1", _UNSEEN.sub("", text))


def harmless_name(text: str) -> str:
    """A name on one line, without any character that nobody sees."""
    return " ".join(_JOINERS.sub("", harmless_text(text)).split())


def mail_address_in(text: str) -> re.Match[str] | None:
    """The first e-mail address in a text."""
    return _MAIL.search(text) if any(sign in text for sign in "@\uff20\ufe6b") else None


def plain_words(markup: str) -> str:
    """The words of HTML as a browser shows them, on one line or several."""
    return html.unescape(re.sub(r"<[^>]*>", "", markup))


def is_web_address(url: str) -> bool:
    """Whether a text is the whole address of a page of the web, without anybody's password."""
    return len(url) <= LONGEST_URL and is_url(url, WEB) and "@" not in urlsplit(url).netloc


def harmless_html(rendered: str, *, rel: str = "") -> str:
    """The HTML of a rendered text, with nothing in it but words, lists, tables, code and links.

    Links lead to pages of the web, and have that `rel`. A heading becomes a line in bold, since it
    would be one of the page around it, and an image a link to it, so that no page loads it.
    """
    tree = LexborHTMLParser(f"<!doctype html><body>{rendered}")
    parts: list[str] = []
    left: list[LexborNode | str] = [*_reversed(tree.body)]
    depth = 0
    while left:
        node = left.pop()
        if isinstance(node, str):
            depth -= 1
            parts.append(node)
            continue
        is_deep = depth >= DEEPEST and node.tag != "-text"
        begin, end = ("", "") if is_deep else _tags_of(node, rel)
        parts.append(begin)
        if not _is_dropped(node):
            depth += 1
            left.append(end)
            left += _reversed(node)
    return harmless_text("".join(parts))


def _is_dropped(node: LexborNode) -> bool:
    """Whether a node's text is not one of its writer's words."""
    is_ours = node.tag == "a" and node.attributes.get("class") in ("anchor", "footnote-backref")
    return is_ours or node.tag in _DROPPED


def _reversed(node: LexborNode | None) -> Iterable[LexborNode]:
    return reversed([*node.iter(include_text=True)]) if node else ()


def _tags_of(node: LexborNode, rel: str) -> tuple[str, str]:
    """How a node begins and ends; a text ends where it begins."""
    tag = node.tag or ""
    if tag == "-text":
        return node.html or "", ""
    if tag in _HEADINGS:
        return "<p><strong>", "</strong></p>"
    if tag == "a":
        return ("", "") if _is_dropped(node) else _link(node.attributes.get("href") or "", rel)
    if tag == "img":
        return _image(node, rel)
    if tag == "input":
        return ("\u2611" if "checked" in node.attributes else "\u2610"), ""
    if tag == "ol" and re.fullmatch(r"\d{1,9}", start := node.attributes.get("start") or ""):
        return f'<ol start="{start}">', "</ol>"
    if tag in _KEPT:
        return f"<{tag}>", "" if tag in _VOID else f"</{tag}>"
    return "", ""


def _link(url: str, rel: str) -> tuple[str, str]:
    if not is_web_address(url):
        return "", ""
    relation = f' rel="{rel}"' if rel else ""
    return f'<a href="{html.escape(url)}"{relation}>', "</a>"


def _image(node: LexborNode, rel: str) -> tuple[str, str]:
    url, alt = node.attributes.get("src") or "", node.attributes.get("alt") or ""
    begin, end = _link(url, rel)
    if not begin or _is_in_link(node):
        return html.escape(alt), ""
    return begin + html.escape(alt or url) + end, ""


def _is_in_link(node: LexborNode) -> bool:
    parent = node.parent
    while parent and parent.tag != "a":
        parent = parent.parent
    return parent is not None
