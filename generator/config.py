"""`content/site.toml` as typed, frozen settings: one dataclass a table, a sentence a key."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import MISSING, Field, dataclass, field, fields, is_dataclass, replace
from datetime import time
from functools import cache
from typing import Annotated, Any, Literal, cast, get_args, get_origin, get_type_hints
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from generator.problems import Location, Problem, did_you_mean, shortened

SITE_FILE = "content/site.toml"

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")

KeyPath = tuple[str | int, ...]
Strictness = Literal["error", "warn", "allow"]
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
    portrait: Annotated[str, "A picture's path inside `content/static/`."] = ""
    links: Annotated[tuple[LinkSettings, ...], "Profiles elsewhere, marked `rel=me`."] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class MenuEntry:
    """One entry of the menu at the top of each page."""

    title: Annotated[str, "The words of the entry."]
    to: Annotated[
        str,
        "A built-in page (`home`, `archive`, `follow`, `author`, `traits`, `reasons`, `topics`), "
        "a page's file such as `pages/about.md`, or a full URL.",
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class WeeklySettings:
    """The rhythm of the blog."""

    day: Annotated[Weekday, "The day on which the letter goes out."] = "tuesday"
    time: Annotated[
        str, "The hour, `HH:MM` in the site's zone, of a post whose date names no hour."
    ] = "00:00"


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
class MarkdownSettings:
    """How Markdown is read."""

    allow_html: Annotated[bool, "Whether HTML in a post is kept, or shown as text."] = True
    typographic_quotes: Annotated[bool, "Whether straight quotes become curly ones."] = True


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

    text: Annotated[str, "The line itself."] = "What do you think? Answer back."
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
    time_zone: Annotated[str, "The zone of all dates, by its IANA name."] = "UTC"
    language: Annotated[str, "The language of the blog (BCP 47), such as `en-GB`."] = "en"
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
    missing_pictures: Annotated[
        Strictness, "What a picture that is not there is: `error`, `warn` or `allow`."
    ] = "warn"
    broken_links: Annotated[
        Strictness, "What a link to a file that is not there is: `error`, `warn` or `allow`."
    ] = "error"
    weekly: Annotated[WeeklySettings, "The rhythm."] = WeeklySettings()
    home: Annotated[HomeSettings, "The home page."] = HomeSettings()
    feeds: Annotated[FeedSettings, "The feeds."] = FeedSettings()
    markdown: Annotated[MarkdownSettings, "Markdown."] = MarkdownSettings()
    front_matter: Annotated[FrontMatterSettings, "Front matter."] = FrontMatterSettings()
    answer: Annotated[AnswerSettings, "The answer-back line."] = AnswerSettings()
    menu: Annotated[tuple[MenuEntry, ...], "The menu."] = ()
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
        return _place(key, self.places)

    @property
    def zone(self) -> ZoneInfo:
        """The site's time zone."""
        return ZoneInfo(self.time_zone)

    @property
    def default_hour(self) -> time:
        """The hour of a post whose date names none."""
        return time.fromisoformat(self.weekly.time)


TRAITS = "traits"
TOPICS = "topics"

DEFAULT_TRAITS = TaxonomySettings(title="Leadership traits", singular="trait")


BUILT_IN_PAGES = ("home", "archive", "follow", "author")


def read_config(
    text: str, *, overrides: Mapping[str, Any] | None = None
) -> tuple[SiteConfig | None, tuple[Problem, ...]]:
    """The settings in `text`, or every problem with them; `overrides` replace what it says."""
    try:
        data = tomllib.loads(text.removeprefix("\ufeff")) | dict(overrides or {})
    except tomllib.TOMLDecodeError as error:
        return None, (_syntax_problem(str(error), text),)
    except (RecursionError, ValueError):  # brackets nested by the thousand, endless numbers
        problem = Problem(
            "settings-syntax",
            Location(SITE_FILE),
            "a value is nested too deeply or too long",
            "Write simple texts, numbers and lists.",
        )
        return None, (problem,)
    places = _places(text)
    reader = _Reader(places)
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


