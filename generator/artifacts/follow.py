"""The page about feeds."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from generator.artifacts.context import SiteContext, term_link
from generator.artifacts.feed_links import (
    action_feeds,
    author_feeds,
    reply_feeds,
    series_feeds,
    term_feeds,
)
from generator.artifacts.page_heads import head
from generator.artifacts.recipes import Artifact, page
from generator.config.built_in_pages import FOLLOW
from generator.i18n.translate import translate
from generator.views import FeedGroup, FollowView


def follow_pages(context: SiteContext) -> Iterator[Artifact]:
    """The page that lists every feed."""
    yield page("follow.html", FOLLOW, partial(_follow_view, context))


def _follow_view(context: SiteContext) -> FollowView:
    groups = [
        (
            taxonomy.title,
            tuple(
                FeedGroup(
                    term.title,
                    term.summary,
                    term_feeds(term, context.page),
                    term_link(term, context),
                )
                for term in taxonomy.terms
            ),
        )
        for taxonomy in context.site.taxonomies
        if taxonomy.has_feeds and taxonomy.terms and not taxonomy.is_hidden
    ]
    if context.site.series:
        series = (
            FeedGroup(one.title, "", series_feeds(one, context.page), None)
            for one in context.site.series
        )
        groups.append((translate(context.messages, "series"), tuple(series)))
    if listening := _listening_feeds(context):
        groups.append((translate(context.messages, "feed_of_replies"), listening))
    authors = tuple(
        FeedGroup(author.name, author.role, feeds, None)
        for author in context.authors.values()
        if (feeds := author_feeds(author, context.page))
    )
    if authors:
        groups.append((translate(context.messages, "feed_by_author"), authors))
    return FollowView(
        site=context.view,
        head=head(
            context.page,
            FOLLOW,
            translate(context.messages, "follow"),
            translate(context.messages, "follow_summary", site=context.config.title),
        ),
        everything=FeedGroup(
            context.config.title,
            context.config.tagline,
            context.view.feeds,
            None,
        ),
        groups=tuple(groups),
    )


def _listening_feeds(context: SiteContext) -> tuple[FeedGroup, ...]:
    """The feeds of replies and of what came of them, as far as there are some."""
    messages, site = context.messages, context.site
    groups = []
    if site.replies:
        title = translate(messages, "all_replies")
        groups.append(FeedGroup(title, "", reply_feeds(context.page), None))
    if site.actions:
        title, summary = translate(messages, "actions"), translate(messages, "actions_summary")
        groups.append(FeedGroup(title, summary, action_feeds(context.page), None))
    return tuple(groups)
