"""The links and files of built pages, and pages that nothing links to."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from urllib.parse import urldefrag

from generator.checks.addresses import (
    HOME,
    NOT_FOUND,
    Addresses,
    UrlProblem,
    has_right_sizes,
)
from generator.checks.built import BuiltSite, UnplacedProblem
from generator.checks.external_links import Ask, external_problem
from generator.checks.markup import BuiltPage, Element
from generator.checks.policy import NO_STYLE
from generator.problems import Location
from generator.site.permalinks import FEEDS
from generator.site.references import URL_ATTRIBUTES
from generator.site.srcset import candidates

_PLAYER = "Link to the page that shows it instead: [Watch the video](https://…)."
_BESIDE = "Put a copy of the file beside the post, and write its name."
# what to do about a file of another site that somebody wants in a post, by the tag
_INSTEAD = {
    "iframe": _PLAYER,
    "embed": _PLAYER,
    "object": _PLAYER,
    "link": NO_STYLE,
    "script": "Delete it: a post can't run scripts. Link to the page that it came from.",
    "img": _BESIDE,
    "source": _BESIDE,
    "audio": _BESIDE,
    "video": _BESIDE,
    "track": _BESIDE,
}
_LOADED = frozenset(
    {"stylesheet", "icon", "apple-touch-icon", "mask-icon", "manifest", "preload"}
    | {"modulepreload", "preconnect", "dns-prefetch", "prefetch"}
)
_FEED_TYPES = frozenset(file.media_type for file in FEEDS.values())
_IMAGES_FOR_OTHERS = frozenset({"og:image", "og:image:url", "twitter:image"})
_CSS_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_CSS_URL = re.compile(r"""url\(\s*["']?([^"')]+)["']?\s*\)|@import\s+["']([^"']+)["']""")


class SiteLinks:
    """Where the links of a site lead, gathered page by page."""

    def __init__(self, addresses: Addresses) -> None:
        self._addresses = addresses
        self._linked: set[str] = set()
        self._outside: defaultdict[str, list[tuple[BuiltPage, Element, str]]] = defaultdict(list)
        self.count = 0

    def problems_on(self, page: BuiltPage) -> Iterator[UnplacedProblem]:
        """What is wrong with the links and files of a page."""
        reached = set()
        for element, url, is_link in urls_of(page):
            self.count += 1
            found = self._addresses.destination(url, page.path, is_link=is_link)
            if found.problem:
                yield self._at(page, element, url, found.problem)
            if found.outside:
                self._outside[urldefrag(found.outside).url].append((page, element, url))
            elif is_link:
                reached.add(found.path)
        if not page.redirects_to:
            self._linked |= reached - {page.path}
        yield from _srcset_problems(page)

    def _at(
        self, page: BuiltPage, element: Element, url: str, problem: UrlProblem
    ) -> UnplacedProblem:
        found = problem.at(page.location(element), *self._addresses.clues(url))
        is_foreign = problem.code in ("third-party", "mixed-content")
        return found._replace(in_text=_INSTEAD.get(element.name, "")) if is_foreign else found

    def external_problems(self, ask: Ask) -> Iterator[UnplacedProblem]:
        """What other sites answer about the links to them; call it after `problems_on`."""
        for asked, status in ask(self._outside).items():
            for page, element, url in self._outside[asked]:
                if problem := external_problem(url, status):
                    yield self._at(page, element, url, problem)

    def orphans(self, pages: Iterable[BuiltPage]) -> Iterator[UnplacedProblem]:
        """Pages that no other page links to; call it after `problems_on`."""
        for page in pages:
            is_apart = page.redirects_to or not page.is_indexed
            if not is_apart and page.path not in (HOME, NOT_FOUND, *self._linked):
                message = "no page links to this one"
                hint = "Add it to the menu, or link to it from a page or post."
                at = Location(page.path)
                yield UnplacedProblem("orphan-page", at, message, hint, ("---",))


def urls_of(page: BuiltPage) -> Iterator[tuple[Element, str, bool]]:
    """Each URL of a page, with its element and whether it is a link or part of the page."""
    for name, attributes in URL_ATTRIBUTES.items():
        for element in page.elements.get(name, ()):
            for attribute, is_link in attributes:
                url = element.attributes.get(attribute)
                if url is not None and attribute != "srcset":
                    yield element, url, is_link
    for element in page.all("img", "source"):
        for url, _ in candidates(element.attributes.get("srcset", "")):
            yield element, url, False
    for element in page.all("link"):
        rels = rels_of(element)
        is_judged_elsewhere = "canonical" in rels or is_feed_link(element)  # see page_heads.py
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


def _srcset_problems(page: BuiltPage) -> Iterator[UnplacedProblem]:
    for element in page.all("img", "source"):
        srcset = element.attributes.get("srcset")
        if srcset is not None and not has_right_sizes(srcset):
            yield UnplacedProblem(
                "bad-srcset",
                page.location(element),
                f"the srcset '{srcset}' can't be read",
                "Give each image its width, with commas between: a.jpg 480w, b.jpg 960w.",
                (srcset,),
            )


def css_urls(text: str) -> Iterator[tuple[str, int]]:
    """Each URL in a stylesheet, with its line."""
    code = _CSS_COMMENT.sub(lambda comment: re.sub(r"[^\n]", " ", comment[0]), text)
    for found in _CSS_URL.finditer(code):
        yield found[1] or found[2], code.count("\n", 0, found.start()) + 1


def stylesheet_problems(site: BuiltSite, addresses: Addresses) -> Iterator[UnplacedProblem]:
    """Files that stylesheets load and that do not exist or are on other sites."""
    for path, data in sorted(site.texts.items()):
        if not path.endswith(".css"):
            continue
        for url in sorted({url for url, _ in css_urls(data.decode(errors="replace"))}):
            if url.startswith(("#", "data:")):
                continue
            if problem := addresses.destination(url, path, is_link=False).problem:
                yield problem.at(Location(path))


def robots_problems(site: BuiltSite, addresses: Addresses) -> Iterator[UnplacedProblem]:
    """A sitemap that robots.txt names and that does not exist."""
    text = site.texts.get("robots.txt", b"").decode(errors="replace")
    for number, line in enumerate(text.splitlines(), 1):
        key, _, value = line.partition(":")
        problem = addresses.destination(value.strip(), "robots.txt").problem
        if problem and key.strip().lower() == "sitemap":
            yield problem.at(Location("robots.txt", number))
