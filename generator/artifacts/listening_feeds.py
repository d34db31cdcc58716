"""The feeds of replies, of the site and of each post that has any, and the feed of actions."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import UTC, date, datetime, time, tzinfo
from functools import cache, partial
from html import escape
from typing import NamedTuple

from generator.artifacts.context import SiteContext, body_prose
from generator.artifacts.feeds import feed_author, feed_begin, feed_icon
from generator.artifacts.listening import action_url, visible_terms
from generator.artifacts.page_context import PageContext
from generator.artifacts.page_heads import cut_at_word
from generator.artifacts.recipes import Artifact, Feed, Lazy
from generator.artifacts.replies import Answerers, PostReplies, answerers, author_card, reply_view
from generator.artifacts.shown_posts import ShownPost
from generator.artifacts.structured_data import plain_text
from generator.config.built_in_pages import ACTIONS, HOME
from generator.i18n.translate import translate
from generator.model import ActionState, PostState, ReplyThread, ShownAction, ShownReply
from generator.site import permalinks
from generator.site.message_ids import feed_id
from generator.site.permalinks import FeedFormat
from generator.views import (
    FeedAnswer,
    FeedAuthor,
    FeedEntry,
    FeedParent,
    FeedView,
    Prose,
    ReplyAnswer,
    ReplyView,
)

_NO_ANSWER = FeedAnswer("", "", (), "", "")  # only posts ask for one


class Placed(NamedTuple):
    """A reply with what it replies to."""

    reply: ShownReply
    parent: ShownReply | None  # None for the post


class PostFeedInputs(NamedTuple):
    """Everything that a feed of the replies to one post is made from."""

    context: PageContext
    shown: ShownPost
    replies: PostReplies


class SiteFeedInputs(NamedTuple):
    """Everything that a feed of the newest replies to all posts is made from."""

    context: PageContext
    replies: tuple[Placed, ...]  # newest first
    posts: tuple[ShownPost, ...]  # those that they belong to
    known: Answerers


class _About(NamedTuple):
    """What a feed is about: the page that it belongs to, and how it is called."""

    owner: str  # permalink of the folder that the feed is in
    home: str  # permalink of the page
    title: str
    subtitle: str


def listening_feed_files(context: SiteContext) -> Iterator[Artifact]:
    """Each feed in its formats; about published posts only, even in a preview."""
    shown = [
        context.shown[entry.post.source]
        for entry in context.site.entries
        if entry.state is PostState.PUBLISHED and entry.post.source in context.site.replies
    ]
    commented = [post for post in shown if post.reply_count]
    for post in commented:
        inputs = PostFeedInputs(context.page, post, context.replies[post.post.source])
        about, entries = _about_post(post, context.page), partial(_post_entries, inputs)
        yield from _files(about, permalinks.REPLY_FEEDS, entries, context.page, inputs)
    if commented:
        newest = _site_inputs(commented, context)
        about, entries = _about_replies(context.page), partial(_site_entries, newest)
        yield from _files(about, permalinks.FEEDS, entries, context.page, newest)
    if context.site.actions:
        about, entries = _about_actions(context.page), partial(_action_entries, context)
        yield from _files(about, permalinks.FEEDS, entries, context.page)


def _files(
    about: _About,
    formats: Iterable[FeedFormat],
    make: Callable[[], tuple[FeedEntry, ...]],
    context: PageContext,
    inputs: tuple[object, ...] = (),
) -> Iterator[Artifact]:
    """A feed in some formats, whose entries are made once."""
    entries = cache(make)
    for feed_format in formats:
        permalink = permalinks.for_feed(about.owner, feed_format)
        view = Lazy(partial(_feed_view, about, permalink, entries, context), inputs)
        yield Artifact(permalinks.output_path(permalink), Feed(view, feed_format), "")


def _feed_view(
    about: _About,
    permalink: str,
    entries: Callable[[], tuple[FeedEntry, ...]],
    context: PageContext,
) -> FeedView:
    items = entries()
    return FeedView(
        id=feed_id(context.config.authority, f"feed{about.owner}"),
        title=f"{about.title} · {context.config.title}",
        subtitle=about.subtitle,
        home=context.links.absolute(about.home),
        self_url=context.links.absolute(permalink),
        language=context.config.language,
        updated=max((item.updated for item in items), default=feed_begin(context)),
        author=feed_author(context.view.author, context),
        icon=feed_icon(context),
        entries=items,
    )


def _about_post(shown: ShownPost, context: PageContext) -> _About:
    title = translate(context.messages, "replies_to", title=shown.post.title)
    return _About(permalinks.for_replies(shown.permalink), shown.permalink, title, shown.summary)


def _about_replies(context: PageContext) -> _About:
    title = translate(context.messages, "all_replies")
    return _About(permalinks.REPLIES, HOME, title, context.config.tagline)


def _about_actions(context: PageContext) -> _About:
    title = translate(context.messages, "actions")
    return _About(ACTIONS, ACTIONS, title, translate(context.messages, "actions_summary"))


def _placed(threads: Iterable[ReplyThread], parent: ShownReply | None = None) -> Iterator[Placed]:
    for thread in threads:
        if not thread.reply.is_gone:
            yield Placed(thread.reply, parent)
        yield from _placed(thread.replies, parent if thread.reply.is_gone else thread.reply)


def _newest(
    replies: Iterable[Placed], posts: Mapping[str, ShownPost], context: PageContext
) -> tuple[Placed, ...]:
    """As many of the newest replies as a feed holds."""

    def newest_first(placed: Placed) -> tuple[float, str]:
        return -_written(placed.reply, posts).timestamp(), placed.reply.id

    return tuple(sorted(replies, key=newest_first)[: context.config.feeds.entries])


def _written(reply: ShownReply, posts: Mapping[str, ShownPost]) -> datetime:
    """When a reply was written; one without a date counts as old as its post."""
    return reply.written or posts[reply.post].post.published


def _site_inputs(posts: list[ShownPost], context: SiteContext) -> SiteFeedInputs:
    by_source = {shown.post.source: shown for shown in posts}
    every = (placed for source in by_source for placed in _placed(context.site.replies[source]))
    newest = _newest(every, by_source, context.page)
    sources = dict.fromkeys(placed.reply.post for placed in newest)
    replies = (placed.reply for placed in newest)
    known = answerers(replies, context.authors, context.links_to)
    return SiteFeedInputs(
        context.page, newest, tuple(by_source[source] for source in sources), known
    )


def _post_entries(inputs: PostFeedInputs) -> tuple[FeedEntry, ...]:
    context, shown, (threads, _, known) = inputs
    posts = {shown.post.source: shown}
    newest = _newest(_placed(threads), posts, context)
    return tuple(_reply_entry(placed, posts, known, context) for placed in newest)


def _site_entries(inputs: SiteFeedInputs) -> tuple[FeedEntry, ...]:
    context, replies, shown, known = inputs
    posts = {post.post.source: post for post in shown}
    return tuple(_reply_entry(placed, posts, known, context) for placed in replies)


def _reply_entry(
    placed: Placed, posts: Mapping[str, ShownPost], known: Answerers, context: PageContext
) -> FeedEntry:
    reply, shown = placed.reply, posts[placed.reply.post]
    authority, page = context.config.authority, context.links.url(shown.permalink)
    view = reply_view(reply, page, page, known, context)
    name = view.name or translate(context.messages, "reply_by_colleague")
    written = _written(reply, posts)
    parent = FeedParent(feed_id(authority, shown.post.id), context.links.absolute(shown.permalink))
    if placed.parent:
        url = f"{parent.url}#{placed.parent.anchor}"
        parent = FeedParent(_id_of(placed.parent, context), url)
    return FeedEntry(
        id=_id_of(reply, context),
        title=translate(context.messages, "reply_by_to", name=name, title=shown.post.title),
        url=context.links.absolute_url(view.url),
        published=written,
        updated=max(written, _answered(reply, written)),
        summary=cut_at_word(plain_text(reply.html)),
        html=_words(view, context),
        authors=(FeedAuthor(name, reply.url, ""),),
        categories=(),
        image="",
        language=context.config.language,
        direction="",
        answer=_NO_ANSWER,
        parent=parent,
    )


def _words(view: ReplyView, context: PageContext) -> Prose | None:
    """A reply, and the answer to it."""
    if view.html is None:
        return None
    return view.html._replace(html=view.html.html + _answer(view.answer, context))


def _id_of(reply: ShownReply, context: PageContext) -> str:
    return feed_id(context.config.authority, f"reply/{reply.id}")


def _answered(reply: ShownReply, otherwise: datetime) -> datetime:
    """The beginning of the day on which a reply was answered."""
    if reply.answer is None or reply.answer.at is None:
        return otherwise
    return datetime.combine(reply.answer.at, time(), otherwise.tzinfo or UTC)


def _answer(answer: ReplyAnswer | None, context: PageContext) -> str:
    """What the blog answered, for readers who don't see the page."""
    if answer is None:
        return ""
    line = escape(translate(context.messages, "reply_answered", author=answer.author.name))
    post = answer.post
    where = f' <a href="{escape(post.url)}">{escape(post.title)}</a>' if post else ""
    return f"\n<p><strong>{line}</strong>{where}</p>\n{answer.html.html if answer.html else ''}"


