"""Links and files of built pages: what they lead to, and pages that nothing leads to."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from urllib.parse import urldefrag

from generator.checks.addresses import (
    HOME,
    NOT_FOUND,
    Addresses,
    Fault,
    has_right_sizes,
)
from generator.checks.built import BuiltSite, Finding
from generator.checks.external_links import Ask, fault_of
from generator.checks.markup import Element, Page
from generator.site.permalinks import MEDIA_TYPES
from generator.site.srcset import candidates

# by tag: the attributes with URLs, and whether those are links
_URLS = {
    "a": (("href", True),),
    "area": (("href", True),),
    "form": (("action", True),),
    "img": (("src", False),),
    "input": (("src", False),),
    "source": (("src", False),),
    "script": (("src", False),),
    "iframe": (("src", False),),
    "audio": (("src", False),),
    "video": (("src", False), ("poster", False)),
    "track": (("src", False),),
    "object": (("data", False),),
    "embed": (("src", False),),
    "image": (("href", False),),
    "use": (("href", False),),
}
_LOADED = frozenset(
    {"stylesheet", "icon", "apple-touch-icon", "mask-icon", "manifest", "preload"}
    | {"modulepreload", "preconnect", "dns-prefetch", "prefetch"}
)
_FEED_TYPES = frozenset(MEDIA_TYPES.values())
_IMAGES_FOR_OTHERS = frozenset({"og:image", "og:image:url", "twitter:image"})
CSS_URL = re.compile(r"""url\(\s*["']?([^"')]+)["']?\s*\)|@import\s+["']([^"']+)["']""")


class LinkSurvey:
    """What the links of a site lead to, gathered page by page."""

    def __init__(self, addresses: Addresses) -> None:
        self._addresses = addresses
        self._linked: set[str] = set()
        self._outside: defaultdict[str, list[tuple[Page, Element, str]]] = defaultdict(list)
        self.count = 0

    def of_page(self, page: Page) -> Iterator[Finding]:
        """What is wrong with the links and files of a page."""
        reached = set()
        for element, url, is_link in urls_of(page):
            self.count += 1
            found = self._addresses.destination(url, page.path, is_link=is_link)
            if found.fault:
                yield self._at(page, element, url, found.fault)
            if found.outside:
                self._outside[urldefrag(found.outside).url].append((page, element, url))
            elif is_link:
                reached.add(found.path)
        if not page.redirects_to:
            self._linked |= reached - {page.path}
        yield from _srcset_findings(page)

    def _at(self, page: Page, element: Element, url: str, fault: Fault) -> Finding:
        code, message, hint = fault
        line = page.line(element.at)
        return Finding(code, page.path, line, message, hint, self._addresses.clues(url))

    def outside(self, ask: Ask) -> Iterator[Finding]:
        """What other sites say of the links to them, once all pages have been asked for."""
        for asked, answer in ask(self._outside).items():
            for page, element, url in self._outside[asked]:
                fault = fault_of(url, answer)
                if fault:
                    yield self._at(page, element, url, fault)

    def orphans(self, pages: Iterable[Page]) -> Iterator[Finding]:
        """Pages that no other page links to, once all pages have been asked for."""
        for page in pages:
            is_apart = page.redirects_to or not page.is_indexed
            if not is_apart and page.path not in (HOME, NOT_FOUND, *self._linked):
                message = "no page links to this one"
                hint = "Put it into the menu, or link to it from a page or letter."
                yield Finding("orphan-page", page.path, 0, message, hint, ("---",))


def urls_of(page: Page) -> Iterator[tuple[Element, str, bool]]:
    """Each URL of a page, with its element and whether it is a link or part of the page."""
    for name, attributes in _URLS.items():
        for element in page.elements.get(name, ()):
            for attribute, is_link in attributes:
                url = element.attributes.get(attribute)
                if url is not None:
                    yield element, url, is_link
    for element in page.all("img", "source"):
        for url, _ in candidates(element.attributes.get("srcset", "")):
            yield element, url, False
    for element in page.all("link"):
        rels = rels_of(element)
        is_judged_elsewhere = "canonical" in rels or is_feed_link(element)  # see heads.py
        if "href" in element.attributes and not is_judged_elsewhere:
            yield element, element.attributes["href"], not rels & _LOADED
    for element in page.all("meta"):
        named = element.attributes.get("property") or element.attributes.get("name")
        if named in _IMAGES_FOR_OTHERS:
            yield element, element.attributes.get("content", ""), False
        if element.attributes.get("http-equiv", "").lower() == "refresh" and page.redirects_to:
            yield element, page.redirects_to, True


def rels_of(element: Element) -> frozenset[str]:
    """What a `<link>` is to its page."""
    return frozenset(element.attributes.get("rel", "").lower().split())


def is_feed_link(link: Element) -> bool:
    """Whether a `<link>` names a feed."""
    return "alternate" in rels_of(link) and link.attributes.get("type") in _FEED_TYPES


def _srcset_findings(page: Page) -> Iterator[Finding]:
    for element in page.all("img", "source"):
        srcset = element.attributes.get("srcset")
        if srcset is not None and not has_right_sizes(srcset):
            yield Finding(
                "bad-srcset",
                page.path,
                page.line(element.at),
                f"the srcset '{srcset}' can't be read",
                "Write each image with its width, and commas between: a.jpg 480w, b.jpg 960w.",
                (srcset,),
            )


def stylesheet_findings(site: BuiltSite, addresses: Addresses) -> Iterator[Finding]:
    """Files that stylesheets need and that are not there, or stand elsewhere."""
    for path, data in sorted(site.texts.items()):
        if not path.endswith(".css"):
            continue
        text = re.sub(r"/\*.*?\*/", "", data.decode(errors="replace"), flags=re.DOTALL)
        for url in sorted({found[1] or found[2] for found in CSS_URL.finditer(text)}):
            if url.startswith(("#", "data:")):
                continue
            fault = addresses.destination(url, path, is_link=False).fault
            if fault:
                yield Finding(fault.code, path, 0, *fault[1:])


def robots_findings(site: BuiltSite, addresses: Addresses) -> Iterator[Finding]:
    """A sitemap that robots.txt names and that is not there."""
    text = site.texts.get("robots.txt", b"").decode(errors="replace")
    for number, line in enumerate(text.splitlines(), 1):
        key, _, value = line.partition(":")
        if key.strip().lower() == "sitemap":
            fault = addresses.destination(value.strip(), "robots.txt").fault
            if fault:
                yield Finding(fault.code, "robots.txt", number, *fault[1:])
