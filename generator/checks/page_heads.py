"""What built pages say of themselves: language, title, address, feeds."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from generator.checks.addresses import NOT_FOUND, Addresses
from generator.checks.built import Finding
from generator.checks.feeds import Machines
from generator.checks.links import is_feed_link, rels_of
from generator.checks.markup import Page
from generator.config.rules import is_language_tag

CHARSET_WITHIN = 1024  # bytes in which browsers look for it (HTML Standard)


def head_findings(page: Page, addresses: Addresses, machines: Machines) -> Iterator[Finding]:
    """What is missing or wrong in the head of a page."""
    yield from _document_findings(page)
    yield from _viewport_findings(page)
    if page.redirects_to:
        return
    yield from _canonical_findings(page, addresses)
    yield from _feed_findings(page, addresses, machines)


def _document_findings(page: Page) -> Iterator[Finding]:
    start = "".join(page.parts[:3]).lstrip("\ufeff \t\r\n").lower()
    if not start.startswith("<!doctype html"):
        message = "the page does not begin with <!doctype html>"
        yield Finding("no-doctype", page.path, 1, message, "Browsers would lay it out as in 1998.")
    if not re.search(r"<meta[^>]+charset\s*=\s*[\"']?utf-8", _beginning(page), re.IGNORECASE):
        message = f"the first {CHARSET_WITHIN} bytes do not say that the page is UTF-8"
        yield Finding(
            "no-charset", page.path, 0, message, 'Begin <head> with <meta charset="utf-8">.'
        )
    html = next(page.all("html"), None)
    language = html.attributes.get("lang", "") if html else ""
    if not is_language_tag(language):
        message = f"'{language}' is no language" if language else "the page names no language"
        yield Finding("no-language", page.path, 0, message, 'Write <html lang="en">.')
    if not title_of(page):
        yield Finding("no-title", page.path, 0, "the page has no title", "Write <title>…</title>.")


def _beginning(page: Page) -> str:
    return "".join(page.parts[: 2 * 40]).encode()[:CHARSET_WITHIN].decode(errors="ignore")


def title_of(page: Page) -> str:
    """The title of a page, '' without one."""
    titles = page.elements.get("title", ())
    text = page.parts[titles[0].at] if titles else ""
    return " ".join(re.sub(r"<[^>]*>", "", text).split())


def _meta(page: Page, name: str) -> str:
    values = (
        e.attributes.get("content", "")
        for e in page.all("meta")
        if e.attributes.get("name") == name
    )
    return next(values, "")


def _viewport_findings(page: Page) -> Iterator[Finding]:
    viewport = _meta(page, "viewport").replace(" ", "").lower()
    if "width=device-width" not in viewport:
        message = "the page does not fit itself to a telephone"
        hint = 'Write <meta name="viewport" content="width=device-width, initial-scale=1">.'
        yield Finding("no-viewport", page.path, 0, message, hint)
    most = re.search(r"maximum-scale=([\d.]+)", viewport)
    if re.search(r"user-scalable=(no|0)", viewport) or (most and float(most[1]) < 2):
        message = "the page forbids its readers to zoom"
        hint = "Take user-scalable and maximum-scale out of the viewport."
        yield Finding("no-zoom", page.path, 0, message, hint)


def _canonical_findings(page: Page, addresses: Addresses) -> Iterator[Finding]:
    own = addresses.absolute(page.path)
    given = [link for link in page.all("link") if "canonical" in rels_of(link)]
    if page.path == NOT_FOUND and not given:
        return
    if len(given) != 1:
        message = f"the page has {len(given)} canonical addresses, and needs one"
        hint = f'Write <link rel="canonical" href="{own}">.'
        yield Finding("wrong-canonical", page.path, 0, message, hint)
    elif given[0].attributes.get("href") != own:
        message = "the canonical address is not the page's own"
        yield Finding(
            "wrong-canonical", page.path, page.line(given[0].at), message, f"It is {own}."
        )


def _feed_findings(page: Page, addresses: Addresses, machines: Machines) -> Iterator[Finding]:
    media_types = {path: feed.media_type for path, feed in machines.feeds.items()}
    unreadable = {finding.path for finding in machines.broken}
    feeds = [link for link in page.all("link") if is_feed_link(link)]
    if not feeds and media_types and page.is_indexed:
        message = "the page names no feed, so that readers can't subscribe from it"
        hint = "Include head.html in <head>."
        yield Finding("no-feed-link", page.path, 0, message, hint)
    for link in feeds:
        url, given = link.attributes.get("href", ""), link.attributes["type"]
        found = addresses.destination(url, page.path, is_link=False)
        line = page.line(link.at)
        if found.fault:
            message = f"there is no feed at '{url}'"
            yield Finding("wrong-feed-link", page.path, line, message, found.fault.hint)
        elif found.path not in unreadable and (right := media_types.get(found.path)) != given:
            message = f"the feed '{url}' is not of the type {given}"
            hint = f"It is {right}." if right else "It is no feed."
            yield Finding("wrong-feed-link", page.path, line, message, hint)


def same_titles(pages: Mapping[str, Page]) -> Iterator[Finding]:
    """Pages that can't be told apart in a list of tabs or results."""
    first: dict[str, str] = {}
    for path, page in sorted(pages.items()):
        title = title_of(page)
        if not title or page.redirects_to or not page.is_indexed:
            continue
        other = first.setdefault(title, path)
        if other != path:
            message = f"the title is that of output/{other} too"
            hint = "Give one of them another title."
            yield Finding("same-title", path, 0, message, hint, ("title:",))
