"""Blocks as GitHub reads them: block processors for Python-Markdown's block parser."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple, cast
from xml.etree.ElementTree import Element, SubElement

from markdown import Markdown
from markdown.blockparser import BlockParser
from markdown.blockprocessors import BlockProcessor
from markdown.util import AtomicString, Registry

from generator.i18n.translate import translate
from generator.markdown import html_blocks
from generator.markdown.attributes import ATTRIBUTE_LINE, set_attributes
from generator.markdown.code import code_block
from generator.markdown.lines import (
    MAX_DEPTH,
    DocumentLines,
    ItemLines,
    Lines,
    QuoteLines,
    indent_of,
    is_blank,
    tab_after_marker_expanded,
    without_indent,
)
from generator.markdown.links import Target, definition, normal_label, unescaped
from generator.markdown.notices import Findings
from generator.markdown.source_text import Place, SourceText, Typed
from generator.markdown.tables import begins_table, may_be_delimiter_row, read_table
from generator.views import Messages

CODE_INDENT = 4

ALERTS = {
    "[!NOTE]": "note",
    "[!TIP]": "tip",
    "[!IMPORTANT]": "important",
    "[!WARNING]": "warning",
    "[!CAUTION]": "caution",
}

_RULE = r"(?:(?:\*[ \t]*){3,}|(?:-[ \t]*){3,}|(?:_[ \t]*){3,})$"
_FENCE = r"(?:`{3,}(?=[^`]*$)|~{3,})"
_ATX = r"\#{1,6}(?=[ \t]|$)"
_FOOTNOTE = r"\[\^[^\]\s]+\]:"
_ANY_ITEM = r"(?:[-+*]|\d{1,9}[.)])(?=[ \t]|$)"
_INTERRUPTING_ITEM = r"(?:[-+*]|0{0,8}1[.)])[ \t]+(?=\S)"

RULE = re.compile(rf"[ ]{{0,3}}{_RULE}")
FENCE = re.compile(rf"(?P<indent>[ ]{{0,3}})(?P<fence>{_FENCE})[ \t]*(?P<info>.*)")
ATX_HEADING = re.compile(rf"[ ]{{0,3}}{_ATX}")
SETEXT_UNDERLINE = re.compile(r"[ ]{0,3}(?:=+|-+)[ \t]*$")
ITEM = re.compile(rf"(?P<indent>[ ]{{0,3}})(?P<marker>{_ANY_ITEM})")
FOOTNOTE = re.compile(r"[ ]{0,3}\[\^(?P<label>[^\]\s]+)\]:[ \t]*(?P<rest>.*)")
TASK = re.compile(r"\[(?P<done>[ xX])\](?=[ \t]+\S)")
MORE = re.compile(r"[ ]{0,3}<!--[ ]*more[ ]*-->[ \t]*$")
_STARTS = rf"[ ]{{0,3}}(?:>|{_ATX}|{_FENCE}|{_RULE}|{_FOOTNOTE}|"
_BEFORE_PARAGRAPH = re.compile(_STARTS + rf"{_ANY_ITEM})")
_INSIDE_PARAGRAPH = re.compile(_STARTS + rf"{_INTERRUPTING_ITEM})")


class Definition(NamedTuple):
    """A line that says where links with its label lead."""

    label: str
    target: Target
    at: Place
    address_at: Place
    address: str  # as typed


class GitHubBlockParser(BlockParser):
    """Python-Markdown's block parser, given lines instead of blocks."""

    def __init__(self, md: Markdown, messages: Messages, *, allow_html: bool) -> None:
        super().__init__(md)
        self.blockprocessors = Registry()
        self.footnotes: dict[str, Element] = {}
        self.footnote_places: dict[str, tuple[Place, str]] = {}
        self.definitions: dict[str, Definition] = {}
        self.findings = Findings()
        self.messages = messages
        self.allow_html = allow_html

    def reset(self) -> None:
        """Forgets the document before."""
        self.footnotes = {}
        self.footnote_places = {}
        self.definitions = {}
        self.findings = Findings()

    def parseChunk(self, parent: Element, text: str) -> None:  # noqa: N802
        self.parse_lines(parent, DocumentLines(text.removesuffix("\n").split("\n")))

    def parse_lines(self, parent: Element, lines: Lines) -> None:
        """Parses the lines of a container and attaches their blocks to `parent`."""
        # Python-Markdown asks of its blocks only whether there are any and for the first
        self.parseBlocks(parent, cast("list[str]", lines))

    def starts_block(self, line: str, *, in_paragraph: bool) -> bool:
        """Whether a block begins with this line, even without a blank line before it."""
        if line.startswith(("    ", "\t")):
            return False
        start = _INSIDE_PARAGRAPH if in_paragraph else _BEFORE_PARAGRAPH
        if start.match(line):
            return True
        if not self.allow_html:
            return MORE.match(line) is not None
        starts = html_blocks.starts_in_paragraph if in_paragraph else html_blocks.starts
        return starts(line)


