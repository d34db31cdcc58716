"""Plain pages, authors, the page about feeds, and pages at old addresses."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from typing import Any

from generator.artifacts.built_in import has_balance_page
from generator.artifacts.frame import (
    Frame,
    author_feeds,
    contents,
    earlier,
    head,
    line,
    newest,
    prose,
    series_feeds,
    term_feeds,
    term_link,
    trait_shares,
)
from generator.artifacts.structured_data import described_author, profile_properties
from generator.i18n.dates import date_view
from generator.i18n.translate import translate
from generator.model import Artifact, Deferred, Entry, Page, Tag
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


def page(
    template: str,
    permalink: str,
    make: Callable[[], Any],
    sketch: str,
    *,
    source: str = "",
    changed: str | None = "",
) -> Artifact:
    """A page made by a template, from a view that is made where its sketch is a new one."""
    return Artifact(
        permalinks.output_path(permalink),
        f"page:{template}",
        Deferred(sketch, make),
        source,
        changed,
    )


def plain_pages(frame: Frame) -> Iterator[Artifact]:
    """The writer's own pages, and those that every site has."""
    lists = frame.sketches.of_lists
    for written in frame.site.pages:
        yield page(
            "page.html",
            written.permalink,
            partial(_page_view, written, frame),
            frame.sketches.with_bodies([written.source]),
            source=written.source,
            changed=None if written.is_draft else "",
        )
        yield from redirects(
            written.aliases, written.title, written.permalink, written.source, frame
        )
    for author in frame.authors.values():
        if author.url:
            permalink = permalinks.for_author(author.id)
            entries = [entry for entry in frame.site.entries if author.id in entry.authors]
            view = partial(_author_view, author, permalink, entries, frame)
            yield page("author.html", permalink, view, f"{lists} {_words_of(entries)}")
    yield page("follow.html", permalinks.FOLLOW, partial(_follow_view, frame), lists)
    yield page(
        "not-found.html",
        permalinks.NOT_FOUND,
        partial(_not_found_view, frame),
        lists,
        changed=None,
    )


def redirects(
    aliases: Iterable[Tag], title: str, target: str, source: str, frame: Frame
) -> Iterator[Artifact]:
    """A page at each old address that leads to the new one."""
    for alias in aliases:
        old = permalinks.for_alias(alias.text)
        if old.casefold() != target.casefold():
            view = RedirectView(
                title, frame.links.absolute(target), frame.config.language, frame.messages
            )
            yield Artifact(permalinks.output_path(old), "page:redirect.html", view, source)


def _page_view(written: Page, frame: Frame) -> PageView:
    return PageView(
        site=frame.view,
        head=head(
            frame,
            written.permalink,
            written.title,
            written.summary or str(written.body.opening),
            is_indexed=not written.is_draft,
        ),
        title=written.title,
        headings=contents(written.body),
        html=prose(written.body, frame),
    )


def _words_of(entries: Iterable[Entry]) -> int:
    """The words in all letters, without digits that would change with every edit."""
    words = sum(entry.post.body.word_count for entry in entries)
    return words if words < 1000 else words // 100 * 100


def _author_view(
    author: AuthorCard, permalink: str, entries: Sequence[Entry], frame: Frame
) -> AuthorView:
    feeds = author_feeds(author, frame)
    return AuthorView(
        site=frame.view,
        head=head(
            frame,
            permalink,
            author.name,
            author.summary or _name_and_role(author, frame),
            kind="profile",
            feeds=feeds,
            authors=(author,),
            profiles=author.links,
            properties=profile_properties(author),
            structured=described_author(author, frame),
        ),
        author=author,
        since=date_view(entries[-1].post.published, frame.messages.conventions)
        if entries
        else None,
        word_count=_words_of(entries),
        post_count=len(entries),
        traits=trait_shares(entries, frame),
        balance=_balance_url(frame),
        posts=newest(entries, frame),
        earlier=earlier(entries, frame),
        feeds=feeds,
    )


def _balance_url(frame: Frame) -> str:
    has_page = has_balance_page(frame.site, frame.config)
    return frame.links.url(permalinks.BALANCE) if has_page else ""


def _name_and_role(author: AuthorCard, frame: Frame) -> str:
    if not author.role:
        return author.name
    return translate(frame.messages, "name_and_role", name=author.name, role=author.role)


def _follow_view(frame: Frame) -> FollowView:
    groups = [
        (
            taxonomy.title,
            tuple(
                FeedGroup(term.title, term.summary, term_feeds(term, frame), term_link(term, frame))
                for term in taxonomy.terms
            ),
        )
        for taxonomy in frame.site.taxonomies
        if taxonomy.has_feeds and taxonomy.terms
    ]
    if frame.site.series:
        series = (
            FeedGroup(one.title, "", series_feeds(one, frame), None) for one in frame.site.series
        )
        groups.append((translate(frame.messages, "series"), tuple(series)))
    authors = tuple(
        FeedGroup(author.name, author.role, feeds, None)
        for author in frame.authors.values()
        if (feeds := author_feeds(author, frame))
    )
    if authors:
        groups.append((translate(frame.messages, "feed_by_author"), authors))
    return FollowView(
        site=frame.view,
        head=head(
            frame,
            permalinks.FOLLOW,
            translate(frame.messages, "follow"),
            translate(frame.messages, "follow_summary", site=frame.config.title),
        ),
        everything=FeedGroup(
            frame.config.title,
            frame.config.tagline,
            frame.view.feeds,
            None,
        ),
        groups=tuple(groups),
    )


def _not_found_view(frame: Frame) -> NotFoundView:
    return NotFoundView(
        site=frame.view,
        head=head(
            frame,
            permalinks.NOT_FOUND,
            translate(frame.messages, "not_found"),
            translate(frame.messages, "not_found_summary"),
            is_indexed=False,
        ),
        newest=tuple(line(entry, frame) for entry in frame.site.entries[:NEWEST_ON_NOT_FOUND]),
    )
