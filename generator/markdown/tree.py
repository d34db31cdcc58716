"""Tree processors, which turn the tree of blocks into what readers get."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence, Set
from xml.etree.ElementTree import Element, SubElement

from markdown import Markdown
from markdown.postprocessors import Postprocessor
from markdown.preprocessors import Preprocessor
from markdown.treeprocessors import Treeprocessor
from markdown.util import ETX, HTML_PLACEHOLDER_RE, STX, AtomicString

from generator.i18n.translate import translate
from generator.markdown.attributes import ATTRIBUTE_LIST, escaped, set_attributes
from generator.markdown.blocks import GitHubBlockParser
from generator.markdown.source_text import SourceText, Typed
from generator.markdown.spans import Definitions, Spans
from generator.model import Heading
from generator.views import Messages

_HEADINGS = {f"h{level}": level for level in range(1, 7)}


class CleanText(Preprocessor):
    """Normalises line ends, and removes the characters that Python-Markdown uses as markers."""

    def run(self, lines: list[str]) -> list[str]:
        text = "\n".join(lines).removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
        return text.replace(STX, "").replace(ETX, "").replace("\x00", "\ufffd").split("\n")


class RestoreHtml(Postprocessor):
    """Puts raw HTML back in place of its placeholders."""

    def run(self, text: str) -> str:
        pieces = self.md.htmlStash.rawHtmlBlocks
        return HTML_PLACEHOLDER_RE.sub(lambda found: str(pieces[int(found[1])]), text)


class Footnotes:
    """Numbers footnotes in the order of their first references."""

    def __init__(self, id_prefix: str, messages: Messages) -> None:
        self._id_prefix = id_prefix
        self._messages = messages
        self._numbers: dict[str, int] = {}
        self._references: list[int] = []  # how many there are to each footnote

    def reference(self, label: str) -> Element:
        """A link to a footnote."""
        number = self._numbers.setdefault(label, len(self._numbers) + 1)
        if number > len(self._references):
            self._references.append(0)
        self._references[number - 1] += 1
        mark = Element("sup", {"class": "footnote-ref"})
        link = SubElement(mark, "a", {"href": f"#{self._note_id(number)}", "role": "doc-noteref"})
        link.set("id", self._reference_id(number, self._references[number - 1]))
        link.text = AtomicString(str(number))
        return mark

    def labels(self) -> tuple[str, ...]:
        """The labels of all footnotes that were referred to so far, in their order."""
        return tuple(self._numbers)

    def finish_note(self, note: Element, number: int) -> None:
        """Gives a footnote its id and the links back to its references."""
        note.set("id", self._note_id(number))
        last = note[-1] if len(note) and note[-1].tag == "p" else note
        for count in range(1, self._references[number - 1] + 1):
            _append_text(last, " ")
            last.append(self._back_link(number, count))

    def _back_link(self, number: int, count: int) -> Element:
        name = f"{number}" if count == 1 else f"{number}-{count}"
        link = Element("a", {"href": f"#{self._reference_id(number, count)}"})
        link.set("class", "footnote-backref")
        link.set("role", "doc-backlink")
        link.set("aria-label", translate(self._messages, "footnote_back", name=name))
        link.text = AtomicString("↩" if count == 1 else f"↩{count}")
        return link

    def _note_id(self, number: int) -> str:
        return escaped(f"{self._id_prefix}fn-{number}")

    def _reference_id(self, number: int, count: int) -> str:
        suffix = "" if count == 1 else f"-{count}"
        return escaped(f"{self._id_prefix}fnref-{number}{suffix}")


def _append_text(element: Element, text: str) -> None:
    if len(element):
        element[-1].tail = (element[-1].tail or "") + text
    else:
        element.text = (element.text or "") + text


class SpanTexts(Treeprocessor):
    """Reads the spans of all texts, then adds the footnotes that they refer to."""

    def __init__(self, md: Markdown, parser: GitHubBlockParser) -> None:
        super().__init__(md)
        self._parser = parser
        self.id_prefix = ""

    def run(self, root: Element) -> None:
        footnotes = Footnotes(self.id_prefix, self._parser.messages)
        definitions = Definitions(
            references=self._parser.definitions,
            footnotes=self._parser.footnotes,
            footnote_reference=footnotes.reference,
            stash=self.md.htmlStash,
            allow_html=self._parser.allow_html,
            findings=self._parser.findings,
            used=set(),
        )
        self._read(root, definitions)
        self._add_footnotes(root, footnotes, definitions)
        self._note_unused(definitions.used, frozenset(footnotes.labels()))

    def _note_unused(self, references: Set[str], footnotes: Set[str]) -> None:
        findings = self._parser.findings
        for name, definition in self._parser.definitions.items():
            # `[//]: # (words)` and `[comment]: <> (words)` is how people write comments
            if name not in references and definition.target.url not in ("#", ""):
                findings.unused(definition.at, f"[{definition.label}]")
        for label, (at, typed) in self._parser.footnote_places.items():
            if label not in footnotes:
                findings.unused(at, typed)

    def _read(self, root: Element, definitions: Definitions) -> None:
        for element in list(root.iter()):
            text = element.text
            if not isinstance(text, SourceText) or not text:
                continue
            if element.tag in _HEADINGS:
                text = self._without_attributes(element, text)
            element.text = None
            Spans(text, definitions).read_into(element)
            state = element.attrib.pop("task", None)
            if state:
                _insert_checkbox(element, self._parser.messages, is_done=state == "done")

    def _without_attributes(self, heading: Element, text: SourceText) -> SourceText:
        start = text.rfind("{:")
        found = ATTRIBUTE_LIST.fullmatch(text, start) if start >= 0 else None
        if found is None:
            return text
        unknown = set_attributes(heading, found[1], only_harmless=not self._parser.allow_html)
        self._parser.findings.read_attributes(text.place(start), found[0], unknown)
        return text.part(0, len(text[:start].rstrip()))

    def _add_footnotes(self, root: Element, footnotes: Footnotes, definitions: Definitions) -> None:
        notes = Element("ol")
        while unread := footnotes.labels()[len(notes) :]:
            for label in unread:  # they may refer to more footnotes
                self._read(self._parser.footnotes[label], definitions)
                notes.append(self._parser.footnotes[label])
        for number, note in enumerate(notes, start=1):
            footnotes.finish_note(note, number)
        if len(notes):
            section = SubElement(root, "section", {"class": "footnotes", "role": "doc-endnotes"})
            section.set("aria-label", translate(self._parser.messages, "footnotes"))
            section.append(notes)


def _insert_checkbox(element: Element, messages: Messages, *, is_done: bool) -> None:
    checkbox = Element("input", {"type": "checkbox", "disabled": "disabled"})
    checkbox.set("aria-label", translate(messages, "task_done" if is_done else "task_open"))
    if is_done:
        checkbox.set("checked", "checked")
    checkbox.tail, element.text = element.text, None
    element.insert(0, checkbox)


class HeadingAnchors(Treeprocessor):
    """Gives each heading an id and a link to itself, and keeps the list of them."""

    def __init__(self, md: Markdown, parser: GitHubBlockParser) -> None:
        super().__init__(md)
        self._parser = parser
        self.headings: tuple[Heading, ...] = ()

    def run(self, root: Element) -> None:
        slugs = _Slugs()
        flat: list[Heading] = []
        findings = self._parser.findings
        for element in [element for element in root.iter() if element.tag in _HEADINGS]:
            text = "".join(_heading_text(element, self.md.htmlStash.rawHtmlBlocks)).strip()
            at = findings.headings.get(element)
            if not text:
                if at:
                    findings.typed.append(Typed(_start_tag(element), at))
                continue
            title = " ".join(text.split())
            anchor = slugs.unused(element.get("id", "").replace("&amp;", "&") or slug_of(text))
            element.set("id", escaped(anchor))
            if at:
                findings.typed.append(Typed(_start_tag(element), at))
            _append_text(element, " ")
            element.append(
                _anchor_link(anchor, translate(self._parser.messages, "heading_link", title=title))
            )
            flat.append(Heading(_HEADINGS[element.tag], anchor, title))
        self.headings = _nested(flat)


def _start_tag(element: Element) -> str:
    attributes = "".join(f' {name}="{value}"' for name, value in element.items())
    return f"<{element.tag}{attributes}>"


def _anchor_link(anchor: str, label: str) -> Element:
    link = Element("a", {"class": "anchor", "href": f"#{escaped(anchor)}"})
    link.set("aria-label", escaped(label))
    link.text = AtomicString("#")
    return link


def _heading_text(element: Element, stash: Sequence[str | Element]) -> Iterator[str]:
    """The text of a heading without raw HTML and footnote references, not escaped.

    A `<br>` is a line end, which no address keeps and a title shows as a space.
    """

    def shown(found: re.Match[str]) -> str:
        return "\n" if _BREAK.match(str(stash[int(found[1])])) else ""

    left: list[Element | str | None] = [element]
    while left:
        item = left.pop()
        if isinstance(item, Element):
            if item is not element:
                left.append(item.tail)
            if item.tag == "br":
                yield "\n"
            if item.get("class") != "footnote-ref":
                left += [*reversed(item), item.text]
        elif item:
            yield HTML_PLACEHOLDER_RE.sub(shown, item).replace("&amp;", "&")


_BREAK = re.compile(r"<br\b", re.IGNORECASE)


def slug_of(title: str) -> str:
    """A title in GitHub's form for addresses: small letters, and hyphens for spaces."""
    kept = "".join(character for character in title.lower() if _is_kept(character))
    return kept.replace(" ", "-") or "section"


def _is_kept(character: str) -> bool:
    if character < "\x80":
        return character.isalnum() or character in " -_"
    return unicodedata.category(character)[0] in "LMN"


class _Slugs:
    """Makes unique ids within one page."""

    def __init__(self) -> None:
        self._counts: dict[str, int] = {}

    def unused(self, wanted: str) -> str:
        """The id itself, or with the first number behind it that makes it new."""
        slug = wanted
        while slug in self._counts:
            self._counts[wanted] += 1
            slug = f"{wanted}-{self._counts[wanted]}"
        self._counts[slug] = 0
        return slug


def _nested(flat: list[Heading]) -> tuple[Heading, ...]:
    """The headings as a tree: each has the deeper ones that follow it as children."""
    tops: list[Heading] = []
    for heading in reversed(flat):
        children = []
        while tops and tops[-1].level > heading.level:
            children.append(tops.pop())
        tops.append(Heading(heading.level, heading.anchor, heading.title, tuple(children)))
    return tuple(reversed(tops))
