"""Dates in words."""

from __future__ import annotations

from datetime import date, datetime

from generator.model import DateView

_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def date_view(moment: datetime | date) -> DateView:
    """A day as readers see it, independent of the machine's locale."""
    month = _MONTHS[moment.month - 1]
    return DateView(
        iso=moment.isoformat(),
        long=f"{_DAYS[moment.weekday()]} {moment.day} {month} {moment.year}",
        short=f"{moment.day} {month[:3]} {moment.year}",
        week=moment.isocalendar().week,
    )


def month_in_short(day: date) -> str:
    """A month's name as calendars have it."""
    return _MONTHS[day.month - 1][:3]


def hour_in_short(moment: datetime, zone: str, *, today: datetime) -> str:
    """A moment with its hour and zone, `Tue 24 Nov 09:00 Europe/London`; the year if another."""
    day, month = _DAYS[moment.weekday()][:3], _MONTHS[moment.month - 1][:3]
    year = f" {moment.year}" if moment.year != today.year else ""
    return f"{day} {moment.day} {month}{year} {moment:%H:%M} {zone}"
