"""The webmentions that were sent, one on each line of `content/mentions.txt`.

The list is content and not cache: nobody may be told twice because of a new clone.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import NamedTuple

from generator import disk
from generator.problems import Location, Problem, shortened
from generator.site.published_urls import SENT_MENTIONS as LIST

_HEADER = """\
# Webmentions that were sent, written by `weekly mentions send`. Keep this file with your content.
# The day, the id of the post, and the page that it links to, which is not told again.
"""
_LINE = re.compile(r"(\d{4}-\d\d-\d\d) (\S+) (https?://\S+)", re.ASCII)


class Mention(NamedTuple):
    """That a post links to a page elsewhere."""

    post: str  # its id, which no new address changes
    target: str


class Sent(NamedTuple):
    """The list as it is."""

    days: Mapping[Mention, date] = {}
    problems: tuple[Problem, ...] = ()  # while there are some, nothing may be sent


def read_sent(text: str) -> Sent:
    """The webmentions in a list."""
    days: dict[Mention, date] = {}
    problems = []
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip() or line.startswith("#"):
            continue
        try:
            found = _LINE.fullmatch(line.strip())
            day = date.fromisoformat(found[1]) if found else None
        except ValueError:
            day = None
        if found and day:
            days.setdefault(Mention(found[2], found[3]), day)
        else:
            problems.append(_unreadable(number, line))
    return Sent(days, tuple(problems))


def _unreadable(number: int, line: str) -> Problem:
    return Problem(
        "unreadable-mention",
        Location(LIST, number),
        f"this line is no webmention: '{shortened(line.strip())}'",
        "Write a day, the id of a post and an address, or delete the line.",
    )


def sent_text(days: Mapping[Mention, date]) -> str:
    """The list with these webmentions, the oldest first."""
    lines = sorted(f"{day} {mention.post} {mention.target}\n" for mention, day in days.items())
    return _HEADER + "".join(lines)


def load_sent(blog: Path) -> Sent:
    """The list of a blog; an empty one if there is none yet. Raises OSError."""
    try:
        return read_sent(disk.read_text(blog / LIST))
    except FileNotFoundError:
        return Sent()
    except UnicodeDecodeError:
        problem = Problem("encoding", Location(LIST), "the file is not UTF-8", "Save it as UTF-8.")
        return Sent(problems=(problem,))


def save_sent(blog: Path, days: Mapping[Mention, date]) -> None:
    """Write the list, all at once; raises OSError."""
    disk.write_bytes(blog / LIST, sent_text(days).encode())
