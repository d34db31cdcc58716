"""What the blog's writer has to look at: replies that wait, and questions without an answer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import NamedTuple

from generator.listening.questions import days_between
from generator.listening.threads import oldest_first
from generator.model import Reply, ReplyKind, ReplyState


class OpenQuestion(NamedTuple):
    """A question that waits for an answer, whether or not it may be shown."""

    reply: Reply
    post: str  # the name of the post that it belongs to, '' if there is none

    @property
    def asked(self) -> date | None:
        """The day of the question; None without a date."""
        return self.reply.written.date() if self.reply.written else None

    def age(self, day: date) -> int | None:
        """How many days it has waited on that day; None for a question without a date."""
        return days_between(self.asked, day) if self.asked else None


class AskedAbout(NamedTuple):
    """Open questions below one post, for which one answer may do."""

    post: str  # its name, '' for questions without a post
    questions: tuple[OpenQuestion, ...]  # oldest first

    @property
    def people(self) -> int:
        """How many people asked: those without a name count each."""
        names = [question.reply.name.casefold() for question in self.questions]
        return len({*filter(None, names)}) + names.count("")

    @property
    def since(self) -> date | None:
        """The day of the oldest question; None if none has a date."""
        return min((q.asked for q in self.questions if q.asked), default=None)


def waiting(replies: Iterable[Reply]) -> tuple[Reply, ...]:
    """The replies that nobody has decided about, oldest first."""
    return tuple(
        sorted((reply for reply in replies if reply.state is ReplyState.NEW), key=oldest_first)
    )


def open_questions(
    replies: Iterable[Reply], *, answered: Iterable[str], posts: Mapping[str, str]
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


def asked_about(questions: Iterable[OpenQuestion]) -> tuple[AskedAbout, ...]:
    """Open questions by post: first the post about which most people ask, then the oldest."""
    by_post: dict[str, list[OpenQuestion]] = {}
    for question in questions:
        by_post.setdefault(question.post, []).append(question)
    found = [AskedAbout(post, tuple(asked)) for post, asked in by_post.items()]
    return tuple(sorted(found, key=lambda about: (-about.people, about.since or date.max)))
