"""Content files as posts, plain pages and the terms of a taxonomy."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, time
from pathlib import PurePosixPath
from typing import Generic, NamedTuple, TypeVar

from generator.config import addresses
from generator.config.levels import severity_of
from generator.config.rules import is_language_tag
from generator.config.settings import LATEST
from generator.content.bodies import BodyRenderer, read_body
from generator.content.dates import MomentError, read_moment, read_week
from generator.content.fields import Fields
from generator.content.front_matter import (
    ContentFile,
    decode_with_errors,
    read_front_matter,
    split_with_error,
)
from generator.content.hidden_elsewhere import HIDING_WORDS, limits_elsewhere
from generator.content.settings import ReadingSettings
from generator.i18n.quotes import quotes_of
from generator.markdown.typography import typographic_text
from generator.model import Document, PlainPage, Post, PostState, Reference, Tag, Term
from generator.problems import (
    Location,
    Problem,
    Severity,
    did_you_mean,
    has_errors,
    nearest,
    shortened,
)
from generator.site import permalinks, references
from generator.site.icons import COLOURS, ICONS

_NAME = re.compile(r"(?:(?P<date>\d{4}-\d{1,2}-\d{1,2})(?:[-_ ]+|$))?(?P<name>.*)")


Made = TypeVar("Made", Post, PlainPage, Term)


class Read(NamedTuple, Generic[Made]):
    """A document as far as it can be read, and what is wrong with it.

    After an error it has stand-ins, and serves only to find other mistakes.
    """

    document: Made | None
    problems: tuple[Problem, ...]
    is_broken: bool
    knows_tags: bool


def read_post(
    path: str, data: bytes, settings: ReadingSettings, renderer: BodyRenderer
) -> Read[Post]:
    """The post in a file, and what is wrong with it."""

    def made(file: ContentFile, fields: Fields) -> Post:
        written_date, name = _date_and_name(path)
        language = _language(fields)
        title = title_of(fields, settings, language)
        slug = _slug(fields, name, stem_of(path), title)
        published = _published(fields, written_date, settings)
        signature, signed_on = _approval(fields, settings)
        return Post(
            source=path,
            slug=slug,
            title=title or stem_of(path),
            published=published or _UNDATED,
            updated=moment_at(fields, "updated", settings),
            tags=fields.texts("tags"),
            authors=fields.texts("authors", or_one=True) + fields.texts("author", or_one=True),
            summary=line_of(fields, "summary", settings, language),
            status=_status(fields),
            approved_by=signature,
            id=_identity(fields, f"{written_date or (published or _UNDATED).date()}-{name}"),
            aliases=_aliases(fields),
            image=_image(fields, path, settings),
            image_alt=_image_alt(fields),
            series=_series(fields, settings),
            series_order=fields.number("series_order"),
            language=language,
            syndication=_syndication(fields),
            extra=fields.mapping("extra"),
            body=read_body(file, renderer, id_prefix=slug, language=language or settings.language),
            answers=fields.texts("answers", or_one=True),
            has_date=published is not None,
            day_in_name=written_date,
            places=fields.places("date", "week", "updated"),
            approved_on=signed_on,
        )

    return _read(path, data, settings, made)


def read_page(
    path: str, data: bytes, settings: ReadingSettings, renderer: BodyRenderer
) -> Read[PlainPage]:
    """The plain page in a file, and what is wrong with it."""

    def made(file: ContentFile, fields: Fields) -> PlainPage:
        title = title_of(fields, settings)
        return PlainPage(
            source=path,
            title=title or stem_of(path),
            permalink=_permalink(fields, path, title),
            summary=line_of(fields, "summary", settings),
            is_draft=fields.flag("draft"),
            aliases=_aliases(fields),
            body=read_body(file, renderer, id_prefix=stem_of(path), language=settings.language),
        )

    return _read(path, data, settings, made)


def read_term(
    path: str, data: bytes, settings: ReadingSettings, renderer: BodyRenderer
) -> Read[Term]:
    """The trait or reason in a file, and what is wrong with it."""

    def made(file: ContentFile, fields: Fields) -> Term:
        title = title_of(fields, settings)
        return Term(
            taxonomy=path.split("/")[1],
            slug=_slug(fields, stem_of(path), stem_of(path), title),
            title=title,
            order=fields.number("order"),
            summary=line_of(fields, "summary", settings),
            tags=fields.texts("tags"),
            questions=tuple(tag.text for tag in fields.texts("questions")),
            source=path,
            body=read_body(file, renderer, id_prefix=stem_of(path), language=settings.language),
            icon=_choice(fields, "icon", ICONS),
            colour=_choice(fields, "colour", COLOURS),
        )

    return _read(path, data, settings, made)


def _read(
    path: str,
    data: bytes,
    settings: ReadingSettings,
    made: Callable[[ContentFile, Fields], Made],
) -> Read[Made]:
    problems: list[Problem] = []
    text, wrong_characters = decode_with_errors(data, path)
    problems += wrong_characters
    file, wrong_fence = split_with_error(text, path)
    if problems and wrong_fence and wrong_fence.code == "no-front-matter":  # perhaps no text at all
        found = _lenient(problems, is_draft=_says_draft(_head_of(data)))
        return Read(None, found, is_broken=True, knows_tags=False)
    problems += [wrong_fence] if wrong_fence else []
    values, wrong_lines = read_front_matter(file)
    problems += wrong_lines
    fields = Fields(file, values, problems, settings.rename)
    value = made(file, fields)
    limits = limits_elsewhere(fields, lambda text: _moment_of(text, settings))
    fields.unknown(settings.unknown_keys)
    head = _head_of(data) if wrong_fence else file.front_matter
    is_draft = _is_surely_draft(value, fields) if fields.is_whole else _says_draft(head)
    found = _lenient(fields.problems, is_draft=is_draft)
    return Read(
        _as_draft(value._replace(limits=limits)) if is_draft else value._replace(limits=limits),
        found,
        is_broken=not fields.is_whole or has_errors(found),
        knows_tags=not fields.is_reported("tags"),
    )


def _as_draft(value: Made) -> Made:
    """The value as a draft, though the line that says so may not have been read."""
    if isinstance(value, Post) and not value.is_draft:
        return value._replace(status=PostState.DRAFT)
    return value._replace(is_draft=True) if isinstance(value, PlainPage) else value


def _lenient(problems: Iterable[Problem], *, is_draft: bool) -> tuple[Problem, ...]:
    """The problems; in a draft they are warnings, since it must not stop other posts."""
    if not is_draft:
        return tuple(problems)
    return tuple(
        replace(problem, severity=Severity.WARNING)
        if problem.severity is Severity.ERROR
        else problem
        for problem in problems
    )


def _is_surely_draft(value: Document, fields: Fields) -> bool:
    """Whether a file says that it is a draft, and nothing in it contradicts that."""
    is_draft = not isinstance(value, Term) and value.is_draft
    return is_draft and not (fields.is_reported("draft") or fields.is_reported("status"))


_DRAFT_LINE = re.compile(
    r"^(?:draft:[ \t]*(?:true|yes|on)|status:[ \t]*(?:idea|planned|draft))[ \t]*(?:#.*)?$",
    re.MULTILINE | re.IGNORECASE,
)
_GATE_LINE = re.compile(r"^(?:draft|status)[ \t]*:", re.MULTILINE | re.IGNORECASE)


def _says_draft(head: str) -> bool:
    """Whether front matter that can't be read has a line which says that it is a draft."""
    return len(_DRAFT_LINE.findall(head)) == len(_GATE_LINE.findall(head)) > 0


