"""The weeks of a blog: which have a post, and which weekly hour is free."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from pathlib import PurePosixPath

from generator.config import WEEKDAYS, SiteConfig
from generator.model import Content

Week = tuple[int, int]  # ISO year, which differs from the calendar's at New Year, and week

_DATE = re.compile(r"\d{4}-\d\d-\d\d")


def week_of(day: date) -> Week:
    """The ISO week of a day."""
    year, week, _ = day.isocalendar()
    return year, week


def weeks_with_a_post(content: Content, config: SiteConfig) -> frozenset[Week]:
    """The weeks, in the site's zone, of all posts: published, held, drafts, even rejected ones."""
    moments = (post.published.astimezone(config.zone) for post in content.posts)
    return frozenset(week_of(day) for day in (*moments, *_dates_in_names(content.rejected)))


def _dates_in_names(paths: Collection[str]) -> Iterator[date]:
    for path in paths:
        for part in PurePosixPath(path).parts[-2:]:
            if found := _DATE.match(part):
                with suppress(ValueError):
                    yield date.fromisoformat(found[0])


def next_slot(taken: Collection[Week], config: SiteConfig, *, now: datetime) -> datetime:
    """The first weekly hour that is to come, in a week that has no post."""
    today = now.astimezone(config.zone).date()
    day = today + timedelta((WEEKDAYS.index(config.weekly.day) - today.weekday()) % 7)
    while week_of(day) in taken or weekly_hour(day, config) <= now:
        day += timedelta(7)
    return weekly_hour(day, config)


def weekly_hour(day: date, config: SiteConfig) -> datetime:
    """The hour of the letter on that day; one that the clocks skip is the hour after it."""
    local = datetime.combine(day, config.default_hour, config.zone)
    return local.astimezone(UTC).astimezone(config.zone)
