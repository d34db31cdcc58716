"""Every URL and every output path of a site."""

import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Literal, NamedTuple, Self
from urllib.parse import quote, unquote, urlsplit

from generator.config.addresses import why_unwritable
from generator.config.built_in_pages import HOME, SEARCH, SERIES

CALENDAR = "/calendar.html"
NOT_FOUND = "/404.html"
MANIFEST = "/site.webmanifest"
MAIL_FEED = "/mail.xml"
REPLIES = "/replies/"  # no page, but the feeds of all replies
SEARCH_INDEX = f"{SEARCH}index.json"
OPEN_SEARCH = f"{SEARCH}opensearch.xml"

LONGEST_SLUG = 50  # characters: four bytes each still leave room in a file's name for the date
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

# of the replies to one post: programs that show replies below a post read these
REPLY_FEEDS: tuple[FeedFormat, ...] = ("RSS", "Atom")


class Permalinks(NamedTuple):
    """Turns permalinks, which begin at the site's root, into URLs with its base."""

    base_url: str  # ends with '/'
    root: str  # the path of the home page: '/' or '/blog/'

    @classmethod
    def at(cls, base_url: str) -> Self:
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


def anchor_of_action(slug: str) -> str:
    """The anchor of an action on the page of all of them."""
    return f"action-{slug}"


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


def for_replies(owner: str) -> str:
    """Where the feeds of the replies to the post at `owner` are."""
    return owner + "replies/"


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
    """`text` as a part of a URL: small letters of any script, digits and hyphens; maybe ''.

    Combining marks are part of their letter. A name without any letter or digit keeps its symbols,
    such as emoji.
    """
    folded = unicodedata.normalize("NFC", text).casefold()
    if folded.isascii():
        return re.sub(r"[\W_]+", "-", folded).strip("-")
    # a Turkish capital I has a dot, its small letter none of its own; casefold takes apart others
    folded = unicodedata.normalize("NFC", _UNSEEN.sub("", folded.replace("i\u0307", "i")))
    return _joined(folded, _is_letter) or _joined(folded, _is_symbol)


# soft hyphens, joiners, and signs that choose among the forms of a character
_UNSEEN = re.compile("[\u00ad\u034f\u200d\u2060\ufe00-\ufe0f\ufeff\U000e0100-\U000e01ef]")


def _joined(text: str, is_kept: Callable[[str], bool]) -> str:
    """What is kept of a text, with a hyphen for whatever is left out between."""
    parts: list[str] = []
    for character in text:
        is_mark = unicodedata.category(character) in ("Mn", "Mc")
        is_part = bool(parts) and parts[-1] != "-" if is_mark else is_kept(character)
        if is_part or (parts and parts[-1] != "-"):
            parts.append(character if is_part else "-")
    return "".join(parts).strip("-")


def _is_letter(character: str) -> bool:
    return character.isalnum()


def _is_symbol(character: str) -> bool:
    return not character.isascii() and unicodedata.category(character)[0] not in "CMPZ"


def slug_of_title(title: str) -> str:
    """A title as a part of a URL, not too long; maybe ''."""
    words = re.sub(r"(?<=\w)['’](?=\w)", "", title)  # otherwise "it's" would become it-s
    return cut_text(slug_of(words), LONGEST_SLUG, "-").strip("-")


def cut_text(text: str, longest: int, separator: str) -> str:
    """The beginning of a text, up to the last separator within the length if it is not too near."""
    if len(text) <= longest:
        return text
    begin, found, _ = text[: longest + 1].rpartition(separator)
    return begin if found and len(begin) > longest // 2 else text[: _edge(text, longest)]


def _edge(text: str, end: int) -> int:
    """The last place up to `end` that is not inside what a reader takes for one character."""
    while end and (_EXTENDS.match(text, end) or text[end - 1] == "\u200d" or _is_mark(text[end])):
        end -= 1
    return end


# joiners, tones of skin, and the vowels of Thai and Lao that are letters to Unicode
_EXTENDS = re.compile("[\u200c\u200d\u0e33\u0eb3\U0001f3fb-\U0001f3ff]")


def _is_mark(character: str) -> bool:
    return unicodedata.category(character)[0] == "M"


def is_slug(text: str) -> bool:
    """Whether a text that somebody typed can be the last part of an address as it is."""
    return bool(re.fullmatch(r"\w+(-+\w+)*", text)) or text == slug_of(text) != ""


def is_identity(text: str) -> bool:
    """Whether a text can be a post's id: letters of any script, digits, hyphens and dots."""
    letters = (char for char in text if unicodedata.category(char) not in ("Mn", "Mc"))
    return bool(re.fullmatch(r"[\w.~-]+", "".join(letters)))


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
        and "//" not in permalink
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
