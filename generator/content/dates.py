"""Dates as people write them, read in the site's time zone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo

from generator.config.settings import EARLIEST, LATEST, WEEKDAYS, Weekday
from generator.problems import shortened

_MOMENT = re.compile(
    r"""(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})
    (?:(?:[Tt]|[ \t]+)(?P<hour>\d{1,2}):(?P<minute>\d\d)(?::(?P<second>\d\d)(?:\.\d+)?)?
    [ \t]*(?P<zone>[Zz]|[+-]\d{1,2}(?::?\d\d)?)?)?""",
    re.VERBOSE,
)
_WEEK = re.compile(r"(?P<year>\d{4})-?[Ww](?P<number>\d{1,2})", re.ASCII)
_MONTHS = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
_YEAR_LAST = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})(?!\d)(?P<rest>.*)", re.DOTALL)
_YEAR_FIRST = re.compile(
    r"(\d{4})(?:[-/.](\d{1,2})[-/.](\d{1,2})|(\d\d)(\d\d))(?!\d)(?P<rest>.*)", re.DOTALL
)
_SHORT_YEAR = re.compile(r"\d{1,2}[-/.]\d{1,2}[-/.]\d\d(?!\d).*", re.DOTALL)
_HOUR = re.compile(
    r"[\s,T]*(?P<hour>\d{1,2})(?:[:.h](?P<minute>[0-5]\d))?(?::\d\d)?(?!\d)\s*(?:(?P<half>[ap])\.?m)?",
    re.IGNORECASE,
)
_IN_WORDS = re.compile(
    r"(?:\w+,?\s+)?(?:(?P<day>\d{1,2})(?:st|nd|rd|th)?\s+(?P<month>[A-Za-z]+)"
    r"|(?P<month2>[A-Za-z]+)\s+(?P<day2>\d{1,2})(?:st|nd|rd|th)?),?\s+(?P<year>\d{4})"
)


class MomentError(ValueError):
    """Text that is not a date, with what is wrong and what to write instead."""

    def __init__(self, code: str, message: str, hint: str) -> None:
        super().__init__(message)
        self.code, self.message, self.hint = code, message, hint


def read_moment(text: str, *, zone: ZoneInfo, default_hour: time) -> datetime:
    """The moment that `text` names, in `zone`.

    A date without a time means `default_hour` of that day. A time that the clocks skip in spring
    is read as the one after the gap, and a time that occurs twice in autumn as the first of the
    two (PEP 495). Raises MomentError with a suggestion for anything else.
    """
    text = text.strip()
    found = _MOMENT.fullmatch(text)
    if not found:
        raise _misread(text)
    day = _day(text, *(int(found[name]) for name in ("year", "month", "day")))
    hour = _hour(text, found) if found["hour"] else default_hour
    offset = _offset(found["zone"])
    local = datetime.combine(day, hour, zone if offset is None else offset)
    moment = local.astimezone(UTC).astimezone(zone)  # through UTC: a skipped hour moves on
    _day(text, moment.year, moment.month, moment.day)  # an offset may lead into another year
    return moment


def read_week(text: str, *, weekly_day: Weekday) -> date:
    """The weekly day of the week that `text` names, such as 2026-W48; raises MomentError."""
    found = _WEEK.fullmatch(text.strip())
    if not found:
        message = f"'{shortened(text)}' is not a week"
        raise MomentError("bad-week", message, "Write the year and the ISO week: 2026-W48.")
    year, number = int(found["year"]), int(found["number"])
    _day(text, year, 1, 1)
    try:
        return date.fromisocalendar(year, number, WEEKDAYS.index(weekly_day) + 1)
    except ValueError:
        last = date(year, 12, 28).isocalendar().week  # that day is always in the last week
        raise MomentError(
            "bad-week",
            f"there is no week '{shortened(text)}'",
            f"The weeks of {year} are W01 to W{last}.",
        ) from None


def _day(text: str, year: int, month: int, day: int) -> date:
    if not EARLIEST <= year <= LATEST:
        raise MomentError(
            "bad-date",
            f"'{shortened(text)}' is in a year that is surely a mistake",
            f"Write a year from {EARLIEST} to {LATEST}.",
        )
    try:
        return date(year, month, day)
    except ValueError:
        reason = f"There is no month {month}: write year-month-day."
        if 1 <= month <= 12:
            reason = f"{_MONTHS[month - 1].title()} {year} has no day {day}."
        message = f"'{shortened(text)}' does not exist"
        raise MomentError("bad-date", message, reason) from None


def _hour(text: str, found: re.Match[str]) -> time:
    try:
        return time(int(found["hour"]), int(found["minute"]), int(found["second"] or 0))
    except ValueError:
        raise MomentError(
            "bad-date",
            f"'{shortened(text)}' has a time that does not exist",
            "Write hours from 00 to 23, minutes and seconds from 00 to 59.",
        ) from None


def _offset(written: str | None) -> timezone | None:
    if not written:
        return None
    if written in "Zz":
        return UTC
    digits = written[1:].replace(":", "")
    hours, minutes = (int(digits), 0) if len(digits) <= 2 else (int(digits[:-2]), int(digits[-2:]))
    if hours > 14 or minutes > 59:
        raise MomentError(
            "bad-date", f"there is no time zone '{written}'", "Write an offset such as +01:00."
        )
    distance = timedelta(hours=hours, minutes=minutes)
    return timezone(-distance if written[0] == "-" else distance)


def _misread(text: str) -> MomentError:
    """Why `text` is not a date, with the date that it probably means."""
    shown = shortened(text)
    if found := _YEAR_LAST.fullmatch(text):
        first, second, year = (int(number) for number in found.groups()[:3])
        dates = {*_existing(year, second, first), *_existing(year, first, second)}
        readings = [day + _written_hour(found["rest"]) for day in sorted(dates)]
        if len(readings) > 1:
            hint = f"Write {' or '.join(readings)}."
            return MomentError("ambiguous-date", f"'{shown}' can mean two dates", hint)
        return _misspelt(shown, readings)
    if found := _YEAR_FIRST.fullmatch(text):
        year, month, day = (int(number) for number in found.groups()[:5] if number)
        hour = _written_hour(found["rest"])
        readings = [date + hour for date in _existing(year, month, day)]
        if re.match(r"\d{4}-\d\d?-\d\d?[Tt\s,]", text) and readings:
            hint = f"Write {readings[0]}{'' if hour else ' 09:00'}, "
            hint += "with an offset such as +01:00 if it is not in the blog's time zone."
            return MomentError("bad-date", f"the time of '{shown}' can't be read", hint)
        return _misspelt(shown, readings)
    if _SHORT_YEAR.fullmatch(text):
        return _misspelt(shown, [])
    if found := _IN_WORDS.fullmatch(text):
        name = (found["month"] or found["month2"]).lower()
        months = [n for n, month in enumerate(_MONTHS, 1) if month.startswith(name)]
        if len(months) == 1:
            day = int(found["day"] or found["day2"])
            return _misspelt(shown, list(_existing(int(found["year"]), months[0], day)))
    hint = "Write one such as 2026-11-24 or 2026-11-24 09:00."
    return MomentError("bad-date", f"'{shown}' is not a date", hint)


def _misspelt(shown: str, readings: list[str]) -> MomentError:
    hint = f"Write {readings[0]}." if readings else "Write a date such as 2026-11-24."
    return MomentError("bad-date", f"'{shown}' is not written as year-month-day", hint)


def _written_hour(rest: str) -> str:
    """The time after a date, as it should be written; '' if there is none."""
    found = _HOUR.match(rest)
    if not found:
        return ""
    hour, half = int(found["hour"]), (found["half"] or "").lower()
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    return f" {hour:02}:{found['minute'] or '00'}" if hour < 24 else ""


def _existing(year: int, month: int, day: int) -> Iterator[str]:
    """The date as it should be written, if it exists."""
    try:
        yield date(year, month, day).isoformat()
    except ValueError:
        return
