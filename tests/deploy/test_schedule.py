"""When GitHub builds without being asked."""

from __future__ import annotations

from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

import pytest

from generator.deploy.schedule import WeeklyRun, next_run, weekly_runs


@pytest.mark.parametrize(
    ("day", "hour", "zone", "crons"),
    [
        ("tuesday", "09:00", "Europe/London", ["7 8 * * 2", "7 9 * * 2"]),
        ("tuesday", "09:00", "UTC", ["7 9 * * 2"]),
        ("monday", "08:00", "Pacific/Auckland", ["7 19 * * 0", "7 20 * * 0"]),
        ("saturday", "21:30", "America/New_York", ["37 1 * * 0", "37 2 * * 0"]),
        ("sunday", "00:00", "Asia/Kolkata", ["37 18 * * 6"]),
        ("friday", "08:53", "UTC", ["1 9 * * 5"]),
    ],
)
def test_the_runs_follow_the_time_of_the_post_in_summer_and_winter(
    day: str, hour: str, zone: str, crons: list[str]
) -> None:
    runs = weekly_runs(day, time.fromisoformat(hour), ZoneInfo(zone), year=2026)

    assert sorted(map(str, runs)) == sorted(crons)


@pytest.mark.parametrize(
    ("after", "expected"),
    [
        ("2026-11-22T12:00", "2026-11-24T08:07"),
        ("2026-11-24T09:07", "2026-11-24T09:07"),
        ("2026-11-24T09:08", "2026-12-01T08:07"),
    ],
)
def test_the_next_run_is_the_first_after_a_moment(after: str, expected: str) -> None:
    runs = [WeeklyRun(7, 8, 2), WeeklyRun(7, 9, 2)]
    moment = datetime.fromisoformat(after).replace(tzinfo=UTC)

    assert next_run(runs, moment) == datetime.fromisoformat(expected).replace(tzinfo=UTC)
