"""What built pages say about themselves: language, title, address, feeds."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from generator.checks.addresses import NOT_FOUND, Addresses
from generator.checks.built import UnplacedProblem
from generator.checks.feeds import DataFiles
from generator.checks.links import is_feed_link, rels_of
from generator.checks.markup import BuiltPage
from generator.config.rules import is_language_tag
from generator.problems import Location

CHARSET_WITHIN = 1024  # bytes in which browsers look for it (HTML Standard)


def head_problems(
    page: BuiltPage, addresses: Addresses, data_files: DataFiles
) -> Iterator[UnplacedProblem]:
    """What is missing or wrong in the head of a page."""
    yield from _document_problems(page)
    yield from _viewport_problems(page)
    if page.redirects_to:
        return
    yield from _canonical_problems(page, addresses)
    yield from _feed_problems(page, addresses, data_files)


def _document_problems(page: BuiltPage) -> Iterator[UnplacedProblem]:
    whole = Location(page.path)
    start = "".join(page.parts[:3]).lstrip("\ufeff \t\r\n").lower()
    if not start.startswith("<!doctype html"):
        message = "the page does not begin with <!doctype html>"
        hint = "Browsers would lay it out as in 1998."
        yield UnplacedProblem("no-doctype", Location(page.path, 1), message, hint)
    if not re.search(r"<meta[^>]+charset\s*=\s*[\"']?utf-8", _beginning(page), re.IGNORECASE):
        message = f"the first {CHARSET_WITHIN} bytes do not say that the page is UTF-8"
        yield UnplacedProblem(
            "no-charset", whole, message, 'Begin <head> with <meta charset="utf-8">.'
        )
    html = next(page.all("html"), None)
    language = html.attributes.get("lang", "") if html else ""
    if not is_language_tag(language):
        message = (
            f"'{language}' is not a language" if language else "the page does not name its language"
        )
        yield UnplacedProblem("no-language", whole, message, 'Write <html lang="en">.')
    if not title_of(page):
        message = "the page has no title"
        yield UnplacedProblem("no-title", whole, message, "Write <title>…</title>.")


def _beginning(page: BuiltPage) -> str:
    return "".join(page.parts[: 2 * 40]).encode()[:CHARSET_WITHIN].decode(errors="ignore")


def title_of(page: BuiltPage) -> str:
    """The title of a page, '' if it has none."""
    titles = page.elements.get("title", ())
    text = page.parts[titles[0].at] if titles else ""
    return " ".join(re.sub(r"<[^>]*>", "", text).split())


def _meta(page: BuiltPage, name: str) -> str:
    values = (
        e.attributes.get("content", "")
        for e in page.all("meta")
        if e.attributes.get("name") == name
    )
    return next(values, "")


def _viewport_problems(page: BuiltPage) -> Iterator[UnplacedProblem]:
    viewport = _meta(page, "viewport").replace(" ", "").lower()
    if "width=device-width" not in viewport:
        message = "the page does not adapt to the width of a phone"
        hint = 'Write <meta name="viewport" content="width=device-width, initial-scale=1">.'
        yield UnplacedProblem("no-viewport", Location(page.path), message, hint)
    most = re.search(r"maximum-scale=([\d.]+)", viewport)
    if re.search(r"user-scalable=(no|0)", viewport) or (most and float(most[1]) < 2):
        message = "the page keeps its readers from zooming"
        hint = "Remove user-scalable and maximum-scale from the viewport."
        yield UnplacedProblem("no-zoom", Location(page.path), message, hint)


def _canonical_problems(page: BuiltPage, addresses: Addresses) -> Iterator[UnplacedProblem]:
    own = addresses.absolute(page.path)
    given = [link for link in page.all("link") if "canonical" in rels_of(link)]
    if page.path == NOT_FOUND and not given:
        return
    if len(given) != 1:
        message = f"the page has {len(given)} canonical addresses, and needs one"
        hint = f'Write <link rel="canonical" href="{own}">.'
        yield UnplacedProblem("wrong-canonical", Location(page.path), message, hint)
    elif given[0].attributes.get("href") != own:
        message = "the canonical address is not the page's own"
        at = page.location(given[0])
        yield UnplacedProblem("wrong-canonical", at, message, f"Its own is {own}.")


def _feed_problems(
    page: BuiltPage, addresses: Addresses, data_files: DataFiles
) -> Iterator[UnplacedProblem]:
    media_types = {path: feed.media_type for path, feed in data_files.feeds.items()}
    malformed = {problem.at.path for problem in data_files.malformed}
    feeds = [link for link in page.all("link") if is_feed_link(link)]
    if not feeds and media_types and page.is_indexed:
        message = "the page names no feed, so that readers can't subscribe from it"
        hint = "Include head.html in <head>."
        yield UnplacedProblem("no-feed-link", Location(page.path), message, hint)
    for link in feeds:
        url, given = link.attributes.get("href", ""), link.attributes["type"]
        found = addresses.destination(url, page.path, is_link=False)
        at = page.location(link)
        if found.problem:
            message = f"there is no feed at '{url}'"
            yield UnplacedProblem("wrong-feed-link", at, message, found.problem.hint)
        elif found.path not in malformed and (right := media_types.get(found.path)) != given:
            message = f"the feed '{url}' is not of the type {given}"
            hint = f"Its type is {right}." if right else "It is not a feed."
            yield UnplacedProblem("wrong-feed-link", at, message, hint)


def same_titles(pages: Mapping[str, BuiltPage]) -> Iterator[UnplacedProblem]:
    """Pages that look alike in tabs and search results."""
    first: dict[str, str] = {}
    for path, page in sorted(pages.items()):
        title = title_of(page)
        if not title or page.redirects_to or not page.is_indexed:
            continue
        other = first.setdefault(title, path)
        if other != path:
            message = f"output/{other} has the same title"
            hint = "Give one of them another title."
            yield UnplacedProblem("same-title", Location(path), message, hint, ("title:",))
