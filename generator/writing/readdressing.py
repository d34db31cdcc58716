"""Links to a page by its address, and how to change them to another address."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

from selectolax.lexbor import LexborHTMLParser

from generator.content.text_edits import Edit, Span
from generator.model import Document
from generator.site.references import URL_ATTRIBUTES

_ATTRIBUTES = tuple(dict.fromkeys(n for pairs in URL_ATTRIBUTES.values() for n, _ in pairs))


@dataclass(frozen=True, slots=True)
class Readdressed:
    """A page whose address changes, on the site at `base_url`."""

    old: str
    new: str
    base_url: str

    def is_mentioned_in(self, text: str) -> bool:
        """Whether a text contains the old address, in a link or elsewhere."""
        return any(spelling in text for spelling in self._spellings)

    def edits(self, text: str, within: Span) -> Iterator[Edit]:
        """The edits that replace the old address in a part of a text by the new one."""
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
        """The ways to write the old address, each with the new one written in the same way."""
        old, new = self.old.rstrip("/"), self.new.rstrip("/")
        return {quote(old): quote(new), old: new}


def urls_of(document: Document) -> Iterator[str]:
    """The URLs of all links and images in a document's body, as its HTML has them."""
    if document.body:
        tree = LexborHTMLParser(f"<!doctype html><body>{document.body.html}")
        for node in tree.css(",".join(f"[{name}]" for name in _ATTRIBUTES)):
            yield from (node.attributes.get(name) or "" for name in _ATTRIBUTES)
