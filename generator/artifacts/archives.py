"""The archive: every post, by year and ISO week."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache, partial
from itertools import groupby

from generator.artifacts.context import SiteContext, trait_shares
from generator.artifacts.feed_links import year_feeds
from generator.artifacts.page_heads import head
from generator.artifacts.recipes import Artifact, page
from generator.artifacts.structured_data import described_place
from generator.artifacts.weeks import Weeks, months, week_of, week_with
from generator.config.built_in_pages import ARCHIVE
from generator.i18n.translate import translate
from generator.model import Entry
from generator.site import permalinks
from generator.views import ArchiveView, ArchiveYear, FeedLink, Link, Month, TermShare, Week


def archive_pages(weeks: Weeks, context: SiteContext) -> Iterator[Artifact]:
    """The archive of all years, and a page for each."""
    years = cache(partial(_years, weeks, context))
    yield page("archive.html", ARCHIVE, partial(_whole_view, years, context))
    for year in sorted({entry.post.published.year for entry in context.site.entries}, reverse=True):
        view = partial(_year_view, year, years, context)
        yield page("archive.html", permalinks.for_year(year), view)


Years = Callable[[], tuple[ArchiveYear, ...]]


def _whole_view(years: Years, context: SiteContext) -> ArchiveView:
    return _view(
        context,
        ARCHIVE,
        translate(context.messages, "archive"),
        translate(context.messages, "archive_summary", site=context.config.title),
        shown=years(),
        years=years(),
        trail=(_archive_link(context),),
    )


def _archive_link(context: SiteContext) -> Link:
    return Link(translate(context.messages, "archive"), context.links.url(ARCHIVE))


def _year_view(year: int, years: Years, context: SiteContext) -> ArchiveView:
    title = translate(context.messages, "letters_of_year", year=year)
    here = Link(title, context.links.url(permalinks.for_year(year)))
    return _view(
        context,
        permalinks.for_year(year),
        title,
        translate(
            context.messages, "letters_of_year_summary", year=year, site=context.config.title
        ),
        shown=tuple(shown for shown in years() if shown.year == year),
        years=years(),
        trail=(_archive_link(context), here),
        traits=trait_shares(_entries_of(year, context), context),
        feeds=year_feeds(year, context.page),
    )


def _entries_of(year: int, context: SiteContext) -> Iterator[Entry]:
    return (entry for entry in context.site.entries if entry.post.published.year == year)


def _view(
    context: SiteContext,
    permalink: str,
    title: str,
    description: str,
    *,
    shown: tuple[ArchiveYear, ...],
    years: tuple[ArchiveYear, ...],
    trail: tuple[Link, ...],
    traits: tuple[TermShare, ...] = (),
    feeds: tuple[FeedLink, ...] = (),
) -> ArchiveView:
    place = described_place(trail, context.page)
    return ArchiveView(
        site=context.view,
        head=head(context.page, permalink, title, description, feeds=feeds, structured=place),
        title=title,
        years=shown,
        all_years=tuple(
            Link(translate(context.messages, "year", year=year.year), year.url) for year in years
        ),
        traits=traits,
        feeds=feeds,
    )


def _years(all_weeks: Weeks, context: SiteContext) -> tuple[ArchiveYear, ...]:
    years = groupby(context.site.entries, key=lambda entry: entry.post.published.year)
    weeks = {year: tuple(group) for year, group in groupby(all_weeks(), key=_iso_year)}
    return tuple(
        _year(
            year, tuple(entries), months(weeks.get(year, ()), context.messages.conventions), context
        )
        for year, entries in years
    )


def _iso_year(week: Week) -> int:
    return week.year


def _year(
    year: int, entries: tuple[Entry, ...], calendar: tuple[Month, ...], context: SiteContext
) -> ArchiveYear:
    weeks = groupby(entries, key=week_of)
    return ArchiveYear(
        year=year,
        url=context.links.url(permalinks.for_year(year)),
        post_count=len(entries),
        weeks=tuple(week_with(week, tuple(group), context) for week, group in weeks),
        months=calendar,
    )