def _head_of(data: bytes) -> str:
    """The lines of a file down to its first blank line: front matter, wherever it ends."""
    text = data[:_LONGEST_HEAD].decode("utf-8", "replace")
    return re.split(r"\r?\n[ \t]*\r?\n", text.strip(), maxsplit=1)[0].replace("\r", "")


_LONGEST_HEAD = 10_000  # bytes
_UNDATED = datetime(LATEST, 12, 31, tzinfo=UTC)  # of a draft without a date, which nobody reads
_STAND_IN = "hello"


def _date_and_name(path: str) -> tuple[str, str]:
    """The date in a post's file name ('' without one) and the rest of the name."""
    found = _NAME.fullmatch(stem_of(path))
    return (found["date"] or "", found["name"]) if found else ("", stem_of(path))


def stem_of(path: str) -> str:
    """A file's name without its suffix; for `hello/index.md`, the folder's name."""
    stem = PurePosixPath(path).stem
    return PurePosixPath(path).parent.name if stem == "index" else stem


def line_of(fields: Fields, key: str, settings: ReadingSettings, language: str = "") -> str:
    """A key's text on one line, with the same quotes and dashes as in bodies.

    A post may have a language of its own; names that posts share are in that of the site.
    """
    line = fields.line(key)
    if not settings.markdown.typographic_quotes or not line:
        return line
    return typographic_text(line, quotes_of(language or settings.language))


