"""How weeks went; the post of these blogs is due on Tuesdays."""

from __future__ import annotations

from datetime import date

import pytest

from generator.insights.cadence import Went, cadence
from generator.insights.weeks import IsoWeek, iso_week_of, weeks_between
from tests.insights.literals import config, days, tuesdays

SUNDAY = date(2026, 11, 22)


def went(*written: str, today: date = SUNDAY, **settings: object) -> list[tuple[str, str]]:
    found = cadence(days(*written), config(**settings), today=today)  # type: ignore[arg-type]
    return [(str(week.week), str(week.went)) for week in found.weeks]


def test_an_empty_blog_has_no_rhythm() -> None:
    found = cadence([], config(), today=SUNDAY)

    assert (found.weeks, found.median_gap, found.longest_silence) == ((), None, None)
    assert found.missed_lately == 0


def test_a_post_is_on_time_until_the_grace_is_over_and_then_late() -> None:
    assert went("2026-10-26", "2026-11-04", "2026-11-12", "2026-11-15", "2026-11-20") == [
        ("2026-W44", "on time"),  # on Monday
        ("2026-W45", "on time"),  # on Wednesday
        ("2026-W46", "late"),  # on Thursday, and again on Sunday
        ("2026-W47", "late"),  # on Friday
    ]


def test_the_first_post_is_never_late() -> None:
    assert went("2026-11-20") == [("2026-W47", "on time")]


def test_two_weeks_without_a_post_are_missed_and_this_one_is_open() -> None:
    found = cadence(days("2026-10-27", "2026-11-03"), config(), today=SUNDAY)

    assert [str(week.went) for week in found.weeks] == ["on time", "on time", "missed", "open"]
    monday = cadence(days("2026-10-27", "2026-11-03"), config(), today=date(2026, 11, 23))
    assert monday.missed_lately == 2
    assert found.missed_lately == 1


def test_a_post_this_week_ends_the_missed_ones() -> None:
    found = cadence(days("2026-10-27", "2026-11-17"), config(), today=SUNDAY)

    assert found.missed_lately == 0


def test_a_week_off_is_kept_and_nobody_is_late_in_it() -> None:
    away = (("2026-11-09", "2026-11-22", "half term"),)
    found = cadence(days("2026-11-03", "2026-11-20"), config(away=away), today=SUNDAY)

    assert [str(week.went) for week in found.weeks] == ["on time", "away", "on time"]
    assert found.last(12).kept == 3


def test_a_week_is_off_only_if_its_weekly_day_is() -> None:
    away = (("2026-11-11", "2026-11-16", ""),)  # Wednesday to Monday

    assert went("2026-11-03", today=date(2026, 11, 23), away=away)[1:3] == [
        ("2026-W46", "missed"),
        ("2026-W47", "missed"),
    ]


def test_a_post_on_monday_counts_for_the_sunday_before_within_its_grace() -> None:
    assert went("2026-11-08", "2026-11-16", "2026-11-22", day="sunday") == [
        ("2026-W45", "on time"),
        ("2026-W46", "on time"),  # on Monday of W47
        ("2026-W47", "on time"),
    ]


def test_a_second_post_in_a_week_helps_no_other_week() -> None:
    assert went("2026-11-03", "2026-11-05", "2026-11-17") == [
        ("2026-W45", "on time"),
        ("2026-W46", "missed"),
        ("2026-W47", "on time"),
    ]


def test_2026_has_53_weeks() -> None:
    posts = tuesdays("2025-12-30", 54)  # W01 of 2026 to W01 of 2027
    found = cadence(posts, config(), today=date(2027, 1, 10))

    assert [week.week for week in found.weeks][-2:] == [IsoWeek(2026, 53), IsoWeek(2027, 1)]
    assert found.last(52).kept == 52
    assert len(found.weeks) == 54
    assert IsoWeek(2026, 53).monday == date(2026, 12, 28)


def test_the_median_gap_is_that_of_all_posts() -> None:
    found = cadence(
        days("2026-10-01", "2026-10-08", "2026-10-10", "2026-10-20", "2026-10-23"),
        config(),
        today=SUNDAY,
    )

    assert found.median_gap == 3  # of 7, 2, 10 and 3, a whole number of days


@pytest.mark.parametrize(
    "written",
    [
        (),
        ("2026-10-01",),
        ("2026-10-01", "2026-10-08", "2026-10-10", "2026-10-20"),
        ("2026-10-01",) * 9,
    ],
)
def test_from_too_few_gaps_nothing_is_usual(written: tuple[str, ...]) -> None:
    """Issue 12, line 24: "179.5 days as a rule", "0 days as a rule"."""
    assert cadence(days(*written), config(), today=SUNDAY).median_gap is None


def test_posts_of_one_day_are_no_gap() -> None:
    twice = [*tuesdays("2026-10-06", 6), *tuesdays("2026-10-06", 6)]

    assert cadence(twice, config(), today=SUNDAY).median_gap == 7


def test_the_longest_silence_may_be_the_one_that_lasts() -> None:
    found = cadence(days("2026-10-01", "2026-10-08", "2026-10-20"), config(), today=SUNDAY)

    assert found.longest_silence == (33, date(2026, 10, 20), SUNDAY)


def test_days_off_are_no_silence() -> None:
    away = (("2026-10-12", "2026-10-18", "leave"),)
    found = cadence(days("2026-10-06", "2026-10-20"), config(away=away), today=date(2026, 10, 21))

    assert found.longest_silence == (7, date(2026, 10, 6), date(2026, 10, 20))


def test_scheduled_posts_do_not_count_yet() -> None:
    assert went("2026-11-17", "2026-11-24") == [("2026-W47", "on time")]


@pytest.mark.parametrize(
    ("day", "week"),
    [("2026-12-28", "2026-W53"), ("2027-01-03", "2026-W53"), ("2024-12-31", "2025-W01")],
)
def test_weeks_at_new_year(day: str, week: str) -> None:
    assert str(iso_week_of(date.fromisoformat(day))) == week


def test_weeks_between_include_both_ends() -> None:
    weeks = weeks_between(IsoWeek(2026, 52), IsoWeek(2027, 1))

    assert [str(week) for week in weeks] == ["2026-W52", "2026-W53", "2027-W01"]


def test_every_way_a_week_can_go_has_words() -> None:
    assert {str(way) for way in Went} == {"on time", "late", "away", "missed", "open"}
