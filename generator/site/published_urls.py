"""The addresses that readers may know: `content/published.txt`, a line each.

What was online once stays: an address in the list that a site no longer has is told by a check,
unless the list says that it is gone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from generator.site import permalinks

LIST = "content/published.txt"

_MARK = "# Every address that was ever online"
_HEADER = f"""\
{_MARK}, written by `weekly deploy`. Keep this file with your content.
# `weekly check` tells when an address leads nowhere any more. To give one up, write gone before it.
"""
_GONE = "gone "

# remade whenever they are needed, and linked to by nobody
_MADE_FOR_MACHINES = re.compile(
    r"(?:assets|page)/.+|search/(?!index\.html).+"
    r"|(?:.*/)?(?:social-card\.png|.+\.\d+\.(?:avif|jpg|png|webp))"
    r"|\.nojekyll|\.weekly|404\.html|CNAME|published\.txt|robots\.txt|sitemap\.xml|site\.webmanifest"
)


@dataclass(frozen=True, slots=True)
class Published:
    """The list as somebody or `weekly deploy` has written it."""

    lines: Mapping[str, int] = field(default_factory=dict)  # of each address that must stay
    gone: frozenset[str] = frozenset()
    unreadable: tuple[tuple[int, str], ...] = ()  # lines that are no address
    comments: tuple[str, ...] = ()  # lines that somebody wrote for people


def list_text(mine: Published, online: Published, built: Iterable[str]) -> str:
    """The list with what it says, what the live site says and the addresses that are built now."""
    there = frozenset(built)
    gone = (mine.gone | online.gone) - there
    known = there | gone | mine.lines.keys() | online.lines.keys()
    entries = (f"{_GONE}{entry}" if entry in gone else entry for entry in sorted(known))
    return _HEADER + "".join(f"{line}\n" for line in (*mine.comments, *entries))


def read_published(text: str) -> Published:
    """What a list says."""
    lines: dict[str, int] = {}
    gone, unreadable, comments = set(), [], []
    for number, line in enumerate(text.splitlines(), start=1):
        entry = line.strip()
        if entry.startswith("#") and entry not in _HEADER.splitlines():
            comments.append(entry)
        if not entry or entry.startswith("#"):
            continue
        address = entry.removeprefix(_GONE).strip()
        if not address.startswith("/"):
            unreadable.append((number, entry))
        elif entry.startswith(_GONE):
            gone.add(address)
        else:
            lines.setdefault(address, number)
    staying = {address: number for address, number in lines.items() if address not in gone}
    return Published(staying, frozenset(gone), tuple(unreadable), tuple(comments))


def online_list(text: str) -> Published:
    """What the list of a live site says; nothing where the text is a page of an error."""
    return read_published(text) if text.startswith(_MARK) else Published()


def published_in(blog: Path) -> Published:
    """The addresses that were ever online, as the list of that blog has them."""
    path = blog / LIST
    if not path.is_file():
        return Published()
    return read_published(path.read_text(encoding="utf-8-sig", errors="replace"))


def addresses_of(paths: Iterable[str]) -> tuple[str, ...]:
    """The addresses of these files of a site that readers may have kept: pages, feeds, images."""
    kept = (path for path in paths if not _MADE_FOR_MACHINES.fullmatch(path))
    return tuple(sorted(permalinks.of_output(path) for path in kept))
