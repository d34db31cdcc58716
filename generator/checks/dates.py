"""Dates of posts that are probably typing errors."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from itertools import pairwise

from generator.config.levels import DEFAULT_LEVELS, severity_of
from generator.config.settings import SiteConfig
from generator.model import Post
from generator.problems import Location, Problem

MONTH = timedelta(31)
HALF_A_YEAR = timedelta(182)
FEWEST = 4  # posts; fewer have no rhythm from which one could be far away
USUAL_GAPS = 10  # a blog of rare posts has gaps of more than half a year


def check_dates(posts: Sequence[Post], config: SiteConfig, *, as_of: datetime) -> Iterator[Problem]:
    """Dates that disagree with each other, or lie far from those of all other posts."""
    dated = [post for post in posts if post.has_date]
    found = [problem for post in dated for problem in _within(post, as_of)]
    found += _distant([post for post in dated if not post.is_draft], as_of.date())
    for code, at, message, hint in found:
        if severity := severity_of(config.checks.get(code, DEFAULT_LEVELS[code])):
            yield Problem(code, at, message, hint, severity)


_Found = tuple[str, Location, str, str]


def _within(post: Post, as_of: datetime) -> Iterator[_Found]:
    """Dates of one post that disagree."""
    day, updated = post.published.date(), post.updated
    if post.day_in_name not in ("", str(day)) and not _is_near(post.day_in_name, day):
        message = f"the post appears on {day}, but its file's name says {post.day_in_name}"
        yield "date-in-name", _place(post), message, "Correct the one that is wrong."
    if updated and updated.date() < day:
        message = f"the post was updated on {updated.date()}, before its own date, {day}"
        hint = "Correct the one that is wrong, or delete 'updated'."
        yield "update-before-date", post.at("updated"), message, hint
    if updated and updated > as_of:
        message = f"the post was updated on {updated.date()}, which is still to come"
        hint = "Write the day of the last change, or delete 'updated'."
        yield "future-update", post.at("updated"), message, hint


def _is_near(written: str, day: date) -> bool:
    """Whether a date in a file's name, such as 2026-1-5, is about that day."""
    try:
        return abs(date(*map(int, written.split("-"))) - day) <= MONTH
    except ValueError:
        return False


def _distant(posts: Sequence[Post], today: date) -> Iterator[_Found]:
    """Posts that are alone in their time; one of these days is just the first after a pause."""
    days = sorted(post.published.date() for post in posts)
    if len(days) < FEWEST:
        return
    gaps = [later - earlier for earlier, later in pairwise(days)]
    between = sorted(gap for gap in gaps if gap)
    usual = between[(len(between) - 1) // 2] if between else timedelta()
    far = max(HALF_A_YEAR, usual * USUAL_GAPS)
    if all(gap <= far for gap in gaps):
        return
    ordered = sorted(posts, key=lambda post: (post.published, post.source))
    for number, (post, day) in enumerate(zip(ordered, days, strict=True)):
        beside = [near for near in (number - 1, number + 1) if 0 <= near < len(days)]
        nearest = min(beside, key=lambda near: abs(days[near] - day))
        distance = abs(days[nearest] - day)
        if distance > far and abs(day - today) > MONTH:
            message = f"the date {day} is far from those of all other posts"
            hint = f"The nearest is {days[nearest]}, of {ordered[nearest].source}."
            yield "distant-date", _place(post), message, f"{hint} Correct it if it is wrong."


def _place(post: Post) -> Location:
    """Where the date of a post was typed."""
    at = post.at("week")
    return at if at.line else post.at("date")
