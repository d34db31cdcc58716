"""What a reader finds in an export: replies, and what is none, with the reason."""

from __future__ import annotations

import hmac
from collections.abc import Iterable
from datetime import datetime
from hashlib import sha256
from typing import NamedTuple
from zoneinfo import ZoneInfo

from generator.model import Consent, ReplyKind

KEY_LENGTH = 16  # hexadecimal digits


class FoundReply(NamedTuple):
    """A reply as an export or a service gives it; its texts are clean, and hold no address."""

    via: str
    text: str  # Markdown
    source_id: str  # what identifies it where it comes from; goes only into its key
    position: str  # the file, and the line or entry
    to_post: str = ""  # the name of a post, if the source says it
    parent_key: str = ""  # the key of the reply that it replies to
    subject: str = ""  # of a mail, or the title of the post
    token: str = ""  # of a post, from a subject
    references: tuple[str, ...] = ()  # Message-IDs of mail, and what else may name the post
    permalink: str = ""  # the address of the post, as the source knows it
    name: str = ""
    role: str = ""
    url: str = ""
    received: datetime | None = None
    published: datetime | None = None
    source: str = ""  # the address where it stands
    kind: ReplyKind = ReplyKind.REPLY
    consent: Consent = Consent.PRIVATE
    approved: bool = False  # somebody approved it where it comes from
    removed: int = 0  # addresses that were taken out of its texts
    attachments: tuple[str, ...] = ()  # names of files that came with it, and were not kept


class SetAside(NamedTuple):
    """What is no reply to keep: an automatic answer, spam, a copy of our own."""

    position: str
    reason: str


class Refused(NamedTuple):
    """What can't be read, or would do harm."""

    position: str
    reason: str


class Intake(NamedTuple):
    """All that was in a source; each thing is in exactly one of the three."""

    found: tuple[FoundReply, ...] = ()
    set_aside: tuple[SetAside, ...] = ()
    refused: tuple[Refused, ...] = ()
    notes: tuple[str, ...] = ()  # what was left out of replies that were found

    @classmethod
    def of(cls, results: Iterable[FoundReply | SetAside | Refused], *notes: str) -> Intake:
        """The results by kind, in their order."""
        given = (*results,)
        return cls(
            tuple([result for result in given if isinstance(result, FoundReply)]),
            tuple([result for result in given if isinstance(result, SetAside)]),
            tuple([result for result in given if isinstance(result, Refused)]),
            notes,
        )

    @classmethod
    def joined(cls, intakes: Iterable[Intake]) -> Intake:
        """All intakes as one."""
        parts = (*intakes,)
        return cls(
            tuple([found for part in parts for found in part.found]),
            tuple([aside for part in parts for aside in part.set_aside]),
            tuple([refused for part in parts for refused in part.refused]),
            tuple(dict.fromkeys(note for part in parts for note in part.notes)),
        )


class ReaderSettings(NamedTuple):
    """What readers need to know of a blog."""

    authority: str
    zone: ZoneInfo
    language: str = "en"
    base_url: str = ""  # a line of a mail with nothing but an address below it is no words
    our_addresses: frozenset[str] = frozenset()  # of mail, in small letters

    def key_of(self, source_id: str) -> str:
        """The key of a reply: see `source_key`."""
        return source_key(self.authority, source_id)


def source_key(authority: str, source_id: str) -> str:
    """A keyed digest of a foreign id, by which a second import knows a reply again.

    The key is the blog's fixed `authority`, so that every machine finds the same digest.
    """
    digest = hmac.new(authority.encode(), source_id.encode("utf-8", "surrogatepass"), sha256)
    return digest.hexdigest()[:KEY_LENGTH]
