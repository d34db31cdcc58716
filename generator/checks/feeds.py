"""Feeds, sitemaps and other data files: whether they can be read and are right."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple
from xml.etree import ElementTree

from generator.checks.addresses import NOT_FOUND, Addresses
from generator.checks.built import BuiltSite, UnplacedProblem
from generator.checks.markup import BuiltPage, read_page
from generator.problems import Location
from generator.site.permalinks import FEEDS

ATOM = "{http://www.w3.org/2005/Atom}"
CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
JSON_FEED = re.compile(r"https://jsonfeed\.org/version/1(\.1)?")

_RELATIVE = re.compile(r"""\s(?:href|src|poster|srcset)="(?![a-zA-Z][a-zA-Z0-9+.-]*:)""")


class FeedItem(NamedTuple):
    """An entry of a feed."""

    id: str
    url: str
    html: str


class ParsedFeed(NamedTuple):
    """A feed of any format."""

    media_type: str
    self_url: str
    missing: tuple[str, ...]  # what its format requires and it does not have
    items: tuple[FeedItem, ...]


class DataFiles(NamedTuple):
    """The files of a site that programs read."""

    feeds: Mapping[str, ParsedFeed]
    sitemaps: Mapping[str, tuple[str, ...]]  # the addresses in each
    malformed: tuple[UnplacedProblem, ...]  # about those that can't be read


def read_data_files(site: BuiltSite) -> DataFiles:
    """The feeds and sitemaps of a site, and its XML and JSON files that can't be read."""
    feeds: dict[str, ParsedFeed] = {}
    sitemaps: dict[str, tuple[str, ...]] = {}
    malformed = []
    for path, data in sorted(site.texts.items()):
        try:
            if path.endswith((".json", ".webmanifest")):
                found: Any = json.loads(data)
                feed = _json_feed(found) if _is_json_feed(found) else None
            elif path.endswith((".xml", ".svg", ".opml", ".xsl")):
                root = ElementTree.fromstring(data)  # noqa: S314 we made it ourselves
                feed = _xml_feed(root)
                if root.tag == f"{SITEMAP}urlset":
                    sitemaps[path] = tuple(_text(url, f"{SITEMAP}loc") for url in root)
            else:
                continue
        except ElementTree.ParseError as error:
            at, message = Location(path, error.position[0]), "this is not well-formed XML"
            malformed.append(
                UnplacedProblem("malformed-file", at, message, f"{error}.".capitalize())
            )
        except ValueError as error:
            at = Location(path, getattr(error, "lineno", 0))
            malformed.append(UnplacedProblem("malformed-file", at, "this is not valid JSON"))
        else:
            if feed:
                feeds[path] = feed
    return DataFiles(feeds, sitemaps, tuple(malformed))


def _text(parent: ElementTree.Element, name: str) -> str:
    return (parent.findtext(name) or "").strip()


def _xml_feed(root: ElementTree.Element) -> ParsedFeed | None:
    if root.tag == "rss":
        return _rss(root)
    return _atom(root) if root.tag == f"{ATOM}feed" else None


def _rss(root: ElementTree.Element) -> ParsedFeed:
    channel = root.find("channel")
    if channel is None:
        return ParsedFeed(FEEDS["RSS"].media_type, "", ("channel",), ())
    items = tuple(
        FeedItem(_text(item, "guid"), _text(item, "link"), item.findtext(CONTENT) or "")
        for item in channel.iter("item")
    )
    missing = [name for name in ("title", "link", "description") if channel.find(name) is None]
    missing += ["guid"] * any(not item.id for item in items)
    return ParsedFeed(FEEDS["RSS"].media_type, _self_link(channel), tuple(missing), items)


def _atom(root: ElementTree.Element) -> ParsedFeed:
    entries = root.findall(f"{ATOM}entry")
    items = tuple(
        FeedItem(_text(e, f"{ATOM}id"), _entry_link(e), e.findtext(f"{ATOM}content") or "")
        for e in entries
    )
    needed = ("id", "title", "updated")
    missing = {name for e in (root, *entries) for name in needed if not _text(e, ATOM + name)}
    return ParsedFeed(FEEDS["Atom"].media_type, _self_link(root), tuple(sorted(missing)), items)


def _self_link(parent: ElementTree.Element) -> str:
    links = parent.findall(f"{ATOM}link")
    return next((link.get("href", "") for link in links if link.get("rel") == "self"), "")


