"""The home page, the pages behind it, and each post's page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from typing import NamedTuple

from generator.artifacts.answers import answer
from generator.artifacts.context import SiteContext, card_of
from generator.artifacts.page_context import PageContext
from generator.artifacts.page_heads import head
from generator.artifacts.pages import redirects
from generator.artifacts.recipes import Artifact, page
from generator.artifacts.shown_posts import ShownPost, full_post
from generator.artifacts.structured_data import article_properties, described_blog, described_post
from generator.artifacts.weeks import lately
from generator.i18n.translate import translate
from generator.model import Entry, Part, PostState
from generator.site import permalinks
from generator.views import HomeView, Link, Pagination, PostLink, PostView, SeriesPart


def home_pages(context: SiteContext) -> Iterator[Artifact]:
    """The home page, with the newest post and cards of the next ones, and pages of all older posts.

    Those pages are filled from the first post ever, so that they stay the same when new posts
    come; the newest of them may repeat posts that the home page still shows.
    """
    entries, size = context.site.entries, context.config.home.cards
    total = -(-max(0, len(entries) - 1 - size) // size)
    newest, others = entries[:1], entries[1 : 1 + size]
    pagination = _pagination(0, total, context)
    view = partial(_home_view, newest, others, pagination, context)
    yield page("home.html", permalinks.HOME, view)
    for number in range(1, total + 1):
        first = len(entries) - number * size
        shown, pagination = entries[first : first + size], _pagination(number, total, context)
        view = partial(_home_view, (), shown, pagination, context)
        yield page("home.html", permalinks.for_home_page(number), view)


def _pagination(number: int, total: int, context: SiteContext) -> Pagination:
    """The place of a page among the home pages; the home page, number 0, is the newest."""

    def url(other: int) -> str:
        return context.links.url(permalinks.for_home_page(other))

    return Pagination(
        number,
        total,
        newer=url((number + 1) % (total + 1)) if number else "",
        older=url(number - 1 if number else total) if total and number != 1 else "",
    )


def _home_view(
    newest: Sequence[Entry],
    others: Sequence[Entry],
    pagination: Pagination,
    context: SiteContext,
) -> HomeView:
    is_home = pagination.number == 0
    is_whole = all(_is_whole(entry, context) for entry in newest)
    shown = [context.shown[entry.post.source] for entry in newest]
    authors = [context.authors[author.id] for author in context.config.authors]
    return HomeView(
        site=context.view,
        head=head(
            context.page,
            permalinks.for_home_page(pagination.number),
            "" if is_home else translate(context.messages, "page_number", number=pagination.number),
            context.config.tagline,
            authors=(context.view.author,),
            profiles=context.view.author.links if is_home else (),
            structured=described_blog(authors, context.page) if is_home else None,
        ),
        newest=full_post(shown[0], context.page, opening_only=not is_whole) if shown else None,
        is_newest_whole=bool(newest) and is_whole,
        answer=answer(shown[0].post.title if shown else context.config.title, context.page),
        cards=tuple(card_of(entry, context) for entry in others),
        pagination=pagination,
        lately=lately(context) if newest else None,
        follow=context.links.url(permalinks.FOLLOW),
    )


def _is_whole(entry: Entry, context: SiteContext) -> bool:
    """Whether the home page shows a post to its end."""
    return context.config.home.full_newest or not entry.post.body.opening_end


class PostInputs(NamedTuple):
    """Everything that the page of a post is made from."""

    context: PageContext
    shown: ShownPost
    older: PostLink | None
    newer: PostLink | None
    related: tuple[PostLink, ...]
    part: SeriesPart | None


def post_pages(context: SiteContext) -> Iterator[Artifact]:
    """Each post's page, and a page at each of its old addresses."""
    for entry in context.site.entries:
        post = entry.post
        is_indexed = entry.state is PostState.PUBLISHED
        inputs = _inputs(entry, context)
        yield page(
            "post.html",
            entry.permalink,
            partial(post_view, inputs),
            inputs=inputs,
            source=post.source,
            changed=(post.updated or post.published).isoformat() if is_indexed else None,
        )
        if post.aliases:
            yield from redirects(post.aliases, post.title, entry.permalink, post.source, context)


def _inputs(entry: Entry, context: SiteContext) -> PostInputs:
    links_to = context.links_to
    return PostInputs(
        context=context.page,
        shown=context.shown[entry.post.source],
        older=links_to[entry.older] if entry.older else None,
        newer=links_to[entry.newer] if entry.newer else None,
        related=tuple([links_to[source] for source in entry.related]),
        part=_series_part(entry.part, context) if entry.part else None,
    )


def _series_part(part: Part, context: SiteContext) -> SeriesPart:
    return SeriesPart(
        link=Link(part.series.title, context.links.url(permalinks.for_series(part.series.slug))),
        number=part.number,
        total=len(part.series.parts),
        previous=context.links_to[part.previous] if part.previous else None,
        next=context.links_to[part.next] if part.next else None,
    )


def post_view(inputs: PostInputs) -> PostView:
    """The page of a post, from these inputs only, so that their digest can stand in for its own."""
    context, shown, older, newer, related, part = inputs
    return PostView(
        site=context.view,
        head=head(
            context,
            shown.permalink,
            shown.post.title,
            shown.summary,
            kind="article",
            is_indexed=shown.state is PostState.PUBLISHED,
            image=shown.image,
            authors=shown.authors,
            properties=article_properties(shown, context),
            structured=described_post(shown, context),
            language=shown.post.language,
        ),
        post=full_post(shown, context),
        older=older,
        newer=newer,
        related=related,
        part=part,
        answer=answer(shown.post.title, context),
    )
