"""When GitHub is to build without being asked, so that a letter appears at its hour."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, datetime, time, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

DAYS = ("sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday")  # as in cron
MARGIN = 7  # minutes behind the letter's own

_CRON = re.compile(r"^\s*(?:-\s*)?cron:\s*[\"']([^\"'\n]+)[\"']", re.MULTILINE)
_WEEKLY = re.compile(r"(\d+) (\d+) \* \* ([0-6])")


class Run(NamedTuple):
    """A moment of each week in UTC, as cron counts days."""

    minute: int
    hour: int
    day: int  # 0 is Sunday

    def __str__(self) -> str:
        return f"{self.minute} {self.hour} * * {self.day}"


def weekly_runs(day: str, hour: time, zone: ZoneInfo, *, year: int) -> tuple[Run, ...]:
    """The runs that release a letter of that day and hour, whatever the clocks of the year do."""
    first = datetime(year, 1, 1, hour.hour, hour.minute)  # noqa: DTZ001 each day gets its zone
    of_the_year = (first + timedelta(days=number) for number in range(366))
    on_the_day = (local for local in of_the_year if local.isoweekday() % 7 == DAYS.index(day))
    return tuple(sorted({_run(local.replace(tzinfo=zone)) for local in on_the_day}))


def _run(moment: datetime) -> Run:
    """The run behind a moment: never on the full hour, when GitHub has most to do."""
    run = (moment + timedelta(minutes=MARGIN)).astimezone(UTC)
    run += timedelta(minutes=run.minute == 0)
    return Run(run.minute, run.hour, run.isoweekday() % 7)


def crons_of(workflow: str) -> tuple[str, ...]:
    """The schedule of a workflow as it stands in a repository."""
    return tuple(_CRON.findall(workflow))


def runs_of(crons: Iterable[str]) -> tuple[Run, ...]:
    """The weekly runs among these; what cron can say beyond that is left out."""
    found = (_WEEKLY.fullmatch(cron) for cron in crons)
    return tuple(Run(*map(int, match.groups())) for match in found if match)


def next_run(runs: Iterable[Run], after: datetime) -> datetime | None:
    """The first of these runs at or behind a moment."""
    since = after.astimezone(UTC).replace(second=0, microsecond=0)
    return min((_next(run, since) for run in runs), default=None)


def _next(run: Run, since: datetime) -> datetime:
    days = (run.day - since.isoweekday() % 7) % 7
    moment = since.replace(hour=run.hour, minute=run.minute) + timedelta(days=days)
    return moment if moment >= since else moment + timedelta(days=7)