def _action_entries(context: SiteContext) -> tuple[FeedEntry, ...]:
    newest = context.site.actions[: context.config.feeds.entries]
    return tuple(_action_entry(action, context) for action in newest)


def _action_entry(action: ShownAction, context: SiteContext) -> FeedEntry:
    page, zone = context.page, context.config.zone
    state = translate(context.messages, _STATES[action.state])
    prose = body_prose(action.body, context)
    by = author_card(action.by, context.authors)
    return FeedEntry(
        id=feed_id(context.config.authority, f"action/{action.slug}"),
        title=f"{state}: {action.title}",
        url=context.links.absolute_url(action_url(action, page)),
        published=_morning(action.since, zone),
        updated=_morning(action.at, zone),
        summary=action.reason or cut_at_word(action.body.opening),
        html=prose._replace(html=_said(action, context) + _reason(action) + prose.html),
        authors=(feed_author(by, page),),
        categories=tuple(term.title for term in visible_terms(action, context)),
        image="",
        language=context.config.language,
        direction="",
        answer=_NO_ANSWER,
    )


_STATES = {
    ActionState.DOING: "action_doing",
    ActionState.DONE: "action_done",
    ActionState.NO: "action_no",
}


def _said(action: ShownAction, context: SiteContext) -> str:
    """The words that led to an action, each with the name of who said them."""
    quotes = []
    for reply in action.said:
        name = escape(reply.name or translate(context.messages, "reply_by_colleague"))
        quotes.append(f"<blockquote>{reply.html}<p>{name}</p></blockquote>\n")
    return "".join(quotes)


def _reason(action: ShownAction) -> str:
    return f"<p>{escape(action.reason)}</p>\n" if action.reason else ""


def _morning(day: date, zone: tzinfo) -> datetime:
    return datetime.combine(day, time(), zone)