_SYNTAX = (
    ("Cannot overwrite|Duplicate inline", "this is given twice", "Keep one of them."),
    ("Cannot declare", "this table is given twice", "Put all its settings below one of them."),
    (
        "Invalid value",
        "this is not a value",
        'Write text in straight quotes ("like this"); true, false and numbers stand without.',
    ),
    ("Expected '=' after", "there is no = after the setting's name", 'Write name = "value".'),
    (
        "Illegal character '.n'|Unterminated string|^Expected \"",
        "this text has no closing quote",
        "Add the quote with which it begins.",
    ),
    (
        "Unclosed array",
        "before this, the list needs a comma or its closing bracket",
        'Write ["one", "two"].',
    ),
    ("inline table|key part", "this is not a table in one line", 'Write { name = "value" }.'),
    ("table declaration", "the table's name has no closing bracket", "Write [name] or [[name]]."),
    (
        "Expected newline",
        "this does not belong to the value before it",
        "Put text and dates in quotes, and each setting on a line of its own.",
    ),
    (
        "in a string|hex value|scalar value",
        "a backslash here has no meaning",
        "Use single quotes, or two backslashes.",
    ),
    ("date or datetime", "this is not a date that exists", "Put text in quotes."),
    ("Illegal character", "there is a control character here", "Delete it."),
    ("Invalid statement", "there is no setting's name here", 'Write name = "value".'),
)


def _syntax_problem(message: str, text: str) -> Problem:
    """An error of tomllib in the writer's words."""
    lines = text.rstrip().split("\n")
    place = re.search(r"\(at line (\d+), column (\d+)\)", message)
    line, column = (int(place[1]), int(place[2])) if place else (len(lines), len(lines[-1]) + 1)
    known = (words for pattern, *words in _SYNTAX if re.search(pattern, message))
    reason, hint = next(
        known,
        ["this can't be read", 'Write name = "value", and the name of a table as [name].'],
    )
    return Problem("settings-syntax", Location(SITE_FILE, line, column), reason, hint)


_KEY = r"""(?:[A-Za-z0-9_-]+|"[^"]*"|'[^']*')"""
_NAMES = rf"{_KEY}(?:\s*\.\s*{_KEY})*"
_HEADER = re.compile(rf"(\s*)(\[\[?)\s*({_NAMES})\s*\]")
_ASSIGNMENT = re.compile(rf"(\s*)({_NAMES})\s*=")
_TOKEN = re.compile(
    r"""\"{3}(?:[^\\]|\\.)*?\"{3,5}|'{3}.*?'{3,5}|"(?:[^"\\\n]|\\.)*"|'[^'\n]*'"""
    r"|\#[^\n]*|[\[\]{}\n]",
    re.DOTALL,
)


def _places(text: str) -> dict[KeyPath, tuple[int, int]]:
    """Line and column of each key; tomllib tells them only of errors in the syntax."""
    places: dict[KeyPath, tuple[int, int]] = {}
    table: KeyPath = ()
    counts: dict[KeyPath, int] = {}
    for number, line in _lines_that_begin_a_statement(text):
        if header := _HEADER.match(line):
            table = _table_path(_split_key(header[3]), counts, is_new_item=header[2] == "[[")
            _note(places, table, (number, len(header[1]) + 1))
        elif assignment := _ASSIGNMENT.match(line):
            key = (*table, *_split_key(assignment[2]))
            _note(places, key, (number, len(assignment[1]) + 1))
    return places


def _table_path(names: KeyPath, counts: dict[KeyPath, int], *, is_new_item: bool) -> KeyPath:
    """The path of a header's table; of tables in lists it means the last: `authors.0.links.1`."""
    path: KeyPath = ()
    for depth, name in enumerate(names, start=1):
        path = (*path, name)
        if is_new_item and depth == len(names):
            counts[path] = counts.get(path, -1) + 1
        if path in counts:
            path = (*path, counts[path])
    return path


def _note(places: dict[KeyPath, tuple[int, int]], key: KeyPath, place: tuple[int, int]) -> None:
    for length in range(1, len(key) + 1):
        places.setdefault(key[:length], place)


def _split_key(dotted: str) -> KeyPath:
    return tuple(part.strip("\"'") for part in re.findall(_KEY, dotted))


def _lines_that_begin_a_statement(text: str) -> Iterator[tuple[int, str]]:
    """The lines, with their numbers, that do not stand inside a longer text or list."""
    lines = text.removeprefix("\ufeff").split("\n")
    number, depth = 1, 0
    yield number, lines[0]
    for found in _TOKEN.finditer("\n".join(lines)):
        part = found[0]
        if part == "\n" and depth == 0:
            yield number + 1, lines[number]
        depth += (part in "[{") - (part in "]}")
        number += part.count("\n")


def _place(key: KeyPath, places: Mapping[KeyPath, tuple[int, int]]) -> Location:
    while key and key not in places:
        key = key[:-1]
    return Location(SITE_FILE, *places.get(key, ()))


