"""The addresses that readers may know, one on each line of `content/published.txt`.

An address that was online should keep working: a check reports each address in the list that the
site no longer has, unless the list says that it is gone.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

from generator import disk
from generator.site import permalinks

LIST = "content/published.txt"

_FIRST_LINE = "# Every address that was ever online"
_HEADER = f"""\
{_FIRST_LINE}, written by `weekly deploy`. Keep this file with your content.
# `weekly check` reports addresses that lead nowhere. To give one up, write "gone" before it.
"""
_GONE = "gone "
_IS_GONE = re.compile(r"^gone\s+", re.IGNORECASE)

# made again whenever they are needed, and not linked to by anyone
_MADE_FOR_MACHINES = re.compile(
    r"(?:assets|page)/.+|search/(?!index\.html).+"
    r"|(?:.*/)?(?:social-card\.png|.+\.\d+\.(?:avif|jpg|png|webp))"
    r"|\.nojekyll|\.weekly|404\.html|CNAME|published\.txt|robots\.txt|sitemap\.xml|site\.webmanifest"
)


class Published(NamedTuple):
    """The list, as `weekly deploy` or somebody has written it."""

    lines: Mapping[str, int] = {}  # of each address that must stay
    gone: frozenset[str] = frozenset()  # * in one stands for any characters: /reasons/*
    unreadable: tuple[tuple[int, str], ...] = ()  # lines that are not an address
    comments: tuple[str, ...] = ()  # lines for people


def _matcher(listed: Iterable[str]) -> Callable[[str], bool]:
    """Whether an address is one of these, in which * stands for any characters."""
    exact = frozenset(listed)
    patterns = sorted(pattern for pattern in exact if "*" in pattern)
    parts = (".*".join(map(re.escape, pattern.split("*"))) for pattern in patterns)
    whole = re.compile("|".join(parts) or r"(?!)", re.DOTALL)
    return lambda address: address in exact or whole.fullmatch(address) is not None


def list_text(mine: Published, online: Published, built: Iterable[str]) -> str:
    """The list with its own entries, those of the live site and the addresses of this build."""
    there = frozenset(built)
    gone = (mine.gone | online.gone) - there
    is_gone = _matcher(gone)
    listed = there | mine.lines.keys() | online.lines.keys()
    known = gone | {address for address in listed if not is_gone(address)}
    entries = (f"{_GONE}{entry}" if entry in gone else entry for entry in sorted(known))
    return _HEADER + "".join(f"{line}\n" for line in (*mine.comments, *entries))


def read_published(text: str) -> Published:
    """The entries of a list."""
    lines: dict[str, int] = {}
    gone, unreadable, comments = set(), [], []
    for number, line in enumerate(text.splitlines(), start=1):
        entry = line.strip()
        if entry.startswith("#") and entry not in _HEADER.splitlines():
            comments.append(entry)
        if not entry or entry.startswith("#"):
            continue
        address = _IS_GONE.sub("", entry, count=1)
        is_pattern = "*" in address
        if not address.startswith("/") or (is_pattern and address == entry):
            unreadable.append((number, entry))
        elif address != entry:
            gone.add(address)
        else:
            lines.setdefault(address, number)
    is_gone = _matcher(gone)
    staying = {address: number for address, number in lines.items() if not is_gone(address)}
    return Published(staying, frozenset(gone), tuple(unreadable), tuple(comments))


def online_list(text: str) -> Published:
    """The entries of a live site's list; none if the text is an error page."""
    return read_published(text) if text.startswith(_FIRST_LINE) else Published()


def published_in(blog: Path) -> Published:
    """The addresses that were ever online, from the list of a blog."""
    path = blog / LIST
    if not disk.is_there(path):
        return Published()
    text = disk.read_text(path, encoding="utf-8-sig", errors="replace", most=disk.MOST)
    return read_published(text)


def addresses_of(paths: Iterable[str]) -> tuple[str, ...]:
    """The addresses of the files that readers may have saved: pages, feeds and images."""
    kept = (path for path in paths if not _MADE_FOR_MACHINES.fullmatch(path))
    return tuple(sorted(permalinks.of_output(path) for path in kept))
