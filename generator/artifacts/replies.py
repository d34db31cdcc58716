"""What came back to a post: its replies as threads, mentions, likes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import NamedTuple
from urllib.parse import urlsplit

from generator.artifacts.page_context import PageContext
from generator.artifacts.shown_posts import ShownPost
from generator.i18n.dates import date_view, day_view
from generator.i18n.translate import translate
from generator.listening.questions import shown_in
from generator.model import Answer, Reactions, ReplyThread, ShownReply
from generator.views import (
    AuthorCard,
    DateView,
    FeedLink,
    Link,
    PostLink,
    Prose,
    Replies,
    ReplyAnswer,
    ReplyView,
)

ANCHOR = "#w-replies"  # of the replies on the page of their post

_PLACES = {
    "blogger": "Blogger",
    "bluesky": "Bluesky",
    "disqus": "Disqus",
    "ghost": "Ghost",
    "github": "GitHub",
    "linkedin": "LinkedIn",
    "mastodon": "Mastodon",
    "medium": "Medium",
    "wordpress": "WordPress",
}


class Answerers(NamedTuple):
    """Who answered some replies, and with which posts."""

    authors: tuple[AuthorCard, ...]
    posts: tuple[tuple[str, PostLink], ...]  # by source


class PostReplies(NamedTuple):
    """Everything that the replies to a post are shown from."""

    threads: tuple[ReplyThread, ...]
    reactions: Reactions
    known: Answerers


NO_REPLIES = PostReplies((), Reactions(), Answerers((), ()))


def answerers(
    replies: Iterable[ShownReply],
    authors: Mapping[str, AuthorCard],
    links_to: Mapping[str, PostLink],
) -> Answerers:
    """Who answered these replies, and with which posts."""
    answers = [reply.answer for reply in replies if reply.answer]
    sources = sorted({answer.post for answer in answers} - {""})
    return Answerers(
        authors=tuple([author_card(by, authors) for by in sorted({a.by for a in answers})]),
        posts=tuple([(source, links_to[source]) for source in sources]),
    )


def author_card(by: str, authors: Mapping[str, AuthorCard]) -> AuthorCard:
    """An author of the blog, or somebody who is only named."""
    return authors.get(by) or AuthorCard(by, by, "", "", "", None, "", (), "")


def count_of(threads: Iterable[ReplyThread]) -> int:
    """How many replies are shown in some threads."""
    return sum(1 for _ in shown_in(threads))


def replies_view(
    replies: PostReplies, shown: ShownPost, feeds: tuple[FeedLink, ...], context: PageContext
) -> Replies | None:
    """What came back to a post, None if nothing did."""
    if replies == NO_REPLIES:
        return None
    page = context.links.url(shown.permalink)
    mentions, likes = replies.reactions
    return Replies(
        total=shown.reply_count,
        threads=tuple(_threads(replies.threads, page, page, replies.known, context)),
        mentions=tuple(_mentions(mentions, context)),
        likes=len(likes),
        feeds=feeds,
    )


def _threads(
    threads: Iterable[ReplyThread], above: str, page: str, known: Answerers, context: PageContext
) -> Iterator[ReplyView]:
    for thread in threads:
        view = reply_view(thread.reply, above, page, known, context)
        below = _threads(thread.replies, view.url or above, page, known, context)
        yield view._replace(replies=tuple(below))


def reply_view(
    reply: ShownReply, above: str, page: str, known: Answerers, context: PageContext
) -> ReplyView:
    """A reply without the replies to it; `above` is what it replies to, `page` that of its post."""
    return ReplyView(
        anchor=reply.anchor,
        url=f"{page}#{reply.anchor}" if reply.anchor else "",
        above=above,
        kind=reply.kind.value,
        name=reply.name,
        role=reply.role,
        homepage=reply.url,
        date=date_view(reply.written, context.messages.conventions) if reply.written else None,
        place=place_of(reply),
        origin=reply.origin,
        html=None if reply.is_gone else _prose(reply.html, context),
        answer=_answer(reply.answer, known, context) if reply.answer else None,
        closed=reply.closed,
        replies=(),
    )


def place_of(reply: ShownReply) -> str:
    """The name of the place elsewhere where a reply is, '' if it is nowhere else."""
    if not reply.origin:
        return ""
    return _PLACES.get(reply.via) or urlsplit(reply.origin).hostname or reply.origin


def _answer(answer: Answer, known: Answerers, context: PageContext) -> ReplyAnswer:
    return ReplyAnswer(
        author=next(card for card in known.authors if card.id == answer.by),
        date=day_of(answer.at, context) if answer.at else None,
        html=_prose(answer.html, context) if answer.html else None,
        post=next((link for source, link in known.posts if source == answer.post), None),
    )


def day_of(day: date, context: PageContext) -> DateView:
    """A day in the zone of the site."""
    return day_view(day, context.config.zone, context.messages.conventions)


def _prose(html: str, context: PageContext) -> Prose:
    return Prose(html, end=0, urls=(), root=context.links.root)  # it links other sites only


def _mentions(mentions: Iterable[ShownReply], context: PageContext) -> Iterator[Link]:
    """Pages elsewhere that link a post, each once; one that is nowhere is only a name."""
    links = (Link(_mentioner(mention, context), mention.origin) for mention in mentions)
    yield from dict.fromkeys(links)


def _mentioner(mention: ShownReply, context: PageContext) -> str:
    return mention.name or place_of(mention) or translate(context.messages, "reply_by_colleague")
