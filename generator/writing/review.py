"""A year in review: a draft made of the letters of a year, to be written over."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from itertools import groupby

from generator.config.settings import WEEKDAYS, SiteConfig
from generator.i18n.translate import translate
from generator.insights.stats import questions_of
from generator.insights.weeks import weekly_hour
from generator.model import Content, Entry, PostState, Term
from generator.problems import Location, Problem
from generator.site.page_bundles import images_of
from generator.views import Messages
from generator.writing.front_matter_editor import scalar
from generator.writing.new_posts import NewPost, link_to, plain, tag_of

FOLDER = "content/posts"

_HEAD = """\
---
title: {title}
date: {date}
id: {id}
tags: [{tag}]
summary: ""
draft: true
---
"""


def review_of(
    year: int,
    entries: Sequence[Entry],
    traits: Sequence[Term],
    content: Content,
    config: SiteConfig,
    words: Messages,
) -> NewPost | Problem:
    """The draft of a review of the letters that appeared in that year."""
    identity = f"review-{year}"
    if known := next((post for post in content.posts if post.id == identity), None):
        message = f"this is the review of {year} already"
        return Problem("exists", Location(known.source), message, "Delete it to have it made anew.")
    letters = sorted(
        (e for e in entries if e.state is PostState.PUBLISHED and e.post.published.year == year),
        key=lambda entry: (entry.post.published, entry.post.source),
    )
    if not letters:
        message = f"there is no letter of {year} to look back on"
        return Problem("nothing-to-review", Location(FOLDER), message, "Name another year.")
    counts = Counter(term.slug for entry in letters for term in entry.terms)
    written_of = sorted(traits, key=lambda trait: -counts[trait.slug])
    appears = _last_hour(year, config)
    head = _HEAD.format(
        title=scalar(translate(words, "review_title", year=year)),
        date=f"{appears:%Y-%m-%d %H:%M}",
        id=identity,
        tag=scalar(tag_of(written_of[0])) if written_of else "",
    )
    parts = (
        [translate(words, "review_summary", n=len(letters), year=year)],
        *_figures(letters, words),
        *_about(written_of, counts, words),
        *_months(letters, words),
        *_questions(letters, words),
    )
    body = "\n\n".join("\n".join(part) for part in parts)
    return NewPost(f"{FOLDER}/{appears.date()}-{identity}.md", f"{head}\n{body}\n", appears)


def _last_hour(year: int, config: SiteConfig) -> datetime:
    """When the last letter of a year is due."""
    end = date(year, 12, 31)
    back = (end.weekday() - WEEKDAYS.index(config.weekly.day)) % 7
    return weekly_hour(end - timedelta(back), config)


def _figures(letters: Sequence[Entry], words: Messages) -> Iterator[list[str]]:
    images = {target for entry in letters for target in images_of(entry.post)}
    written = sum(entry.post.body.word_count for entry in letters)
    figures = (("words", written), ("images", len(images)))
    yield [
        "- "
        + translate(
            words, "named", name=translate(words, name), text=translate(words, "count", n=number)
        )
        for name, number in figures
    ]


def _about(traits: Sequence[Term], counts: Counter[str], words: Messages) -> Iterator[list[str]]:
    yield ["## " + translate(words, "about_letters")]
    yield [
        "- "
        + translate(
            words,
            "named",
            name=link_to(trait.title, trait.source),
            text=translate(words, "letters", n=counts[trait.slug]),
        )
        for trait in traits
    ]


def _months(letters: Sequence[Entry], words: Messages) -> Iterator[list[str]]:
    yield ["## " + translate(words, "by_month")]
    for month, group in groupby(letters, key=lambda entry: entry.post.published.month):
        yield [f"### {words.conventions.months[month - 1]}"]
        yield [f"- {_link(entry)}" for entry in group]


def _questions(letters: Sequence[Entry], words: Messages) -> Iterator[list[str]]:
    asked = [
        f"- {plain(question)} ({_link(entry)})"
        for entry in letters
        for question in questions_of(entry.post.body)
    ]
    if asked:
        yield ["## " + translate(words, "questions_asked")]
        yield asked


def _link(entry: Entry) -> str:
    return link_to(entry.post.title, entry.post.source)
