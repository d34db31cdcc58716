"""The coming weeks with the posts that are planned for them, and the gaps."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import NamedTuple

from generator.config.settings import SiteConfig
from generator.insights.weeks import (
    IsoWeek,
    iso_week_of,
    reason_away,
    weekly_day,
    weekly_hour,
    weeks_of_posts,
)
from generator.model import Entry, PostState
from generator.site.assemble import state_of

_PROGRESS = tuple(PostState)  # from an idea to a published post


class CalendarPost(NamedTuple):
    """A post with its state at some moment."""

    entry: Entry
    state: PostState

    @property
    def day(self) -> date:
        """The day on which it appears."""
        return self.entry.post.published.date()

    @property
    def is_idea(self) -> bool:
        """Whether it takes no week."""
        return self.state is PostState.IDEA or not self.entry.post.has_date


class WeekPlan(NamedTuple):
    """A week with the posts that are planned for it."""

    week: IsoWeek
    due: datetime
    away: str | None  # why the week is off, maybe ''; None if a post is due
    posts: tuple[CalendarPost, ...]  # in the order of their days

    @property
    def post(self) -> CalendarPost | None:
        """The post that has come furthest; of several, the first."""
        return max(self.posts, key=lambda post: _PROGRESS.index(post.state), default=None)

    @property
    def is_gap(self) -> bool:
        """Whether a post is due and none is planned."""
        return self.away is None and not self.posts


class Calendar(NamedTuple):
    """This week and the coming ones, and the posts that belong to none of them."""

    weeks: tuple[WeekPlan, ...]
    published: tuple[CalendarPost, ...]  # of all weeks, oldest first
    overdue: tuple[CalendarPost, ...]  # unpublished, for weeks that are over, newest first
    ideas: tuple[CalendarPost, ...]  # newest first, and posts without a date
    unapproved: tuple[CalendarPost, ...]  # of all weeks, oldest first


def calendar(
    entries: Iterable[Entry], config: SiteConfig, *, as_of: datetime, weeks: int
) -> Calendar:
    """That many weeks, beginning with the one of `as_of` in the blog's zone."""
    found = sorted(
        (CalendarPost(entry, state_of(entry.post, config, as_of)) for entry in entries),
        key=lambda post: (post.entry.post.published, post.entry.post.source),
    )
    posts = [post for post in found if not post.is_idea]
    week_of_day = weeks_of_posts((post.day for post in posts), config)
    this_week = iso_week_of(as_of.astimezone(config.zone))
    return Calendar(
        weeks=tuple(
            _week_plan(week, [post for post in posts if week_of_day[post.day] == week], config)
            for week in (this_week.later(number) for number in range(weeks))
        ),
        published=tuple(post for post in found if post.state is PostState.PUBLISHED),
        overdue=tuple(
            post
            for post in reversed(posts)
            if post.state is not PostState.PUBLISHED and week_of_day[post.day] < this_week
        ),
        ideas=tuple(post for post in reversed(found) if post.is_idea),
        unapproved=tuple(post for post in posts if post.state is PostState.READY),
    )


def _week_plan(week: IsoWeek, posts: Iterable[CalendarPost], config: SiteConfig) -> WeekPlan:
    day = weekly_day(week, config)
    return WeekPlan(week, weekly_hour(day, config), reason_away(day, config), tuple(posts))