class LineProcessor(BlockProcessor):
    """A block processor that reads lines; `run` gets `Lines` where others get blocks."""

    parser: GitHubBlockParser

    def test(self, parent: Element, block: str) -> bool:
        raise NotImplementedError

    def run(self, parent: Element, blocks: list[str]) -> bool | None:
        return self.read(parent, cast(Lines, blocks))

    def read(self, parent: Element, lines: Lines) -> bool | None:
        """Takes the lines of one block and attaches it to `parent`."""
        raise NotImplementedError


def add_block(parent: Element, tag: str, lines: Lines) -> Element:
    """A new element at the end of `parent`; it notes where a blank line makes a list loose."""
    if len(parent) and parent.tag == "li" and lines.follows_blank:
        parent.set("loose", "")
    element = SubElement(parent, tag)
    element.tail = "\n"
    return element


class BlankLines(LineProcessor):
    """Blank lines between blocks."""

    def test(self, parent: Element, block: str) -> bool:
        return is_blank(block)

    def read(self, parent: Element, lines: Lines) -> None:
        lines.skip_blank()


class IndentedCode(LineProcessor):
    """Code that is indented by four spaces."""

    def test(self, parent: Element, block: str) -> bool:
        return indent_of(block) >= CODE_INDENT

    def read(self, parent: Element, lines: Lines) -> None:
        pre = add_block(parent, "pre", lines)
        code: list[str] = []
        while (line := lines.peek()) is not None:
            if not is_blank(line) and indent_of(line) < CODE_INDENT:
                break
            code.append(without_indent(line, CODE_INDENT))
            lines.take()
        code_block(pre, _without_blank_ends(code), "", self.parser.md)


def _without_blank_ends(lines: list[str]) -> str:
    end = len(lines)
    while end and is_blank(lines[end - 1]):
        end -= 1
    return "\n".join(lines[:end]) + "\n"


class FencedCode(LineProcessor):
    """Code between fences; without a closing fence it runs to the end of its container."""

    def test(self, parent: Element, block: str) -> bool:
        return FENCE.match(block) is not None

    def read(self, parent: Element, lines: Lines) -> bool | None:
        opening = FENCE.match(lines[0])
        if opening is None:
            return False
        pre = add_block(parent, "pre", lines)
        at = lines.place_of(lines[0][opening.start("fence") :])
        lines.take()
        indent = len(opening["indent"])
        closing = re.compile(rf"[ ]{{0,3}}{opening['fence'][0]}{{{len(opening['fence'])},}}[ \t]*$")
        code: list[str] = []
        while (line := lines.peek()) is not None:
            lines.take()
            if closing.match(line):
                break
            code.append(without_indent(line, min(indent, indent_of(line))) if indent else line)
        else:
            self.parser.findings.open_fence(at, opening["fence"])
        language, *more = unescaped(opening["info"].strip()).split(maxsplit=1) or [""]
        self.parser.findings.fence_words(at, " ".join(more))
        text = "".join(f"{line}\n" for line in code)
        code_block(pre, text, language, self.parser.md)
        return None


