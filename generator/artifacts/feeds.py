"""The feeds of the site, of each trait and reason, series and year, and of several authors."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from functools import cache, partial
from itertools import groupby
from typing import NamedTuple

from generator.artifacts.answers import answer
from generator.artifacts.context import SiteContext
from generator.artifacts.feed_links import author_feeds, post_reply_feeds
from generator.artifacts.page_context import PageContext
from generator.artifacts.recipes import Artifact, Feed, Lazy
from generator.artifacts.replies import ANCHOR
from generator.artifacts.shown_posts import ShownPost, post_prose
from generator.config.built_in_pages import HOME
from generator.i18n.catalogues import direction_of
from generator.i18n.translate import translate
from generator.model import Entry, PostState
from generator.site import permalinks
from generator.site.assemble import newest_first
from generator.site.message_ids import feed_id
from generator.views import (
    AuthorCard,
    FeedAnswer,
    FeedAuthor,
    FeedEntry,
    FeedReplies,
    FeedView,
    Link,
)

ICON = "icon-512.png"


def feed_files(context: SiteContext) -> Iterator[Artifact]:
    """Each feed in its three formats; published posts only, even in a preview."""
    published = [e for e in context.site.entries if e.state is PostState.PUBLISHED]
    yield from _feeds(HOME, "", context.config.tagline, published, context)
    for taxonomy in context.site.taxonomies:
        if taxonomy.has_feeds:
            for term in taxonomy.terms:
                shown = context.by_term.get((term.taxonomy, term.slug), ())
                entries = [e for e in shown if e.state is PostState.PUBLISHED]
                owner = permalinks.for_term(taxonomy.name, term.slug)
                yield from _feeds(owner, term.title, term.summary, entries, context)
    for author in context.authors.values():
        if author_feeds(author, context.page):
            entries = [e for e in published if author.id in e.authors]
            owner = permalinks.for_author(author.id)
            yield from _feeds(owner, author.name, author.summary, entries, context)
    yield from _series_feeds(context)
    yield from _year_feeds(context)


def _series_feeds(context: SiteContext) -> Iterator[Artifact]:
    for series in context.site.series:
        parts = (context.entries[source] for source in series.parts)
        entries = sorted(parts, key=lambda entry: newest_first(entry.post))
        shown = [e for e in entries if e.state is PostState.PUBLISHED]
        subtitle = translate(
            context.messages, "series_summary", n=len(series.parts), title=series.title
        )
        owner = permalinks.for_series(series.slug)
        yield from _feeds(owner, series.title, subtitle, shown, context)


def _year_feeds(context: SiteContext) -> Iterator[Artifact]:
    """Feeds of years, with summaries: what a year was about, without repeating all of it."""
    for year, group in groupby(context.site.entries, key=lambda entry: entry.post.published.year):
        title = translate(context.messages, "letters_of_year", year=year)
        shown = [e for e in group if e.state is PostState.PUBLISHED]
        owner = permalinks.for_year(year)
        yield from _feeds(owner, title, "", shown, context, full_text=False)


class FeedInputs(NamedTuple):
    """Everything that a feed is made from."""

    context: PageContext
    owner: str  # permalink of the page that it belongs to
    title: str  # '' for the feed of the whole site
    subtitle: str
    posts: tuple[ShownPost, ...]  # newest first
    is_whole: bool  # whether it contains whole posts


def _feeds(
    owner: str,
    title: str,
    subtitle: str,
    entries: Sequence[Entry],
    context: SiteContext,
    *,
    full_text: bool = True,
) -> Iterator[Artifact]:
    settings = context.config.feeds
    posts = tuple([context.shown[entry.post.source] for entry in entries[: settings.entries]])
    is_whole = full_text and settings.full_text
    inputs = FeedInputs(context.page, owner, title, subtitle, posts, is_whole)
    items = cache(partial(feed_entries, inputs))
    for feed_format in permalinks.FEEDS:
        permalink = permalinks.for_feed(owner, feed_format)
        view = Lazy(partial(feed_view, permalink, items, inputs), inputs)
        yield Artifact(permalinks.output_path(permalink), Feed(view, feed_format), "")


def feed_entries(inputs: FeedInputs) -> tuple[FeedEntry, ...]:
    """The entries, made once for all formats."""
    return tuple(_feed_entry(shown, inputs.context, inputs.is_whole) for shown in inputs.posts)


def feed_view(
    permalink: str, entries: Callable[[], tuple[FeedEntry, ...]], inputs: FeedInputs
) -> FeedView:
    context, owner, title, subtitle, _, _ = inputs
    items = entries()
    return FeedView(
        id=feed_id(context.config.authority, f"feed{owner}"),
        title=f"{title} · {context.config.title}" if title else context.config.title,
        subtitle=subtitle,
        home=context.links.absolute(owner),
        self_url=context.links.absolute(permalink),
        language=context.config.language,
        updated=max((item.updated for item in items), default=feed_begin(context)),
        author=feed_author(context.view.author, context),
        icon=feed_icon(context),
        entries=items,
    )


def feed_begin(context: PageContext) -> datetime:
    """The date of a feed without posts, since Atom requires one: the beginning of the blog's ids.

    It is in the past, and the same at each build.
    """
    year = re.search(r",(\d{4})", context.config.authority)
    return datetime(max(1, int(year[1])) if year else 2000, 1, 1, tzinfo=UTC)


def feed_icon(context: PageContext) -> str:
    """The icon of every feed, '' if the theme has none."""
    url = context.view.files.get(ICON, "")
    return context.links.absolute_url(url) if url else ""


def _feed_entry(shown: ShownPost, context: PageContext, is_whole: bool) -> FeedEntry:
    post = shown.post
    site_language = context.config.language
    direction = direction_of(post.language or site_language)
    is_as_feed = post.language in ("", site_language) and direction == "ltr"
    return FeedEntry(
        id=feed_id(context.config.authority, post.id),
        title=post.title,
        url=context.links.absolute(shown.permalink),
        published=post.published,
        updated=post.updated or post.published,
        summary=shown.summary,
        html=post_prose(shown, context) if is_whole else None,
        authors=tuple(feed_author(author, context) for author in shown.authors),
        categories=tuple(trait.title for trait in shown.traits),
        image=context.links.absolute_url(shown.image.url) if shown.image else "",
        language=post.language or site_language,
        direction="" if is_as_feed else direction,
        answer=_answer(shown, context),
        replies=_replies(shown, context) if shown.reply_count else None,
    )


def _answer(shown: ShownPost, context: PageContext) -> FeedAnswer:
    """The line under a post on its page, for readers who never see that page."""
    line, messages = answer(shown, context), context.messages
    links = [Link(way.title, way.url) for way in line.ways]
    page = context.links.absolute_url(line.page) if line.page else ""
    if page:
        label = "answer_other_ways" if line.ways else "answer_how"
        links.append(Link(translate(messages, label), page))
    language = context.config.language
    return FeedAnswer(line.text, page, tuple(links), language, messages.direction)


def _replies(shown: ShownPost, context: PageContext) -> FeedReplies:
    return FeedReplies(
        total=shown.reply_count,
        url=context.links.absolute(shown.permalink) + ANCHOR,
        feeds=post_reply_feeds(shown.permalink, shown.post.title, context),
    )


def feed_author(author: AuthorCard, context: PageContext) -> FeedAuthor:
    """An author as feeds name them."""
    url = context.links.absolute_url(author.url) if author.url else ""
    return FeedAuthor(author.name, url, author.email)
