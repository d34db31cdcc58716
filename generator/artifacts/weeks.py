"""Posts by ISO week, with the weeks between them that have none."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import groupby, takewhile

from generator.artifacts.context import SiteContext, link_to, trait_shares
from generator.artifacts.page_context import PageContext
from generator.config.built_in_pages import ARCHIVE
from generator.i18n.dates import date_view, month_in_short
from generator.insights.weeks import IsoWeek, iso_week_of, weeks_between
from generator.model import Entry
from generator.site import permalinks
from generator.views import Conventions, Lately, Month, PostLink, Week

Posts = Sequence[PostLink]  # newest first

LATELY = 12  # weeks: a quarter, as the home page sums it up


def lately(context: SiteContext) -> Lately:
    """The last weeks of a site with posts, and how many of their posts are about each trait."""
    newest = week_of(context.site.entries[0])
    since = newest.later(1 - LATELY)
    recent = tuple(takewhile(lambda entry: week_of(entry) >= since, context.site.entries))
    return Lately(
        weeks=last_weeks(LATELY, context),
        post_count=len(recent),
        traits=trait_shares(recent, context),
    )


def last_weeks(count: int, context: SiteContext) -> tuple[Week, ...]:
    """At most so many weeks up to that of the newest post, none before that of the first."""
    entries = context.site.entries
    newest = week_of(entries[0])
    since = max(week_of(entries[-1]), newest.later(1 - count))
    recent = takewhile(lambda entry: week_of(entry) >= since, entries)
    posts = by_week(link_to(entry, context) for entry in recent)
    return tuple(weeks_with(posts, since, newest, context.page))


def by_week(posts: Iterable[PostLink]) -> dict[IsoWeek, tuple[PostLink, ...]]:
    """Posts by the week in which they were published."""
    return {week: tuple(group) for week, group in groupby(posts, key=week_in)}


def weeks_with(
    posts: Mapping[IsoWeek, Posts], first: IsoWeek, last: IsoWeek, context: PageContext
) -> Iterator[Week]:
    """Each week from the first to the last, with its posts."""
    return (week_with(week, posts.get(week, ()), context) for week in weeks_between(first, last))


def months(weeks: Iterable[Week], conventions: Conventions) -> tuple[Month, ...]:
    """Weeks by month; a week belongs to the month of its Thursday, as to its year."""
    return tuple(
        Month(month_in_short(month, conventions), tuple(group))
        for month, group in groupby(weeks, key=_month_of)
    )


def week_of(entry: Entry) -> IsoWeek:
    """The week in which a post was published."""
    return iso_week_of(entry.post.published.date())


def week_in(post: PostLink) -> IsoWeek:
    """The same, of a post in a line."""
    return iso_week_of(day_of(post))


def day_of(post: PostLink) -> date:
    """The day on which a post was published, in the site's zone."""
    return date.fromisoformat(post.date.iso[: len("2026-11-24")])


def week_with(week: IsoWeek, posts: Posts, context: PageContext) -> Week:
    """A week with some of its posts."""
    return Week(
        year=week.year,
        number=week.number,
        starts=date_view(week.monday, context.messages.conventions),
        posts=tuple(posts),
        url=_list_of(week, posts, context),
    )


def _list_of(week: IsoWeek, posts: Posts, context: PageContext) -> str:
    """Where the posts of a week are listed; a week at New Year may be in two years."""
    if len(posts) < 2:
        return ""
    if {day_of(post).year for post in posts} != {week.year}:
        return context.links.url(ARCHIVE)
    return context.links.url(permalinks.for_year(week.year)) + permalinks.anchor_of_week(*week)


def _month_of(week: Week) -> date:
    return IsoWeek(week.year, week.number).thursday.replace(day=1)
