"""The page of each author."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import partial

from generator.artifacts.built_in import has_balance_page
from generator.artifacts.context import SiteContext, earlier, newest, trait_shares
from generator.artifacts.feed_links import author_feeds
from generator.artifacts.page_heads import head
from generator.artifacts.recipes import Artifact, page
from generator.artifacts.structured_data import described_author, profile_properties
from generator.config.built_in_pages import BALANCE
from generator.i18n.dates import date_view
from generator.i18n.translate import translate
from generator.model import Entry
from generator.site import permalinks
from generator.views import AuthorCard, AuthorView


def author_pages(context: SiteContext) -> Iterator[Artifact]:
    """The page of each author who has one on this site."""
    for author in context.authors.values():
        if author.url:
            permalink = permalinks.for_author(author.id)
            entries = [entry for entry in context.site.entries if author.id in entry.authors]
            view = partial(_author_view, author, permalink, entries, context)
            yield page("author.html", permalink, view)


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


def _words_of(entries: Iterable[Entry]) -> int:
    """The number of words in all posts, rounded so that it does not change with every edit."""
    words = sum(entry.post.body.word_count for entry in entries)
    return words if words < 1000 else words // 100 * 100


def _balance_url(context: SiteContext) -> str:
    has_page = has_balance_page(context.site, context.config)
    return context.links.url(BALANCE) if has_page else ""


def _name_and_role(author: AuthorCard, context: SiteContext) -> str:
    if not author.role:
        return author.name
    return translate(context.messages, "name_and_role", name=author.name, role=author.role)