def title_of(fields: Fields, settings: ReadingSettings, language: str = "") -> str:
    """The title, which must not be missing."""
    title = line_of(fields, "title", settings, language)
    if not title and not fields.is_reported("title"):
        fields.report(
            "missing-title", "title", "the title is missing", "Add a line such as title: Hello."
        )
    return title


def _slug(fields: Fields, name: str, stem: str, title: str) -> str:
    """The slug; if it is wrong, one that a preview of a draft can use."""
    given = fields.text("slug")
    other = permalinks.slug_of(name) or permalinks.slug_of_title(title)
    is_short = len(given.encode()) <= addresses.LONGEST_PART
    if given and is_short and permalinks.is_slug(given):
        return given
    if not is_short:
        fields.report(
            "bad-slug",
            "slug",
            f"the slug has {len(given.encode()):,} bytes, and {addresses.LONGEST_PART} is the most",
            "Write a shorter one.",
        )
    elif given:
        fields.report(
            "bad-slug",
            "slug",
            f"the slug '{shortened(given)}' can't be part of an address",
            f"Write slug: {permalinks.slug_of(given) or _STAND_IN}.",
        )
    elif not other and not fields.is_reported("title"):
        fields.report(
            "bad-slug",
            "slug",
            f"no address can be made from the file name '{shortened(stem)}' or the title",
            "Add a slug of letters and digits: slug: hello.",
        )
    return other or "draft"


WRITTEN_STATUSES = (PostState.IDEA, PostState.PLANNED, PostState.DRAFT, PostState.READY)
_STATUSES = {str(status): status for status in WRITTEN_STATUSES} | {
    # what a post that is ready becomes by its date
    "scheduled": PostState.READY,
    "published": PostState.READY,
}


def _status(fields: Fields) -> PostState:
    """The status that the writer gives the post; `draft: true` is short for one of them."""
    is_draft = fields.flag("draft")
    written = fields.text("status")
    if not written:
        hint = "Write status: draft to hold the post back, or delete the line."
        fields.report_if_empty("status", hint)
        return PostState.DRAFT if is_draft else PostState.READY
    status = _STATUSES.get(written.casefold())
    if status is None:
        fields.report(
            "bad-status",
            "status",
            f"there is no status '{shortened(written)}'",
            _status_meant(written),
        )
    elif fields.has("draft") and is_draft != (status is not PostState.READY):
        keep = "draft" if is_draft else "status"
        other = "status" if is_draft else "draft"
        fields.report(
            "status-clash",
            "status",
            f"the status is '{written}', but 'draft: {str(is_draft).lower()}' contradicts it",
            f"To hold the post back, delete the line with '{other}'; "
            f"to publish it, the one with '{keep}'.",
        )
    return status or PostState.DRAFT


