"""Where a post stands: what the record and the notes of this machine say together."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from generator import fingerprint
from generator.config.settings import SENT_FILE
from generator.mail.delivery import Deliveries, Delivery, Noted, open_deliveries, read_deliveries
from generator.mail.record import Record, SentPost, write_record
from generator.model import Post
from generator.problems import Location, Problem

FOLDER = "sent"  # in `.weekly/mail/`


class Outbox(NamedTuple):
    """What a machine remembers of what it has sent."""

    blog: Path
    folder: Path  # of the notes
    key: str  # the digest of the key that they were made with

    def path_of(self, post: str) -> Path:
        """The notes about one post, by its id."""
        return self.folder / f"{fingerprint.of_bytes(post.encode())}.txt"

    def noted(self, post: str, record: Record) -> Noted | Problem | None:
        """What this machine knows of the run in the record; None if that is nothing."""
        noted = read_deliveries(self.path_of(post), self.key)
        known = record.posts.get(post)
        if isinstance(noted, Noted) and known and noted.run != known.run:
            return None  # of an earlier try, while another machine has begun
        return noted

    def begin(self, post: Post, record: Record, moment: str) -> Deliveries | Problem:
        """Write down that a post is about to be sent; raises OSError."""
        # the notes come first: without them, a post that was begun can't be continued
        new = secrets.token_hex(8)
        deliveries = open_deliveries(self.path_of(post.id), self.key, new)
        if isinstance(deliveries, Problem):
            return deliveries
        if post.id not in record.posts:
            begun = SentPost("begun", post.id, moment, deliveries.run, text_of(post))
            write_record(self.blog, record.with_post(begun))
        return deliveries

    def end(
        self, post: Post, record: Record, moment: str, states: Mapping[str, Delivery]
    ) -> SentPost:
        """Write down that a post was sent to everyone; raises OSError."""
        begun = record.posts[post.id]
        counts = [
            sum(state is wanted for state in states.values())
            for wanted in (Delivery.ACCEPTED, Delivery.REFUSED, Delivery.UNKNOWN)
        ]
        sent = SentPost("sent", post.id, moment, begun.run, begun.text, *counts)
        write_record(self.blog, record.with_post(sent))
        return sent

    def withdraw(self, post: str, record: Record) -> None:
        """Take back that a post was begun, if nobody can have got it; raises OSError."""
        noted = self.noted(post, record)
        if isinstance(noted, Problem) or noted is None:
            return
        nobody = not set(noted.states.values()) & {Delivery.ACCEPTED, Delivery.UNKNOWN}
        known = record.posts.get(post)
        if nobody and known and known.state == "begun":
            write_record(self.blog, record.without(post))


def text_of(post: Post) -> str:
    """The digest of what a post says, by which a later change of it is seen."""
    return fingerprint.of_value((post.title, post.body.html))


def lost_notes(post: Post) -> Problem:
    """That nobody can tell who got a post."""
    return Problem(
        "mail-record",
        Location(SENT_FILE),
        f"'{post.id}' was begun on another machine, or its notes in .weekly are lost: who got it "
        "is unknown",
        "Continue on that machine; or write 'sent' for 'begun' there to leave it at that, or "
        "delete the line to send it to everyone.",
    )
