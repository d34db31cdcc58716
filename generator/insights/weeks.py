"""Weeks as a letter keeps them: from Monday to Sunday, with the hour at which it is due."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple

from generator.config.settings import WEEKDAYS, SiteConfig


class IsoWeek(NamedTuple):
    """A week of ISO 8601; its year differs from the calendar's at New Year."""

    year: int
    number: int

    def __str__(self) -> str:
        return f"{self.year}-W{self.number:02}"

    @property
    def monday(self) -> date:
        """Its first day."""
        return date.fromisocalendar(self.year, self.number, 1)

    def later(self, weeks: int = 1) -> IsoWeek:
        """The week so many weeks after it, or before it."""
        return week_of(self.monday + timedelta(weeks=weeks))


def week_of(day: date) -> IsoWeek:
    """The week of a day."""
    year, number, _ = day.isocalendar()
    return IsoWeek(year, number)


def weeks_between(first: IsoWeek, last: IsoWeek) -> Iterator[IsoWeek]:
    """Each week from the first to the last, both included."""
    for number in range((last.monday - first.monday).days // 7 + 1):
        yield first.later(number)


def weekly_day(week: IsoWeek, config: SiteConfig) -> date:
    """The day of that week on which the letter is due."""
    return week.monday + timedelta(WEEKDAYS.index(config.weekly.day))


def weekly_hour(day: date, config: SiteConfig) -> datetime:
    """The hour of the letter on that day; one that the clocks skip is the hour after it."""
    local = datetime.combine(day, config.default_hour, config.zone)
    return local.astimezone(UTC).astimezone(config.zone)


def reason_away(day: date, config: SiteConfig) -> str | None:
    """Why nobody writes on that day, '' where it is not said; None on a day of work."""
    return next((off.why for off in config.away if off.from_ <= day <= off.to), None)
