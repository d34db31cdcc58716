"""The parts of a text, and how they become elements."""

from __future__ import annotations

from dataclasses import dataclass
from xml.etree.ElementTree import Element

from markdown.util import AtomicString

from generator.markdown.attributes import escaped, set_attributes
from generator.markdown.emphasis import DelimiterRun
from generator.markdown.links import mail_addresses, written_url
from generator.markdown.notices import Findings
from generator.markdown.source_text import Place


@dataclass(frozen=True, slots=True)
class Opening:
    """The beginning of a link."""

    element: Element


@dataclass(frozen=True, slots=True)
class Closing:
    """The end of a link."""


@dataclass(frozen=True, slots=True)
class Attributes:
    """An attribute list, which belongs to the element just before it."""

    content: str
    written: str
    at: Place


@dataclass(frozen=True, slots=True)
class Raw:
    """A piece of HTML: its placeholder in the tree, and how it was written."""

    placeholder: str
    written: str


CLOSING = Closing()
Part = str | Element | Raw | DelimiterRun | Opening | Closing | Attributes


def address_link(target: str, text: str) -> Element:
    link = Element("a", {"href": escaped(written_url(target))})
    link.text = AtomicString(escaped(text))
    return link


def plain_text(parts: list[Part]) -> str:
    """The text of some parts, for the `alt` of an image."""
    words: list[str] = []
    for part in parts:
        if isinstance(part, str):
            words.append(part)
        elif isinstance(part, DelimiterRun):
            words.append(part.sign * part.count)
        elif isinstance(part, Raw | Attributes):
            words.append(part.written)
        elif isinstance(part, Element):
            words.append((part.get("alt") or part.text or "").replace("&amp;", "&"))
    return "".join(words)


class _Builder:
    """Adds parts to an element, one after another."""

    def __init__(self, root: Element, findings: Findings, *, only_harmless: bool) -> None:
        self._findings = findings
        self._open = [root]
        self._texts: list[str] = []
        self._latest: Element | None = None  # the element that an attribute list would belong to
        self._only_harmless = only_harmless
        self._links = 0

    def add_text(self, text: str) -> None:
        if text:
            self._texts.append(text)
            self._latest = None

    def add_element(self, element: Element) -> None:
        self._flush()
        self._open[-1].append(element)
        self._latest = element

    def open(self, element: Element) -> None:
        self.add_element(element)
        self._open.append(element)
        self._latest = None
        self._links += element.tag == "a"

    def close(self) -> None:
        self._flush()
        self._latest = self._open.pop()
        self._links -= self._latest.tag == "a"

    def add_attributes(self, attributes: Attributes) -> None:
        if self._latest is None:
            self.add_text(attributes.written)
            self._findings.attributes(attributes.at, attributes.written)
        else:
            unknown = set_attributes(
                self._latest, attributes.content, only_harmless=self._only_harmless
            )
            self._findings.read_attributes(attributes.at, attributes.written, unknown)

    def finish(self) -> None:
        self._flush()

    def _flush(self) -> None:
        """Text is gathered first: adding to a long text piece by piece is quadratic."""
        if not self._texts:
            return
        text = "".join(self._texts)
        self._texts.clear()
        behind = 0
        for start, end in mail_addresses(text) if "@" in text and not self._links else ():
            self._put(text[behind:start])
            self._open[-1].append(address_link(f"mailto:{text[start:end]}", text[start:end]))
            behind = end
        self._put(text[behind:])

    def _put(self, text: str) -> None:
        parent = self._open[-1]
        if len(parent):
            parent[-1].tail = (parent[-1].tail or "") + escaped(text)
        else:
            parent.text = AtomicString((parent.text or "") + escaped(text))


def build(root: Element, parts: list[Part], findings: Findings, *, only_harmless: bool) -> None:
    builder = _Builder(root, findings, only_harmless=only_harmless)
    for part in parts:
        if isinstance(part, str):
            builder.add_text(part)
        elif isinstance(part, Element):
            builder.add_element(part)
        elif isinstance(part, DelimiterRun):
            _build_run(builder, part)
        elif isinstance(part, Raw):
            builder.add_text(part.placeholder)
        elif isinstance(part, Opening):
            builder.open(part.element)
        elif isinstance(part, Closing):
            builder.close()
        else:
            builder.add_attributes(part)
    builder.finish()


def _build_run(builder: _Builder, run: DelimiterRun) -> None:
    for _ in run.closes:
        builder.close()
    builder.add_text(run.sign * run.count)
    for tag in reversed(run.opens):
        builder.open(Element(tag))