class HtmlBlock(LineProcessor):
    """Raw HTML, which goes into the page unchanged."""

    def test(self, parent: Element, block: str) -> bool:
        return html_blocks.starts(block)

    def read(self, parent: Element, lines: Lines) -> None:
        element = add_block(parent, "html", lines)
        raw, is_closed = html_blocks.take(lines)
        findings = self.parser.findings
        findings.html_block(raw, is_closed=is_closed, is_nested=lines.depth > 0)
        element.text = AtomicString(self.parser.md.htmlStash.store(findings.marked(raw)))
        make_transparent(element)


class MoreMarker(LineProcessor):
    """`<!-- more -->`, the only HTML that is kept when HTML is not allowed."""

    def test(self, parent: Element, block: str) -> bool:
        return MORE.match(block) is not None

    def read(self, parent: Element, lines: Lines) -> None:
        element = add_block(parent, "html", lines)
        at = lines.place_of(lines[0].lstrip(" "))
        self.parser.findings.more_here(at, ends_opening=lines.depth == 0)
        lines.take()
        element.text = AtomicString(self.parser.md.htmlStash.store("<!-- more -->"))
        make_transparent(element)


def make_transparent(element: Element) -> None:
    """Keep only the content of an element: the serializer writes no tags for it."""
    element.tag = cast(str, None)


class AtxHeading(LineProcessor):
    """`## Heading`."""

    def test(self, parent: Element, block: str) -> bool:
        return ATX_HEADING.match(block) is not None

    def read(self, parent: Element, lines: Lines) -> None:
        line = lines[0].lstrip(" \t")
        level = len(line) - len(line.lstrip("#"))
        heading = add_block(parent, f"h{level}", lines)
        self.parser.findings.headings[heading] = lines.place_of(line)
        title = line[level:].lstrip(" \t")
        heading.text = SourceText.of_lines(
            [_without_closing_hashes(title.rstrip(" \t"))], [lines.place_of(title)]
        )
        lines.take()


def _without_closing_hashes(title: str) -> str:
    content = title.rstrip("#")
    return content.rstrip(" \t") if not content or content[-1] in " \t" else title


class ThematicBreak(LineProcessor):
    """A line of three or more `-`, `*` or `_`."""

    def test(self, parent: Element, block: str) -> bool:
        return RULE.match(block) is not None

    def read(self, parent: Element, lines: Lines) -> None:
        add_block(parent, "hr", lines)
        lines.take()


class Quote(LineProcessor):
    """A block quote, or an alert when its first line is a word like `[!NOTE]`."""

    def test(self, parent: Element, block: str) -> bool:
        return block.lstrip(" ").startswith(">") and indent_of(block) < CODE_INDENT

    def read(self, parent: Element, lines: Lines) -> bool | None:
        if lines.depth >= MAX_DEPTH:
            return False
        quote = add_block(parent, "blockquote", lines)
        quote.text = "\n"
        inside = QuoteLines(lines)
        kind = ALERTS.get(inside[0].strip().upper())
        if kind:
            inside.take()
            _make_alert(quote, kind, translate(self.parser.messages, f"alert_{kind}"))
        self.parser.parse_lines(quote, inside)
        return None


def _make_alert(quote: Element, kind: str, title: str) -> None:
    quote.tag = "aside"
    quote.set("class", f"alert alert-{kind}")
    quote.set("role", "note")
    quote.set("aria-label", title)
    heading = SubElement(quote, "p", {"class": "alert-title"})
    heading.text = AtomicString(title)
    heading.tail = "\n"


class List(LineProcessor):
    """A list with its items; blank lines between its blocks make it loose."""

    def test(self, parent: Element, block: str) -> bool:
        return ITEM.match(block) is not None

    def read(self, parent: Element, lines: Lines) -> bool | None:
        marker = _item_at(lines)
        if lines.depth >= MAX_DEPTH or marker is None:
            return False
        kind = _kind(marker)
        items = add_block(parent, "ul" if len(kind) == 1 and kind in "-+*" else "ol", lines)
        items.text = "\n"
        if items.tag == "ol" and int(marker["marker"][:-1]) != 1:
            items.set("start", str(int(marker["marker"][:-1])))
        is_loose = False
        while marker and _kind(marker) == kind:
            is_loose = is_loose or (len(items) > 0 and lines.follows_blank)
            self._read_item(items, marker, lines)
            lines.skip_blank()  # an item without content leaves them
            marker = _item_at(lines)
        _set_spacing(items, self.parser.findings, is_loose=is_loose)
        return None

    def _read_item(self, items: Element, marker: re.Match[str], lines: Lines) -> None:
        item = SubElement(items, "li")
        item.tail = "\n"
        self.parser.parse_lines(item, _lines_of_item(marker, lines))


