"""Feeds: RSS 2.0 and Atom 1.0 (RFC 4287) through feedgen, and JSON Feed 1.1.

feedgen 1.0.0 has quirks to work around: it takes now for every date that is not given, loses
Atom content when a description follows it, drops RSS authors without an address, takes the
last link for the channel's own, reverses the order of entries, and stops at characters
that XML can't contain.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from html import escape
from typing import Any

from feedgen.ext.base import BaseEntryExtension, BaseExtension
from feedgen.feed import FeedGenerator

from generator.artifacts.structured_data import given
from generator.render.feed_replies import RepliesInAtom, RepliesInRss, RepliesOfEntry
from generator.render.prose import in_feed
from generator.site import references
from generator.site.permalinks import FeedFormat
from generator.views import FeedAnswer, FeedAuthor, FeedEntry, FeedView

# the permalink that the Markdown renderer puts beside each heading, for readers of pages only
_ANCHOR = re.compile(r' ?<a [^>]*class="anchor"[^>]*>[^<]*</a>')

# what XML 1.0 can't contain, not even escaped (section 2.2)
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


# what a style sheet does on pages, with an attribute that feed readers keep
_ALIGNED = re.compile(r'(<t[dh]\b[^>"]*(?:"[^"]*"[^>"]*)*?)\sclass="align-(left|center|right)"')

_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"

WholeText = Callable[[FeedEntry], str]


def rss(view: FeedView, whole_text: WholeText) -> bytes:
    """RSS 2.0 with whole posts in `content:encoded` and their authors in `dc:creator`."""
    feed = _feed(view)
    if any(item.replies for item in view.entries):
        feed.register_extension("replies", RepliesInRss, RepliesOfEntry, atom=False)
    feed.load_extension("dc", atom=False, rss=True)
    for item in view.entries:
        entry = _entry(feed, item)
        entry.guid(item.id, permalink=False)
        for author in item.authors:
            entry.dc.dc_creator(_xml(author.name), replace=False)
        if item.language != view.language:
            entry.dc.dc_language(item.language)
        entry.description(_xml(item.summary or item.title))
        if where := item.replies.url if item.replies else item.answer.page:
            entry.comments(where)
        if item.replies:
            entry.replies.of(item)
        if html := whole_text(item):
            entry.content(_xml(html), type="html")
    return bytes(feed.rss_str(pretty=True))


def atom(view: FeedView, whole_text: WholeText) -> bytes:
    """Atom 1.0 with whole posts as HTML content and a plain summary."""
    feed = _feed(view)
    if any(item.replies or item.parent for item in view.entries):
        feed.register_extension("replies", RepliesInAtom, RepliesOfEntry, rss=False)
    feed.register_extension("own", BaseExtension, _OwnLanguage, atom=True, rss=False)
    for item in view.entries:
        entry = _entry(feed, item)
        entry.own.language = item.language if item.language != view.language else ""
        for author in item.authors:
            entry.author(_author(author))
        if html := whole_text(item):
            entry.content(_xml(html), type="html")
        if item.replies or item.parent:
            entry.replies.of(item)
        if item.summary:
            entry.summary(_xml(item.summary))
    return bytes(feed.atom_str(pretty=True))


def json_feed(view: FeedView, whole_text: WholeText) -> bytes:
    """JSON Feed 1.1 (jsonfeed.org)."""
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": view.title,
        "home_page_url": view.home,
        "feed_url": view.self_url,
        "description": view.subtitle,
        "icon": view.icon,
        "language": view.language,
        "authors": [_json_author(view.author)],
    }
    items = [_json_item(item, whole_text) for item in view.entries]
    whole = given(feed) | {"items": items}  # the format requires them, even if there are none
    return (json.dumps(whole, ensure_ascii=False, indent=1) + "\n").encode()


FORMATS: Mapping[FeedFormat, Callable[[FeedView, WholeText], bytes]] = {
    "RSS": rss,
    "Atom": atom,
    "JSON Feed": json_feed,
}


class _OwnLanguage(BaseEntryExtension):  # type: ignore[misc]  # feedgen has no types
    """The language of an entry that is not in that of its feed."""

    language = ""

    def extend_atom(self, entry: Any) -> Any:
        """The entry, with its language."""
        if self.language:
            entry.set(_LANGUAGE, self.language)
        return entry


def _feed(view: FeedView) -> Any:
    feed = FeedGenerator()
    feed.load_extension("media", atom=True, rss=True)
    feed.id(view.id)
    feed.title(_xml(view.title))
    feed.subtitle(_xml(view.subtitle or view.title))
    feed.link(href=view.self_url, rel="self")
    feed.link(href=view.home, rel="alternate")  # the last one becomes the link of RSS
    feed.language(view.language)
    feed.author(_author(view.author))
    feed.updated(view.updated)
    feed.lastBuildDate(view.updated)
    feed.generator("weekly")
    if view.icon:
        feed.icon(view.icon)
    return feed


def _entry(feed: Any, item: FeedEntry) -> Any:
    entry = feed.add_entry(order="append")
    entry.id(item.id)
    entry.title(_xml(item.title))
    entry.link(href=item.url, rel="alternate")
    entry.published(item.published)
    entry.updated(item.updated)
    for category in item.categories:
        entry.category(term=_xml(category), label=_xml(category))
    if item.image:
        entry.media.content({"url": item.image, "medium": "image"}, group=None)
    return entry


def whole_text(item: FeedEntry) -> str:
    """A post's HTML for readers elsewhere, and how to answer; '' for summaries only.

    Every URL is whole, headings have no anchors, and what style sheets do is in attributes.
    """
    if item.html is None:
        return ""
    body = _ALIGNED.sub(r'\1 align="\2"', _ANCHOR.sub("", in_feed(item.html)))
    whole = references.absolutise(body, page=item.url)
    if item.direction:
        whole = f'<div lang="{item.language}" dir="{item.direction}">{whole}</div>'
    return whole + _answer(item.answer, beside=item.direction)


def _answer(answer: FeedAnswer, *, beside: str) -> str:
    """The line that asks for an answer; `beside` is '' if the post says no language of its own."""
    if not answer.links:
        return ""
    shown = [escape(answer.text)]
    shown += [f'<a href="{escape(link.url)}">{escape(link.title)}</a>' for link in answer.links]
    own = f' lang="{answer.language}" dir="{answer.direction}"' if beside else ""
    return f"<hr><p{own}>{' · '.join(filter(None, shown))}</p>"


def _author(author: FeedAuthor) -> dict[str, str]:
    known = {"name": _xml(author.name), "uri": author.url, "email": author.email}
    return {key: value for key, value in known.items() if value}


def _xml(text: str) -> str:
    return _NOT_XML.sub("", text)


def _json_item(item: FeedEntry, whole_text: WholeText) -> dict[str, Any]:
    html = whole_text(item)
    return given(
        {
            "id": item.id,
            "url": item.url,
            "title": item.title,
            "content_html": html,
            "content_text": "" if html else item.summary or item.title,
            "summary": item.summary,
            "image": item.image,
            "date_published": item.published.isoformat(),
            "date_modified": item.updated.isoformat(),
            "authors": [_json_author(author) for author in item.authors],
            "tags": list(item.categories),
            "language": item.language,
            # no extension of the format is in use for this; the name is a plain one
            "_reply_url": next((link.url for link in item.answer.links), ""),
        }
    )


def _json_author(author: FeedAuthor) -> dict[str, str]:
    return given({"name": author.name, "url": author.url})
