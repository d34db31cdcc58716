"""A blog whose files can be changed, and the changes that new texts make."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from generator.config.settings import SiteConfig
from generator.content.reading import DocumentReader
from generator.model import Content
from generator.writing.changes import FileChange


@dataclass(frozen=True, slots=True)
class EditableBlog:
    """What must be known of a blog to change it."""

    content: Content
    config: SiteConfig
    claimed: Mapping[str, str]  # the owner of each output path, which is in small letters
    read: Callable[[str], bytes]  # the bytes of a file
    read_document: DocumentReader

    def text(self, path: str) -> str:
        """The text of a file."""
        return self.read(path).decode("utf-8")

    def written_key(self, key: str, present: Iterable[str]) -> str:
        """The name that a key has among those present: its own, or another tool's."""
        rename = self.config.front_matter.rename
        return next((name for name in present if rename.get(name, name) == key), key)

    def changes(self, texts: Mapping[str, str]) -> tuple[FileChange, ...]:
        """The change of each file, by path, that gets another text."""
        return tuple(
            FileChange(path, before, text.encode())
            for path, text in sorted(texts.items())
            if (before := self.read(path)) != text.encode()
        )
