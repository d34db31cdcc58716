"""HTML that strangers wrote as Markdown: words, links and plain structure, and nothing that runs.

nh3 removes what is not allowed, and what remains becomes Markdown whose every other sign is
escaped. So there are two reasons why no markup of a stranger gets into a page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from typing import NamedTuple

import nh3
from selectolax.lexbor import LexborHTMLParser, LexborNode

from generator.importers.clean import clean_text
from generator.importers.plain_text import HARD_BREAK, escaped, guarded, spans
from generator.importers.private import safe_url, without_addresses

LARGEST = 1_000_000  # characters
_WRITTEN_DEPTH = 120  # of them that become Markdown
DEEPEST = 300  # elements within elements; nh3 takes seconds for ten thousand

_BLOCKS = {
    "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details",
    "dir", "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2",
    "h3", "h4", "h5", "h6", "header", "hr", "html", "legend", "li", "main", "menu", "nav", "ol",
    "p", "pre", "section", "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr",
    "ul",
}  # fmt: skip
_INLINE = {
    "a", "b", "br", "cite", "code", "del", "em", "i", "img", "kbd", "q", "s", "samp", "strike",
    "strong", "tt",
}  # fmt: skip
_GONE = {
    "applet", "audio", "button", "canvas", "embed", "frame", "head", "iframe", "math", "noframes",
    "noscript", "object", "script", "select", "style", "svg", "template", "textarea", "title",
    "video",
}  # fmt: skip
_EMPTY = {"area", "base", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"}
_CLOSED_BY_THE_NEXT = {"a", "p", "li", "dt", "dd", "td", "th", "tr", "option", "tbody", "thead"}
_TAG = re.compile(r"<(/?)([a-zA-Z][^\s/>]*)")


class Text(NamedTuple):
    """Markdown, and how many addresses were taken out of it."""

    markdown: str
    removed: int


class UnreadableTextError(ValueError):
    """A text that would take too long; its message says why."""


class UnreadableHtmlError(UnreadableTextError):
    """HTML that would take too long; its message says why."""


def markdown_of(html: str, *, keeps_lines: bool = False) -> Text:
    """HTML as Markdown; with `keeps_lines`, a line end is one, as in WordPress's comments.

    Raises UnreadableHtmlError for what is too large or too deep.
    """
    tree = parsed(html)
    body = tree.body
    if body is None:
        return Text("", 0)
    writer = _Writer(keeps_lines)
    blocks = writer.blocks(body)
    return Text("\n\n".join(blocks).strip(), writer.removed)


def plain_of(html: str) -> str:
    """A short text in which some systems keep entities and tags, such as a name, without them."""
    return unescape(re.sub(r"</?[A-Za-z][^<>]*>", "", html[:10_000]))


def parsed(html: str) -> LexborHTMLParser:
    """The tree of what is harmless in some HTML; raises UnreadableHtmlError."""
    check(html)
    clean = nh3.clean(
        clean_text(html),
        tags=_BLOCKS | _INLINE,
        clean_content_tags=_GONE,
        attributes={"a": {"href"}, "img": {"alt"}},
        url_schemes={"http", "https"},
        link_rel=None,
    )
    return LexborHTMLParser(clean)


def check(html: str) -> None:
    """Raises UnreadableHtmlError for HTML that would take too long to read."""
    if len(html) > LARGEST:
        raise UnreadableHtmlError(f"its HTML has more than {LARGEST:,} characters")
    depth = 0
    for found in _TAG.finditer(html):
        name = found[2].lower()
        if name not in _EMPTY and name not in _CLOSED_BY_THE_NEXT:
            depth = max(0, depth - 1) if found[1] else depth + 1
        if depth > DEEPEST:
            raise UnreadableHtmlError("its HTML is nested too deeply")


_MARKS = {
    "em": "*", "i": "*", "cite": "*", "strong": "**", "b": "**", "del": "~~", "s": "~~",
    "strike": "~~",
}  # fmt: skip
_CODE = frozenset(("code", "kbd", "samp", "tt"))
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))


class _Writer:
    """Writes a tree as blocks of Markdown."""

    def __init__(self, keeps_lines: bool) -> None:
        self.removed = 0
        self._keeps_lines = keeps_lines
        self._depth = 0

    def blocks(self, node: LexborNode) -> list[str]:
        """The blocks in a node, each as Markdown; below a depth that nobody writes, only text."""
        if self._depth > _WRITTEN_DEPTH:
            return self._paragraphs([self._text(node.text(deep=True, separator=" "))])
        self._depth += 1
        try:
            return self._blocks(node)
        finally:
            self._depth -= 1

    def _blocks(self, node: LexborNode) -> list[str]:
        blocks: list[str] = []
        run: list[str] = []
        for child in _children(node):
            if child.tag in _BLOCKS:
                blocks += self._paragraphs(run)
                run = []
                blocks += self._block(child)
            elif self._has_block(child):  # such as a link around a paragraph
                blocks += [*self._paragraphs(run), *self.blocks(child)]
                run = []
            else:
                run.append(self._inline(child))
        return [*blocks, *self._paragraphs(run)]

    def _has_block(self, node: LexborNode) -> bool:
        return node.tag in _INLINE and any(
            below.tag in _BLOCKS for below in node.traverse(include_text=False)
        )

    def _block(self, node: LexborNode) -> list[str]:
        tag = node.tag
        if tag == "pre":
            return self._code_block(node)
        if tag in ("ul", "ol", "menu", "dir"):
            return self._list(node, is_numbered=tag == "ol")
        if tag == "tr":
            return self._row(node)
        inside = self.blocks(node)
        if tag == "blockquote":
            quoted = "\n\n".join(inside)
            return (
                [re.sub(r"^(?=.)", "> ", quoted, flags=re.MULTILINE).replace("\n\n", "\n>\n")]
                if inside
                else []
            )
        if tag in _HEADINGS and len(inside) == 1 and "**" not in inside[0]:
            return [f"**{inside[0]}**"]
        return inside

    def _list(self, node: LexborNode, *, is_numbered: bool) -> list[str]:
        items: list[str] = []
        for child in _children(node):
            inside = (
                self.blocks(child)
                if child.tag in _BLOCKS
                else self._paragraphs([self._inline(child)])
            )
            if not inside:
                continue
            marker = f"{len(items) + 1}. " if is_numbered else "- "
            text = "\n\n".join(inside).replace("\n", f"\n{' ' * len(marker)}")
            items.append(marker + re.sub(r"^ +$", "", text, flags=re.MULTILINE))
        return ["\n".join(items)] if items else []

    def _row(self, node: LexborNode) -> list[str]:
        """A row of a table; many mails are laid out in tables of one cell."""
        cells = [self.blocks(cell) for cell in _children(node) if cell.tag in ("td", "th")]
        filled = [cell for cell in cells if cell]
        if all(len(cell) == 1 and "\n" not in cell[0] for cell in filled) and len(filled) > 1:
            return [" \\| ".join(cell[0] for cell in filled)]
        return [block for cell in filled for block in cell]

    def _code_block(self, node: LexborNode) -> list[str]:
        text = self._without_addresses(node.text(deep=True)).strip("\n")
        if not text.strip():
            return []
        longest = max((len(run) for run in re.findall("`+", text)), default=0)
        fence = "`" * max(3, longest + 1)
        return [f"{fence}\n{text}\n{fence}"]

    def _without_addresses(self, text: str) -> str:
        clean, removed = without_addresses(text)
        self.removed += removed
        return clean

    def _inline(self, node: LexborNode) -> str:
        tag = node.tag
        if tag == "-text":
            return self._text(node.text(deep=False))
        if tag == "br":
            return "\n"
        if tag == "img":
            return self._text(node.attributes.get("alt") or "")
        if tag in _CODE:
            return self._code(node.text(deep=True))
        if self._depth > _WRITTEN_DEPTH:
            return self._text(node.text(deep=True))
        self._depth += 1
        inside = "".join(self._inline(child) for child in _children(node))
        self._depth -= 1
        if tag == "q":
            return f"“{inside}”"
        if tag == "a":
            return self._link(node.attributes.get("href") or "", inside)
        return _around(inside, _MARKS.get(tag or "", ""))

    def _text(self, text: str) -> str:
        if not self._keeps_lines:
            text = re.sub(r"\s+", " ", text)
        lines = []
        for line in text.split("\n"):
            shown, removed = spans(re.sub(r"[ \t]+", " ", line))
            self.removed += removed
            lines.append(shown)
        return "\n".join(lines)

    def _code(self, text: str) -> str:
        text = self._without_addresses(" ".join(text.split()))
        if not text:
            return ""
        longest = max((len(run) for run in re.findall("`+", text)), default=0)
        ticks = "`" * (longest + 1)
        pad = " " if text[0] == "`" or text[-1] == "`" else ""
        return f"{ticks}{pad}{text}{pad}{ticks}"

    def _link(self, href: str, inside: str) -> str:
        url = safe_url(href)
        words = inside.strip()
        if not words or not url or "\n" in words:
            self.removed += bool(href.startswith(("http", "mailto")) and not url)
            return inside
        if words == f"<{url}>" or words == escaped(url):
            return inside.replace(words, f"<{url}>")
        bare = re.sub(r"<(https?://[^>]*)>", lambda found: escaped(found[1]), words)
        target = url.replace("(", "%28").replace(")", "%29")
        return inside.replace(words, f"[{bare}]({target})", 1)

    def _paragraphs(self, run: list[str]) -> list[str]:
        """A run of words and breaks as paragraphs; an empty line between them begins a new one."""
        paragraphs = []
        for block in re.split(r"\n[ \t]*\n\s*", "".join(run).strip()):
            lines = [guarded(line.strip()) for line in block.split("\n") if line.strip()]
            if lines:
                paragraphs.append(HARD_BREAK.join(lines))
        return paragraphs


def _around(inside: str, mark: str) -> str:
    """Words between two marks; spaces stay outside, and each line has marks of its own."""
    if not mark or mark in inside:
        return inside
    return "\n".join(
        re.sub(r"^(\s*)(\S(?:.*\S)?)(\s*)$", rf"\1{mark}\2{mark}\3", line)
        for line in inside.split("\n")
    )


def _children(node: LexborNode) -> Iterator[LexborNode]:
    child = node.first_child
    while child is not None:
        if child.tag != "-comment":
            yield child
        child = child.next
