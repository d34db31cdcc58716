"""What to write about next: a trait that has waited, questions to answer, letters to build on."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import NamedTuple

from generator.config.settings import SiteConfig
from generator.insights.balance import Balance, TraitBalance, balance, filed
from generator.model import Entry, Post, PostState, Term

QUESTIONS = 3
ASKED_LATELY = 26  # letters about a trait in which a question that stands there is not asked again
A_YEAR = timedelta(weeks=52)


class Choice(NamedTuple):
    """The trait to write about next, and why."""

    trait: Term
    reason: str  # a sentence


class Prompt(NamedTuple):
    """What a letter can begin with."""

    trait: Term
    reason: str  # a sentence
    questions: tuple[str, ...]  # of the trait, at most three
    builds_on: tuple[Entry, ...]  # at most two: the newest letter about it, and one of a year ago


def next_trait(
    entries: Iterable[Entry], traits: Sequence[Term], config: SiteConfig, *, as_of: datetime
) -> Choice | None:
    """The trait furthest below its target, else the one that has waited longest.

    A letter that is planned, begun or to come counts as written.
    """
    letters = tuple(filed(e for e in entries if e.post.status is not PostState.IDEA))
    today = as_of.astimezone(config.zone).date()
    last = max((today, *(letter.day for letter in letters)))
    year = balance(letters, traits, since=today - A_YEAR, until=last, targets=config.balance)
    short = max(year.traits, key=lambda trait: trait.shortfall, default=None)
    if short and short.shortfall:
        return Choice(short.trait, _why_short(short, year))
    waiting = year.longest_waiting
    return Choice(waiting.trait, _why_waiting(waiting, today)) if waiting else None


def _why_short(short: TraitBalance, year: Balance) -> str:
    count, whole = short.total, sum(year.letters)
    return (
        f"You want {short.target} of a hundred letters to be about it; "
        f"of the last {whole}, out or on their way, {count} {'is' if count == 1 else 'are'}."
    )


def _why_waiting(waiting: TraitBalance, today: date) -> str:
    newest = waiting.newest
    if newest is None:
        return "No letter is about it yet."
    weeks = (today - newest).days // 7
    if weeks < 1:
        return "All traits have been written about lately, and this one longest ago."
    ago = "a week" if weeks == 1 else f"{weeks} weeks"
    return (
        f"It has waited longest: its last letter is {ago} old, "
        "and each other trait has a newer one, out or on its way."
    )


def prompt(
    entries: Sequence[Entry], choice: Choice, config: SiteConfig, *, as_of: datetime
) -> Prompt:
    """What a letter about that trait can begin with; the same all week."""
    about = [entry for entry in entries if choice.trait in entry.terms]
    return Prompt(
        choice.trait,
        choice.reason,
        questions(choice.trait, [entry.post for entry in about], week=_count_of(as_of, config)),
        _letters_to_build_on(about, as_of),
    )


def _count_of(as_of: datetime, config: SiteConfig) -> int:
    """The number of a week among all weeks, which no New Year makes jump."""
    return (as_of.astimezone(config.zone).toordinal() - 1) // 7


def questions(trait: Term, posts: Iterable[Post], *, week: int) -> tuple[str, ...]:
    """Three questions of a trait, other ones each week; those asked lately come last."""
    lately = sorted(posts, key=lambda post: post.published, reverse=True)[:ASKED_LATELY]
    said = " ".join(_words(post.body.html) for post in lately)
    known = trait.questions
    start = week * QUESTIONS % len(known) if known else 0
    turned = (*known[start:], *known[:start])
    ordered = sorted(turned, key=lambda question: _words(question) in said)
    return tuple(" ".join(question.split()) for question in ordered[:QUESTIONS])


def _words(markup: str) -> str:
    """The words of a text alone, between spaces, however they are set."""
    plain = html.unescape(re.sub(r"<[^>]*>", " ", markup))
    words = re.findall(r"[^\W_]+", plain.casefold())
    return f" {' '.join(words)} "


def _letters_to_build_on(about: Iterable[Entry], as_of: datetime) -> tuple[Entry, ...]:
    seen = [entry for entry in about if entry.state is PostState.PUBLISHED]
    newest = sorted(seen, key=lambda e: (e.post.published, e.post.source), reverse=True)
    earlier = sorted(newest[1:], key=lambda e: abs(as_of - A_YEAR - e.post.published))
    return (*newest[:1], *earlier[:1])
