"""Dates as exports write them, in UTC; what can't be read is no date, and is never guessed."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta, timezone
from email.utils import parsedate_to_datetime
from typing import Literal
from zoneinfo import ZoneInfo

from generator.config.settings import EARLIEST, LATEST

Order = Literal["day-first", "month-first"]

_TIME = (
    r"(?:(?:,?\s+(?:at\s+|um\s+|à\s+)?|T)(?P<hour>\d{1,2})[:.h](?P<minute>\d\d)(?:[:.](?P<second>\d\d)"
    r"(?:[.,]\d+)?)?\s*(?P<half>[ap]\.?m\.?)?\s*(?:(?P<zone>Z|(?:GMT|UTC)?[+-]\d\d?:?(?:\d\d)?|GMT|UTC|Uhr))?)?"
)
_ISO = re.compile(
    rf"(?P<year>\d{{4}})[-/.](?P<month>\d{{1,2}})[-/.](?P<day>\d{{1,2}}){_TIME}", re.I
)
_NUMBERS = re.compile(
    rf"(?P<a>\d{{1,2}})[-/.](?P<b>\d{{1,2}})[-/.](?P<year>\d{{4}}|\d\d){_TIME}", re.I
)
_MONTHS = {  # by how their names begin in nine languages, which is enough to tell them apart
    name: number
    for number, names in enumerate(
        (
            ("jan", "ene", "gen"), ("feb", "fév", "fev"), ("mar", "mär", "mrz", "maa"),
            ("apr", "avr", "abr"), ("may", "mai", "mag", "mei"), ("jun", "juin", "giu"),
            ("jul", "juil", "lug"), ("aug", "aoû", "ago"), ("sep", "set"),
            ("oct", "okt", "out", "ott"), ("nov",), ("dec", "dez", "déc", "dic"),
        ),
        start=1,
    )
    for name in names
}  # fmt: skip
_WORDS = re.compile(
    rf"(?:[^\W\d_]+,\s+)?(?:(?P<day>\d{{1,2}})(?:st|nd|rd|th|er)?\.?\s+(?:de\s+)?(?P<month>[^\W\d_]+)"
    rf"\.?(?:\s+de)?|(?P<month2>[^\W\d_]+)\.?\s+(?P<day2>\d{{1,2}})(?:st|nd|rd|th)?),?\s+"
    rf"(?P<year>\d{{4}}){_TIME}",
    re.I,
)


def read_date(text: str, zone: ZoneInfo, order: Order = "month-first") -> datetime | None:
    """The moment that a text names, in UTC; None if it names none that a blog can mean.

    A moment without an offset is in `zone`.
    """
    text = " ".join(text.split())
    if len(text) > 60:
        return None
    if found := _ISO.fullmatch(text):
        day = int(found["month"]), int(found["day"])
    elif found := _NUMBERS.fullmatch(text):
        first, second = int(found["a"]), int(found["b"])
        day = (first, second) if _is_month_first(first, second, order) else (second, first)
    elif found := _WORDS.fullmatch(text):
        name = (found["month"] or found["month2"]).lower()
        month = _MONTHS.get(name[:4]) or _MONTHS.get(name[:3])
        if month is None:
            return None
        day = month, int(found["day"] or found["day2"])
    else:
        return None
    return _moment(found, *day, zone)


def _is_month_first(first: int, second: int, order: Order) -> bool:
    if first > 12 or second > 12:
        return first <= 12
    return order == "month-first"


def _moment(found: re.Match[str], month: int, day: int, zone: ZoneInfo) -> datetime | None:
    year = int(found["year"])
    year += 2000 if len(found["year"]) == 2 else 0
    hour, minute = int(found["hour"] or 0), int(found["minute"] or 0)
    if half := found["half"]:
        hour = hour % 12 + (12 if half[0] in "pP" else 0)
    try:
        local = datetime(year, month, day, hour, minute, int(found["second"] or 0), tzinfo=zone)
        return in_range(local.replace(tzinfo=_zone(found["zone"], zone)))
    except (ValueError, OverflowError):
        return None


def _zone(written: str | None, zone: ZoneInfo) -> ZoneInfo | timezone:
    if not written or written.casefold() == "uhr":
        return zone
    sign = re.search(r"([+-])(\d\d?):?(\d\d)?", written)
    if not sign:
        return UTC
    distance = timedelta(hours=int(sign[2]), minutes=int(sign[3] or 0))
    return timezone(-distance if sign[1] == "-" else distance)


def in_range(moment: datetime | None) -> datetime | None:
    """A moment in UTC to the second; None for one that no blog can mean, such as 0000-00-00."""
    if moment is None or moment.tzinfo is None:
        return None
    try:
        moment = moment.astimezone(UTC).replace(microsecond=0)
    except (ValueError, OverflowError):
        return None
    return moment if EARLIEST <= moment.year <= LATEST else None


def mail_date(text: str) -> datetime | None:
    """The moment of a header of mail, in UTC; None if it can't be read."""
    try:
        moment = parsedate_to_datetime(text[:100])
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return in_range(moment if moment.tzinfo else moment.replace(tzinfo=UTC))


def order_of(texts: Iterable[str], otherwise: Order) -> Order:
    """Whether a column of dates begins with the day or the month, as far as its dates tell."""
    for text in texts:
        if found := _NUMBERS.match(" ".join(text.split())):
            if int(found["a"]) > 12:
                return "day-first"
            if int(found["b"]) > 12:
                return "month-first"
    return otherwise
