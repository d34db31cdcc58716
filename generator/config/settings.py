"""`content/site.toml` as typed, frozen settings: one dataclass a table, a sentence a key."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, time
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from generator.config.levels import FINDINGS, FIXED, Weight
from generator.config.toml_places import KeyPath, place_of, places_of, syntax_problem
from generator.config.toml_tables import TableReader, documented
from generator.problems import Location, Problem, did_you_mean, shortened

SITE_FILE = "content/site.toml"

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")

Strictness = Literal["error", "warn", "allow"]
ImageFormat = Literal["avif", "webp"]
Weekday = Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkSettings:
    """A link with its words."""

    title: Annotated[str, "The words of the link."]
    url: Annotated[str, "Where it leads, beginning with `https://` or `mailto:`."]


@dataclass(frozen=True, slots=True, kw_only=True)
class AuthorSettings:
    """Somebody who writes here; the first one is the author of a post that names nobody."""

    id: Annotated[str, "The short name that posts use in `authors`; part of the author page's URL."]
    name: Annotated[str, "The name as readers see it."]
    role: Annotated[str, "What the author does, shown under the name."] = ""
    summary: Annotated[str, "One or two sentences about the author."] = ""
    email: Annotated[str, "A public address, shown on the author page and in feeds."] = ""
    portrait: Annotated[str, "An image's path inside `content/static/`."] = ""
    links: Annotated[tuple[LinkSettings, ...], "Profiles elsewhere, marked `rel=me`."] = ()
    fediverse: Annotated[
        str, "The author's account in the fediverse, such as `@ada@example.social`."
    ] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MenuEntry:
    """One entry of the menu at the top of each page."""

    title: Annotated[str, "The words of the entry."]
    to: Annotated[
        str,
        "A built-in page (`home`, `archive`, `follow`, `search`, `series`, `balance`, "
        "`author`, `traits`, `reasons`, `topics`), a page's file such as `pages/about.md`, or a "
        "full URL.",
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class WeeklySettings:
    """The rhythm of the blog."""

    day: Annotated[Weekday, "The day on which the letter goes out."] = "tuesday"
    time: Annotated[
        str, "The hour, `HH:MM` in the site's zone, of a post whose date names no hour."
    ] = "00:00"
    grace: Annotated[
        int, "How many days after that day, from 0 to 6, a letter still counts as on time."
    ] = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class AwaySettings:
    """Days off; a week whose weekly day is among them counts as kept."""

    from_: Annotated[date, "The first day off, such as `2026-12-21`, without quotes."]
    to: Annotated[date, "The last day off."]
    why: Annotated[str, "What you do instead, for your own calendar."] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class HomeSettings:
    """The home page."""

    cards: Annotated[int, "How many posts stand below the newest, and on each further page."] = 8
    full_newest: Annotated[
        bool, "Whether the newest post stands there in full, or up to `<!-- more -->`."
    ] = True


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedSettings:
    """The RSS, Atom and JSON feeds."""

    entries: Annotated[int, "How many of the newest posts a feed holds."] = 20
    full_text: Annotated[bool, "Whether feeds hold whole posts, or summaries only."] = True


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchSettings:
    """The search page."""

    enabled: Annotated[bool, "Whether there is a search page, with an index of all posts."] = True


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkdownSettings:
    """How Markdown is read."""

    allow_html: Annotated[bool, "Whether HTML in a post is kept, or shown as text."] = True
    typographic_quotes: Annotated[bool, "Whether straight quotes become curly ones."] = True


@dataclass(frozen=True, slots=True, kw_only=True)
class ImageSettings:
    """The lighter forms of images, from which a browser chooses one."""

    formats: Annotated[
        tuple[ImageFormat, ...],
        "Formats beside the original, best first: `avif` and `webp` if not given, `[]` for none.",
    ] = ("avif", "webp")
    widths: Annotated[
        tuple[int, ...],
        "Widths in pixels, 480, 800 and 1600 if not given; no page loads a wider image.",
    ] = (480, 800, 1600)
    quality: Annotated[
        int, "From 1 to 100: higher looks better and weighs more. PNG always stays exact."
    ] = 80
    cards: Annotated[
        bool, "Whether a card with title, mark and author is drawn for links that people share."
    ] = True


@dataclass(frozen=True, slots=True, kw_only=True)
class FrontMatterSettings:
    """How front matter that was written for another tool is read."""

    unknown_keys: Annotated[
        Strictness, "What an unknown key is: an `error`, a warning (`warn`) or nothing (`allow`)."
    ] = "error"
    rename: Annotated[
        dict[str, str], 'Other tools\' keys and ours, such as `excerpt = "summary"`.'
    ] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerSettings:
    """The line under each post that asks the reader to answer."""

    text: Annotated[str, "The line itself; without one, the site's language has its own."] = ""
    page: Annotated[str, "The page that says how, such as `pages/how-to-answer-back.md`."] = ""
    email: Annotated[str, "The address that answers go to."] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TaxonomySettings:
    """One way to group posts, with a folder of terms in `content/`."""

    title: Annotated[str, "The title of the page that lists all terms."]
    singular: Annotated[str, "What one of them is called."]
    summary: Annotated[str, "A sentence under that title."] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteConfig:
    """All settings of a blog."""

    title: Annotated[str, "The blog's name."]
    base_url: Annotated[
        str, "Where the blog will live, with its path: `https://org.github.io/blog/`."
    ]
    authors: Annotated[tuple[AuthorSettings, ...], "Those who write here; at least one."]
    authority: Annotated[
        str,
        "The fixed first part of feed ids (RFC 4151): a domain you own and a year in which you "
        "owned it, such as `example.org,2026`. Never change it, not even when the blog moves.",
    ]
    tagline: Annotated[str, "A sentence under the name."] = ""
    publisher: Annotated[
        str, "The organisation that search engines are told of; without one, the first author."
    ] = ""
    time_zone: Annotated[str, "The zone of all dates, by its IANA name."] = "UTC"
    language: Annotated[
        str, "The language of the blog and of the words around it (BCP 47), such as `en-GB`."
    ] = "en"
    cname: Annotated[str, "The custom domain for GitHub Pages, if there is one."] = ""
    theme: Annotated[str, "The theme: a folder in `themes/`, or one that ships with `weekly`."] = (
        "default"
    )
    permalink: Annotated[
        str, "The address of a post, made of `{year}`, `{month}`, `{day}` and `{slug}`."
    ] = "/{year}/{slug}/"
    topics: Annotated[tuple[str, ...], "Tags that are subjects and belong to no trait."] = ()
    unknown_tags: Annotated[
        Strictness, "What a tag that is neither a trait's nor a topic is: `error`, `warn`, `allow`."
    ] = "error"
    unknown_authors: Annotated[
        Strictness, "What an author that is not listed here is: `error`, `warn` or `allow`."
    ] = "error"
    posts_without_trait: Annotated[
        Strictness, "What a post with no trait is: `error`, `warn` or `allow`."
    ] = "error"
    missing_images: Annotated[
        Strictness, "What an image that is not there is: `error`, `warn` or `allow`."
    ] = "warn"
    missing_alt: Annotated[
        Strictness,
        "What an image without words for those who can't see it is: `error`, `warn` or `allow`.",
    ] = "warn"
    broken_links: Annotated[
        Strictness, "What a link to a file that is not there is: `error`, `warn` or `allow`."
    ] = "error"
    require_approval: Annotated[
        bool, "Whether a post that is ready waits until somebody has signed it: `approved_by`."
    ] = False
    approval_since: Annotated[
        date, "Posts of an earlier day need no signature, such as `2026-11-22`, without quotes."
    ] = date.min
    weekly: Annotated[WeeklySettings, "The rhythm."] = WeeklySettings()
    away: Annotated[tuple[AwaySettings, ...], "Days off, on which no letter is due."] = ()
    balance: Annotated[
        dict[str, int],
        "How many of a hundred letters should be about each trait, by its slug: `courage = 20`.",
    ] = field(default_factory=dict)
    balance_page: Annotated[
        bool, "Whether `/balance/` shows readers what the letters have been about."
    ] = True
    home: Annotated[HomeSettings, "The home page."] = HomeSettings()
    feeds: Annotated[FeedSettings, "The feeds."] = FeedSettings()
    search: Annotated[SearchSettings, "The search."] = SearchSettings()
    markdown: Annotated[MarkdownSettings, "Markdown."] = MarkdownSettings()
    images: Annotated[ImageSettings, "Images."] = ImageSettings()
    front_matter: Annotated[FrontMatterSettings, "Front matter."] = FrontMatterSettings()
    answer: Annotated[AnswerSettings, "The answer-back line."] = AnswerSettings()
    menu: Annotated[tuple[MenuEntry, ...], "The menu."] = ()
    checks: Annotated[
        dict[str, Weight],
        "What a finding of `weekly check` is: an `error`, a warning (`warn`), a `note` or nothing "
        "(`allow`), by its code, such as `missing-summary`; see [problems](problems.md).",
    ] = field(default_factory=dict)
    taxonomies: Annotated[
        dict[str, TaxonomySettings],
        "The ways to group posts. `traits` is always there; `reasons`, or one of your own, "
        "when it has a table here and a folder of its name in `content/`.",
    ] = field(default_factory=dict)

    places: Annotated[Mapping[KeyPath, tuple[int, int]], ""] = field(
        default_factory=dict, repr=False, compare=False, metadata={"is_setting": False}
    )

    def at(self, key: KeyPath) -> Location:
        """The place in site.toml of a setting, or of the nearest table around it."""
        return place_of(key, self.places, SITE_FILE)

    @property
    def zone(self) -> ZoneInfo:
        """The site's time zone."""
        return ZoneInfo(self.time_zone)

    @property
    def default_hour(self) -> time:
        """The hour of a post whose date names none."""
        return time.fromisoformat(self.weekly.time)


