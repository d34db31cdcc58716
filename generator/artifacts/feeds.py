"""The feeds of the site, of each trait and reason, series and year, and of several authors."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from functools import cache, partial
from itertools import groupby
from urllib.parse import quote

from generator.artifacts.frame import Frame, author_feeds, image_of, prose, summary_of
from generator.config.settings import TRAITS
from generator.i18n.translate import translate
from generator.model import Artifact, Deferred, Entry, PostState
from generator.site import permalinks
from generator.views import AuthorCard, FeedAuthor, FeedEntry, FeedView

ICON = "icon-512.png"

RECIPES = {"RSS": "rss", "Atom": "atom", "JSON Feed": "json-feed"}

_BEFORE_ALL_POSTS = datetime(1970, 1, 1, tzinfo=UTC)


def feed_files(frame: Frame) -> Iterator[Artifact]:
    """Each feed in its three formats; only published posts, also in a private look."""
    published = [e for e in frame.site.entries if e.state is PostState.PUBLISHED]
    yield from _feeds(permalinks.HOME, "", frame.config.tagline, published, frame)
    for taxonomy in frame.site.taxonomies:
        if taxonomy.has_feeds:
            for term in taxonomy.terms:
                shown = frame.by_term.get((term.taxonomy, term.slug), ())
                entries = [e for e in shown if e.state is PostState.PUBLISHED]
                owner = permalinks.for_term(taxonomy.name, term.slug)
                yield from _feeds(owner, term.title, term.summary, entries, frame)
    for author in frame.authors.values():
        if author_feeds(author, frame):
            entries = [e for e in published if author.id in e.authors]
            owner = permalinks.for_author(author.id)
            yield from _feeds(owner, author.name, author.summary, entries, frame)
    yield from _series_feeds(frame)
    yield from _year_feeds(frame)


def _series_feeds(frame: Frame) -> Iterator[Artifact]:
    for series in frame.site.series:
        entries = sorted((frame.entries[source] for source in series.parts), key=_newest_first)
        shown = [e for e in entries if e.state is PostState.PUBLISHED]
        subtitle = translate(
            frame.messages, "series_summary", n=len(series.parts), title=series.title
        )
        owner = permalinks.for_series(series.slug)
        yield from _feeds(owner, series.title, subtitle, shown, frame)


def _newest_first(entry: Entry) -> tuple[float, str]:
    return -entry.post.published.timestamp(), entry.post.source


def _year_feeds(frame: Frame) -> Iterator[Artifact]:
    """Feeds of years, with summaries: what a year was about, without making all of it again.

    Most of them never change, so that each knows its own letters only.
    """
    for year, group in groupby(frame.site.entries, key=lambda entry: entry.post.published.year):
        title = translate(frame.messages, "letters_of_year", year=year)
        shown = [e for e in group if e.state is PostState.PUBLISHED]
        sketch = frame.sketches.of_some(shown[: frame.config.feeds.entries], "")
        owner = permalinks.for_year(year)
        yield from _feeds(owner, title, "", shown, frame, sketch, full_text=False)


def _feeds(
    owner: str,
    title: str,
    subtitle: str,
    entries: Sequence[Entry],
    frame: Frame,
    sketch: str = "",
    *,
    full_text: bool = True,
) -> Iterator[Artifact]:
    newest = entries[: frame.config.feeds.entries]
    is_whole = full_text and frame.config.feeds.full_text
    items = cache(lambda: tuple(_feed_entry(entry, frame, is_whole) for entry in newest))
    sketch = sketch or frame.sketches.with_bodies(entry.post.source for entry in newest)
    for feed_format, recipe in RECIPES.items():
        permalink = permalinks.for_feed(owner, feed_format)
        view = Deferred(
            sketch, partial(_feed_view, owner, permalink, title, subtitle, items, frame)
        )
        yield Artifact(permalinks.output_path(permalink), recipe, view, "")


def _feed_view(
    owner: str,
    permalink: str,
    title: str,
    subtitle: str,
    items_of: Callable[[], tuple[FeedEntry, ...]],
    frame: Frame,
) -> FeedView:
    items = items_of()
    return FeedView(
        id=_tag_uri(f"feed{owner}", frame),
        title=f"{title} · {frame.config.title}" if title else frame.config.title,
        subtitle=subtitle,
        home=frame.links.absolute(owner),
        self_url=frame.links.absolute(permalink),
        language=frame.config.language,
        updated=max((item.updated for item in items), default=_BEFORE_ALL_POSTS),
        author=_feed_author(frame.view.author, frame),
        icon=_icon(frame),
        entries=items,
    )


def _icon(frame: Frame) -> str:
    url = frame.view.files.get(ICON, "")
    return frame.links.absolute_url(url) if url else ""


def _feed_entry(entry: Entry, frame: Frame, is_whole: bool) -> FeedEntry:
    post = entry.post
    image = image_of(entry, frame)
    return FeedEntry(
        id=_tag_uri(post.id, frame),
        title=post.title,
        url=frame.links.absolute(entry.permalink),
        published=post.published,
        updated=post.updated or post.published,
        summary=summary_of(entry),
        html=prose(post.body, frame) if is_whole else None,
        authors=tuple(_feed_author(frame.authors[author], frame) for author in entry.authors),
        categories=tuple(term.title for term in entry.terms if term.taxonomy == TRAITS),
        image=frame.links.absolute_url(image.url) if image else "",
        language=post.language or frame.config.language,
    )


def _feed_author(author: AuthorCard, frame: Frame) -> FeedAuthor:
    url = frame.links.absolute_url(author.url) if author.url else ""
    return FeedAuthor(author.name, url, author.email)


def _tag_uri(specific: str, frame: Frame) -> str:
    """An id that outlives slugs, titles, domains and schemes (RFC 4151)."""
    return f"tag:{frame.config.authority}:{quote(specific, safe='/-._~')}"
