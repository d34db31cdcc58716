"""Which weeks of a blog are free."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from generator.config.settings import AuthorSettings, SiteConfig, WeeklySettings
from generator.insights.weeks import iso_week_of, weekly_hour
from generator.model import Content
from generator.writing.slots import next_slot, weeks_with_a_post

CONFIG = SiteConfig(
    title="Letters",
    base_url="https://example.org/",
    authority="example.org,2026",
    authors=(AuthorSettings(id="ada", name="Ada"),),
    time_zone="Europe/London",
    weekly=WeeklySettings(day="tuesday", time="09:00"),
)


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        ("2026-11-22T12:00+00:00", "2026-11-24T09:00+00:00"),  # a Sunday
        ("2026-11-24T08:59+00:00", "2026-11-24T09:00+00:00"),
        ("2026-11-24T09:00+00:00", "2026-12-01T09:00+00:00"),  # its hour has come
        ("2026-12-29T12:00+00:00", "2027-01-05T09:00+00:00"),
        ("2026-06-14T23:30+00:00", "2026-06-16T09:00+01:00"),  # Monday already, in London
    ],
)
def test_the_next_slot_is_the_next_weekly_hour(now: str, expected: str) -> None:
    slot = next_slot((), CONFIG, now=datetime.fromisoformat(now))

    assert slot.isoformat(timespec="minutes") == expected


def test_a_week_with_a_post_on_any_day_is_not_free() -> None:
    taken = {iso_week_of(date(2026, 11, 29)), iso_week_of(date(2026, 12, 1))}
    now = datetime.fromisoformat("2026-11-22T12:00+00:00")

    assert next_slot(taken, CONFIG, now=now).date() == date(2026, 12, 8)


def test_the_last_days_of_a_year_may_belong_to_the_first_week_of_the_next() -> None:
    assert iso_week_of(date(2024, 12, 31)) == (2025, 1)


def test_a_time_that_the_clocks_skip_is_an_hour_later() -> None:
    skipped = SiteConfig(
        title="Letters",
        base_url="https://example.org/",
        authority="example.org,2026",
        authors=CONFIG.authors,
        time_zone="Europe/London",
        weekly=WeeklySettings(day="sunday", time="01:30"),
    )

    assert weekly_hour(date(2026, 3, 29), skipped).isoformat() == "2026-03-29T02:30:00+01:00"


def test_a_post_that_cannot_be_read_takes_the_week_of_its_file_name() -> None:
    rejected = (
        "content/posts/2026-11-24-broken.md",
        "content/posts/2026-12-01-bundle/index.md",
        "content/posts/2026-99-99-odd.md",
        "content/pages/about.md",
    )
    content = Content((), (), (), (), (), rejected)

    assert weeks_with_a_post(content, CONFIG) == {(2026, 48), (2026, 49)}


def test_a_reply_that_cant_be_read_takes_no_week() -> None:
    content = Content((), (), (), (), (), ("content/replies/x/2026-11-25T0915-1a2b3c4d.md",))

    assert weeks_with_a_post(content, CONFIG) == frozenset()
