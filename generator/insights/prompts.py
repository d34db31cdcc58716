"""What to write about next: a trait that has waited, questions to answer, posts to build on."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import NamedTuple

from generator.config.settings import SiteConfig
from generator.i18n.words import words_of
from generator.insights.balance import Balance, TraitBalance, balance, filed
from generator.model import Entry, Post, PostState, Term

QUESTIONS = 3
ASKED_LATELY = 26  # posts about a trait; a question in one of them is not asked again
A_YEAR = timedelta(weeks=52)

_WITHIN_WORDS = re.compile(
    r"</?(?:a|abbr|b|code|del|em|i|ins|mark|s|small|span|strong|sub|sup|u|wbr)\b[^>]*>"
)


class Choice(NamedTuple):
    """The trait to write about next, and why."""

    trait: Term
    reason: str  # a sentence


class Prompt(NamedTuple):
    """What a post can begin with."""

    trait: Term
    reason: str  # a sentence
    questions: tuple[str, ...]  # of the trait, at most three
    builds_on: tuple[Entry, ...]  # at most two: the newest post about it, and one from a year ago


def next_trait(
    entries: Iterable[Entry], traits: Sequence[Term], config: SiteConfig, *, as_of: datetime
) -> Choice | None:
    """The trait furthest below its target, else the one that has waited longest.

    A post that is planned, a draft or scheduled counts as written.
    """
    posts = tuple(filed(e for e in entries if e.post.status is not PostState.IDEA))
    today = as_of.astimezone(config.zone).date()
    last = max((today, *(post.day for post in posts)))
    year = balance(posts, traits, since=today - A_YEAR, until=last, targets=config.balance)
    short = max(year.traits, key=lambda trait: trait.shortfall, default=None)
    if short and short.shortfall:
        return Choice(short.trait, _why_short(short, year))
    waiting = year.longest_waiting
    return Choice(waiting.trait, _why_waiting(waiting, today)) if waiting else None


def _why_short(short: TraitBalance, year: Balance) -> str:
    count, whole = short.total, sum(year.posts)
    return (
        f"You want {short.target} posts in a hundred to be about it; "
        f"of the last {whole}, published or planned, {count} {'is' if count == 1 else 'are'}."
    )


def _why_waiting(waiting: TraitBalance, today: date) -> str:
    newest = waiting.newest
    if newest is None:
        return "No post is about it yet."
    weeks = (today - newest).days // 7
    if weeks < 1:
        return "All traits have had a post lately, this one longest ago."
    ago = "a week" if weeks == 1 else f"{weeks} weeks"
    return (
        f"It has waited longest: its last post is {ago} old, "
        "and every other trait has a newer one, published or planned."
    )


def prompt(
    entries: Sequence[Entry], choice: Choice, config: SiteConfig, *, as_of: datetime
) -> Prompt:
    """What a post about that trait can begin with; the same all week."""
    about = [entry for entry in entries if choice.trait in entry.terms]
    return Prompt(
        choice.trait,
        choice.reason,
        questions(choice.trait, [entry.post for entry in about], week=_week_number(as_of, config)),
        _posts_to_build_on(about, as_of),
    )


def _week_number(as_of: datetime, config: SiteConfig) -> int:
    """The number of a week among all weeks of all years."""
    return (as_of.astimezone(config.zone).toordinal() - 1) // 7


def questions(trait: Term, posts: Iterable[Post], *, week: int) -> tuple[str, ...]:
    """Three questions of a trait, different each week; those asked lately come last."""
    lately = sorted(posts, key=lambda post: post.published, reverse=True)[:ASKED_LATELY]
    written = " ".join(_words(post.body.html) for post in lately)
    known = trait.questions
    start = week * QUESTIONS % len(known) if known else 0
    rotated = (*known[start:], *known[:start])
    ordered = sorted(rotated, key=lambda question: _words(question) in written)
    return tuple(" ".join(question.split()) for question in ordered[:QUESTIONS])


def _words(markup: str) -> str:
    """The words of a text, without markup and punctuation, with spaces around each."""
    joined = _WITHIN_WORDS.sub("", markup)
    plain = html.unescape(re.sub(r"<[^>]*>", " ", joined))
    words = words_of(plain.casefold().replace("’", "'").replace("_", " "))
    return f" {' '.join(words)} "


def _posts_to_build_on(about: Iterable[Entry], as_of: datetime) -> tuple[Entry, ...]:
    published = [entry for entry in about if entry.state is PostState.PUBLISHED]
    newest = sorted(published, key=lambda e: (e.post.published, e.post.source), reverse=True)
    earlier = sorted(newest[1:], key=lambda e: abs(as_of - A_YEAR - e.post.published))
    return (*newest[:1], *earlier[:1])
