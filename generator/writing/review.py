"""A year in review: a draft made of the posts of a year, for the writer to edit."""

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
from generator.writing.new_posts import UNFINISHED, NewPost, front_matter, link_to, plain

FOLDER = "content/posts"
TO_REWRITE = "<!-- TODO: rewrite this outline, and delete this line -->"  # or it isn't published


def review_of(
    year: int,
    entries: Sequence[Entry],
    traits: Sequence[Term],
    content: Content,
    config: SiteConfig,
    messages: Messages,
) -> NewPost | Problem:
    """The draft of a review of the posts that appeared in that year."""
    identity = f"review-{year}"
    if known := next((post for post in content.posts if post.id == identity), None):
        message = f"this is already the review of {year}"
        return Problem("exists", Location(known.source), message, "Delete it to create a new one.")
    posts = sorted(
        (e for e in entries if e.state is PostState.PUBLISHED and e.post.published.year == year),
        key=lambda entry: (entry.post.published, entry.post.source),
    )
    if not posts:
        message = f"no post appeared in {year}"
        return Problem("nothing-to-review", Location(FOLDER), message, "Choose another year.")
    counts = Counter(term.slug for entry in posts for term in entry.terms)
    by_count = sorted(traits, key=lambda trait: -counts[trait.slug])
    appears = _last_hour(year, config)
    title = translate(messages, "review_title", year=year)
    trait = by_count[0] if by_count else None
    top = front_matter(title, appears, identity=identity, trait=trait, more=UNFINISHED)
    parts = (
        [TO_REWRITE],
        [translate(messages, "review_summary", n=len(posts), year=year)],
        *_figures(posts, messages),
        *_about(by_count, counts, messages),
        *_months(posts, messages),
        *_questions(posts, messages, config.language),
    )
    body = "\n\n".join("\n".join(part) for part in parts)
    return NewPost(f"{FOLDER}/{appears.date()}-{identity}.md", f"{top}\n{body}\n", appears)


def _last_hour(year: int, config: SiteConfig) -> datetime:
    """When the last post of a year is due."""
    end = date(year, 12, 31)
    back = (end.weekday() - WEEKDAYS.index(config.weekly.day)) % 7
    return weekly_hour(end - timedelta(back), config)


def _figures(posts: Sequence[Entry], messages: Messages) -> Iterator[list[str]]:
    images = {target for entry in posts for target in images_of(entry.post)}
    written = sum(entry.post.body.word_count for entry in posts)
    figures = (("words", written), ("images", len(images)))
    yield [
        "- "
        + translate(
            messages,
            "named",
            name=translate(messages, name),
            text=translate(messages, "count", n=number),
        )
        for name, number in figures
    ]


def _about(traits: Sequence[Term], counts: Counter[str], messages: Messages) -> Iterator[list[str]]:
    yield ["## " + translate(messages, "about_letters")]
    yield [
        "- "
        + translate(
            messages,
            "named",
            name=link_to(trait.title, trait.source),
            text=translate(messages, "letters", n=counts[trait.slug]),
        )
        for trait in traits
    ]


def _months(posts: Sequence[Entry], messages: Messages) -> Iterator[list[str]]:
    yield ["## " + translate(messages, "by_month")]
    for month, group in groupby(posts, key=lambda entry: entry.post.published.month):
        yield [f"### {messages.conventions.months[month - 1]}"]
        yield [f"- {_link(entry)}" for entry in group]


def _questions(posts: Sequence[Entry], messages: Messages, language: str) -> Iterator[list[str]]:
    asked = [
        f"- {plain(question)} ({_link(entry)})"
        for entry in posts
        for question in questions_of(entry.post.body, entry.post.language or language)
    ]
    if asked:
        yield ["## " + translate(messages, "questions_asked")]
        yield asked


def _link(entry: Entry) -> str:
    return link_to(entry.post.title, entry.post.source)