def _settings(cls: type) -> tuple[Field[Any], ...]:
    return tuple(f for f in fields(cls) if f.metadata.get("is_setting", True))


@cache
def _hints(cls: type) -> dict[str, Any]:
    return get_type_hints(cls)


class _Reader:
    """Turns a parsed TOML table into the arguments of a dataclass, gathering problems."""

    def __init__(self, places: Mapping[KeyPath, tuple[int, int]]) -> None:
        self.problems: list[Problem] = []
        self._places = places

    def at(self, key: KeyPath) -> Location:
        return _place(key, self._places)

    def report(self, code: str, key: KeyPath, message: str, hint: str = "") -> None:
        self.problems.append(Problem(code, self.at(key), message, hint))

    def table(self, cls: type, data: Mapping[str, Any], key: KeyPath) -> dict[str, Any]:
        """The arguments of `cls` that a table gives; what is missing or wrong is left out."""
        known = {f.name: f for f in _settings(cls)}
        for name in data.keys() - known.keys():
            self.report(
                "unknown-setting",
                (*key, name),
                f"unknown setting '{shortened(name)}'{_in_table(key)}",
                _other_place(name, key)
                or did_you_mean(name, known)
                or f"Known here: {', '.join(known)}.",
            )
        for name in (name for name, f in known.items() if _is_required(f) and name not in data):
            sentence = _sentence(cls, name)
            example = f'Add {name} = "…"'
            if _is_list_of_tables(cls, name):
                example = f"Add a table [[{name}]] for each"
            hint = f"{example}: {sentence[0].lower()}{sentence[1:]}"
            message = f"the setting '{name}' is missing{_in_table(key)}"
            self.report("missing-setting", key, message, hint)
        values = {
            name: self.value(_hints(cls)[name], data[name], (*key, name))
            for name in known
            if name in data
        }
        return {name: value for name, value in values.items() if value is not _WRONG}

    def value(self, kind: Any, given: Any, key: KeyPath) -> Any:
        """`given` as the declared type, or a problem and `_WRONG`."""
        origin, arguments = get_origin(kind), get_args(kind)
        if is_dataclass(kind) and isinstance(kind, type):
            if isinstance(given, dict):
                values = self.table(kind, given, key)
                is_whole = all(f.name in values for f in _settings(kind) if _is_required(f))
                return kind(**values) if is_whole else _WRONG
        elif origin is tuple:
            if isinstance(given, list):
                items = [
                    self.value(arguments[0], item, (*key, index))
                    for index, item in enumerate(given)
                ]
                return _WRONG if _WRONG in items else tuple(items)
        elif origin is dict:
            if isinstance(given, dict):
                pairs = {
                    name: self.value(arguments[1], item, (*key, name))
                    for name, item in given.items()
                }
                return {name: value for name, value in pairs.items() if value is not _WRONG}
        elif origin is Literal:
            if given in arguments:
                return given
            options = ", ".join(f'"{option}"' for option in arguments)
            hint = did_you_mean(str(given), arguments, otherwise=f"Write one of {options}.")
            self.report("wrong-setting", key, f"'{key[-1]}' is {_shown(given)}", hint)
            return _WRONG
        elif type(given) is kind:
            if not isinstance(given, str) or not _CONTROL.search(given):
                return given
            message = f"'{_name(key)}' holds a control character"
            self.report("wrong-setting", key, message, "Delete it.")
            return _WRONG
        wanted = _KINDS.get(origin or kind, "a table")
        each = "each of " if isinstance(key[-1], int) else ""
        message = f"{each}'{_name(key)}' must be {wanted}, not {_shown(given)}"
        self.report("wrong-setting", key, message, _how_to_write(kind, given, key))
        return _WRONG


_WRONG: Any = object()
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff]")


def _in_table(key: KeyPath) -> str:
    return f" in [{'.'.join(part for part in key if isinstance(part, str))}]" if key else ""


def _other_place(name: str, key: KeyPath) -> str:
    """Where a setting belongs that stands in the wrong table."""
    if key:
        is_of_site = any(name == f.name for f in _settings(SiteConfig))
        return "Move it to the top of the file, above the first table." if is_of_site else ""
    tables = (f.name for f in _settings(SiteConfig) if is_dataclass(_hints(SiteConfig)[f.name]))
    homes = [table for table in tables if name in _hints(_hints(SiteConfig)[table])]
    return f"Move it below the line [{homes[0]}]." if len(homes) == 1 else ""


def _is_list_of_tables(cls: type, name: str) -> bool:
    return any(is_dataclass(kind) for kind in get_args(_hints(cls)[name]))


