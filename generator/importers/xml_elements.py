"""The elements of an XML export, one after the other, in little memory."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from io import BytesIO
from typing import BinaryIO

from lxml import etree

from generator.importers.xml_repair import RepairedXml


class XmlElements:
    """Reads the elements of some names; afterwards, `missing` says what could not be read."""

    def __init__(self, source: bytes | BinaryIO, names: Collection[str]) -> None:
        """`names` are those of the elements to give, without prefix."""
        self._xml = RepairedXml(BytesIO(source) if isinstance(source, bytes) else source)
        self._names = names
        self.reason = ""  # why it could not be read to its end
        self.line = 0  # where that happened

    def __iter__(self) -> Iterator[etree._Element]:
        events = etree.iterparse(
            self._xml,
            events=("end",),
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
            recover=True,
            huge_tree=False,
        )
        try:
            for _, element in events:
                if name_of(element) in self._names and not self._is_inside(element):
                    yield element
                    _forget(element)
        except etree.XMLSyntaxError as error:
            self.reason, self.line = _plain(error.msg), error.lineno or 0
        worst = next((e for e in events.error_log if _STOPS & {e.type_name}), None)
        if worst is not None and not self.reason:
            self.reason, self.line = _plain(worst.message), worst.line
        while self._xml.read():  # a parser that gave up leaves the rest uncounted
            pass

    def _is_inside(self, element: etree._Element) -> bool:
        """Whether the element is part of one that will be given as a whole."""
        parent = element.getparent()
        return parent is not None and name_of(parent) in self._names

    @property
    def has_document_type(self) -> bool:
        """Whether it declares a document type, which is left out with all its entities."""
        return self._xml.has_document_type

    def missing(self, name: str, seen: int) -> int:
        """How many elements of that name the file begins, and nobody has seen."""
        return max(0, self._xml.starts[name] - seen)

    def is_last_cut_off(self, name: str) -> bool:
        """Whether the file ends within an element of that name."""
        return name in self._xml.unclosed


_STOPS = {"ERR_TAG_NOT_FINISHED", "ERR_DOCUMENT_EMPTY", "ERR_INTERNAL_ERROR", "ERR_RESOURCE_LIMIT"}


def _plain(message: str | None) -> str:
    text = (message or "it is not XML").partition(", use XML_PARSE_HUGE")[0]
    return text[:1].lower() + text[1:].rstrip("\n")


def name_of(element: etree._Element) -> str:
    """The name of an element without its namespace or prefix; '' for what is none."""
    tag = element.tag
    return tag.rpartition("}")[2].rpartition(":")[2] if isinstance(tag, str) else ""


def text_of(element: etree._Element) -> str:
    """All text in an element."""
    return "".join(map(str, element.itertext())).strip()


def text_in(element: etree._Element, name: str) -> str:
    """The text of the first child of that name, '' without one."""
    for child in element:
        if name_of(child) == name:
            return text_of(child)
    return ""


def children(element: etree._Element, name: str) -> Iterator[etree._Element]:
    """The children of that name."""
    return (child for child in element if name_of(child) == name)


def attribute(element: etree._Element, name: str) -> str:
    """The value of an attribute, whatever its namespace; '' without one."""
    for key, value in element.attrib.items():
        if str(key).rpartition("}")[2].rpartition(":")[2] == name:
            return str(value)
    return ""


def _forget(element: etree._Element) -> None:
    """Frees what was read, with everything before it."""
    element.clear()
    parent = element.getparent()
    while parent is not None and element.getprevious() is not None:
        del parent[0]
