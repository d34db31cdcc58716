"""Where posts lead: pages elsewhere, and earlier posts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple
from urllib.parse import urlsplit

from selectolax.lexbor import LexborHTMLParser

from generator.model import Entry, PostState


class OutgoingLink(NamedTuple):
    """A link of a post to a page elsewhere."""

    entry: Entry
    target: str  # as the page has it


def outgoing_links(entries: Iterable[Entry], base_url: str) -> Iterator[OutgoingLink]:
    """The links of published posts to pages elsewhere, each page once for a post."""
    for entry in entries:
        if entry.state is PostState.PUBLISHED:
            yield from (OutgoingLink(entry, target) for target in _targets(entry, base_url))


def _targets(entry: Entry, base_url: str) -> Iterable[str]:
    if "://" not in entry.post.body.html:
        return ()
    links = LexborHTMLParser(entry.post.body.html).css("a[href]")
    hrefs = ((link.attributes["href"] or "").strip() for link in links)
    return dict.fromkeys(href for href in hrefs if _leads_out(href, base_url))


def _leads_out(href: str, base_url: str) -> bool:
    try:
        parts = urlsplit(href)
    except ValueError:
        return False
    is_page = parts.scheme in ("http", "https") and bool(parts.hostname)
    return is_page and not f"{href}/".startswith(base_url) and not any(map(str.isspace, href))
