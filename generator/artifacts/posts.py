"""The home page, the pages behind it, and each post's page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

from generator.artifacts.frame import (
    Frame,
    answer,
    card,
    head,
    image_of,
    letter,
    line,
    post_link,
    summary_of,
)
from generator.artifacts.pages import page, redirects
from generator.artifacts.structured_data import article_properties, described_blog, described_post
from generator.artifacts.weeks import lately
from generator.i18n.translate import translate
from generator.model import Artifact, Entry, Part, PostState
from generator.site import permalinks
from generator.views import HomeView, Link, Pagination, PostView, SeriesPart


def home_pages(frame: Frame) -> Iterator[Artifact]:
    """The newest post with cards of the next ones, and behind it pages of all that are older.

    A page behind has its letters counted from the first one ever, so that it stays as it is when
    new letters come; the newest such page may repeat some that the home page still shows.
    """
    entries, size = frame.site.entries, frame.config.home.cards
    total = -(-max(0, len(entries) - 1 - size) // size)
    newest, others = entries[:1], entries[1 : 1 + size]
    yield page(
        "home.html",
        permalinks.HOME,
        partial(_home_view, newest, others, _pagination(0, total, frame), frame),
        frame.sketches.with_bodies(entry.post.source for entry in newest),
    )
    for number in range(1, total + 1):
        first = len(entries) - number * size
        shown, pagination = entries[first : first + size], _pagination(number, total, frame)
        yield page(
            "home.html",
            permalinks.for_home_page(number),
            partial(_home_view, (), shown, pagination, frame),
            frame.sketches.of_some(shown, repr(pagination)),
        )


def _pagination(number: int, total: int, frame: Frame) -> Pagination:
    """Where a page stands; the home page, number 0, is the newest of all."""

    def url(other: int) -> str:
        return frame.links.url(permalinks.for_home_page(other))

    return Pagination(
        number,
        total,
        newer=url((number + 1) % (total + 1)) if number else "",
        older=url(number - 1 if number else total) if total and number != 1 else "",
    )


def _home_view(
    newest: Sequence[Entry], others: Sequence[Entry], pagination: Pagination, frame: Frame
) -> HomeView:
    is_home = pagination.number == 0
    is_whole = all(_is_whole(entry, frame) for entry in newest)
    return HomeView(
        site=frame.view,
        head=head(
            frame,
            permalinks.for_home_page(pagination.number),
            "" if is_home else translate(frame.messages, "page_number", number=pagination.number),
            frame.config.tagline,
            authors=(frame.view.author,),
            profiles=frame.view.author.links if is_home else (),
            structured=described_blog(frame) if is_home else None,
        ),
        newest=letter(newest[0], frame, opening_only=not is_whole) if newest else None,
        is_newest_whole=bool(newest) and is_whole,
        answer=answer(frame, newest[0].post.title if newest else frame.config.title),
        cards=tuple(card(entry, frame) for entry in others),
        pagination=pagination,
        lately=lately(frame) if newest else None,
        follow=frame.links.url(permalinks.FOLLOW),
    )


def _is_whole(entry: Entry, frame: Frame) -> bool:
    """Whether the home page shows a post to its end."""
    return frame.config.home.full_newest or not entry.post.body.opening_end


def post_pages(frame: Frame) -> Iterator[Artifact]:
    """Each post's page, and a page at each of its old addresses."""
    for entry in frame.site.entries:
        post = entry.post
        is_indexed = entry.state is PostState.PUBLISHED
        yield page(
            "post.html",
            entry.permalink,
            partial(_post_view, entry, frame),
            frame.sketches.of_post(entry),
            source=post.source,
            changed=(post.updated or post.published).isoformat() if is_indexed else None,
        )
        if post.aliases:
            yield from redirects(post.aliases, post.title, entry.permalink, post.source, frame)


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
            is_indexed=entry.state is PostState.PUBLISHED,
            image=image_of(entry, frame),
            authors=(frame.authors[author] for author in entry.authors),
            properties=article_properties(entry, frame),
            structured=described_post(entry, frame),
            language=entry.post.language,
        ),
        letter=letter(entry, frame),
        older=post_link(entry.older, frame),
        newer=post_link(entry.newer, frame),
        related=tuple(line(other, frame) for other in related),
        part=_series_part(entry.part, frame) if entry.part else None,
        answer=answer(frame, entry.post.title),
    )


def _series_part(part: Part, frame: Frame) -> SeriesPart:
    return SeriesPart(
        link=Link(part.series.title, frame.links.url(permalinks.for_series(part.series.slug))),
        number=part.number,
        total=len(part.series.parts),
        previous=post_link(part.previous, frame),
        next=post_link(part.next, frame),
    )
