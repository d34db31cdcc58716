"""Which weeks of a blog have a post, and when the next free week's post is due."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from contextlib import suppress
from datetime import date, datetime, timedelta
from pathlib import PurePosixPath

from generator.config.settings import WEEKDAYS, SiteConfig
from generator.insights.weeks import IsoWeek, iso_week_of, reason_away, weekly_hour
from generator.model import Content, PostState

_DATE = re.compile(r"\d{4}-\d\d-\d\d")


def weeks_with_a_post(content: Content, config: SiteConfig) -> frozenset[IsoWeek]:
    """The weeks, in the blog's zone, of all posts but ideas; drafts and files with errors count."""
    moments = (
        post.published.astimezone(config.zone)
        for post in content.posts
        if post.status is not PostState.IDEA
    )
    return frozenset(iso_week_of(day) for day in (*moments, *_dates_in_names(content.rejected)))


def _dates_in_names(paths: Collection[str]) -> Iterator[date]:
    for path in paths:
        if path.startswith(("content/replies/", "content/actions/")):  # dated, and no posts
            continue
        for part in PurePosixPath(path).parts[-2:]:
            if found := _DATE.match(part):
                with suppress(ValueError):
                    yield date.fromisoformat(found[0])


def next_slot(taken: Collection[IsoWeek], config: SiteConfig, *, now: datetime) -> datetime:
    """When the next post is due in a week that has none and is not off."""
    today = now.astimezone(config.zone).date()
    day = today + timedelta((WEEKDAYS.index(config.weekly.day) - today.weekday()) % 7)
    while (
        iso_week_of(day) in taken
        or weekly_hour(day, config) <= now
        or reason_away(day, config) is not None
    ):
        day += timedelta(7)
    return weekly_hour(day, config)
