"""Questions: which wait for an answer, since when, and how long the others took."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from generator.listening.threads import oldest_first
from generator.model import Question, Reply, ReplyKind, ReplyState, ReplyThread, ShownReply


class OpenQuestion(NamedTuple):
    """A question that waits for an answer, as the blog's writer sees it."""

    reply: Reply
    post: str  # the name of the post that it belongs to, '' if there is none

    def age(self, day: date) -> int | None:
        """How many days it has waited on that day; None for a question without a date."""
        written = self.reply.written
        return days_between(written.date(), day) if written else None


def open_questions(
    replies: Iterable[Reply], *, answered: Iterable[str], posts: dict[str, str]
) -> tuple[OpenQuestion, ...]:
    """The approved questions that nobody has answered, private ones too, oldest first.

    `answered` are the ids of replies that a published post answers; `posts` gives the name of the
    post that each reply belongs to.
    """
    elsewhere = {*answered}
    return tuple(
        OpenQuestion(reply, posts.get(reply.id, ""))
        for reply in sorted(replies, key=oldest_first)
        if reply.kind is ReplyKind.QUESTION
        and reply.state is ReplyState.APPROVED
        and not (reply.answered or reply.closed or reply.id in elsewhere)
    )


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
