"""Series: posts that name the same series, in the order of reading."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from generator.model import Part, Post, Series
from generator.site import permalinks


def series_of(posts: Iterable[Post]) -> tuple[Series, ...]:
    """Every series of these posts, by slug, with the title that its first part gives it."""
    parts: dict[str, list[Post]] = defaultdict(list)
    for post in posts:
        if post.series:
            parts[permalinks.slug_of(post.series.text)].append(post)
    return tuple(_series(slug, parts[slug]) for slug in sorted(parts))


def _series(slug: str, posts: Iterable[Post]) -> Series:
    ordered = sorted(posts, key=_order)
    title = ordered[0].series.text if ordered[0].series else ""
    return Series(slug, title, tuple(post.source for post in ordered))


def _order(post: Post) -> tuple[bool, int, float, str]:
    """Numbered parts first, by number; then the others, by date."""
    is_unnumbered = post.series_order == 0
    return is_unnumbered, post.series_order, post.published.timestamp(), post.source


def parts_of(series: Iterable[Series]) -> Mapping[str, Part]:
    """The part that each post of a series is, by source."""
    return {
        source: Part(one, number)
        for one in series
        for number, source in enumerate(one.parts, start=1)
    }
