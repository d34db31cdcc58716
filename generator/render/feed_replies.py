"""Replies in feeds: RFC 4685 in Atom, and slash:comments and wfw:commentRss in RSS."""

from __future__ import annotations

from typing import Any

from feedgen.ext.base import BaseEntryExtension, BaseExtension
from feedgen.util import xml_elem

from generator.views import FeedEntry, FeedParent, FeedReplies

ATOM = "http://www.w3.org/2005/Atom"
SLASH = "http://purl.org/rss/1.0/modules/slash/"
THREAD = "http://purl.org/syndication/thread/1.0"
WELL_FORMED_WEB = "http://wellformedweb.org/CommentAPI/"

_PAGE = "text/html"


class RepliesInRss(BaseExtension):  # type: ignore[misc]
    """Declares the vocabularies for replies in an RSS feed."""

    def extend_ns(self) -> dict[str, str]:
        """The namespaces by prefix."""
        return {"slash": SLASH, "wfw": WELL_FORMED_WEB}


class RepliesInAtom(BaseExtension):  # type: ignore[misc]
    """Declares the vocabulary for replies in an Atom feed."""

    def extend_ns(self) -> dict[str, str]:
        """The namespace by prefix."""
        return {"thr": THREAD}


class RepliesOfEntry(BaseEntryExtension):  # type: ignore[misc]
    """How many replies an entry has, where they are, and what it replies to itself."""

    def __init__(self) -> None:
        super().__init__()
        self._replies: FeedReplies | None = None
        self._parent: FeedParent | None = None

    def of(self, item: FeedEntry) -> None:
        """Say it of that entry."""
        self._replies, self._parent = item.replies, item.parent

    def extend_rss(self, entry: Any) -> Any:
        """Add the number of replies and their feed."""
        if self._replies:
            xml_elem(f"{{{SLASH}}}comments", entry).text = str(self._replies.total)
            for feed in self._replies.feeds:
                if feed.format == "RSS":
                    xml_elem(f"{{{WELL_FORMED_WEB}}}commentRss", entry).text = feed.url
        return entry

    def extend_atom(self, entry: Any) -> Any:
        """Add links to the replies with their number, and one to what the entry replies to."""
        if self._replies:
            count = str(self._replies.total)
            places = [(_PAGE, self._replies.url)]
            places += [(f.media_type, f.url) for f in self._replies.feeds if f.format == "Atom"]
            for media_type, url in places:
                link = xml_elem("link", entry, rel="replies", type=media_type, href=url)
                link.set(f"{{{THREAD}}}count", count)
            xml_elem(f"{{{THREAD}}}total", entry).text = count
        if self._parent:
            where = {"ref": self._parent.id, "href": self._parent.url, "type": _PAGE}
            xml_elem(f"{{{THREAD}}}in-reply-to", entry, **where)
        return entry
