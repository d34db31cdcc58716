"""Questions that are shown: when each was asked, and how long its answer took."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from generator.model import Question, ReplyKind, ReplyThread, ShownReply


def questions_of(threads: Iterable[ReplyThread]) -> tuple[Question, ...]:
    """The questions among replies that are shown, in the order of the threads."""
    return tuple(
        _question(reply) for reply in shown_in(threads) if reply.kind is ReplyKind.QUESTION
    )


def shown_in(threads: Iterable[ReplyThread]) -> Iterable[ShownReply]:
    """Every reply of some threads, without those that only hold a place."""
    for thread in threads:
        if not thread.reply.is_gone:
            yield thread.reply
        yield from shown_in(thread.replies)


def _question(reply: ShownReply) -> Question:
    asked = reply.written.date() if reply.written else None
    answered = reply.answer.at if reply.answer else None
    days = days_between(asked, answered) if asked and answered else None
    return Question(reply, asked, answered, days)


def days_between(first: date, last: date) -> int:
    """Whole days from one day to another, never fewer than none."""
    return max(0, (last - first).days)