def _item_at(lines: Lines) -> re.Match[str] | None:
    line = lines.peek()
    if line is None or RULE.match(line):
        return None
    return ITEM.match(line)


def _kind(marker: re.Match[str]) -> str:
    """What the items of one list have in common: `-`, `+`, `*`, `1.` or `1)`."""
    text = marker["marker"]
    return text if len(text) == 1 else f"1{text[-1]}"


def _lines_of_item(marker: re.Match[str], lines: Lines) -> ItemLines:
    end = marker.end()
    line = tab_after_marker_expanded(lines[0], end)
    content = line[end:]
    spaces = len(content) - len(content.lstrip(" "))
    padding = spaces if not is_blank(content) and spaces <= CODE_INDENT else 1
    return ItemLines(lines, content[padding:], end + padding)


def _set_spacing(items: Element, findings: Findings, *, is_loose: bool) -> None:
    """Remove the paragraphs of a tight list, but not their text."""
    for item in items:
        is_loose = item.attrib.pop("loose", None) is not None or is_loose
    for item in items:
        _mark_task(item, findings)
        if is_loose:
            item.text = "\n" if len(item) else None
            continue
        for block in item:
            if block.tag == "p":
                make_transparent(block)
                block.tail = "\n" if block is not item[-1] else None


def _mark_task(item: Element, findings: Findings) -> None:
    first = item[0] if len(item) and item[0].tag == "p" else None
    if first is None or not isinstance(first.text, SourceText):
        return
    task = TASK.match(first.text)
    if task is None:
        findings.item(first.text)
        return
    first.text = first.text.part(task.end())
    first.set("task", "open" if task["done"] == " " else "done")  # see tree.SpanTexts
    item.set("class", "task-list-item")


class Footnote(LineProcessor):
    """The text of a footnote, kept until all references to footnotes are known."""

    def test(self, parent: Element, block: str) -> bool:
        return FOOTNOTE.match(block) is not None

    def read(self, parent: Element, lines: Lines) -> bool | None:
        found = FOOTNOTE.match(lines[0])
        if lines.depth >= MAX_DEPTH or found is None:
            return False
        note = Element("li")
        at = lines.place_of(lines[0].lstrip(" "))
        self.parser.parse_lines(note, ItemLines(lines, found["rest"], CODE_INDENT))
        note.attrib.pop("loose", None)
        label = found["label"].casefold()
        if label in self.parser.footnotes:
            first = self.parser.footnote_places[label][0]
            self.parser.findings.second_definition(at, f"[^{found['label']}]", first)
            return None
        self.parser.footnotes[label] = note
        self.parser.footnote_places[label] = at, f"[^{found['label']}]"
        return None


class AttributeLine(LineProcessor):
    """`{: .class}` on a line of its own: attributes of the block before it."""

    def test(self, parent: Element, block: str) -> bool:
        return ATTRIBUTE_LINE.match(block) is not None

    def read(self, parent: Element, lines: Lines) -> bool | None:
        found = ATTRIBUTE_LINE.match(lines[0])
        is_after_block = len(parent) > 0 and isinstance(parent[-1].tag, str)
        if found is None or not is_after_block or lines.follows_blank:
            return False
        at = lines.place_of(lines[0].lstrip(" "))
        lines.take()
        unknown = set_attributes(parent[-1], found[1], only_harmless=not self.parser.allow_html)
        self.parser.findings.read_attributes(at, found[0].strip(), unknown)
        return None


