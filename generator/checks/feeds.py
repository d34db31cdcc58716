"""Feeds, the sitemap and other files for programs: whether they can be read, and are right."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple
from xml.etree import ElementTree

from generator.checks.addresses import NOT_FOUND, Addresses
from generator.checks.built import BuiltSite, Finding
from generator.checks.markup import Page, read_page
from generator.site.permalinks import MEDIA_TYPES

ATOM = "{http://www.w3.org/2005/Atom}"
CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
JSON_FEED = re.compile(r"https://jsonfeed\.org/version/1(\.1)?")

_RELATIVE = re.compile(r"""\s(?:href|src|poster|srcset)="(?![a-zA-Z][a-zA-Z0-9+.-]*:)""")


class Item(NamedTuple):
    """An entry of a feed."""

    id: str
    url: str
    html: str


class Feed(NamedTuple):
    """A feed of any format."""

    media_type: str
    self_url: str
    lacks: tuple[str, ...]  # what its format requires and is not there
    items: tuple[Item, ...]


class Machines(NamedTuple):
    """The files of a site that programs read."""

    feeds: Mapping[str, Feed]
    sitemaps: Mapping[str, tuple[str, ...]]  # the addresses in each
    broken: tuple[Finding, ...]  # those that can't be read


def read_machines(site: BuiltSite) -> Machines:
    """The feeds and sitemaps of a site, and the XML and JSON files that are neither."""
    feeds: dict[str, Feed] = {}
    sitemaps: dict[str, tuple[str, ...]] = {}
    broken = []
    for path, data in sorted(site.texts.items()):
        try:
            if path.endswith((".json", ".webmanifest")):
                found: Any = json.loads(data)
                feed = _json_feed(found) if _is_json_feed(found) else None
            elif path.endswith((".xml", ".svg", ".opml", ".xsl")):
                root = ElementTree.fromstring(data)  # noqa: S314 what we have made ourselves
                feed = _xml_feed(root)
                if root.tag == f"{SITEMAP}urlset":
                    sitemaps[path] = tuple(_text(url, f"{SITEMAP}loc") for url in root)
            else:
                continue
        except ElementTree.ParseError as error:
            line, message = error.position[0], "this is not well-formed XML"
            broken.append(Finding("malformed-file", path, line, message, f"{error}.".capitalize()))
        except ValueError as error:
            line = getattr(error, "lineno", 0)
            broken.append(Finding("malformed-file", path, line, "this is not valid JSON"))
        else:
            if feed:
                feeds[path] = feed
    return Machines(feeds, sitemaps, tuple(broken))


def _text(parent: ElementTree.Element, name: str) -> str:
    return (parent.findtext(name) or "").strip()


def _xml_feed(root: ElementTree.Element) -> Feed | None:
    if root.tag == "rss":
        return _rss(root)
    return _atom(root) if root.tag == f"{ATOM}feed" else None


def _rss(root: ElementTree.Element) -> Feed:
    channel = root.find("channel")
    if channel is None:
        return Feed(MEDIA_TYPES["RSS"], "", ("channel",), ())
    items = tuple(
        Item(_text(item, "guid"), _text(item, "link"), item.findtext(CONTENT) or "")
        for item in channel.iter("item")
    )
    lacks = [name for name in ("title", "link", "description") if channel.find(name) is None]
    lacks += ["guid"] * any(not item.id for item in items)
    return Feed(MEDIA_TYPES["RSS"], _self_link(channel), tuple(lacks), items)


def _atom(root: ElementTree.Element) -> Feed:
    entries = root.findall(f"{ATOM}entry")
    items = tuple(
        Item(_text(e, f"{ATOM}id"), _entry_link(e), e.findtext(f"{ATOM}content") or "")
        for e in entries
    )
    needed = ("id", "title", "updated")
    lacks = {name for e in (root, *entries) for name in needed if not _text(e, ATOM + name)}
    return Feed(MEDIA_TYPES["Atom"], _self_link(root), tuple(sorted(lacks)), items)


def _self_link(parent: ElementTree.Element) -> str:
    links = parent.findall(f"{ATOM}link")
    return next((link.get("href", "") for link in links if link.get("rel") == "self"), "")


