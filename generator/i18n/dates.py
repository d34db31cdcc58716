"""Dates in words, for readers and for the terminal."""

from __future__ import annotations

from datetime import date, datetime, time, tzinfo

from generator.i18n.numbers import in_digits
from generator.views import Conventions, DateView

_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def date_view(moment: datetime | date, conventions: Conventions) -> DateView:
    """A date as readers see it, whatever the machine's locale."""
    parts = {
        "weekday": conventions.weekdays[moment.weekday()],
        "day": in_digits(moment.day, conventions),
        "month": conventions.months[moment.month - 1],
        "month_short": conventions.months_short[moment.month - 1],
        "year": in_digits(moment.year, conventions),
    }
    return DateView(
        iso=moment.isoformat(),
        long=conventions.long.format_map(parts),
        short=conventions.short.format_map(parts),
        week=moment.isocalendar().week,
    )


def day_view(day: date, zone: tzinfo, conventions: Conventions) -> DateView:
    """A day as readers see it; for programs, its first moment in that zone."""
    return date_view(datetime.combine(day, time(), zone), conventions)


def month_and_year(day: date, conventions: Conventions) -> str:
    """A month of a year, `November 2026`."""
    return f"{conventions.months[day.month - 1]} {in_digits(day.year, conventions)}"


def month_in_short(day: date, conventions: Conventions) -> str:
    """The short name of a month."""
    return conventions.months_short[day.month - 1]


def hour_in_short(moment: datetime, zone: str, *, today: datetime) -> str:
    """A moment in short, `Tue 24 Nov 09:00 Europe/London`, with the year if it is not today's."""
    day, month = _DAYS[moment.weekday()][:3], _MONTHS[moment.month - 1][:3]
    return f"{day} {moment.day} {month}{_other_year(moment, today)} {moment:%H:%M} {zone}"


def hour_in_words(moment: datetime, *, today: datetime) -> str:
    """A moment in words, `Tuesday 24 November at 09:00`, with the year if it is not today's."""
    day, month = _DAYS[moment.weekday()], _MONTHS[moment.month - 1]
    return f"{day} {moment.day} {month}{_other_year(moment, today)} at {moment:%H:%M}"


def without_midnight(words: str) -> str:
    """A moment in words, without a midnight that nobody has chosen."""
    return words.removesuffix(" at 00:00")


def day_in_short(day: date) -> str:
    """A day for a table, `Tue 24 Nov`, always of the same width."""
    return f"{_DAYS[day.weekday()][:3]} {day.day:>2} {_MONTHS[day.month - 1][:3]}"


def day_in_full(day: date) -> str:
    """A day of any year, `24 November 2026`."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def _other_year(moment: datetime, today: datetime) -> str:
    return f" {moment.year}" if moment.year != today.year else ""
