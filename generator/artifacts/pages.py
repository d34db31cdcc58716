"""Plain pages, authors, the page about feeds, and pages at old addresses."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import partial

from generator.artifacts.built_in import has_balance_page
from generator.artifacts.context import (
    SiteContext,
    body_prose,
    earlier,
    link_to,
    newest,
    term_link,
    trait_shares,
)
from generator.artifacts.feed_links import author_feeds, series_feeds, term_feeds
from generator.artifacts.page_heads import head
from generator.artifacts.recipes import Artifact, page
from generator.artifacts.shown_posts import contents
from generator.artifacts.structured_data import described_author, profile_properties
from generator.config.built_in_pages import BALANCE, FOLLOW
from generator.i18n.dates import date_view
from generator.i18n.translate import translate
from generator.model import Entry, PlainPage, Tag
from generator.site import permalinks
from generator.views import (
    AuthorCard,
    AuthorView,
    FeedGroup,
    FollowView,
    NotFoundView,
    PageView,
    RedirectView,
)

NEWEST_ON_NOT_FOUND = 5


def plain_pages(context: SiteContext) -> Iterator[Artifact]:
    """The writer's own pages, and those that every site has."""
    for written in context.site.pages:
        yield page(
            "page.html",
            written.permalink,
            partial(_page_view, written, context),
            source=written.source,
            changed=None if written.is_draft else "",
        )
        yield from redirects(
            written.aliases, written.title, written.permalink, written.source, context
        )
    for author in context.authors.values():
        if author.url:
            permalink = permalinks.for_author(author.id)
            entries = [entry for entry in context.site.entries if author.id in entry.authors]
            view = partial(_author_view, author, permalink, entries, context)
            yield page("author.html", permalink, view)
    yield page("follow.html", FOLLOW, partial(_follow_view, context))
    yield page(
        "not-found.html",
        permalinks.NOT_FOUND,
        partial(_not_found_view, context),
        changed=None,
    )


def redirects(
    aliases: Iterable[Tag], title: str, target: str, source: str, context: SiteContext
) -> Iterator[Artifact]:
    """A page at each old address that leads to the new one."""
    for alias in aliases:
        old = permalinks.for_alias(alias.text)
        if old.casefold() != target.casefold():
            absolute, language = context.links.absolute(target), context.config.language
            view = partial(RedirectView, title, absolute, language, context.messages)
            yield page("redirect.html", old, view, source=source, changed=None)


def _page_view(written: PlainPage, context: SiteContext) -> PageView:
    return PageView(
        site=context.view,
        head=head(
            context.page,
            written.permalink,
            written.title,
            written.summary or written.body.opening,
            is_indexed=not written.is_draft,
        ),
        title=written.title,
        headings=contents(written.body),
        html=body_prose(written.body, context),
    )


def _words_of(entries: Iterable[Entry]) -> int:
    """The number of words in all posts, rounded so that it does not change with every edit."""
    words = sum(entry.post.body.word_count for entry in entries)
    return words if words < 1000 else words // 100 * 100


def _author_view(
    author: AuthorCard, permalink: str, entries: Sequence[Entry], context: SiteContext
) -> AuthorView:
    feeds = author_feeds(author, context.page)
    return AuthorView(
        site=context.view,
        head=head(
            context.page,
            permalink,
            author.name,
            author.summary or _name_and_role(author, context),
            kind="profile",
            feeds=feeds,
            authors=(author,),
            profiles=author.links,
            properties=profile_properties(author),
            structured=described_author(author, context.page),
        ),
        author=author,
        since=date_view(entries[-1].post.published, context.messages.conventions)
        if entries
        else None,
        word_count=_words_of(entries),
        post_count=len(entries),
        traits=trait_shares(entries, context),
        balance=_balance_url(context),
        posts=newest(entries, context),
        earlier=earlier(entries, context),
        feeds=feeds,
    )


def _balance_url(context: SiteContext) -> str:
    has_page = has_balance_page(context.site, context.config)
    return context.links.url(BALANCE) if has_page else ""


def _name_and_role(author: AuthorCard, context: SiteContext) -> str:
    if not author.role:
        return author.name
    return translate(context.messages, "name_and_role", name=author.name, role=author.role)


def _follow_view(context: SiteContext) -> FollowView:
    groups = [
        (
            taxonomy.title,
            tuple(
                FeedGroup(
                    term.title,
                    term.summary,
                    term_feeds(term, context.page),
                    term_link(term, context),
                )
                for term in taxonomy.terms
            ),
        )
        for taxonomy in context.site.taxonomies
        if taxonomy.has_feeds and taxonomy.terms
    ]
    if context.site.series:
        series = (
            FeedGroup(one.title, "", series_feeds(one, context.page), None)
            for one in context.site.series
        )
        groups.append((translate(context.messages, "series"), tuple(series)))
    authors = tuple(
        FeedGroup(author.name, author.role, feeds, None)
        for author in context.authors.values()
        if (feeds := author_feeds(author, context.page))
    )
    if authors:
        groups.append((translate(context.messages, "feed_by_author"), authors))
    return FollowView(
        site=context.view,
        head=head(
            context.page,
            FOLLOW,
            translate(context.messages, "follow"),
            translate(context.messages, "follow_summary", site=context.config.title),
        ),
        everything=FeedGroup(
            context.config.title,
            context.config.tagline,
            context.view.feeds,
            None,
        ),
        groups=tuple(groups),
    )


def _not_found_view(context: SiteContext) -> NotFoundView:
    return NotFoundView(
        site=context.view,
        head=head(
            context.page,
            permalinks.NOT_FOUND,
            translate(context.messages, "not_found"),
            translate(context.messages, "not_found_summary"),
            is_indexed=False,
        ),
        newest=tuple(
            link_to(entry, context) for entry in context.site.entries[:NEWEST_ON_NOT_FOUND]
        ),
    )
