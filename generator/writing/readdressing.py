"""Links that name a page by its address, and the same with another address."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

from selectolax.lexbor import LexborHTMLParser

from generator.content.text_edits import Edit, Span
from generator.model import Document

_ATTRIBUTES = ("cite", "data", "href", "poster", "src", "srcset")


@dataclass(frozen=True, slots=True)
class Readdressed:
    """A page whose address changes, on the site that stands at `base_url`."""

    old: str
    new: str
    base_url: str

    def is_named_in(self, text: str) -> bool:
        """Whether the old address stands in a text, be it in a link or not."""
        return any(spelling in text for spelling in self._spellings)

    def places(self, text: str, within: Span) -> Iterator[Edit]:
        """Where the old address stands in a part of a text, each with the new one."""
        base = urlsplit(self.base_url)
        before = (
            rf"(?:(?:(?:https?:)?//{re.escape(base.netloc)})?{re.escape(base.path.rstrip('/'))})?"
        )
        spellings = "|".join(map(re.escape, self._spellings))
        pattern = re.compile(rf"(?<![\w.%/~-]){before}({spellings})(?![\w.%~-])")
        for found in pattern.finditer(text, *within):
            yield Edit(*found.span(1), self._spellings[found[1]])

    @property
    def _spellings(self) -> dict[str, str]:
        """The old address as it may be written, with the new one in the same way."""
        old, new = self.old.rstrip("/"), self.new.rstrip("/")
        return {quote(old): quote(new), old: new}


def urls_of(document: Document) -> Iterator[str]:
    """All that a document's body leads to or shows, as it stands in its HTML."""
    if document.body:
        tree = LexborHTMLParser(f"<!doctype html><body>{document.body.html}")
        for node in tree.css(",".join(f"[{name}]" for name in _ATTRIBUTES)):
            yield from (node.attributes.get(name) or "" for name in _ATTRIBUTES)
