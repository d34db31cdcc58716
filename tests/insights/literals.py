"""Small values for the tests of insights."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

from generator.config.settings import AuthorSettings, AwaySettings, SiteConfig, WeeklySettings


def config(
    *,
    day: Any = "tuesday",
    hour: str = "09:00",
    grace: int = 1,
    zone: str = "Europe/London",
    away: tuple[tuple[str, str, str], ...] = (),
    **others: Any,
) -> SiteConfig:
    """Settings of a blog whose post is due on Tuesdays at nine, in London."""
    return SiteConfig(
        title="Letters",
        base_url="https://example.org/",
        authority="example.org,2026",
        authors=(AuthorSettings(id="ada", name="Ada"),),
        time_zone=zone,
        weekly=WeeklySettings(day=day, time=hour, grace=grace),
        away=tuple(
            AwaySettings(from_=date.fromisoformat(first), to=date.fromisoformat(last), why=why)
            for first, last, why in away
        ),
        **others,
    )


def days(*written: str) -> list[date]:
    """Days in the form 2026-11-24."""
    return [date.fromisoformat(day) for day in written]


def tuesdays(first: str, number: int) -> list[date]:
    """That many Tuesdays in a row."""
    return [date.fromisoformat(first) + timedelta(weeks=week) for week in range(number)]


def moment(written: str, settings: SiteConfig) -> datetime:
    """A moment, `2026-11-24 09:00`, in the zone of the blog."""
    day, _, hour = written.partition(" ")
    at = time.fromisoformat(hour) if hour else settings.default_hour
    return datetime.combine(date.fromisoformat(day), at, settings.zone)