class Paragraph(LineProcessor):
    """What no other block is; while it is read, it may turn out to be a heading or a table."""

    def test(self, parent: Element, block: str) -> bool:
        return True

    def read(self, parent: Element, lines: Lines) -> None:
        shell = add_block(parent, "p", lines)
        text = [lines[0].lstrip(" \t")]
        places = [lines.place_of(text[0])]
        lines.take()
        while (line := lines.nearest()) is not None and not is_blank(line):
            # a lazy line: it continues the paragraph, though its markers are missing
            is_lazy = not lines
            if (
                not is_lazy
                and SETEXT_UNDERLINE.match(line)
                and (title := self._messages(SourceText.of_lines(text, places)))
            ):
                shell.tag = "h1" if "=" in line else "h2"
                self.parser.findings.headings[shell] = title.place(0)
                shell.text = title
                lines.take()
                return
            if not is_lazy and begins_table(text[-1], line):
                self._finish(parent, shell, text[:-1], places[:-1])
                table = add_block(parent, "table", lines)
                header = SourceText.of_lines(text[-1:], places[-1:])
                self.parser.findings.typed.append(Typed("<table>", places[-1]))
                read_table(table, header, self._rows(lines), self.parser.findings)
                return
            if self._is_interrupted_by(line, is_lazy=is_lazy):
                break
            text.append(line.lstrip(" \t"))
            places.append(lines.place_of(text[-1]))
            if not is_lazy and may_be_delimiter_row(text[-2], text[-1]):
                self.parser.findings.delimiter_row(places[-1], text[-2], text[-1])
            lines.document.position += 1
        self._finish(parent, shell, text, places)

    def _is_interrupted_by(self, line: str, *, is_lazy: bool) -> bool:
        if not is_lazy and ATTRIBUTE_LINE.match(line):
            return True
        return self.parser.starts_block(line, in_paragraph=not is_lazy)

    def _finish(
        self, parent: Element, shell: Element, lines: list[str], places: list[Place]
    ) -> None:
        text = self._messages(SourceText.of_lines(lines, places))
        shell.text = text
        if text:
            self.parser.findings.paragraph(text)
        else:
            parent.remove(shell)

    def _messages(self, text: SourceText) -> SourceText:
        """The text of a paragraph without the definitions of links at its beginning."""
        start = 0
        while text.startswith("[", start) and (found := definition(text, start)):
            label, target, end = found
            self._define(label, target, text, start)
            start = end
        return text.part(start, max(start, len(text.rstrip(" \t\n"))))

    def _define(self, label: str, target: Target, text: SourceText, start: int) -> None:
        name, at = normal_label(label), text.place(start)
        first = self.parser.definitions.get(name)
        if first:
            self.parser.findings.second_definition(at, f"[{label}]", first.at)
            return
        typed = text[target.start : target.end]
        self.parser.definitions[name] = Definition(
            label, target, at, text.place(target.start), typed
        )

    def _rows(self, lines: Lines) -> Iterator[SourceText]:
        """The lines of a table, the one under its header first."""
        yield _next_row(lines)
        while (line := lines.peek()) is not None and not is_blank(line):
            if self._is_interrupted_by(line, is_lazy=False):
                return
            if self.parser.starts_block(line, in_paragraph=False):
                return
            yield _next_row(lines)


def _next_row(lines: Lines) -> SourceText:
    line = lines[0].lstrip(" \t")
    row = SourceText.of_lines([line], [lines.place_of(line)])
    lines.take()
    return row


class PlainParagraph(Paragraph):
    """A paragraph that begins with a letter, so it can't be anything else."""

    def test(self, parent: Element, block: str) -> bool:
        return block[:1].isalpha()


def register_blocks(parser: GitHubBlockParser) -> None:
    """Give a block parser the blocks of GitHub's Markdown, in the order in which they are tried."""
    html = HtmlBlock if parser.allow_html else MoreMarker
    processors = (
        BlankLines,
        PlainParagraph,
        IndentedCode,
        Quote,
        AtxHeading,
        FencedCode,
        html,
        ThematicBreak,
        Footnote,
        List,
        AttributeLine,
        Paragraph,
    )
    for number, processor in enumerate(processors):
        parser.blockprocessors.register(processor(parser), processor.__name__, -number)
