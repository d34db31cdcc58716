"""Posts by ISO week: the weeks from the first to the newest, even those without one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from itertools import groupby

from generator.artifacts.context import SiteContext, link_to, trait_shares
from generator.config.built_in_pages import ARCHIVE
from generator.i18n.dates import date_view, month_in_short
from generator.insights.weeks import IsoWeek, iso_week_of, weeks_between
from generator.model import Entry
from generator.site import permalinks
from generator.views import Conventions, Lately, Month, Week

Weeks = Callable[[], tuple[Week, ...]]  # all weeks, made once for all pages that show them

LATELY = 12  # weeks: a quarter, as the home page sums it up


def all_weeks(context: SiteContext) -> tuple[Week, ...]:
    """Each week from that of the first post to that of the newest, oldest first."""
    entries = {week: tuple(group) for week, group in groupby(context.site.entries, key=week_of)}
    if not entries:
        return ()
    weeks = weeks_between(min(entries), max(entries))
    return tuple(week_with(week, entries.get(week, ()), context) for week in weeks)


def months(weeks: Iterable[Week], conventions: Conventions) -> tuple[Month, ...]:
    """Weeks by month; a week belongs to the month of its Thursday, as to its year."""
    return tuple(
        Month(month_in_short(month, conventions), tuple(group))
        for month, group in groupby(weeks, key=_month_of)
    )


def lately(weeks: Sequence[Week], context: SiteContext) -> Lately:
    """The last of these weeks, and how many of their posts are about each trait."""
    weeks = tuple(weeks[-LATELY:])
    entries = context.site.entries[: sum(len(week.posts) for week in weeks)]
    return Lately(weeks=weeks, post_count=len(entries), traits=trait_shares(entries, context))


def week_of(entry: Entry) -> IsoWeek:
    """The week in which a post was published."""
    return iso_week_of(entry.post.published.date())


def week_with(week: IsoWeek, entries: Sequence[Entry], context: SiteContext) -> Week:
    """A week with some of its posts."""
    return Week(
        year=week.year,
        number=week.number,
        starts=date_view(week.monday, context.messages.conventions),
        posts=tuple(link_to(entry, context) for entry in entries),
        url=_list_of(week, entries, context),
    )


def _list_of(week: IsoWeek, entries: Sequence[Entry], context: SiteContext) -> str:
    """Where the posts of a week are listed; a week at New Year may be in two years."""
    if len(entries) < 2:
        return ""
    if {entry.post.published.year for entry in entries} != {week.year}:
        return context.links.url(ARCHIVE)
    return context.links.url(permalinks.for_year(week.year)) + permalinks.anchor_of_week(*week)


def _month_of(week: Week) -> date:
    return IsoWeek(week.year, week.number).thursday.replace(day=1)
