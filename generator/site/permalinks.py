"""Every URL and every output path of a site."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from datetime import datetime
from typing import Literal, NamedTuple
from urllib.parse import quote, unquote, urlsplit

from generator.config.addresses import why_unwritable
from generator.config.built_in_pages import HOME, SEARCH, SERIES

CALENDAR = "/calendar.html"
NOT_FOUND = "/404.html"
MANIFEST = "/site.webmanifest"
SEARCH_INDEX = f"{SEARCH}index.json"
OPEN_SEARCH = f"{SEARCH}opensearch.xml"

LONGEST_NAME = (
    240  # bytes; every disk allows a folder name of this length, and there is room for a number
)

FeedFormat = Literal["RSS", "Atom", "JSON Feed"]


class FeedFile(NamedTuple):
    """A format of feeds, as a file."""

    name: str
    media_type: str


FEEDS: Mapping[FeedFormat, FeedFile] = {
    "RSS": FeedFile("feed.xml", "application/rss+xml"),
    "Atom": FeedFile("atom.xml", "application/atom+xml"),
    "JSON Feed": FeedFile("feed.json", "application/feed+json"),
}


class Permalinks(NamedTuple):
    """Turns permalinks, which begin at the site's root, into URLs with its base."""

    base_url: str  # ends with '/'
    root: str  # the path of the home page: '/' or '/blog/'

    @classmethod
    def at(cls, base_url: str) -> Permalinks:
        """The permalinks of a site with that address, which ends with '/'."""
        return cls(base_url, urlsplit(base_url).path or "/")

    def url(self, permalink: str) -> str:
        """The URL of a permalink within its host: `/blog/2026/hello/`."""
        return self.root + quote(permalink[1:])

    def absolute(self, permalink: str) -> str:
        """The whole URL of a permalink: `https://org.github.io/blog/2026/hello/`."""
        return self.base_url + quote(permalink[1:])

    def absolute_url(self, url: str) -> str:
        """The whole URL of a URL within the host."""
        return self.base_url.removesuffix(self.root) + url


def for_post(pattern: str, *, published: datetime, slug: str) -> str:
    """A post's permalink by the pattern of the site's settings."""
    return pattern.format(
        year=f"{published.year:04}",
        month=f"{published.month:02}",
        day=f"{published.day:02}",
        slug=slug,
    )


def for_year(year: int) -> str:
    """The permalink of a year's archive."""
    return f"/{year:04}/"


def anchor_of_week(year: int, number: int) -> str:
    """The anchor of a week on the page of its year."""
    return f"#w-{year}-{number}"


def for_taxonomy(name: str) -> str:
    """The permalink of the page of all traits, reasons or topics."""
    return f"/{name}/"


def for_term(taxonomy: str, slug: str) -> str:
    """The permalink of the page of one trait, reason or topic."""
    return f"/{taxonomy}/{slug}/"


def for_series(slug: str) -> str:
    """The permalink of the page of one series."""
    return f"{SERIES}{slug}/"


def for_author(author: str) -> str:
    """The permalink of an author's page."""
    return f"/authors/{author}/"


def for_home_page(number: int) -> str:
    """The permalink of the home page, which is number 0, or of a page that follows it."""
    return f"/page/{number}/" if number else HOME


def for_feed(owner: str, feed_format: FeedFormat) -> str:
    """The permalink of a feed of the page at `owner`."""
    return owner + FEEDS[feed_format].name


def for_search_words(year: int, share: int) -> str:
    """The permalink of a file with words of a year's posts."""
    return f"{SEARCH}{year:04}-{share}.txt"


def for_shared_media(source: str) -> str:
    """The permalink of an image that belongs to no single post."""
    return "/media/" + source.removeprefix("content/")


def for_social_image(permalink: str) -> str:
    """The permalink of the social image of a page."""
    return permalink + "social-card.png"


_ENDINGS = {
    "image/avif": "avif",
    "image/jpeg": "jpg",
    "image/png": "png",
    "image/webp": "webp",
}


def for_variant(image: str, media_type: str, width: int) -> str:
    """The permalink of a lighter version of an image: `/view.800.webp`."""
    return f"{image.rpartition('.')[0]}.{width}.{_ENDINGS[media_type]}"


def output_path(permalink: str) -> str:
    """The file that serves a permalink, relative to the output folder."""
    return permalink[1:] + "index.html" if permalink.endswith("/") else permalink[1:]


def of_output(path: str) -> str:
    """The permalink that a file of the output folder serves."""
    permalink = f"/{path}"
    is_folder = permalink.endswith("/index.html")
    return permalink.removesuffix("index.html") if is_folder else permalink


def slug_of(text: str) -> str:
    """`text` as a part of a URL: small letters of any script, digits and hyphens; maybe ''."""
    folded = unicodedata.normalize("NFC", text).casefold()
    return re.sub(r"[\W_]+", "-", folded).strip("-")


def for_alias(address: str) -> str:
    """The permalink of an old address: unchanged for a file, with a final slash for a page."""
    is_file = address.rpartition("/")[2].endswith((".html", ".htm"))
    return address if is_file else address.rstrip("/") + "/"


def is_same_but_for_case(alias: str, permalink: str) -> bool:
    """Whether an old address differs from the permalink in case only."""
    old = for_alias(alias)
    return old != permalink and old.casefold() == permalink.casefold()


_NOT_IN_PATH = re.compile(r"[\x00-\x20\\?#%:*\"<>|\x7f]")


def is_safe(permalink: str) -> bool:
    """Whether a permalink that somebody typed is a plain path inside the site."""
    parts = permalink.split("/")
    return (
        permalink.startswith("/")
        and not permalink.startswith("//")
        and not any(part in (".", "..") for part in parts)
        and not _NOT_IN_PATH.search(permalink)
        and not why_unwritable(permalink)
    )


def typed_permalink(typed: str, base_url: str = "") -> str:
    """The permalink that somebody meant who typed an address otherwise; '' if nobody can tell.

    It may be a whole URL, lack its first slash, be percent-encoded, or have a query.
    """
    text = typed.strip()
    if base_url and text.startswith(base_url):
        text = text[len(base_url) :]
    path = unquote(re.split(r"[?#]", re.sub(r"^https?://[^/]*", "", text), maxsplit=1)[0])
    kept = [part for part in path.split("/") if part not in ("", ".", "..")]
    meant = f"/{'/'.join(kept)}" + ("/" if kept and path.endswith("/") else "")
    return meant if kept and is_safe(meant) else ""
