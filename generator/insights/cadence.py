"""The rhythm of a blog: how each week went, and how long it was silent."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from itertools import pairwise, takewhile
from statistics import median
from typing import NamedTuple

from generator.config.settings import SiteConfig
from generator.insights.weeks import IsoWeek, reason_away, week_of, weekly_day, weeks_between


class Went(StrEnum):
    """How a week went."""

    ON_TIME = "on time"
    LATE = "late"
    AWAY = "away"
    MISSED = "missed"
    OPEN = "open"  # it is this one, and there is no letter yet


class WeekKept(NamedTuple):
    """A week, how it went, and the days of its letters."""

    week: IsoWeek
    went: Went
    letters: tuple[date, ...] = ()


class Silence(NamedTuple):
    """A time between two letters; days off are not counted."""

    days: int
    after: date
    until: date


@dataclass(frozen=True, slots=True)
class Rhythm:
    """Some weeks that are over or have their letter, oldest first."""

    weeks: tuple[WeekKept, ...]

    def count(self, *went: Went) -> int:
        """How many weeks went like that."""
        return sum(week.went in went for week in self.weeks)

    @property
    def kept(self) -> int:
        """Weeks with a letter, and weeks off."""
        return self.count(Went.ON_TIME, Went.LATE, Went.AWAY)


@dataclass(frozen=True, slots=True)
class Cadence:
    """Every week from that of the first letter to this one."""

    weeks: tuple[WeekKept, ...]  # oldest first; () for a blog without a letter
    median_gap: float | None  # days between letters; None before the second
    longest_silence: Silence | None  # the one that lasts may be it; None before the first letter

    def last(self, number: int) -> Rhythm:
        """The last weeks that are over, with this one once its letter is out."""
        settled = [week for week in self.weeks if week.went is not Went.OPEN]
        return Rhythm(tuple(settled[-number:]))

    @property
    def missed_lately(self) -> int:
        """Weeks in a row without a letter, up to the last that is over."""
        settled = self.last(len(self.weeks)).weeks
        return sum(1 for _ in takewhile(lambda week: week.went is Went.MISSED, reversed(settled)))


def cadence(days: Iterable[date], config: SiteConfig, *, today: date) -> Cadence:
    """The rhythm of letters that appeared on these days, as seen today; later ones are left out."""
    letters = sorted(day for day in days if day <= today)
    if not letters:
        return Cadence((), None, None)
    by_week = _by_week(letters, config)
    weeks = weeks_between(min(by_week), week_of(today))
    gaps = [_silence(*pair, config) for pair in pairwise(letters)]
    return Cadence(
        weeks=tuple(_kept(week, by_week, config, today) for week in weeks),
        median_gap=median(gap.days for gap in gaps) if gaps else None,
        longest_silence=max(
            (*gaps, _silence(letters[-1], today, config)), key=lambda gap: gap.days
        ),
    )


def weeks_of_letters(days: Iterable[date], config: SiteConfig) -> dict[date, IsoWeek]:
    """The week for which a letter of each day counts.

    One that comes on Monday within the grace of Sunday's counts for the week before, if that has
    none of its own.
    """
    found: dict[date, IsoWeek] = {}
    taken: set[IsoWeek] = set()
    for day in sorted(set(days)):
        week = week_of(day)
        before = week.later(-1)
        if taken and before not in taken and day <= _last_day(before, config):
            week = before
        found[day] = week
        taken.add(week)
    return found


def _by_week(days: Iterable[date], config: SiteConfig) -> dict[IsoWeek, tuple[date, ...]]:
    weeks = weeks_of_letters(days, config)
    return {week: tuple(day for day in days if weeks[day] == week) for week in weeks.values()}


def _last_day(week: IsoWeek, config: SiteConfig) -> date:
    """The last day on which the letter of a week is on time."""
    return weekly_day(week, config) + timedelta(config.weekly.grace)


def _kept(
    week: IsoWeek, by_week: Mapping[IsoWeek, tuple[date, ...]], config: SiteConfig, today: date
) -> WeekKept:
    letters = by_week.get(week, ())
    is_off = reason_away(weekly_day(week, config), config) is not None
    if letters:
        # nobody is late in a week off, nor with the very first letter
        is_on_time = is_off or week == min(by_week) or letters[0] <= _last_day(week, config)
        return WeekKept(week, Went.ON_TIME if is_on_time else Went.LATE, letters)
    if is_off:
        return WeekKept(week, Went.AWAY)
    return WeekKept(week, Went.OPEN if _is_open(week, config, today) else Went.MISSED)


def _is_open(week: IsoWeek, config: SiteConfig, today: date) -> bool:
    """Whether a letter of today would still count for that week."""
    return today <= max(week.monday + timedelta(6), _last_day(week, config))


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
