"""Links to the feeds of a page."""

from __future__ import annotations

from generator.artifacts.page_context import PageContext
from generator.config.built_in_pages import ACTIONS
from generator.i18n.translate import translate
from generator.model import Series, Term
from generator.site import permalinks
from generator.site.permalinks import Permalinks
from generator.views import AuthorCard, FeedLink, Messages


def feeds_of(
    owner: str, title: str, places: Permalinks, messages: Messages
) -> tuple[FeedLink, ...]:
    """The feeds of the page at `owner`, with whole URLs, since people copy them."""
    return tuple(
        FeedLink(
            title=translate(messages, "feed_title", title=title, format=feed_format),
            format=feed_format,
            media_type=file.media_type,
            url=places.absolute(permalinks.for_feed(owner, feed_format)),
        )
        for feed_format, file in permalinks.FEEDS.items()
    )


def term_feeds(term: Term, context: PageContext) -> tuple[FeedLink, ...]:
    """The feeds of one trait or reason."""
    owner = permalinks.for_term(term.taxonomy, term.slug)
    return feeds_of(owner, term.title, context.links, context.messages)


def author_feeds(author: AuthorCard, context: PageContext) -> tuple[FeedLink, ...]:
    """The feeds of one author, () if nobody else writes."""
    if not author.url or len(context.config.authors) < 2:
        return ()
    owner = permalinks.for_author(author.id)
    return feeds_of(owner, author.name, context.links, context.messages)


def series_feeds(series: Series, context: PageContext) -> tuple[FeedLink, ...]:
    """The feeds of one series."""
    owner = permalinks.for_series(series.slug)
    return feeds_of(owner, series.title, context.links, context.messages)


def action_feeds(context: PageContext) -> tuple[FeedLink, ...]:
    """The feeds of what people said, and what was done."""
    title = translate(context.messages, "actions")
    return feeds_of(ACTIONS, title, context.links, context.messages)


def reply_feeds(context: PageContext) -> tuple[FeedLink, ...]:
    """The feeds of all replies."""
    title = translate(context.messages, "all_replies")
    return feeds_of(permalinks.REPLIES, title, context.links, context.messages)


def post_reply_feeds(permalink: str, title: str, context: PageContext) -> tuple[FeedLink, ...]:
    """The feeds of the replies to one post, in those formats for which readers show replies."""
    name = translate(context.messages, "replies_to", title=title)
    owner = permalinks.for_replies(permalink)
    every = feeds_of(owner, name, context.links, context.messages)
    return tuple(feed for feed in every if feed.format in permalinks.REPLY_FEEDS)


def year_feeds(year: int, context: PageContext) -> tuple[FeedLink, ...]:
    """The feeds of one year."""
    title = translate(context.messages, "letters_of_year", year=year)
    return feeds_of(permalinks.for_year(year), title, context.links, context.messages)