def _status_meant(written: str) -> str:
    """The status that was probably meant; one that publishes comes second."""
    meant = nearest(written.casefold(), _STATUSES)
    if written.casefold() in HIDING_WORDS:
        return "Write draft to hold the post back."
    if not meant:
        return f"Write one of {', '.join(WRITTEN_STATUSES)}."
    if _STATUSES[meant] is PostState.READY:
        return f"Write draft to hold the post back, or {meant} to publish it."
    return f"Did you mean '{meant}'?"


def _published(fields: Fields, written_date: str, settings: ReadingSettings) -> datetime | None:
    """When the post appears, None if nothing says so."""
    if fields.has("week"):
        return _weekly_moment(fields, settings)
    if fields.has("date"):
        return moment_at(fields, "date", settings)
    if fields.is_reported("date"):
        return None
    if not written_date:
        fields.report(
            "missing-date",
            "date",
            "the post has no date",
            "Add date: 2026-11-24 or week: 2026-W48, or begin the file name with the date.",
        )
        return None
    try:
        return _moment_of(written_date, settings)
    except MomentError as error:
        at = Location(fields.at("date").path)
        fields.report_at(error.code, at, f"in the file name, {error.message}", error.hint)
        return None


def _weekly_moment(fields: Fields, settings: ReadingSettings) -> datetime | None:
    """When a post that has a week instead of a date is due."""
    try:
        day = read_week(fields.text("week"), weekly_day=settings.weekly_day)
    except MomentError as error:
        fields.report(error.code, "week", error.message, error.hint)
        return None
    weekly = _moment_of(str(day), settings)
    if fields.has("date"):
        moment = moment_at(fields, "date", settings)
        later, other = ("week", "date") if moment and moment <= weekly else ("date", "week")
        fields.report(
            "date-and-week",
            "week",
            "the post has both a date and a week",
            f"Keep the {later}, which is later, unless the {other} is right.",
        )
    return weekly


def moment_at(fields: Fields, key: str, settings: ReadingSettings) -> datetime | None:
    """A key's date or time in the blog's zone; None if it is missing or wrong."""
    written = fields.text(key, kind="a date", example="2026-11-24")
    if not written:
        return None
    try:
        return _moment_of(written, settings)
    except MomentError as error:
        fields.report(error.code, key, error.message, error.hint)
        return None


def _moment_of(text: str, settings: ReadingSettings) -> datetime:
    return read_moment(text, zone=settings.zone, default_hour=settings.default_hour)


_APPROVAL = re.compile(r"(?P<by>.*?)(?:,?\s+(?:on\s+)?(?P<on>\d{4}-\S.*))?")


def _approval(fields: Fields, settings: ReadingSettings) -> tuple[Tag | None, datetime | None]:
    """Who has signed the post, and when, if the signature says so."""
    found = _APPROVAL.fullmatch(fields.line("approved_by"))
    if found is None or not found["by"]:
        return None, None
    signature = Tag(found["by"], fields.at("approved_by"))
    if not found["on"]:
        return signature, None
    try:
        return signature, read_moment(found["on"], zone=settings.zone, default_hour=time.min)
    except MomentError as error:
        fields.report(error.code, "approved_by", error.message, error.hint)
        return signature, None


def _identity(fields: Fields, fallback: str) -> str:
    given = fields.text("id")
    if given and not permalinks.is_identity(given):
        fields.report(
            "bad-id",
            "id",
            f"the id '{shortened(given)}' can't be part of a feed id",
            "Use letters, digits, hyphens and dots.",
        )
        return fallback
    return given or fallback


def _aliases(fields: Fields) -> tuple[Tag, ...]:
    aliases = fields.texts("aliases", or_one=True)
    for alias in aliases:
        if not permalinks.is_safe(alias.text):
            fields.report_at(
                "bad-alias",
                alias.at,
                f"the alias '{shortened(alias.text)}' is not an address on this site"
                + _because(alias.text),
                f"Write the old path from the site's root: {_meant(alias.text, '/2019/hello/')}.",
            )
    return tuple(alias for alias in aliases if permalinks.is_safe(alias.text))


