"""Posts by ISO week: the weeks from the first to the newest, even those without one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, timedelta
from itertools import groupby

from generator.artifacts.context import SiteContext, link_to, trait_shares
from generator.config.built_in_pages import ARCHIVE
from generator.i18n.dates import date_view, month_in_short
from generator.model import Entry
from generator.site import permalinks
from generator.views import Conventions, Lately, Month, Week

Weeks = Callable[[], tuple[Week, ...]]  # all weeks, made once for all pages that show them

LATELY = 12  # weeks: a quarter, as the home page sums it up


def all_weeks(context: SiteContext) -> tuple[Week, ...]:
    """Each week from that of the first post to that of the newest, oldest first."""
    entries = {day: tuple(group) for day, group in groupby(context.site.entries, key=_monday)}
    if not entries:
        return ()
    return tuple(week_with(day, entries.get(day, ()), context) for day in _mondays(entries))


def months(weeks: Iterable[Week], conventions: Conventions) -> tuple[Month, ...]:
    """Weeks by month; a week belongs to the month of its Thursday, as to its year."""
    return tuple(
        Month(month_in_short(thursday, conventions), tuple(group))
        for thursday, group in groupby(weeks, key=lambda week: _thursday(week).replace(day=1))
    )


def lately(weeks: Sequence[Week], context: SiteContext) -> Lately:
    """The last of these weeks, and how many of their posts are about each trait."""
    weeks = tuple(weeks[-LATELY:])
    entries = context.site.entries[: sum(len(week.posts) for week in weeks)]
    return Lately(weeks=weeks, post_count=len(entries), traits=trait_shares(entries, context))


def week_with(monday: date, entries: Sequence[Entry], context: SiteContext) -> Week:
    """The week that begins on a Monday, with some of its posts."""
    year, number, _ = monday.isocalendar()
    return Week(
        year=year,
        number=number,
        starts=date_view(monday, context.messages.conventions),
        posts=tuple(link_to(entry, context) for entry in entries),
        url=_list_of(year, number, entries, context),
    )


def _list_of(year: int, number: int, entries: Sequence[Entry], context: SiteContext) -> str:
    """Where the posts of a week are listed; a week at New Year may be in two years."""
    if len(entries) < 2:
        return ""
    if {entry.post.published.year for entry in entries} != {year}:
        return context.links.url(ARCHIVE)
    return context.links.url(permalinks.for_year(year)) + permalinks.anchor_of_week(year, number)


def _mondays(known: Iterable[date]) -> Iterator[date]:
    monday, newest = min(known), max(known)
    while monday <= newest:
        yield monday
        monday += timedelta(weeks=1)


def _monday(entry: Entry) -> date:
    day = entry.post.published.date()
    return day - timedelta(days=day.weekday())


def _thursday(week: Week) -> date:
    return date.fromisocalendar(week.year, week.number, 4)