LEAST_WIDTH = 16  # pixels
LONGEST_ABSENCE = 366  # days

TRAITS = "traits"
TOPICS = "topics"

RESERVED_NAMES = frozenset(  # of folders and pages of the site
    {
        "archive",
        "assets",
        "authors",
        "balance",
        "feeds",
        "follow",
        "media",
        "page",
        "pages",
        "posts",
        "search",
        "series",
        "static",
        TOPICS,
    }
)

DEFAULT_TRAITS = TaxonomySettings(title="", singular="")  # named in the site's language


def read_config(
    text: str, *, overrides: Mapping[str, Any] | None = None
) -> tuple[SiteConfig | None, tuple[Problem, ...]]:
    """The settings in `text`, or every problem with them; `overrides` replace what it says."""
    try:
        data = tomllib.loads(text.removeprefix("\ufeff")) | dict(overrides or {})
    except tomllib.TOMLDecodeError as error:
        return None, (syntax_problem(str(error), text, SITE_FILE),)
    except (RecursionError, ValueError):  # brackets nested by the thousand, endless numbers
        problem = Problem(
            "settings-syntax",
            Location(SITE_FILE),
            "a value is nested too deeply or too long",
            "Write simple texts, numbers and lists.",
        )
        return None, (problem,)
    places = places_of(text)
    reader = TableReader(SiteConfig, places, SITE_FILE)
    values = reader.table(SiteConfig, data, ())
    config = SiteConfig(**(_STAND_INS | values), places=places)
    problems = (*reader.problems, *_wrong_values(config, reader))
    return (None if problems else _with_defaults(config)), problems


