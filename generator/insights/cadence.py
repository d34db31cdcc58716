"""The rhythm of a blog: how each week went, and how long the blog was silent."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from itertools import pairwise, takewhile
from statistics import median_low
from typing import NamedTuple

from generator.config.settings import SiteConfig
from generator.insights.weeks import (
    IsoWeek,
    iso_week_of,
    last_day,
    reason_away,
    weekly_day,
    weeks_between,
    weeks_of_posts,
)

FEWEST_GAPS = 4  # from fewer, nobody can tell what is usual


class Went(StrEnum):
    """How a week went."""

    ON_TIME = "on time"
    LATE = "late"
    AWAY = "away"
    MISSED = "missed"
    OPEN = "open"  # this week, which has no post yet


class WeekKept(NamedTuple):
    """A week, how it went, and the days of its posts."""

    week: IsoWeek
    went: Went
    posts: tuple[date, ...] = ()


class Silence(NamedTuple):
    """The time between two posts, without days off."""

    days: int
    after: date
    until: date


@dataclass(frozen=True, slots=True)
class Rhythm:
    """Some weeks that are over or have their post, oldest first."""

    weeks: tuple[WeekKept, ...]

    def count(self, *went: Went) -> int:
        """How many weeks went in one of these ways."""
        return sum(week.went in went for week in self.weeks)

    @property
    def kept(self) -> int:
        """How many weeks have a post, or were off."""
        return self.count(Went.ON_TIME, Went.LATE, Went.AWAY)


@dataclass(frozen=True, slots=True)
class Cadence:
    """Every week from that of the first post to this one."""

    weeks: tuple[WeekKept, ...]  # oldest first; () for a blog without posts
    median_gap: int | None  # days between posts; None while there are too few to tell
    longest_silence: Silence | None  # it may not be over yet; None without posts

    def last(self, number: int) -> Rhythm:
        """The last weeks that are over, and this week if its post is out."""
        settled = [week for week in self.weeks if week.went is not Went.OPEN]
        return Rhythm(tuple(settled[-number:]))

    @property
    def missed_lately(self) -> int:
        """How many of the latest weeks in a row were missed."""
        settled = self.last(len(self.weeks)).weeks
        return sum(1 for _ in takewhile(lambda week: week.went is Went.MISSED, reversed(settled)))


def cadence(days: Iterable[date], config: SiteConfig, *, today: date) -> Cadence:
    """The rhythm of posts that appeared on these days, up to today."""
    posts = sorted(day for day in days if day <= today)
    if not posts:
        return Cadence((), None, None)
    by_week = _by_week(posts, config)
    weeks = weeks_between(min(by_week), iso_week_of(today))
    gaps = [_silence(*pair, config) for pair in pairwise(sorted(set(posts)))]
    return Cadence(
        weeks=tuple(_kept(week, by_week, config, today) for week in weeks),
        median_gap=median_low(gap.days for gap in gaps) if len(gaps) >= FEWEST_GAPS else None,
        longest_silence=max((*gaps, _silence(posts[-1], today, config)), key=lambda gap: gap.days),
    )


def _by_week(days: Iterable[date], config: SiteConfig) -> dict[IsoWeek, tuple[date, ...]]:
    weeks = weeks_of_posts(days, config)
    return {week: tuple(day for day in days if weeks[day] == week) for week in weeks.values()}


def _kept(
    week: IsoWeek, by_week: Mapping[IsoWeek, tuple[date, ...]], config: SiteConfig, today: date
) -> WeekKept:
    posts = by_week.get(week, ())
    is_off = reason_away(weekly_day(week, config), config) is not None
    if posts:
        # no post is late in a week off, nor is the very first one
        is_on_time = is_off or week == min(by_week) or posts[0] <= last_day(week, config)
        return WeekKept(week, Went.ON_TIME if is_on_time else Went.LATE, posts)
    if is_off:
        return WeekKept(week, Went.AWAY)
    return WeekKept(week, Went.OPEN if _is_open(week, config, today) else Went.MISSED)


def _is_open(week: IsoWeek, config: SiteConfig, today: date) -> bool:
    """Whether a post that appears today would still count for that week."""
    return today <= max(week.monday + timedelta(6), last_day(week, config))


def _silence(after: date, until: date, config: SiteConfig) -> Silence:
    between = _days_between(after, until)
    return Silence(
        (until - after).days - sum(reason_away(day, config) is not None for day in between),
        after,
        until,
    )


def _days_between(after: date, until: date) -> Iterator[date]:
    for number in range(1, (until - after).days):
        yield after + timedelta(number)
