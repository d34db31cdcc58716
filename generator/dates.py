"""Dates in words."""

from __future__ import annotations

from datetime import date, datetime

from generator.model import Conventions, DateView
from generator.words.numbers import in_digits

_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def date_view(moment: datetime | date, conventions: Conventions) -> DateView:
    """A day as readers see it, independent of the machine's locale."""
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


def month_in_short(day: date, conventions: Conventions) -> str:
    """A month's name as calendars have it."""
    return conventions.months_short[day.month - 1]


def hour_in_short(moment: datetime, zone: str, *, today: datetime) -> str:
    """A moment for the one who builds, `Tue 24 Nov 09:00 Europe/London`; the year if another."""
    day, month = _DAYS[moment.weekday()], _MONTHS[moment.month - 1]
    year = f" {moment.year}" if moment.year != today.year else ""
    return f"{day} {moment.day} {month}{year} {moment:%H:%M} {zone}"
