"""The archive: every post, by year and ISO week."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from functools import cache, partial
from itertools import groupby

from generator.artifacts.frame import Frame, head, trait_shares, year_feeds
from generator.artifacts.pages import page
from generator.artifacts.structured_data import described_place
from generator.artifacts.weeks import all_weeks, months, week_of
from generator.i18n.translate import translate
from generator.model import Artifact, Entry
from generator.site import permalinks
from generator.views import ArchiveView, ArchiveYear, FeedLink, Link, Month, TermShare, Week


def archive_pages(frame: Frame) -> Iterator[Artifact]:
    """The archive of all years, and a page for each."""
    years = cache(partial(_years, frame))
    lists = frame.sketches.of_lists
    yield page("archive.html", permalinks.ARCHIVE, partial(_whole_view, years, frame), lists)
    for year in sorted({entry.post.published.year for entry in frame.site.entries}, reverse=True):
        view = partial(_year_view, year, years, frame)
        yield page("archive.html", permalinks.for_year(year), view, lists)


Years = Callable[[], tuple[ArchiveYear, ...]]


def _whole_view(years: Years, frame: Frame) -> ArchiveView:
    return _view(
        frame,
        permalinks.ARCHIVE,
        translate(frame.messages, "archive"),
        translate(frame.messages, "archive_summary", site=frame.config.title),
        shown=years(),
        years=years(),
        trail=(_archive_link(frame),),
    )


def _archive_link(frame: Frame) -> Link:
    return Link(translate(frame.messages, "archive"), frame.links.url(permalinks.ARCHIVE))


def _year_view(year: int, years: Years, frame: Frame) -> ArchiveView:
    title = translate(frame.messages, "letters_of_year", year=year)
    here = Link(title, frame.links.url(permalinks.for_year(year)))
    return _view(
        frame,
        permalinks.for_year(year),
        title,
        translate(frame.messages, "letters_of_year_summary", year=year, site=frame.config.title),
        shown=tuple(shown for shown in years() if shown.year == year),
        years=years(),
        trail=(_archive_link(frame), here),
        traits=trait_shares(_entries_of(year, frame), frame),
        feeds=year_feeds(year, frame),
    )


def _entries_of(year: int, frame: Frame) -> Iterator[Entry]:
    return (entry for entry in frame.site.entries if entry.post.published.year == year)


def _view(
    frame: Frame,
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
    place = described_place(trail, frame)
    return ArchiveView(
        site=frame.view,
        head=head(frame, permalink, title, description, feeds=feeds, structured=place),
        title=title,
        years=shown,
        all_years=tuple(
            Link(translate(frame.messages, "year", year=year.year), year.url) for year in years
        ),
        traits=traits,
        feeds=feeds,
    )


def _years(frame: Frame) -> tuple[ArchiveYear, ...]:
    years = groupby(frame.site.entries, key=lambda entry: entry.post.published.year)
    weeks = {year: tuple(group) for year, group in groupby(all_weeks(frame), key=_iso_year)}
    return tuple(
        _year(year, tuple(entries), months(weeks.get(year, ()), frame.messages.conventions), frame)
        for year, entries in years
    )


def _iso_year(week: Week) -> int:
    return week.year


def _year(
    year: int, entries: tuple[Entry, ...], calendar: tuple[Month, ...], frame: Frame
) -> ArchiveYear:
    weeks = groupby(entries, key=lambda entry: entry.post.published.isocalendar()[:2])
    return ArchiveYear(
        year=year,
        url=frame.links.url(permalinks.for_year(year)),
        post_count=len(entries),
        weeks=tuple(
            week_of(date.fromisocalendar(iso_year, number, 1), tuple(group), frame)
            for (iso_year, number), group in weeks
        ),
        months=calendar,
    )
