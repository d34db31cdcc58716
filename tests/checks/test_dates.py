"""Dates that are probably typing errors; issue 12, line 7."""

from __future__ import annotations

import pytest

from tests.conftest import Blog
from tests.insights.literals import tuesdays


def weekly_posts(blog: Blog, number: int = 8) -> None:
    """A post a week, up to Tuesday 17 November 2026."""
    for day in tuesdays("2026-09-29", number):
        blog.post(f"{day}-post-of-{day}")


@pytest.mark.parametrize(
    ("inside", "says"),
    [
        ("2025-12-01", "2025-12-01"),
        ("2026-10-30", "2026-10-30"),
        ("2026-10-31", ""),
        ("2027-01-01", ""),
    ],
)
def test_a_date_that_is_not_that_of_the_file_s_name_is_a_warning(
    inside: str, says: str, blog: Blog
) -> None:
    blog.post("2026-12-01-x", date=inside)

    assert blog.problems() == (
        [
            f"content/posts/2026-12-01-x.md:4:7: warning: the post appears on {says}, but its "
            "file's name says 2026-12-01. Correct the one that is wrong."
        ]
        if says
        else []
    )


@pytest.mark.parametrize("name", ["1926-11-12", "2026-13-12", "2026-2-30", "0000-00-00"])
def test_a_date_that_no_post_can_have_is_not_that_of_its_name(name: str, blog: Blog) -> None:
    blog.post(f"{name}-x", title="X", date="2026-11-12")

    assert [found.partition("but its")[2] for found in blog.problems()] == [
        f" file's name says {name}. Correct the one that is wrong."
    ]


def test_a_week_counts_as_the_date(blog: Blog) -> None:
    blog.post("2026-12-01-x", week="2025-W49")

    assert "4:7: warning: the post appears on 2025-12-02" in blog.problems()[0]


@pytest.mark.parametrize(
    ("updated", "problem"),
    [
        (
            "2026-11-09",
            "the post was updated on 2026-11-09, before its own date, 2026-11-10. "
            "Correct the one that is wrong, or delete 'updated'.",
        ),
        (
            "2026-11-23",
            "the post was updated on 2026-11-23, which is still to come. "
            "Write the day of the last change, or delete 'updated'.",
        ),
        ("2026-11-10", ""),
        ("2026-11-22", ""),
    ],
)
def test_an_update_lies_between_the_post_and_now(updated: str, problem: str, blog: Blog) -> None:
    blog.post("2026-11-10-x", date="2026-11-10 09:00", updated=updated)

    assert blog.problems() == (
        [f"content/posts/2026-11-10-x.md:5:10: warning: {problem}"] if problem else []
    )


@pytest.mark.parametrize("day", ["2062-11-24", "2027-11-24", "1996-11-24", "2025-11-24"])
def test_a_date_far_from_all_others_is_a_warning(day: str, blog: Blog) -> None:
    weekly_posts(blog)
    blog.post("odd", title="Odd", date=day)
    (problem,) = blog.problems()

    assert problem.startswith(
        f"content/posts/odd.md:4:7: warning: the date {day} is far from those of all other posts. "
        "The nearest is 2026-"
    )


@pytest.mark.parametrize(("others", "problems"), [(3, 1), (2, 0)])
def test_a_few_posts_are_enough_to_be_far_from(others: int, problems: int, blog: Blog) -> None:
    weekly_posts(blog, others)
    blog.post("odd", title="Odd", date="2025-10-07")

    assert len(blog.problems()) == problems


def test_a_post_after_a_long_pause_is_not_far_away(blog: Blog) -> None:
    weekly_posts(blog)
    blog.post("2028-05-02-back")

    assert blog.problems(now="2028-05-03T12:00:00+00:00") == []


def test_a_blog_of_rare_posts_has_no_distant_dates(blog: Blog) -> None:
    for year in range(2018, 2026):
        blog.post(f"{year}-12-24-year")

    assert blog.problems() == []


def test_the_settings_change_the_level(blog: Blog) -> None:
    blog.set_checks(date_in_name="error")
    blog.post("2026-12-01-x", date="2025-12-01")

    assert blog.try_build().failed
    blog.set_checks(date_in_name="allow")
    assert blog.problems() == []
