"""Letters by ISO week: the weeks between the first and the newest, those without one too."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from itertools import groupby

from generator.artifacts.frame import Frame, line, trait_shares
from generator.dates import date_view, month_in_short
from generator.model import Conventions, Entry, Lately, Month, PostLink, Week

LATELY = 12  # weeks: a quarter, as the home page sums it up


def all_weeks(frame: Frame) -> tuple[Week, ...]:
    """Each week from that of the first letter to that of the newest, oldest first."""
    posts = {
        monday: tuple(line(entry, frame) for entry in entries)
        for monday, entries in groupby(frame.site.entries, key=_monday)
    }
    if not posts:
        return ()
    conventions = frame.words.conventions
    return tuple(_week(day, posts.get(day, ()), conventions) for day in _mondays(posts))


def months(weeks: Iterable[Week], conventions: Conventions) -> tuple[Month, ...]:
    """Weeks by month; a week belongs to the month of its Thursday, as to its year."""
    return tuple(
        Month(month_in_short(thursday, conventions), tuple(group))
        for thursday, group in groupby(weeks, key=lambda week: _thursday(week).replace(day=1))
    )


def lately(frame: Frame) -> Lately:
    """The last weeks, and how many of their letters are about each trait."""
    weeks = all_weeks(frame)[-LATELY:]
    entries = frame.site.entries[: sum(len(week.posts) for week in weeks)]
    return Lately(weeks=weeks, post_count=len(entries), traits=trait_shares(entries, frame))


def _week(monday: date, posts: tuple[PostLink, ...], conventions: Conventions) -> Week:
    year, number, _ = monday.isocalendar()
    return Week(year, number, date_view(monday, conventions), posts)


def _mondays(known: Iterable[date]) -> Iterator[date]:
    monday, newest = min(known), max(known)
    while monday <= newest:
        yield monday
        monday += timedelta(weeks=1)


def _monday(entry: Entry) -> date:
    day = entry.post.published.date()
    return day - timedelta(days=day.weekday())


def _thursday(week: Week) -> date:
    return date.fromisocalendar(week.year, week.number, 4)