# in place of what is missing or wrong, so that the rules can look at the rest
_STAND_INS: dict[str, Any] = {
    "title": "A blog",
    "base_url": "https://example.org/",
    "authors": (AuthorSettings(id="somebody", name="Somebody"),),
    "authority": "example.org,2026",
}


def _with_defaults(config: SiteConfig) -> SiteConfig:
    taxonomies = {TRAITS: DEFAULT_TRAITS} | config.taxonomies
    base_url = config.base_url.rstrip("/") + "/"
    return replace(config, taxonomies=taxonomies, base_url=base_url)


def documented_settings() -> Iterator[tuple[str, Any, str]]:
    """Each setting: its dotted name, its default (`...` when it must be given), a sentence."""
    return documented(SiteConfig)


def _wrong_values(config: SiteConfig, reader: TableReader) -> Iterator[Problem]:
    """Problems with values of the right type that make no sense."""
    for key, is_right, message, hint in _value_rules(config):
        if not is_right:
            yield Problem("wrong-setting", reader.at(key), message, hint)


# a setting, whether it is right, and else what is wrong with it and what to do
Rule = tuple[KeyPath, bool, str, str]


def _value_rules(config: SiteConfig) -> Iterator[Rule]:
    yield from _blog_rules(config)
    yield from _rhythm_rules(config)
    yield from _size_rules(config)
    yield from _author_rules(config)
    yield from _name_rules(config)


