"""The home page, the pages behind it, and each post's page."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from generator import permalinks
from generator.artifacts.frame import (
    Frame,
    answer,
    card,
    head,
    letter,
    line,
    picture_of,
    post_link,
    summary_of,
)
from generator.artifacts.pages import page, redirects
from generator.artifacts.structured import article_properties, described_blog, described_post
from generator.artifacts.weeks import lately
from generator.model import Artifact, Entry, HomeView, Pagination, PostView, Standing
from generator.words.saying import say


def home_pages(frame: Frame) -> Iterator[Artifact]:
    """The newest post with cards of the next ones, and further pages of cards."""
    entries = frame.site.entries
    total = max(1, -(-len(entries[1:]) // frame.config.home.cards))
    for number in range(1, total + 1):
        newest = entries[0] if entries and number == 1 else None
        yield page(
            "home.html",
            permalinks.for_home_page(number),
            partial(_home_view, newest, _pagination(number, total, frame), frame),
            frame.sketches.with_bodies([newest.post.source] if newest else []),
        )


def _home_view(
    newest: Entry | None,
    pagination: Pagination,
    frame: Frame,
) -> HomeView:
    size = frame.config.home.cards
    first = 1 + (pagination.number - 1) * size
    is_whole = newest is not None and _is_whole(newest, frame)
    return HomeView(
        site=frame.view,
        head=head(
            frame,
            permalinks.for_home_page(pagination.number),
            ""
            if pagination.number == 1
            else say(frame.words, "page_number", number=pagination.number),
            frame.config.tagline,
            authors=(frame.view.author,),
            profiles=() if pagination.newer else frame.view.author.links,
            structured=None if pagination.newer else described_blog(frame),
        ),
        newest=letter(newest, frame, opening_only=not is_whole) if newest else None,
        is_newest_whole=is_whole,
        answer=answer(frame, newest.post.title if newest else frame.config.title),
        cards=tuple(card(entry, frame) for entry in frame.site.entries[first : first + size]),
        pagination=pagination,
        lately=lately(frame) if newest else None,
        follow=frame.links.url(permalinks.FOLLOW),
    )


def _is_whole(entry: Entry, frame: Frame) -> bool:
    """Whether the home page shows a post to its end."""
    return frame.config.home.full_newest or not entry.post.body.opening_end


def _pagination(number: int, total: int, frame: Frame) -> Pagination:
    def url(other: int) -> str:
        is_there = 1 <= other <= total
        return frame.links.url(permalinks.for_home_page(other)) if is_there else ""

    return Pagination(number, total, newer=url(number - 1), older=url(number + 1))


def post_pages(frame: Frame) -> Iterator[Artifact]:
    """Each post's page, and a page at each of its old addresses."""
    for entry in frame.site.entries:
        post = entry.post
        is_indexed = entry.standing is Standing.PUBLISHED
        yield page(
            "post.html",
            entry.permalink,
            partial(_post_view, entry, frame),
            frame.sketches.of_post(entry),
            source=post.source,
            changed=(post.updated or post.published).isoformat() if is_indexed else None,
        )
        yield from redirects(
            entry.post.aliases, entry.post.title, entry.permalink, entry.post.source, frame
        )


def _post_view(entry: Entry, frame: Frame) -> PostView:
    related = (frame.entries[source] for source in entry.related)
    return PostView(
        site=frame.view,
        head=head(
            frame,
            entry.permalink,
            entry.post.title,
            summary_of(entry),
            kind="article",
            is_indexed=entry.standing is Standing.PUBLISHED,
            picture=picture_of(entry, frame),
            authors=(frame.authors[author] for author in entry.authors),
            properties=article_properties(entry, frame),
            structured=described_post(entry, frame),
            language=entry.post.language,
        ),
        letter=letter(entry, frame),
        older=post_link(entry.older, frame),
        newer=post_link(entry.newer, frame),
        related=tuple(line(other, frame) for other in related),
        answer=answer(frame, entry.post.title),
    )
