"""The file of an imported post: front matter by our own declarations, and the body."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import NamedTuple
from urllib.parse import unquote, urlsplit
from zoneinfo import ZoneInfo

from generator.content.front_matter import CONTROL
from generator.content.front_matter_errors import quoted
from generator.site import permalinks
from generator.writing.front_matter_editor import scalar

LONGEST_SLUG = 60  # characters
LONGEST_TITLE = 300
LONGEST_SUMMARY = 1_000
MOST_TAGS = 50


class Head(NamedTuple):
    """The front matter of a post or page, ready to be written."""

    title: str
    is_page: bool = False
    date: datetime | None = None
    updated: datetime | None = None
    id: str = ""
    slug: str = ""  # '' if the name of the file says it
    tags: Sequence[str] = ()
    authors: Sequence[str] = ()
    summary: str = ""
    is_draft: bool = False
    aliases: Sequence[str] = ()
    image: str = ""
    image_alt: str = ""
    language: str = ""
    series: str = ""
    extra: Mapping[str, Sequence[str]] = {}


def file_text(head: Head, body: str, zone: ZoneInfo) -> str:
    """The text of the file."""
    lines = [f"title: {_scalar(head.title)}"]
    if not head.is_page:
        lines += [f"date: {_moment(head.date, zone)}"] if head.date else []
        lines += [f"updated: {_moment(head.updated, zone)}"] if head.updated else []
        lines += [f"id: {_scalar(head.id)}"]
        lines += [f"slug: {_scalar(head.slug)}"] if head.slug else []
        lines += [f"tags: [{', '.join(map(_scalar, head.tags))}]"] if head.tags else []
        lines += [f"authors: [{', '.join(map(_scalar, head.authors))}]"] if head.authors else []
    lines += [f"summary: {_scalar(head.summary)}"] if head.summary else []
    lines += ["draft: true"] if head.is_draft else []
    lines += [f"aliases: [{', '.join(map(_scalar, head.aliases))}]"] if head.aliases else []
    if not head.is_page:
        lines += [f"image: {_scalar(head.image)}"] if head.image else []
        lines += [f"image_alt: {_scalar(head.image_alt)}"] if head.image and head.image_alt else []
        lines += [f"language: {_scalar(head.language)}"] if head.language else []
        lines += [f"series: {_scalar(head.series)}"] if head.series else []
        if head.extra:
            lines += ["extra:"]
            lines += [
                f"  {key}: [{', '.join(map(_scalar, values))}]"
                for key, values in head.extra.items()
            ]
    text = "\n".join(["---", *lines, "---", "", body.strip(), ""])
    return CONTROL.sub("", text).rstrip("\n") + "\n"


def _scalar(text: str) -> str:
    line = " ".join(CONTROL.sub("", text).split())
    # dates, numbers and words such as `no` are text here, whatever they look like
    is_odd = re.fullmatch(r"[\d.:/+-]+|true|false|yes|no|on|off|null", line, re.IGNORECASE)
    return quoted(line) if is_odd else scalar(line)


def _moment(moment: datetime, zone: ZoneInfo) -> str:
    local = moment.astimezone(zone)
    return local.isoformat(sep=" ", timespec="minutes" if not local.second else "seconds")


def slug_for(*wishes: str) -> str:
    """A slug of the first wish that gives one, short enough for every disk."""
    for wish in wishes:
        words = re.sub(r"(?<=\w)['’](?=\w)", "", unquote(wish))
        slug = permalinks.slug_of(words)
        if len(slug) > LONGEST_SLUG:
            cut = slug[: LONGEST_SLUG + 1].rpartition("-")[0]
            slug = cut if len(cut) > LONGEST_SLUG // 2 else slug[:LONGEST_SLUG]
        if slug.strip("-"):
            return slug.strip("-")
    return ""


def alias_of(address: str) -> str:
    """The path of an old address, '' if no redirect can have it."""
    try:
        parts = urlsplit(address.strip())
    except ValueError:
        return ""
    if parts.query or parts.scheme not in ("", "http", "https"):
        return ""
    path = unquote(parts.path, errors="replace")
    path = re.sub(r"/{2,}", "/", path if path.startswith("/") else f"/{path}")
    path = re.sub(r"/index\.html?$", "/", path)
    is_usable = path != "/" and permalinks.is_safe(path) and len(path.encode()) < 400
    is_short = all(len(part.encode()) <= permalinks.LONGEST_NAME for part in path.split("/"))
    return path if is_usable and is_short and path.isprintable() else ""