def _entry_link(entry: ElementTree.Element) -> str:
    links = entry.findall(f"{ATOM}link")
    kinds = (link.get("href", "") for link in links if link.get("rel", "alternate") == "alternate")
    return next(kinds, "")


def _is_json_feed(value: Any) -> bool:
    return isinstance(value, dict) and "jsonfeed.org" in str(value.get("version"))


def _json_feed(value: Mapping[str, Any]) -> ParsedFeed:
    given = value.get("items")
    entries = [item for item in given if isinstance(item, dict)] if isinstance(given, list) else []
    items = tuple(
        FeedItem(str(e.get("id", "")), str(e.get("url", "")), str(e.get("content_html", "")))
        for e in entries
    )
    missing = [name for name in ("title", "items") if name not in value]
    missing += ["version"] * (not JSON_FEED.fullmatch(str(value["version"])))
    missing += ["id"] * any(not item.id for item in items)
    return ParsedFeed(
        FEEDS["JSON Feed"].media_type, str(value.get("feed_url", "")), tuple(missing), items
    )


def data_file_problems(
    data_files: DataFiles, pages: Mapping[str, BuiltPage], addresses: Addresses
) -> Iterator[UnplacedProblem]:
    """Everything that is wrong with the feeds and sitemaps of a site."""
    yield from data_files.malformed
    is_absolute = _remembered(_is_absolute)
    for path, feed in data_files.feeds.items():
        yield from _feed_problems(Location(path), feed, addresses, is_absolute)
    if data_files.sitemaps:
        yield from _sitemap_problems(data_files.sitemaps, pages, addresses)


def _feed_problems(
    at: Location, feed: ParsedFeed, addresses: Addresses, is_absolute: Callable[[str], bool]
) -> Iterator[UnplacedProblem]:
    for name in feed.missing:
        message = f"the feed has no '{name}'"
        yield UnplacedProblem("wrong-feed", at, message, "Its format requires it.")
    own = addresses.absolute(at.path)
    if feed.self_url != own:
        message = "the feed does not give its own address"
        yield UnplacedProblem("wrong-self-link", at, message, f"It is {own}.")
    seen: set[str] = set()
    for item in feed.items:
        if item.id and item.id in seen:
            message = f"two entries have the id '{item.id}'"
            yield UnplacedProblem(
                "same-entry-id", at, message, "Feed readers show only one of them."
            )
        seen.add(item.id)
        if problem := addresses.destination(item.url, at.path).problem:
            yield problem.at(at)
        if not is_absolute(item.html):
            message = f"the text of the entry {item.url} has an address without a host"
            hint = "Feed readers can't tell which page it is relative to."
            yield UnplacedProblem("relative-address", at, message, hint)


def _remembered(function: Callable[[str], bool]) -> Callable[[str], bool]:
    """The function, called only once for each text, which several feeds may have."""
    known: dict[str, bool] = {}

    def call(text: str) -> bool:
        if text not in known:
            known[text] = function(text)
        return known[text]

    return call


def _is_absolute(html: str) -> bool:
    """Whether every address in a text has a scheme."""
    if not _RELATIVE.search(html):
        return True
    tags = read_page("", html).parts[1::2]  # text outside tags may show such an attribute
    return not any(_RELATIVE.search(tag) for tag in tags)


def _sitemap_problems(
    sitemaps: Mapping[str, tuple[str, ...]], pages: Mapping[str, BuiltPage], addresses: Addresses
) -> Iterator[UnplacedProblem]:
    listed = {NOT_FOUND}
    for path, url in ((path, url) for path, urls in sitemaps.items() for url in urls):
        found = addresses.destination(url, path)
        listed.add(found.path)
        page = pages.get(found.path)
        if found.problem:
            yield found.problem.at(Location(path))
        elif page and not page.is_indexed:
            message = f"'{url}' is in the sitemap, but asks search engines not to index it"
            hint = "Leave it out of the sitemap."
            yield UnplacedProblem("hidden-in-sitemap", Location(path), message, hint)
    for path, page in sorted(pages.items()):
        if page.is_indexed and not page.redirects_to and path not in listed:
            message, hint = "the page is not in the sitemap", "Search engines may not find it."
            yield UnplacedProblem("not-in-sitemap", Location(path), message, hint)
