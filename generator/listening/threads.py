"""Replies as threads: which reply belongs below which, and to which post."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime

from generator.listening.visible import may_be_shown, no_longer_shown, shown_reply
from generator.model import Answer, Reply, ReplyThread, ShownReply

DEEPEST = 6  # levels of a thread; a reply further down stands on the last one

AnswerOf = Callable[[Reply], Answer | None]

_LATEST = datetime.max.replace(tzinfo=UTC)  # a reply without a date comes last


def oldest_first(reply: Reply | ShownReply) -> tuple[datetime, str]:
    """The key by which replies are sorted."""
    return reply.written or _LATEST, reply.id


def posts_of(replies: Iterable[Reply]) -> dict[str, str]:
    """The name of the post that each reply belongs to, by its id; '' if there is none.

    A reply to a reply belongs where that one does. Replies to each other in a circle belong
    nowhere.
    """
    above = {reply.id: reply.to.text if reply.to else "" for reply in replies}
    found: dict[str, str] = {}
    for start in above:
        path: dict[str, None] = {}
        at = start
        while at in above and at not in found and at not in path:
            path[at] = None
            at = above[at]
        post = "" if at in path else found.get(at, at)
        found.update(dict.fromkeys(path, post))
    return found


def threads_of(
    replies: Iterable[Reply], *, post: str, answer_of: AnswerOf
) -> tuple[ReplyThread, ...]:
    """The threads below the post of that source; `answer_of` gives the answer that is shown.

    Replies that may not be shown are left out; only one whose replies are shown leaves its place.
    """
    worded = [reply for reply in sorted(replies, key=oldest_first) if not reply.kind.is_reaction]
    parents = _parents(worded)
    below: dict[str, list[Reply]] = {}
    for reply in worded:
        below.setdefault(parents[reply.id], []).append(reply)

    def threads(parent: str) -> tuple[ReplyThread, ...]:
        made = (thread(reply) for reply in below.get(parent, ()))
        return tuple([found for found in made if found])

    def thread(reply: Reply) -> ReplyThread | None:
        replies_to_it = threads(reply.id)
        if may_be_shown(reply):
            return ReplyThread(
                shown_reply(reply, post=post, answer=answer_of(reply)), replies_to_it
            )
        return ReplyThread(no_longer_shown(post), replies_to_it) if replies_to_it else None

    return threads("")


def _parents(replies: Iterable[Reply]) -> Mapping[str, str]:
    """The reply below which each one stands, by id; '' for one that begins a thread."""
    above = {reply.id: reply.to.text if reply.to else "" for reply in replies}
    levels = {"": 0}
    parents: dict[str, str] = {}
    for start in above:
        path: dict[str, None] = {}
        at = start
        while at in above and at not in levels and at not in path:
            path[at] = None
            at = above[at]
        for reply in reversed(path):
            parent = above[reply] if above[reply] in levels else ""
            if levels[parent] == DEEPEST:
                parent = parents[parent]
            parents[reply] = parent
            levels[reply] = levels[parent] + 1
    return parents
