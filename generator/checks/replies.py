"""Replies, and what answers them, that do not fit the rest of the blog."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping

from generator.listening.threads import posts_of
from generator.model import Action, Content, Post, Reply, ReplyState, Tag, name_of
from generator.problems import Location, Problem, did_you_mean, shortened


def reply_problems(content: Content) -> Iterator[Problem]:
    """Every problem between replies, actions and posts."""
    posts = {post.name: post for post in content.posts}
    ids = {reply.id: reply for reply in content.replies}
    unread = frozenset(map(name_of, content.rejected))  # whose own problems are reported
    yield from _shared_names(content.posts, content.replies)
    yield from _lost(content.replies, ids)
    known = {"post": {*posts}, "reply": {*ids}, "post or reply": {*posts, *ids}}
    for tag, what in _references(content):
        if tag.text not in known[what] and tag.text not in unread:
            yield _unknown(tag, what, known[what])
    yield from _shared_slugs(content.actions)


def not_shown(replies: Iterable[Reply]) -> set[str]:
    """The sources of replies that nobody sees, so that their problems need stop nothing."""
    return {reply.source for reply in replies if reply.state is not ReplyState.APPROVED}


def _shared_names(posts: Iterable[Post], replies: Iterable[Reply]) -> Iterator[Problem]:
    """Names that could mean two files, where one is a reply."""
    first = {post.name: post.source for post in posts}
    for reply in replies:
        other = first.setdefault(reply.id, reply.source)
        if other != reply.source:
            yield Problem(
                "same-reply-id",
                Location(reply.source),
                f"{other} has the same name, so that '{reply.id}' could be either",
                "Rename this file.",
            )


def _references(content: Content) -> Iterator[tuple[Tag, str]]:
    """Every name of a post or a reply, and which of them it must be."""
    for reply in content.replies:
        if reply.to:
            yield reply.to, "post or reply"
        if reply.answered_in:
            yield reply.answered_in, "post"
    for post in content.posts:
        yield from ((tag, "reply") for tag in post.answers)
    for action in content.actions:
        yield from ((tag, "post or reply") for tag in action.said)


def _lost(replies: Iterable[Reply], ids: Mapping[str, Reply]) -> Iterator[Problem]:
    """Replies that belong to no post, though they are approved or answer another one."""
    belongs_to = posts_of(replies)
    for reply in replies:
        if reply.to is None and reply.state is ReplyState.APPROVED:
            yield Problem(
                "unassigned-reply",
                Location(reply.source),
                "the reply is approved, but belongs to no post",
                "Add to: and the name of the post.",
            )
        elif reply.to and not belongs_to[reply.id] and _is_in_circle(reply, ids):
            yield Problem(
                "reply-circle",
                reply.to.at,
                f"'{reply.to.text}' is, in turn, a reply to this one",
                "Write the name of the post.",
            )


def _is_in_circle(reply: Reply, ids: Mapping[str, Reply]) -> bool:
    seen: set[str] = set()
    at: Reply | None = reply
    while at and at.id not in seen:
        seen.add(at.id)
        at = ids.get(at.to.text) if at.to else None
    return at is reply


def _shared_slugs(actions: Iterable[Action]) -> Iterator[Problem]:
    first: dict[str, str] = {}
    for action in actions:
        other = first.setdefault(action.slug, action.source)
        if other != action.source:
            yield Problem(
                "same-action",
                Location(action.source),
                f"{other} has the same slug '{action.slug}'",
                "Rename this file.",
            )


def _unknown(tag: Tag, what: str, known: Collection[str]) -> Problem:
    return Problem(
        "unknown-reference",
        tag.at,
        f"there is no {what} '{shortened(tag.text)}'",
        did_you_mean(tag.text, known, otherwise=_NAMES.get(what, _NAME)),
    )


_NAME = "Write the name of its file, without .md."
_NAMES = {"post": "Write the name of the post's file, or of its folder, without .md."}
