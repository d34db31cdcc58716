"""Small values for the tests of listening."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from generator.model import Answer, Body, Consent, Reply, ReplyKind, ReplyState, Tag
from generator.problems import Location

LONDON = ZoneInfo("Europe/London")
BODY = Body("<p>Words.</p>\n", 0, "", 0, "", "", (), (), ())
NOWHERE = Location("")


def reply(
    reply_id: str,
    /,
    to: str = "hello",
    when: str = "2026-11-18 09:15",
    *,
    kind: ReplyKind = ReplyKind.REPLY,
    state: ReplyState = ReplyState.APPROVED,
    consent: Consent = Consent.PUBLIC,
    **others: Any,
) -> Reply:
    """A reply of that id, approved and public, in London; without a date if `when` is ''."""
    made = Reply(
        source=f"content/replies/hello/{reply_id}.md",
        id=reply_id,
        to=Tag(to, NOWHERE) if to else None,
        name="Aoife Brennan",
        role="Service desk",
        url="https://example.net/aoife",
        received=datetime.fromisoformat(when).replace(tzinfo=LONDON) if when else None,
        published=None,
        via="email",
        origin="https://example.net/said",
        source_key="",
        kind=kind,
        state=state,
        consent=consent,
        answered=None,
        answered_by=None,
        answered_in=None,
        closed="",
        body=BODY,
    )
    return made._replace(**others)


def question(reply_id: str, /, when: str = "2026-11-18 09:15", **others: Any) -> Reply:
    """A question of that id, approved and public."""
    return reply(reply_id, when=when, kind=ReplyKind.QUESTION, **others)


def answer(day: str, *, post: str = "") -> Answer:
    """The answer that Helen gave on a day, in words or with a post."""
    words = "" if post else "Yes."
    return Answer("helen", date.fromisoformat(day), post, words, "<p>Yes.</p>" if words else "")