def _blog_rules(config: SiteConfig) -> Iterator[Rule]:
    yield (
        ("title",),
        bool(config.title.strip()),
        "'title' is empty",
        "Write the blog's name.",
    )
    yield (
        ("base_url",),
        _is_base_url(config.base_url),
        f"'base_url' is '{shortened(config.base_url)}'",
        "Write a whole address such as https://org.github.io/blog/.",
    )
    yield (
        ("time_zone",),
        (is_zone := _is_zone(config.time_zone)),
        f"there is no time zone '{shortened(config.time_zone)}'",
        "" if is_zone else _zone_hint(config.time_zone),  # to list all zones takes long
    )
    yield (
        ("language",),
        is_language(config.language),
        f"'{shortened(config.language)}' is not a language tag",
        "Write one such as en, en-GB or cy.",
    )
    yield (
        ("authority",),
        bool(re.fullmatch(r"[A-Za-z0-9.@_-]+,\d{4}(-\d\d){0,2}", config.authority, re.ASCII)),
        f"'authority' is '{shortened(config.authority)}'",
        "Write a domain that you own and a year: example.org,2026.",
    )
    yield (
        ("permalink",),
        _is_permalink_pattern(config.permalink),
        f"'permalink' is '{shortened(config.permalink)}'",
        "Begin and end it with / and use {slug}; {year}, {month} and {day} may stand in it too.",
    )
    yield (
        ("cname",),
        bool(re.fullmatch(r"([A-Za-z0-9-]+\.)+[A-Za-z0-9-]+|", config.cname)),
        f"'cname' is '{shortened(config.cname)}'",
        "Write a bare domain such as letters.example.org.",
    )


