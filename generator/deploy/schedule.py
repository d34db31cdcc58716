"""When GitHub should build by itself, so that a post is published at its time."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, datetime, time, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

DAYS = ("sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday")  # as in cron
MARGIN = 7  # minutes after the time of the post

_CRON = re.compile(r"^\s*(?:-\s*)?cron:\s*[\"']([^\"'\n]+)[\"']", re.MULTILINE)
_WEEKLY = re.compile(r"(\d+) (\d+) \* \* ([0-6])")


class WeeklyRun(NamedTuple):
    """A time of the week in UTC, with cron's number of the day."""

    minute: int
    hour: int
    day: int  # 0 is Sunday

    def __str__(self) -> str:
        return f"{self.minute} {self.hour} * * {self.day}"


def weekly_runs(day: str, hour: time, zone: ZoneInfo, *, year: int) -> tuple[WeeklyRun, ...]:
    """The runs that publish a post of that day and hour, in summer time and in winter time."""
    first = datetime(year, 1, 1, hour.hour, hour.minute)  # noqa: DTZ001 each day gets its zone
    of_the_year = (first + timedelta(days=number) for number in range(366))
    on_the_day = (local for local in of_the_year if local.isoweekday() % 7 == DAYS.index(day))
    return tuple(sorted({_run(local.replace(tzinfo=zone)) for local in on_the_day}))


def _run(moment: datetime) -> WeeklyRun:
    """The run after a moment: never on the full hour, when GitHub is busiest."""
    run = (moment + timedelta(minutes=MARGIN)).astimezone(UTC)
    run += timedelta(minutes=run.minute == 0)
    return WeeklyRun(run.minute, run.hour, run.isoweekday() % 7)


def crons_of(workflow: str) -> tuple[str, ...]:
    """The schedule of a workflow, as cron expressions."""
    return tuple(_CRON.findall(workflow))


def runs_of(crons: Iterable[str]) -> tuple[WeeklyRun, ...]:
    """The weekly runs among these; other cron expressions are left out."""
    found = (_WEEKLY.fullmatch(cron) for cron in crons)
    return tuple(WeeklyRun(*map(int, match.groups())) for match in found if match)


def next_run(runs: Iterable[WeeklyRun], after: datetime) -> datetime | None:
    """The first of these runs at or after a moment."""
    since = after.astimezone(UTC).replace(second=0, microsecond=0)
    return min((_next(run, since) for run in runs), default=None)


def _next(run: WeeklyRun, since: datetime) -> datetime:
    days = (run.day - since.isoweekday() % 7) % 7
    moment = since.replace(hour=run.hour, minute=run.minute) + timedelta(days=days)
    return moment if moment >= since else moment + timedelta(days=7)
