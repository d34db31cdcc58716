"""The archive: every post, by year and ISO week."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from functools import partial
from itertools import groupby
from typing import NamedTuple

from generator.artifacts.context import SiteContext, link_to, trait_shares
from generator.artifacts.feed_links import year_feeds
from generator.artifacts.page_context import PageContext
from generator.artifacts.page_heads import head
from generator.artifacts.recipes import Artifact, page
from generator.artifacts.structured_data import described_place
from generator.artifacts.weeks import (
    Posts,
    by_week,
    day_of,
    months,
    week_in,
    week_of,
    week_with,
    weeks_with,
)
from generator.config.built_in_pages import ARCHIVE
from generator.i18n.translate import translate
from generator.insights.weeks import IsoWeek, iso_week_of
from generator.model import Entry
from generator.site import permalinks
from generator.views import ArchiveView, ArchiveYear, FeedLink, Link, PostLink, TermShare


class ArchiveInputs(NamedTuple):
    """Everything that the archive, or the page of a year, is made from."""

    context: PageContext
    year: int  # 0 for the archive of all years
    years: tuple[int, ...]  # those with a post, newest first
    span: tuple[IsoWeek, ...]  # the weeks of the first post and of the newest; () without one
    posts: tuple[PostLink, ...]  # newest first; of one year: those of its days and of its weeks
    traits: tuple[TermShare, ...]  # of one year
    reply_counts: tuple[tuple[str, int], ...]  # of those of the posts that have replies


def archive_pages(context: SiteContext) -> Iterator[Artifact]:
    """The archive of all years, and a page for each."""
    entries = context.site.entries
    years = {year: tuple(group) for year, group in groupby(entries, key=_year_of)}
    span = (week_of(entries[-1]), week_of(entries[0])) if entries else ()
    posts = tuple([link_to(entry, context) for entry in entries])
    counts = _reply_counts(context)
    whole = ArchiveInputs(context.page, 0, tuple(years), span, posts, (), counts)
    yield page("archive.html", ARCHIVE, partial(_archive_view, whole), inputs=whole)
    of_years = _posts_of_years(entries, context)
    for year, group in years.items():
        urls = {post.url for post in of_years[year]}
        inputs = whole._replace(
            year=year,
            posts=tuple(of_years[year]),
            traits=trait_shares(group, context),
            reply_counts=tuple([count for count in counts if count[0] in urls]),
        )
        view = partial(_archive_view, inputs)
        yield page("archive.html", permalinks.for_year(year), view, inputs=inputs)


def _reply_counts(context: SiteContext) -> tuple[tuple[str, int], ...]:
    """The posts that have replies, by URL, and how many."""
    replied = (e for e in context.site.entries if e.post.source in context.site.replies)
    counts = ((link_to(e, context).url, context.shown[e.post.source].reply_count) for e in replied)
    return tuple([(url, count) for url, count in counts if count])


def _year_of(entry: Entry) -> int:
    return entry.post.published.year


def _posts_of_years(entries: tuple[Entry, ...], context: SiteContext) -> dict[int, list[PostLink]]:
    """The posts of the days and of the weeks of each year, which differ at New Year."""
    posts: dict[int, list[PostLink]] = {}
    for entry in entries:
        for year in {_year_of(entry), week_of(entry).year}:
            posts.setdefault(year, []).append(link_to(entry, context))
    return posts


def _archive_view(inputs: ArchiveInputs) -> ArchiveView:
    context, year, years = inputs.context, inputs.year, inputs.years
    messages, site = context.messages, context.config.title
    archive = Link(translate(messages, "archive"), context.links.url(ARCHIVE))
    trail: tuple[Link, ...] = (archive,)
    feeds: tuple[FeedLink, ...] = ()
    if year:
        permalink = permalinks.for_year(year)
        title = translate(messages, "letters_of_year", year=year)
        description = translate(messages, "letters_of_year_summary", year=year, site=site)
        trail = (archive, Link(title, context.links.url(permalink)))
        feeds = year_feeds(year, context)
    else:
        permalink, title = ARCHIVE, archive.title
        description = translate(messages, "archive_summary", site=site)
    place = described_place(trail, context)
    return ArchiveView(
        site=context.view,
        head=head(context, permalink, title, description, feeds=feeds, structured=place),
        title=title,
        years=tuple(_shown_years((year,) if year else years, inputs)),
        all_years=tuple(
            Link(translate(messages, "year", year=one), context.links.url(permalinks.for_year(one)))
            for one in years
        ),
        traits=inputs.traits,
        feeds=feeds,
        reply_counts=dict(inputs.reply_counts),
    )


def _shown_years(years: tuple[int, ...], inputs: ArchiveInputs) -> Iterator[ArchiveYear]:
    weeks = by_week(inputs.posts)
    days = groupby(inputs.posts, key=lambda post: day_of(post).year)
    for year, group in days:
        if year in years:
            yield _year(year, tuple(group), weeks, inputs)


def _year(
    year: int, posts: Posts, weeks: Mapping[IsoWeek, Posts], inputs: ArchiveInputs
) -> ArchiveYear:
    context, (first, newest) = inputs.context, inputs.span
    since = max(first, IsoWeek(year, 1))
    until = min(newest, iso_week_of(date(year, 12, 28)))  # always in the last week of its year
    return ArchiveYear(
        year=year,
        url=context.links.url(permalinks.for_year(year)),
        post_count=len(posts),
        weeks=tuple(
            week_with(week, tuple(group), context) for week, group in groupby(posts, key=week_in)
        ),
        months=months(weeks_with(weeks, since, until, context), context.messages.conventions),
    )
