"""What exports of whole blogs hold: posts, pages and pictures, and what is lost on the way."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from generator.importers.found import FoundReply, Refused, SetAside


class Loss(NamedTuple):
    """Something that a post had and does not keep as it was."""

    reason: str
    advice: str = ""


class FoundState(StrEnum):
    """How far along a post was where it comes from."""

    PUBLISHED = "published"
    SCHEDULED = "scheduled"
    DRAFT = "draft"


class ImageData(NamedTuple):
    """A picture that lies within a post's own file, such as a letter from Word."""

    name: str
    data: bytes


class FoundPost(NamedTuple):
    """A post or page as an export gives it, with a body of HTML or Markdown."""

    via: str  # the system: 'wordpress'
    own: str  # what identifies it there
    site: str  # the host of the old blog, '' if the export does not say
    position: str  # the file, and the line or entry
    title: str
    body: str
    is_markdown: bool = False
    is_page: bool = False
    state: FoundState = FoundState.PUBLISHED
    published: datetime | None = None
    updated: datetime | None = None
    tags: tuple[str, ...] = ()
    summary: str = ""
    authors: tuple[str, ...] = ()
    slug: str = ""
    addresses: tuple[str, ...] = ()  # where it was, as URLs or paths
    image: str = ""  # the address of its picture, or `attachment:ID`
    image_alt: str = ""
    language: str = ""
    series: str = ""
    folder: str = ""  # of its file in the export, against which paths are resolved
    pictures: tuple[ImageData, ...] = ()  # named by `cid:` addresses in the body
    losses: tuple[Loss, ...] = ()

    @property
    def key(self) -> str:
        """What tells it from every other item of every export."""
        return f"{self.via} {self.site} {self.own}"


class FoundImage(NamedTuple):
    """A picture that an export lists, with the words that describe it."""

    position: str
    address: str  # a URL, or the name of a file of the export
    own: str = ""  # its id there
    site: str = ""
    alt: str = ""


Item = FoundPost | FoundImage | FoundReply | SetAside | Refused


def joined(parts: Sequence[str]) -> str:
    """The parts that are not empty, with spaces between."""
    return " ".join(part for part in parts if part)
