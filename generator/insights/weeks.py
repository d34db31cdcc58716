"""Weeks from Monday to Sunday, and when each week's post is due."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple

from generator.config.settings import WEEKDAYS, SiteConfig


class IsoWeek(NamedTuple):
    """A week of ISO 8601; around New Year its year may differ from the calendar's."""

    year: int
    number: int

    def __str__(self) -> str:
        return f"{self.year}-W{self.number:02}"

    @property
    def monday(self) -> date:
        """Its first day."""
        return date.fromisocalendar(self.year, self.number, 1)

    @property
    def thursday(self) -> date:
        """The day that says which year, and which month, the week belongs to."""
        return date.fromisocalendar(self.year, self.number, 4)

    def later(self, weeks: int = 1) -> IsoWeek:
        """The week that many weeks later, or earlier if negative."""
        return iso_week_of(self.monday + timedelta(weeks=weeks))


def iso_week_of(day: date) -> IsoWeek:
    """The week that a day is in."""
    year, number, _ = day.isocalendar()
    return IsoWeek(year, number)


def weeks_between(first: IsoWeek, last: IsoWeek) -> Iterator[IsoWeek]:
    """Each week from the first to the last, both included."""
    for number in range((last.monday - first.monday).days // 7 + 1):
        yield first.later(number)


def weekly_day(week: IsoWeek, config: SiteConfig) -> date:
    """The day of that week on which its post is due."""
    return week.monday + timedelta(WEEKDAYS.index(config.weekly.day))


def weekly_hour(day: date, config: SiteConfig) -> datetime:
    """When the post of that day is due; a time that the clocks skip becomes an hour later."""
    local = datetime.combine(day, config.default_hour, config.zone)
    return local.astimezone(UTC).astimezone(config.zone)


def reason_away(day: date, config: SiteConfig) -> str | None:
    """Why that day is off, '' if no reason is given; None if it is not off."""
    return next((off.why for off in config.away if off.from_ <= day <= off.to), None)


def last_day(week: IsoWeek, config: SiteConfig) -> date:
    """The last day on which the post of a week is on time."""
    return weekly_day(week, config) + timedelta(config.weekly.grace)


def weeks_of_posts(days: Iterable[date], config: SiteConfig) -> dict[date, IsoWeek]:
    """The week for which a post of each day counts.

    A post on a Monday that is still within the grace of the week before counts for that week, if
    it has none of its own.
    """
    found: dict[date, IsoWeek] = {}
    taken: set[IsoWeek] = set()
    for day in sorted(set(days)):
        week = iso_week_of(day)
        before = week.later(-1)
        if taken and before not in taken and day <= last_day(before, config):
            week = before
        found[day] = week
        taken.add(week)
    return found
