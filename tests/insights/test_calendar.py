"""The coming weeks: what is planned for each, and the gaps."""

from __future__ import annotations

from datetime import UTC, datetime

from generator.insights.calendar import Calendar, calendar
from generator.model import PostState, Tag
from generator.problems import Location
from tests.insights.entries import entry
from tests.insights.literals import config

SUNDAY = datetime(2026, 11, 22, 12, tzinfo=UTC)
CONFIG = config(away=(("2026-12-21", "2027-01-01", "Christmas"),))


def coming(*posts: tuple[str, PostState], weeks: int = 6) -> Calendar:
    entries = [entry(when, config=CONFIG, as_of=SUNDAY, status=how) for when, how in posts]
    return calendar(entries, CONFIG, as_of=SUNDAY, weeks=weeks)


def test_each_week_shows_its_post_or_that_there_is_none() -> None:
    found = coming(
        ("2026-11-17 09:00", PostState.READY),
        ("2026-11-24 09:00", PostState.READY),
        ("2026-12-01 09:00", PostState.DRAFT),
        ("2026-12-08 09:00", PostState.PLANNED),
    )

    assert [
        (str(plan.week), plan.post.state if plan.post else plan.away, plan.is_gap)
        for plan in found.weeks
    ] == [
        ("2026-W47", PostState.PUBLISHED, False),
        ("2026-W48", PostState.SCHEDULED, False),
        ("2026-W49", PostState.DRAFT, False),
        ("2026-W50", PostState.PLANNED, False),
        ("2026-W51", None, True),
        ("2026-W52", "Christmas", False),
    ]


def test_the_post_that_has_come_furthest_represents_its_week() -> None:
    found = coming(("2026-11-23 09:00", PostState.DRAFT), ("2026-11-24 09:00", PostState.READY))

    post = found.weeks[1].post
    assert post is not None
    assert post.state is PostState.SCHEDULED
    assert len(found.weeks[1].posts) == 2


def test_an_idea_takes_no_week() -> None:
    found = coming(("2026-11-24 09:00", PostState.IDEA))

    assert found.weeks[1].is_gap
    assert [idea.state for idea in found.ideas] == [PostState.IDEA]


def test_a_post_that_nobody_has_approved_is_ready_and_not_scheduled() -> None:
    approved = config(require_approval=True, approve_own_posts=True)
    signed = Tag("ada", Location("", 4, 14))
    entries = [
        entry("2026-11-24 09:00", config=approved, as_of=SUNDAY),
        entry("2026-12-01 09:00", config=approved, as_of=SUNDAY, approved_by=signed),
    ]
    weeks = calendar(entries, approved, as_of=SUNDAY, weeks=3).weeks

    assert [plan.post.state for plan in weeks if plan.post] == [
        PostState.READY,
        PostState.SCHEDULED,
    ]


def test_the_time_is_that_of_the_blog_s_zone_and_not_of_the_machine() -> None:
    auckland = config(zone="Pacific/Auckland", hour="08:00")  # at +13 in summer
    sunday_night = datetime(2026, 11, 22, 19, 30, tzinfo=UTC)  # Monday 08:30 over there
    post = entry("2026-11-24 08:00", config=auckland, as_of=sunday_night)
    (plan,) = calendar([post], auckland, as_of=sunday_night, weeks=1).weeks

    assert str(plan.week) == "2026-W48"
    assert plan.due.astimezone(UTC) == datetime(2026, 11, 23, 19, tzinfo=UTC)
    assert plan.post is not None
    assert plan.post.state is PostState.SCHEDULED


def test_a_year_of_53_weeks_has_its_last_week() -> None:
    weeks = coming(weeks=8).weeks

    assert [str(plan.week) for plan in weeks][-3:] == ["2026-W52", "2026-W53", "2027-W01"]
    assert [plan.away for plan in weeks][-3:] == ["Christmas", "Christmas", None]