def _how_to_write(kind: Any, given: Any, key: KeyPath) -> str:
    """A line that gives a setting the type that it needs."""
    name = _name(key)
    if kind is str:
        is_simple = not isinstance(given, list | dict) and isinstance(key[-1], str)
        return f'Write {name} = "{_shown(given)}".' if is_simple else 'Write it as "text".'
    if kind is bool:
        return f"Write {name} = true or {name} = false."
    if kind is int:
        number = given if isinstance(given, str) and re.fullmatch("[0-9]{1,9}", given) else 10
        return f"Write {name} = {int(number)}."
    dotted = ".".join(part for part in key if isinstance(part, str))
    if is_dataclass(kind) or get_origin(kind) is dict:
        return f"Write [{dotted}] on a line, and its settings below."
    if is_dataclass(get_args(kind)[0]):
        return f"Write [[{dotted}]], with two pairs of brackets, and its settings below."
    return (
        f"Write {name} = {json.dumps([given], ensure_ascii=False)}."
        if isinstance(given, str)
        else f'Write {name} = ["one", "two"].'
    )


_KINDS: dict[Any, str] = {
    str: "text in quotes",
    bool: "true or false",
    int: "a whole number",
    tuple: "a list in square brackets",
}


def _name(key: KeyPath) -> str:
    return next(str(part) for part in reversed(key) if isinstance(part, str))


def _shown(given: Any) -> str:
    if isinstance(given, bool):
        return str(given).lower()
    if isinstance(given, dict):
        return "a table"
    if isinstance(given, list):
        return "a list"
    return f"'{shortened(given)}'" if isinstance(given, str) else shortened(str(given))


def _is_required(f: Field[Any]) -> bool:
    return f.default is MISSING and f.default_factory is MISSING


def _default(f: Field[Any]) -> Any:
    if f.default_factory is not MISSING:
        return f.default_factory()
    return ... if f.default is MISSING else f.default


def _sentence(cls: type, name: str) -> str:
    sentence: str = get_type_hints(cls, include_extras=True)[name].__metadata__[0]
    return sentence


def documented_settings(cls: type = SiteConfig, prefix: str = "") -> Iterator[tuple[str, Any, str]]:
    """Each setting: its dotted name, its default (`...` when it must be given), a sentence."""
    for f in _settings(cls):
        hint, name = _hints(cls)[f.name], prefix + f.name
        tables = [kind for kind in (hint, *get_args(hint)) if is_dataclass(kind)]
        yield name, _default(f), _sentence(cls, f.name)
        for table in tables:
            dots = "[]." if get_origin(hint) is tuple else ".<name>." if table is not hint else "."
            yield from documented_settings(cast(type, table), name + dots)


def _wrong_values(config: SiteConfig, reader: _Reader) -> Iterator[Problem]:
    """Problems with values of the right type that make no sense."""
    for key, is_right, message, hint in _value_rules(config):
        if not is_right:
            yield Problem("wrong-setting", reader.at(key), message, hint)


def _value_rules(config: SiteConfig) -> Iterator[tuple[KeyPath, bool, str, str]]:
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
        ("weekly", "time"),
        bool(re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d", config.weekly.time, re.ASCII)),
        f"'time' is '{shortened(config.weekly.time)}'",
        "Write hours and minutes: 09:00.",
    )
    for table, name, least in (("feeds", "entries", 1), ("home", "cards", 1)):
        number = getattr(getattr(config, table), name)
        yield (
            (table, name),
            number >= least,
            f"'{name}' is {number}",
            f"Write a whole number of at least {least}.",
        )
    yield (
        ("cname",),
        bool(re.fullmatch(r"([A-Za-z0-9-]+\.)+[A-Za-z0-9-]+|", config.cname)),
        f"'cname' is '{shortened(config.cname)}'",
        "Write a bare domain such as letters.example.org.",
    )
    yield from _author_rules(config)
    for name in config.taxonomies:
        yield (
            ("taxonomies", name),
            bool(re.fullmatch(r"[a-z][a-z0-9-]*", name)) and name not in RESERVED_NAMES,
            f"'{name}' can't be the name of a taxonomy",
            "Use small letters and hyphens, and none of the names "
            + ", ".join(sorted(RESERVED_NAMES))
            + ".",
        )


RESERVED_NAMES = frozenset(
    {"archive", "assets", "authors", "feeds", "follow", "media", "page", "pages", "posts", "static"}
    | {TOPICS}
)


def _author_rules(config: SiteConfig) -> Iterator[tuple[KeyPath, bool, str, str]]:
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
