"""The home page, the pages behind it, and each post's page."""

from collections.abc import Iterator
from functools import partial
from typing import NamedTuple

from generator.artifacts.answers import answer, answer_to_blog
from generator.artifacts.context import SiteContext
from generator.artifacts.feed_links import post_reply_feeds
from generator.artifacts.listening import action_links
from generator.artifacts.page_context import PageContext
from generator.artifacts.page_heads import head
from generator.artifacts.recipes import Artifact, page
from generator.artifacts.redirects import redirects
from generator.artifacts.replies import PostReplies, replies_view
from generator.artifacts.shown_posts import ShownPost, full_post, post_card
from generator.artifacts.structured_data import article_properties, described_blog, described_post
from generator.artifacts.weeks import lately
from generator.config.built_in_pages import FOLLOW
from generator.i18n.translate import translate
from generator.model import Entry, Part, PostState
from generator.site import permalinks
from generator.views import (
    ActionLink,
    AuthorCard,
    HomeView,
    Lately,
    Link,
    Pagination,
    PostLink,
    PostView,
    SeriesPart,
)


class HomeInputs(NamedTuple):
    """Everything that the home page, or a page of older posts, is made from."""

    context: PageContext
    authors: tuple[AuthorCard, ...]  # those who write here
    newest: ShownPost | None  # on the home page only
    cards: tuple[ShownPost, ...]  # posts that are shown as cards
    pagination: Pagination
    lately: Lately | None  # on the home page only


def home_pages(context: SiteContext) -> Iterator[Artifact]:
    """The home page, with the newest post and cards of the next ones, and pages of all older posts.

    Those pages are filled from the first post ever, so that they stay the same when new posts
    come; the newest of them may repeat posts that the home page still shows.
    """
    entries, shown, size = context.site.entries, context.shown, context.config.home.cards
    total = -(-max(0, len(entries) - 1 - size) // size)
    authors = tuple(context.authors[author.id] for author in context.config.authors)
    for number in range(total + 1):
        first = len(entries) - number * size if number else 1
        inputs = HomeInputs(
            context=context.page,
            authors=authors,
            newest=shown[entries[0].post.source] if entries and not number else None,
            cards=tuple([shown[entry.post.source] for entry in entries[first : first + size]]),
            pagination=_pagination(number, total, context.page),
            lately=lately(context) if entries and not number else None,
        )
        permalink = permalinks.for_home_page(number)
        yield page("home.html", permalink, partial(_home_view, inputs), inputs=inputs)


def _pagination(number: int, total: int, context: PageContext) -> Pagination:
    """The place of a page among the home pages; the home page, number 0, is the newest."""

    def url(other: int) -> str:
        return context.links.url(permalinks.for_home_page(other))

    return Pagination(
        number,
        total,
        newer=url((number + 1) % (total + 1)) if number else "",
        older=url(number - 1 if number else total) if total and number != 1 else "",
    )


def _home_view(inputs: HomeInputs) -> HomeView:
    context, authors, newest, cards, pagination, weeks = inputs
    number = pagination.number
    is_whole = newest is None or _is_whole(newest, context)
    return HomeView(
        site=context.view,
        head=head(
            context,
            permalinks.for_home_page(number),
            translate(context.messages, "page_number", number=number) if number else "",
            context.config.tagline,
            authors=(context.view.author,),
            profiles=() if number else context.view.author.links,
            structured=None if number else described_blog(authors, context),
        ),
        newest=full_post(newest, context, opening_only=not is_whole) if newest else None,
        is_newest_whole=newest is not None and is_whole,
        answer=answer(newest, context) if newest else answer_to_blog(context),
        cards=tuple([post_card(shown, context) for shown in cards]),
        pagination=pagination,
        lately=weeks,
        follow=context.links.url(FOLLOW),
    )


def _is_whole(newest: ShownPost, context: PageContext) -> bool:
    """Whether the home page shows a post to its end."""
    return context.config.home.full_newest or not newest.post.body.opening_end


class PostInputs(NamedTuple):
    """Everything that the page of a post is made from."""

    context: PageContext
    shown: ShownPost
    older: PostLink | None
    newer: PostLink | None
    related: tuple[PostLink, ...]
    part: SeriesPart | None
    replies: PostReplies
    actions: tuple[ActionLink, ...]


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
        replies=context.replies[entry.post.source],
        actions=action_links(context.actions.get(entry.post.source, ()), context.page),
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
    context, shown, older, newer, related, part, replies, actions = inputs
    title = shown.post.title
    feeds = post_reply_feeds(shown.permalink, title, context) if shown.reply_count else ()
    what_came_back = replies_view(replies, shown, feeds, context)
    return PostView(
        site=context.view,
        head=head(
            context,
            shown.permalink,
            shown.post.title,
            shown.summary,
            kind="article",
            is_indexed=shown.state is PostState.PUBLISHED,
            feeds=feeds,
            image=shown.image,
            authors=shown.authors,
            properties=article_properties(shown, context),
            structured=described_post(shown, what_came_back, context),
            language=shown.post.language,
        ),
        post=full_post(shown, context),
        older=older,
        newer=newer,
        related=related,
        part=part,
        answer=answer(shown, context),
        replies=what_came_back,
        actions=actions,
    )
