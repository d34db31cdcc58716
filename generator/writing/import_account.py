"""The account of an import: everything that was found, and what became of it."""

from __future__ import annotations

from dataclasses import dataclass, field

from generator.importers.found import FoundReply, Refused, SetAside
from generator.importers.items import Loss
from generator.importers.suggestions import Suggestion

NEW, KNOWN, CHANGED, DELETED, UPDATED = "new", "known", "changed here", "deleted here", "updated"


@dataclass(slots=True)
class Entry:
    """A post, draft or page that was found."""

    position: str
    title: str
    path: str = ""
    id: str = ""
    status: str = NEW
    losses: list[Loss] = field(default_factory=list)
    suggested: tuple[Suggestion, ...] = ()


@dataclass(slots=True)
class ImageEntry:
    """A picture that was found, in the export or on another site."""

    position: str
    address: str
    path: str = ""  # where it lies in the blog; '' if it is only listed
    status: str = "listed"


@dataclass(slots=True)
class ReplyEntry:
    """A reply that was found."""

    found: FoundReply
    path: str = ""
    status: str = NEW


@dataclass(slots=True)
class Account:
    """Everything that was found; each thing is in exactly one of the lists."""

    posts: list[Entry] = field(default_factory=list)
    drafts: list[Entry] = field(default_factory=list)
    pages: list[Entry] = field(default_factory=list)
    replies: list[ReplyEntry] = field(default_factory=list)
    images: list[ImageEntry] = field(default_factory=list)
    set_aside: list[SetAside] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    is_written: bool = False

    @property
    def documents(self) -> list[Entry]:
        """All posts, drafts and pages."""
        return [*self.posts, *self.drafts, *self.pages]

    @property
    def counts(self) -> dict[str, int]:
        """How many there are of each; `items` is the sum of the others."""
        numbers = {
            name: len(getattr(self, name))
            for name in ("posts", "drafts", "pages", "replies", "images", "set_aside", "refused")
        }
        return {"items": sum(numbers.values()), **numbers}
