"""Digests of what views are made from, so that a view of which all is as before need not be made.

A page's sketch must hold everything that its view can show. It may hold more: then the view is
made, and its own digest tells that nothing has changed.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from generator import fingerprint
from generator.model import Entry, Site
from generator.site.page_bundles import file_of, targets_of


class Sketches:
    """What the views of a site are made from, as digests."""

    def __init__(self, site: Site, shared: Any) -> None:
        """`shared` is all that each page may show whatever it is about."""
        self._site = site
        self._shared = fingerprint.of_value((shared, site.taxonomies))
        files = {file.source: file.digest for file in site.media}
        self._places = {  # where a file that is referred to is found, and what is in it
            source: f"{permalink} {files.get(source, '')}"
            for source, permalink in site.permalinks.items()
        }
        self._lines = {entry.post.source: self._line(entry) for entry in site.entries}
        self.of_lists = self._of_lists()

    def of_post(self, entry: Entry) -> str:
        """The digests of a post, of its neighbours and of all that it refers to."""
        source, lines, places = entry.post.source, self._lines, self._places
        near = (entry.older, entry.newer, *entry.related, *_neighbours_in_series(entry))
        return "\n".join(
            [
                self._shared,
                self._whole(source),
                lines[source],
                *[places.get(file_of(target), "") for target in targets_of(entry.post)],
                *[lines.get(other, "") for other in near],
                _place_in_series(entry),
            ]
        )

    def of_some(self, entries: Iterable[Entry], besides: str) -> str:
        """The digest of what lists show of some posts, and of something besides."""
        lines = (self._lines[entry.post.source] for entry in entries)
        return _digest((self._shared, besides, *lines))

    def with_bodies(self, sources: Iterable[str]) -> str:
        """The digest of all lists, and of some documents in full."""
        return _digest((self.of_lists, *map(self._whole, sources)))

    def of_posts(self, sources: Sequence[str]) -> str:
        """The digest of some posts in full, and of where they are."""
        lines = (self._lines[source] for source in sources)
        return _digest((self._shared, *map(self._whole, sources), *lines))

    def _of_lists(self) -> str:
        """The digest of what lists show of all posts and pages, and of where everything is."""
        pages = (self._site.prints[page.source].outline for page in self._site.pages)
        return _digest((self._shared, *self._lines.values(), *pages, *self._places.values()))

    def _line(self, entry: Entry) -> str:
        """What lists show of a post, and where it and its image are."""
        reference = entry.post.image
        image = self._places.get(file_of(reference.target), "") if reference else ""
        outline = self._site.prints[entry.post.source].outline
        return f"{outline} {entry.permalink} {entry.state} {image}"

    def _whole(self, source: str) -> str:
        return self._site.prints[source].whole


class NoSketches:
    """Those of a site that is compared with no other."""

    of_lists = ""

    def of_post(self, entry: Entry) -> str:
        """None."""
        return ""

    def of_some(self, entries: Iterable[Entry], besides: str) -> str:
        """None."""
        return ""

    def with_bodies(self, sources: Iterable[str]) -> str:
        """None."""
        return ""

    def of_posts(self, sources: Sequence[str]) -> str:
        """None."""
        return ""


def _neighbours_in_series(entry: Entry) -> tuple[str, ...]:
    return (entry.part.previous, entry.part.next) if entry.part else ()


def _place_in_series(entry: Entry) -> str:
    part = entry.part
    return f"{part.number} {len(part.series.parts)} {part.series.title}" if part else ""


def _digest(parts: Iterable[str]) -> str:
    return fingerprint.of_bytes("\n".join(parts).encode("utf-8", "surrogatepass"))
