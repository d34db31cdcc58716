"""The documents that are known, by what they were made from."""

from __future__ import annotations

from collections.abc import Mapping
from zoneinfo import ZoneInfo

from generator.content.rows import StoredDocument, document_of, stored
from generator.model import Document


class KnownDocuments:
    """Documents of earlier builds as rows, and those of this process as they are."""

    def __init__(self, kept: Mapping[str, StoredDocument]) -> None:
        """`kept` are those of earlier builds, by path."""
        self._kept = kept
        self._at_hand: dict[str, tuple[str, Document]] = {}
        self._new: dict[str, StoredDocument] = {}
        self._asked: set[str] = set()

    def recall(self, path: str, key: str, zone: ZoneInfo) -> Document | None:
        """The document that was made under that key, if it is known."""
        self._asked.add(path)
        at_hand = self._at_hand.get(path)
        if at_hand and at_hand[0] == key:
            return at_hand[1]
        kept = self._kept.get(path)
        if kept is None or kept.key != key:
            return None
        document = document_of(kept, zone)
        if document:
            self._at_hand[path] = key, document
        return document

    def keep(self, path: str, key: str, document: Document) -> None:
        """Remember a document."""
        self._at_hand[path] = key, document
        self._new[path] = stored(document, key)

    def key_of(self, document: Document) -> str:
        """The key under which this very value was made; '' if it is not as it was read.

        Only the same object counts, so a copy that was changed after reading has no key.
        """
        at_hand = self._at_hand.get(document.source)
        return at_hand[0] if at_hand and at_hand[1] is document else ""

    def to_keep(self) -> dict[str, StoredDocument]:
        """What later builds can recall: what is new, and what was asked for and has not changed."""
        known = {path: kept for path, kept in self._kept.items() if path in self._asked}
        return known | self._new