def _rhythm_rules(config: SiteConfig) -> Iterator[Rule]:
    yield (
        ("weekly", "time"),
        bool(re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d", config.weekly.time, re.ASCII)),
        f"'time' is '{shortened(config.weekly.time)}'",
        "Write hours and minutes: 09:00.",
    )
    yield (
        ("weekly", "grace"),
        0 <= config.weekly.grace <= 6,
        f"'grace' is {config.weekly.grace}",
        "Write a whole number of days from 0 to 6.",
    )
    for index, off in enumerate(config.away):
        yield (
            ("away", index, "to"),
            0 <= (off.to - off.from_).days < LONGEST_ABSENCE,
            f"the days off are from {off.from_} to {off.to}",
            "Write the first day as 'from' and the last as 'to', at most a year later.",
        )
    for slug, share in config.balance.items():
        yield (
            ("balance", slug),
            0 <= share <= 100,
            f"'{shortened(slug)}' is {share}",
            "Write how many of a hundred letters should be about it.",
        )


def _size_rules(config: SiteConfig) -> Iterator[Rule]:
    for table, name, least in (("feeds", "entries", 1), ("home", "cards", 1)):
        number = getattr(getattr(config, table), name)
        yield (
            (table, name),
            number >= least,
            f"'{name}' is {number}",
            f"Write a whole number of at least {least}.",
        )
    yield (
        ("images", "widths"),
        bool(config.images.widths) and min(config.images.widths) >= LEAST_WIDTH,
        f"'widths' is {list(config.images.widths)}",
        f"Write whole numbers of at least {LEAST_WIDTH}, such as [480, 800, 1600].",
    )
    yield (
        ("images", "quality"),
        1 <= config.images.quality <= 100,
        f"'quality' is {config.images.quality}",
        "Write a whole number from 1 to 100.",
    )


def _name_rules(config: SiteConfig) -> Iterator[Rule]:
    for code in config.checks:
        yield (
            ("checks", code),
            code in FINDINGS.keys() - FIXED,
            f"'{shortened(code)}' is always an error"
            if code in FIXED
            else f"no check finds '{shortened(code)}'",
            "Take the line out." if code in FIXED else did_you_mean(code, FINDINGS.keys() - FIXED),
        )
    for name in config.taxonomies:
        yield (
            ("taxonomies", name),
            bool(re.fullmatch(r"[a-z][a-z0-9-]*", name)) and name not in RESERVED_NAMES,
            f"'{name}' can't be the name of a taxonomy",
            "Use small letters and hyphens, and none of the names "
            + ", ".join(sorted(RESERVED_NAMES))
            + ".",
        )


def _author_rules(config: SiteConfig) -> Iterator[Rule]:
    yield (
        ("authors",),
        bool(config.authors),
        "there is no author",
        "Add a table [[authors]] with an id and a name.",
    )
    seen: set[str] = set()
    for index, author in enumerate(config.authors):
        yield (
            ("authors", index, "id"),
            bool(re.fullmatch(r"[a-z0-9][a-z0-9-]*", author.id)) and author.id not in seen,
            f"'{shortened(author.id)}' can't be the id of this author",
            "Use small letters, digits and hyphens, and each id only once.",
        )
        seen.add(author.id)
        yield (
            ("authors", index, "fediverse"),
            bool(re.fullmatch(r"@[\w.-]+@([A-Za-z0-9-]+\.)+[A-Za-z0-9-]+|", author.fediverse)),
            f"'{shortened(author.fediverse)}' is not an account in the fediverse",
            "Write it with both signs: @ada@example.social.",
        )
        for place, link in enumerate(author.links):
            yield (
                ("authors", index, "links", place, "url"),
                bool(re.fullmatch(r"(https?://[^\s/]|mailto:[^\s@]+@)\S+", link.url)),
                f"'{shortened(link.url)}' is not a whole address",
                "Begin it with https:// or mailto:.",
            )


def _is_base_url(text: str) -> bool:
    try:
        url = urlsplit(text)
        port = url.port
    except ValueError:
        return False
    return (
        url.scheme in ("http", "https")
        and bool(url.hostname)
        and port != 0
        and not re.search(r"""[\s?#"'<>\\]""", text)
    )


def is_language(tag: str) -> bool:
    """Whether `tag` has the form of a language tag (BCP 47)."""
    return bool(re.fullmatch(r"[a-zA-Z]{2,3}(-[A-Za-z0-9]{2,8})*", tag))


def _is_zone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True


def _zone_hint(name: str) -> str:
    from zoneinfo import available_timezones

    return did_you_mean(name, available_timezones(), otherwise="Write one such as Europe/London.")


def _is_permalink_pattern(pattern: str) -> bool:
    names = re.findall(r"\{([^}]*)\}", pattern)
    plain = re.sub(r"\{[^}]*\}", "x", pattern)
    return (
        "slug" in names
        and set(names) <= {"year", "month", "day", "slug"}
        and bool(re.fullmatch(r"/(?:[\w-]+/)+", plain))
    )
