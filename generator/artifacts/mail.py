"""Posts as messages, and the feed for services that send mail."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import NamedTuple

from generator.artifacts.answers import answer
from generator.artifacts.context import SiteContext
from generator.artifacts.feeds import FeedInputs, feed_entries, feed_view
from generator.artifacts.page_context import PageContext
from generator.artifacts.page_heads import cut_at_word
from generator.artifacts.recipes import Artifact, Lazy, MailFeed
from generator.artifacts.replies import PostReplies
from generator.artifacts.shown_posts import ShownPost, full_post
from generator.config.built_in_pages import HOME
from generator.i18n.catalogues import direction_of
from generator.i18n.dates import month_and_year
from generator.i18n.translate import translate
from generator.listening.questions import shown_in
from generator.mail.plain_text import in_one_line
from generator.model import Entry, PostState, ShownReply
from generator.site import permalinks
from generator.views import (
    AnswerView,
    Image,
    Link,
    MailFeedView,
    MailPost,
    MailReply,
    MailView,
    TermLink,
)

ICON_SIZE = 48  # pixels
RECENT = timedelta(days=7)
MOST_ASKED = 5  # replies; more would be a second letter


class PostReply(NamedTuple):
    """A reply of the week before, with the post that it is about."""

    reply: ShownReply
    about: ShownPost
    known: PostReplies


class MailInputs(NamedTuple):
    """Everything that a message is made from."""

    context: PageContext
    posts: tuple[ShownPost, ...]  # oldest first
    asked: tuple[PostReply, ...]
    is_digest: bool
    has_icons: bool  # whether the message can bring images along


def mail_view(
    entries: Sequence[Entry], context: SiteContext, *, is_digest: bool = False
) -> MailView:
    """A post as a message, or several as one."""
    return _mail_view(mail_inputs(entries, context, is_digest=is_digest))


def mail_inputs(
    entries: Sequence[Entry],
    context: SiteContext,
    *,
    is_digest: bool = False,
    has_icons: bool = True,
) -> MailInputs:
    """Everything that a message about these posts is made from."""
    ordered = sorted(entries, key=lambda entry: (entry.post.published, entry.post.source))
    begin, end = ordered[0].post.published - RECENT, ordered[-1].post.published
    return MailInputs(
        context=context.page,
        posts=tuple([context.shown[entry.post.source] for entry in ordered]),
        asked=tuple(_recent_replies(begin, end, context)),
        is_digest=is_digest,
        has_icons=has_icons,
    )


def mail_feed_files(context: SiteContext) -> Iterator[Artifact]:
    """The feed for services that send mail; published posts only."""
    published = [e for e in context.site.entries if e.state is PostState.PUBLISHED]
    entries = published[: context.config.feeds.entries]
    posts = tuple([context.shown[entry.post.source] for entry in entries])
    feed = FeedInputs(context.page, HOME, "", context.config.tagline, posts, is_whole=False)
    mails = tuple([mail_inputs([entry], context, has_icons=False) for entry in entries])
    view = Lazy(partial(_mail_feed_view, feed, mails), (feed, mails))
    yield Artifact(permalinks.output_path(permalinks.MAIL_FEED), MailFeed(view), "")


def _mail_feed_view(feed: FeedInputs, mails: tuple[MailInputs, ...]) -> MailFeedView:
    return MailFeedView(
        feed=feed_view(permalinks.MAIL_FEED, lambda: feed_entries(feed), feed),
        mails=tuple([_mail_view(inputs) for inputs in mails]),
    )


def _mail_view(inputs: MailInputs) -> MailView:
    """A message, from these inputs only."""
    context, posts, asked, is_digest, _ = inputs
    config, messages, newest = context.config, context.messages, posts[-1]
    title = _digest_title(posts, context) if is_digest else newest.post.title
    summaries = [shown.post.title if is_digest else shown.summary for shown in posts]
    return MailView(
        title=config.title,
        home=context.links.absolute(HOME),
        language=config.language,
        direction=messages.direction,
        messages=messages,
        subject=config.mail.subject.replace("{title}", title),
        preheader=" · ".join(summaries),
        url=context.links.absolute(HOME if is_digest else newest.permalink),
        posts=tuple([_mail_post(shown, inputs) for shown in posts]),
        asked=tuple([_mail_reply(found, context) for found in asked]),
        answer=_absolute(answer(newest, context), context),
        why=config.mail.why or translate(messages, "mail_why", title=config.title),
        leave=config.mail.unsubscribe,
    )


def _digest_title(posts: Sequence[ShownPost], context: PageContext) -> str:
    """'The open line: November 2026'."""
    month = month_and_year(posts[-1].post.published, context.messages.conventions)
    return translate(context.messages, "named", name=context.config.title, text=month)


def _mail_post(shown: ShownPost, inputs: MailInputs) -> MailPost:
    context = inputs.context
    full = full_post(shown, context)
    trait = next(iter(shown.traits), None)
    language = shown.post.language or context.config.language
    image = full.image
    return MailPost(
        title=full.title,
        url=context.links.absolute(shown.permalink),
        date=full.date,
        authors=tuple([author.name for author in full.authors]),
        trait=trait and trait._replace(url=context.links.absolute_url(trait.url)),
        icon=_icon(trait) if trait and trait.icon and inputs.has_icons else None,
        lead=full.lead,
        summary=shown.summary,
        image=image and image._replace(url=context.links.absolute_url(image.url), sources=()),
        html=None if inputs.is_digest else full.html,
        shown=None,
        reading_minutes=full.reading_minutes,
        language=language,
        direction=direction_of(language),
    )


def icon_cid(trait: TermLink) -> str:
    """The name by which the HTML of a message calls the icon of a trait."""
    return f"{trait.icon}-{trait.colour or 'plain'}@icons"


def _icon(trait: TermLink) -> Image:
    return Image(f"cid:{icon_cid(trait)}", trait.title, ICON_SIZE, ICON_SIZE, ())


def _recent_replies(begin: datetime, end: datetime, context: SiteContext) -> Iterator[PostReply]:
    """What came back in the week before, questions first, then oldest first."""
    found = [
        (reply, source)
        for source, threads in context.site.replies.items()
        for reply in shown_in(threads)
        if reply.written and begin <= reply.written < end
    ]
    found.sort(key=lambda item: (item[0].kind != "question", item[0].written, item[0].id))
    for reply, source in found[:MOST_ASKED]:
        yield PostReply(reply, context.shown[source], context.replies[source])


def _mail_reply(found: PostReply, context: PageContext) -> MailReply:
    reply, about, replies = found
    page = context.links.absolute(about.permalink)
    answered = reply.answer
    by = next((a.name for a in replies.known.authors if answered and a.id == answered.by), "")
    post = next((p for s, p in replies.known.posts if answered and s == answered.post), None)
    return MailReply(
        kind=reply.kind.value,
        name=reply.name,
        role=reply.role,
        words=cut_at_word(in_one_line(reply.html)),
        url=f"{page}#{reply.anchor}",
        post=Link(about.post.title, page),
        answer=cut_at_word(in_one_line(answered.html)) if answered else "",
        answered_by=by,
        answered_in=Link(post.title, context.links.absolute_url(post.url)) if post else None,
    )


def _absolute(line: AnswerView, context: PageContext) -> AnswerView:
    return line._replace(page=context.links.absolute_url(line.page) if line.page else "")