def _entry_link(entry: ElementTree.Element) -> str:
    links = entry.findall(f"{ATOM}link")
    kinds = (link.get("href", "") for link in links if link.get("rel", "alternate") == "alternate")
    return next(kinds, "")


def _is_json_feed(value: Any) -> bool:
    return isinstance(value, dict) and "jsonfeed.org" in str(value.get("version"))


def _json_feed(value: Mapping[str, Any]) -> Feed:
    given = value.get("items")
    entries = [item for item in given if isinstance(item, dict)] if isinstance(given, list) else []
    items = tuple(
        Item(str(e.get("id", "")), str(e.get("url", "")), str(e.get("content_html", "")))
        for e in entries
    )
    lacks = [name for name in ("title", "items") if name not in value]
    lacks += ["version"] * (not JSON_FEED.fullmatch(str(value["version"])))
    lacks += ["id"] * any(not item.id for item in items)
    return Feed(MEDIA_TYPES["JSON Feed"], str(value.get("feed_url", "")), tuple(lacks), items)


def machine_findings(
    machines: Machines, pages: Mapping[str, Page], addresses: Addresses
) -> Iterator[Finding]:
    """Everything that is wrong with the feeds and sitemaps of a site."""
    yield from machines.broken
    is_whole = _remembered(_is_whole)
    for path, feed in machines.feeds.items():
        yield from _feed_findings(path, feed, addresses, is_whole)
    if machines.sitemaps:
        yield from _sitemap_findings(machines.sitemaps, pages, addresses)


def _feed_findings(
    path: str, feed: Feed, addresses: Addresses, is_whole: Callable[[str], bool]
) -> Iterator[Finding]:
    for name in feed.lacks:
        yield Finding("wrong-feed", path, 0, f"the feed lacks '{name}'", "Its format requires it.")
    own = addresses.absolute(path)
    if feed.self_url != own:
        message = "the feed does not name its own address"
        yield Finding("wrong-self-link", path, 0, message, f"It is {own}.")
    seen: set[str] = set()
    for item in feed.items:
        if item.id and item.id in seen:
            message = f"two entries have the id '{item.id}'"
            yield Finding("same-entry-id", path, 0, message, "Readers would show one of them.")
        seen.add(item.id)
        fault = addresses.destination(item.url, path).fault
        if fault:
            yield Finding(fault.code, path, 0, *fault[1:])
        if not is_whole(item.html):
            message = f"the entry {item.url} has an address without a host in its text"
            hint = "Feed readers know no page that it is relative to."
            yield Finding("relative-address", path, 0, message, hint)


def _remembered(function: Callable[[str], bool]) -> Callable[[str], bool]:
    """The function, which is asked only once about each of the texts that several feeds hold."""
    known: dict[str, bool] = {}

    def call(text: str) -> bool:
        if text not in known:
            known[text] = function(text)
        return known[text]

    return call


def _is_whole(html: str) -> bool:
    """Whether every address in a text has a scheme."""
    if not _RELATIVE.search(html):
        return True
    tags = read_page("", html).parts[1::2]  # a text may well show such an attribute
    return not any(_RELATIVE.search(tag) for tag in tags)


def _sitemap_findings(
    sitemaps: Mapping[str, tuple[str, ...]], pages: Mapping[str, Page], addresses: Addresses
) -> Iterator[Finding]:
    listed = {NOT_FOUND}
    for path, url in ((path, url) for path, urls in sitemaps.items() for url in urls):
        found = addresses.destination(url, path)
        listed.add(found.path)
        page = pages.get(found.path)
        if found.fault:
            yield Finding(found.fault.code, path, 0, *found.fault[1:])
        elif page and not page.is_indexed:
            message = f"'{url}' is in the sitemap, but asks search engines to pass"
            yield Finding("hidden-in-sitemap", path, 0, message, "Keep it out of the sitemap.")
    for path, page in sorted(pages.items()):
        if page.is_indexed and not page.redirects_to and path not in listed:
            message = "the page is not in the sitemap"
            yield Finding("not-in-sitemap", path, 0, message, "Search engines may not find it.")
