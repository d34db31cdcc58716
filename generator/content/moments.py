"""Dates as people write them, read in the site's time zone."""

from __future__ import annotations

import re
from datetime import UTC, datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo

_MOMENT = re.compile(
    r"""(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})
    (?:(?:[Tt]|[ \t]+)(?P<hour>\d{1,2}):(?P<minute>\d\d)(?::(?P<second>\d\d)(?:\.\d+)?)?
    [ \t]*(?P<zone>[Zz]|[+-]\d{1,2}(?::?\d\d)?)?)?""",
    re.VERBOSE,
)
_WITH_SLASHES = re.compile(r"(\d{1,2})[/.](\d{1,2})[/.](\d{4})")
_MONTHS = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
_IN_WORDS = re.compile(
    r"(?:\w+,?\s+)?(?:(?P<day>\d{1,2})(?:st|nd|rd|th)?\s+(?P<month>[A-Za-z]+)"
    r"|(?P<month2>[A-Za-z]+)\s+(?P<day2>\d{1,2})(?:st|nd|rd|th)?),?\s+(?P<year>\d{4})"
)
EARLIEST, LATEST = 1970, 2199  # years that a blog can mean; outside them it is a slip of the hand


class MomentError(ValueError):
    """Text that is no date, with what is wrong and what to write instead."""

    def __init__(self, code: str, message: str, hint: str) -> None:
        super().__init__(message)
        self.code, self.message, self.hint = code, message, hint


def read_moment(text: str, *, zone: ZoneInfo, default_hour: time) -> datetime:
    """The moment that `text` names, in `zone`.

    A date alone means `default_hour` of that day. An hour that the clocks skip in spring
    is read as the hour after the gap, one that comes twice in autumn as the first of the
    two (PEP 495). Raises MomentError with a suggestion for anything else.
    """
    found = _MOMENT.fullmatch(text.strip())
    if not found:
        raise _misread(text.strip())
    year, month, day = (int(found[name]) for name in ("year", "month", "day"))
    hour = default_hour
    try:
        if found["hour"]:
            hour = time(int(found["hour"]), int(found["minute"]), int(found["second"] or 0))
        moment = datetime.combine(datetime(year, month, day).date(), hour)  # noqa: DTZ001
    except ValueError as error:
        raise MomentError(
            "bad-date", f"'{text}' is not a date that exists", _what_is_wrong(found, error)
        ) from None
    if not EARLIEST <= year <= LATEST:
        raise MomentError("bad-date", f"the year of '{text}' can't be meant", "Check the year.")
    offset = _offset(found["zone"])
    local = moment.replace(tzinfo=zone if offset is None else offset)
    return local.astimezone(UTC).astimezone(zone)  # through UTC, so that a skipped hour moves on


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


def _what_is_wrong(found: re.Match[str], error: ValueError) -> str:
    month = int(found["month"])
    if not 1 <= month <= 12:
        return f"There is no month {month}: write year-month-day."
    if "day" in str(error):
        return f"{_MONTHS[month - 1].title()} {found['year']} has no day {int(found['day'])}."
    return "Write hours from 00 to 23 and minutes from 00 to 59."


def _misread(text: str) -> MomentError:
    if slashed := _WITH_SLASHES.fullmatch(text):
        first, second, year = (int(number) for number in slashed.groups())
        readings = sorted(
            {
                f"{year}-{month:02}-{day:02}"
                for day, month in ((first, second), (second, first))
                if 1 <= month <= 12 and 1 <= day <= 31
            }
        )
        code = "ambiguous-date" if len(readings) > 1 else "bad-date"
        what = "can mean two days" if len(readings) > 1 else "is not written as a date here"
        hint = f"Write {' or '.join(readings)}." if readings else "Write year-month-day."
        return MomentError(code, f"'{text}' {what}", hint)
    if worded := _IN_WORDS.fullmatch(text):
        name = (worded["month"] or worded["month2"]).lower()
        months = [month for month in _MONTHS if month.startswith(name) and len(name) >= 3]
        if months:
            month, day = _MONTHS.index(months[0]) + 1, int(worded["day"] or worded["day2"])
            return MomentError(
                "bad-date",
                f"'{text}' is not written as a date here",
                f"Write {worded['year']}-{month:02}-{day:02}.",
            )
    return MomentError(
        "bad-date", f"'{text}' is not a date", "Write one such as 2026-11-24 or 2026-11-24 09:00."
    )
