"""The weeks to come and what is meant for each, with the gaps."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from generator.config.settings import SiteConfig
from generator.insights.cadence import weeks_of_letters
from generator.insights.weeks import IsoWeek, reason_away, week_of, weekly_day, weekly_hour
from generator.model import Entry, PostState
from generator.site.assemble import state_of

_PROGRESS = tuple(PostState)  # from an idea to a post that is out


class LetterState(NamedTuple):
    """A post and how far it is."""

    entry: Entry
    state: PostState

    @property
    def day(self) -> date:
        """The day on which it appears."""
        return self.entry.post.published.date()


@dataclass(frozen=True, slots=True)
class WeekPlan:
    """A week with what is meant for it."""

    week: IsoWeek
    due: datetime
    away: str | None  # why nobody writes, maybe ''; None where a letter is due
    letters: tuple[LetterState, ...]  # in the order of their days

    @property
    def letter(self) -> LetterState | None:
        """The one that is furthest, the first of those that are as far."""
        return max(self.letters, key=lambda letter: _PROGRESS.index(letter.state), default=None)

    @property
    def is_gap(self) -> bool:
        """Whether a letter is due and nothing is meant for it."""
        return self.away is None and not self.letters


@dataclass(frozen=True, slots=True)
class Calendar:
    """Weeks from this one on, and the letters that have none of these."""

    weeks: tuple[WeekPlan, ...]
    published: tuple[LetterState, ...]  # of all weeks, oldest first
    begun: tuple[LetterState, ...]  # for weeks that are over and not out, newest first
    ideas: tuple[LetterState, ...]  # newest first


def calendar(
    entries: Iterable[Entry], config: SiteConfig, *, as_of: datetime, weeks: int
) -> Calendar:
    """So many weeks from that of `as_of` on, as its zone has it."""
    found = sorted(
        (LetterState(entry, state_of(entry.post, config, as_of)) for entry in entries),
        key=lambda letter: (letter.entry.post.published, letter.entry.post.source),
    )
    letters = [letter for letter in found if letter.state is not PostState.IDEA]
    counted_for = weeks_of_letters((letter.day for letter in letters), config)
    this_week = week_of(as_of.astimezone(config.zone))
    return Calendar(
        weeks=tuple(
            _week_plan(
                week, [letter for letter in letters if counted_for[letter.day] == week], config
            )
            for week in (this_week.later(number) for number in range(weeks))
        ),
        published=tuple(letter for letter in found if letter.state is PostState.PUBLISHED),
        begun=tuple(
            letter
            for letter in reversed(letters)
            if letter.state is not PostState.PUBLISHED and counted_for[letter.day] < this_week
        ),
        ideas=tuple(letter for letter in reversed(found) if letter.state is PostState.IDEA),
    )


def _week_plan(week: IsoWeek, letters: Iterable[LetterState], config: SiteConfig) -> WeekPlan:
    day = weekly_day(week, config)
    return WeekPlan(week, weekly_hour(day, config), reason_away(day, config), tuple(letters))