def _permalink(fields: Fields, path: str, title: str) -> str:
    """The address of a page; if it is wrong, one that a preview of a draft can use."""
    given = fields.text("permalink")
    slug = permalinks.slug_of(stem_of(path)) or permalinks.slug_of_title(title)
    other = f"/{slug or 'draft'}/"
    if not given:
        if not slug and not fields.is_reported("title"):
            fields.report(
                "bad-permalink",
                "permalink",
                f"no address can be made from the file name '{shortened(stem_of(path))}' "
                "or the title",
                "Add one: permalink: /about/.",
            )
        return other
    if not permalinks.is_safe(given) or not given.endswith("/"):
        meant = f"{_meant(given, _by_slug(given)).rstrip('/')}/"
        fields.report(
            "bad-permalink",
            "permalink",
            f"'{shortened(given)}' can't be the address of a page{_because(given)}",
            f"Begin and end it with a slash: {meant}.",
        )
        return meant
    return given


def _by_slug(typed: str) -> str:
    return f"/{permalinks.slug_of(typed) or 'about'}/"


def _because(address: str) -> str:
    why = addresses.why_unwritable(address)
    return f": {why}" if why else ""


def _meant(typed: str, otherwise: str) -> str:
    # of a whole URL, only its reader's settings tell which part is the blog's own address
    return (not addresses.scheme_of(typed) and permalinks.typed_permalink(typed)) or otherwise


def _syndication(fields: Fields) -> tuple[str, ...]:
    """Where else the post is: whole addresses of pages."""
    links = fields.texts("syndication", or_one=True)
    for link in links:
        if not addresses.is_url(link.text, addresses.WEB):
            meant = addresses.meant_by(link.text)
            is_page = addresses.is_url(meant, addresses.WEB)
            fields.report_at(
                "bad-syndication",
                link.at,
                f"'{shortened(link.text)}' is not the address of a page",
                f"Write {meant}." if is_page else "Write one that begins with https://.",
            )
    return tuple(link.text for link in links if addresses.is_url(link.text, addresses.WEB))


def _image(fields: Fields, path: str, settings: ReadingSettings) -> Reference | None:
    written = fields.text("image")
    if not written:
        return None
    if not references.is_relative(written):
        if severity := severity_of(settings.missing_images):
            fields.report_at(
                "bad-image",
                fields.at("image"),
                f"the image '{shortened(written)}' is not a file of this blog",
                "Put the image beside the post and write its file name.",
                severity,
            )
        return None
    target, suffix = references.target_of(written, path), references.suffix_of(written)
    return Reference(target, suffix, fields.at("image"), True, written)


def _choice(fields: Fields, key: str, known: Sequence[str]) -> str:
    given = fields.text(key)
    if given and given not in known:
        fields.report(
            "unknown-icon",
            key,
            f"there is no {key} '{shortened(given)}'",
            did_you_mean(given, known, otherwise=f"Write one of {', '.join(known)}."),
        )
        return ""
    return given


def _image_alt(fields: Fields) -> str | None:
    """The alternative text of the image, '' if the writer says that it needs none."""
    written = fields.line("image_alt")
    return written if fields.has("image_alt") else None


def _series(fields: Fields, settings: ReadingSettings) -> Tag | None:
    given = line_of(fields, "series", settings)
    slug = permalinks.slug_of(given)
    if given and not 0 < len(slug.encode()) <= permalinks.LONGEST_NAME:
        fields.report(
            "bad-series",
            "series",
            f"no address can be made from the series '{shortened(given)}'",
            "Write a short name of letters and digits.",
        )
        return None
    return Tag(given, fields.at("series")) if given else None


def _language(fields: Fields) -> str:
    given = fields.text("language")
    if given and not is_language_tag(given):
        fields.report(
            "bad-language",
            "language",
            f"'{shortened(given)}' is not a language tag",
            "Write one such as en, en-GB or cy.",
        )
        return ""
    return given
