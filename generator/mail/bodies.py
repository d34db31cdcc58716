"""The body of a post as mail programs can show it.

Outlook for Windows shows what Word knows, and Gmail drops what it does not know. So only plain old
elements are left; what is inside others stays, and what can only be played becomes a link.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape
from typing import TYPE_CHECKING

from generator.config import addresses
from generator.mail.html_tree import TEXT, text_of, tree_of, walk

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

COLUMN = 536  # pixels that a message of 600 leaves for a body

_KEPT = frozenset((
    "a", "b", "blockquote", "br", "code", "dd", "dl", "dt", "em", "h1", "h2", "h3", "h4", "h5",
    "h6", "hr", "i", "img", "li", "ol", "p", "pre", "small", "strong", "sub", "sup", "table",
    "tbody", "td", "tfoot", "th", "thead", "tr", "u", "ul",
))  # fmt: skip
_INSTEAD = {
    "address": "div",
    "article": "div",
    "aside": "div",
    "center": "div",
    "cite": "i",
    "del": "s",
    "details": "div",
    "dfn": "i",
    "div": "div",
    "fieldset": "div",
    "figcaption": "p",
    "figure": "div",
    "footer": "div",
    "header": "div",
    "ins": "u",
    "kbd": "code",
    "legend": "p",
    "main": "div",
    "nav": "div",
    "s": "s",
    "samp": "code",
    "section": "div",
    "strike": "s",
    "summary": "p",
    "tt": "code",
    "var": "i",
}
_CLASSES = {  # for the styles of the template
    "blockquote": "quote",
    "caption": "caption",
    "figcaption": "caption",
    "mark": "marked",
    "summary": "summary",
}
_DROPPED = frozenset((
    "applet", "audio", "base", "canvas", "datalist", "embed", "frame", "frameset", "head",
    "iframe", "link", "map", "meta", "noscript", "object", "param", "script", "select",
    "source", "style", "svg", "template", "textarea", "title", "track", "video", "wbr",
))  # fmt: skip
_PLAYED = ("audio", "embed", "iframe", "object", "video")
_EMPTY = ("br", "hr", "img")
_BLOCKS = (  # what a message that is too long can be cut after
    "blockquote, dd, dt, h1, h2, h3, h4, h5, h6, hr, li, p, pre, table, tr"
)
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_ATTRIBUTES = {
    "td": ("colspan", "rowspan", "align"),
    "th": ("colspan", "rowspan", "align"),
    "ol": ("start", "type"),
    "li": ("value",),
}
_ALIGNED = re.compile(r"\balign-(left|center|right)\b")


def for_mail(html: str, *, page: str, blocks: int | None = None) -> str:
    """A body, whose URLs are absolute, as mail programs can show it.

    `page` is the address of the post: a link to a place on it stays plain text, because a mail has
    no places. `blocks` is how many paragraphs, headings, items and the like are kept; None for all.
    """
    root = tree_of(html)
    if root is not None and blocks is not None:
        _cut(root, blocks)
    return "".join(_written(root, page)) if root is not None else ""


def block_count(html: str) -> int:
    """How many paragraphs, headings, items and the like a body has."""
    root = tree_of(html)
    return len(root.css(_BLOCKS)) if root is not None else 0


def _cut(root: LexborNode, blocks: int) -> None:
    """Remove everything after that many blocks, and a heading that has lost what follows it."""
    found = root.css(_BLOCKS)
    if blocks >= len(found):
        return
    while blocks and found[blocks - 1].tag in _HEADINGS:
        blocks -= 1
    if not blocks:
        for child in list(root.iter(include_text=True)):
            child.decompose()
        return
    node: LexborNode | None = found[blocks - 1]
    while node is not None and node.mem_id != root.mem_id:
        while node.next is not None:
            node.next.decompose()
        node = node.parent


def _written(root: LexborNode, page: str) -> Iterator[str]:
    """The pieces of the HTML; every element that is opened is closed."""
    ends: list[str] = []
    in_pre = 0
    for is_start, node in walk(root, _is_leaf):
        tag = node.tag or ""
        in_pre += (tag == "pre") * (1 if is_start else -1)
        if not is_start:
            yield ends.pop()
            continue
        begin, end = _element(node, tag, page, is_in_code=bool(in_pre))
        yield begin
        ends.append(end)


def _is_leaf(node: LexborNode) -> bool:
    return node.tag in _DROPPED or (node.tag == "a" and _is_only_for_pages(node))


def _is_only_for_pages(link: LexborNode) -> bool:
    """Whether a link leads from a heading to itself, or from a footnote back to its place."""
    classes = (link.attributes.get("class") or "").split()
    return "anchor" in classes or "footnote-backref" in classes


def _element(node: LexborNode, tag: str, page: str, *, is_in_code: bool) -> tuple[str, str]:
    """How a node begins and ends; ('', '') for one of which only the inside is left."""
    if tag == TEXT:
        return escape(text_of(node), quote=False), ""
    if tag in _PLAYED:
        return _link_to_played(node), ""
    if _is_leaf(node):
        return "", ""
    if tag == "a":
        return _link(node, page)
    if tag == "img":
        return _image(node), ""
    if tag == "input":
        return _task(node), ""
    if tag == "q":
        return "“", "”"
    name = tag if tag in _KEPT else _INSTEAD.get(tag, "")
    if tag in ("mark", "caption"):
        name = "span" if tag == "mark" else "caption"
    if not name or (name == "code" and is_in_code):
        return "", ""
    begin = f"<{name}{_class(node, tag)}{_attributes(node, name)}>"
    return begin, "" if name in _EMPTY else f"</{name}>"


def _class(node: LexborNode, tag: str) -> str:
    own = (node.attributes.get("class") or "").split()
    if "alert" in own:
        return ' class="alert"'
    if "alert-title" in own:
        return ' class="summary"'
    if "task-list-item" in own:
        return ' class="task"'
    if "footnote-ref" in own:
        return ' class="note"'
    if "footnotes" in own:
        return ' class="notes"'
    return f' class="{_CLASSES[tag]}"' if tag in _CLASSES else ""


def _attributes(node: LexborNode, name: str) -> str:
    own = {key: value or "" for key, value in node.attributes.items()}
    if aligned := _ALIGNED.search(own.get("class", "")):
        own["align"] = aligned[1]
    if name == "pre":
        own.setdefault("dir", "ltr")  # code is, in every language
    kept = ("lang", "dir", *_ATTRIBUTES.get(name, ()))
    return "".join(f' {key}="{escape(own[key])}"' for key in kept if own.get(key))


def _link(node: LexborNode, page: str) -> tuple[str, str]:
    url = (node.attributes.get("href") or "").strip()
    if addresses.scheme_of(url) not in addresses.TEXT or url.startswith(f"{page}#"):
        return "", ""
    return f'<a href="{escape(url)}"{_attributes(node, "a")}>', "</a>"


def _image(node: LexborNode) -> str:
    """An image no wider than the column, with its width as an attribute, as Outlook needs it."""
    url = (node.attributes.get("src") or "").strip()
    alt = node.attributes.get("alt") or ""
    if not url.startswith(("https:", "http:")):
        return escape(alt, quote=False)
    width, height = _number(node, "width"), _number(node, "height")
    sides = ""
    if width:
        shown = min(width, COLUMN)
        sides = f' width="{shown}"'
        sides += f' height="{max(1, round(height * shown / width))}"' if height else ""
    kind = ' class="small"' if 0 < width <= 64 else ' class="picture"'
    return f'<img src="{escape(url)}" alt="{escape(alt)}"{sides}{kind}>'


def _number(node: LexborNode, side: str) -> int:
    found = re.fullmatch(r"(\d{1,5})(?:px)?", (node.attributes.get(side) or "").strip())
    return int(found[1]) if found else 0


def _task(node: LexborNode) -> str:
    if node.attributes.get("type") != "checkbox":
        return ""
    return "☑" if "checked" in node.attributes else "☐"  # a space follows


def _link_to_played(node: LexborNode) -> str:
    """A link to a video or the like, which no mail program would play."""
    own = node.attributes
    source = node.css_first("source[src]")
    url = own.get("src") or own.get("data") or (source and source.attributes.get("src")) or ""
    url = url.strip()
    if addresses.scheme_of(url) not in addresses.TEXT:
        return ""
    title = own.get("title") or own.get("aria-label") or url
    return f'<a href="{escape(url)}">{escape(title, quote=False)}</a>'
