"""The addresses that readers may know: `content/published.txt`, a line each.

What was online once stays: an address in the list that a site no longer has is told by a check,
unless the list says that it is gone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from generator import permalinks

LIST = "content/published.txt"
ONLINE = "published.txt"  # what the list is called on a site that carries it

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


def list_text(lists: Iterable[Published], built: Iterable[str]) -> str:
    """One list with all that these say and the addresses that are built now."""
    there = frozenset(built)
    known = set(there)
    gone: set[str] = set()
    for listed in lists:
        known |= listed.lines.keys()
        gone |= listed.gone
    known |= gone
    return _HEADER + "".join(
        f"{_GONE if address in gone - there else ''}{address}\n" for address in sorted(known)
    )


def read_published(text: str) -> Published:
    """What a list says."""
    lines: dict[str, int] = {}
    gone, unreadable = set(), []
    for number, line in enumerate(text.splitlines(), start=1):
        entry = line.strip()
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
    return Published(staying, frozenset(gone), tuple(unreadable))


def is_list(text: str) -> bool:
    """Whether a text that came from the live site is such a list, and no page of an error."""
    return text.startswith(_MARK)


def addresses_of(paths: Iterable[str]) -> tuple[str, ...]:
    """The addresses of these files of a site that readers may have kept: pages, feeds, pictures."""
    kept = (path for path in paths if not _MADE_FOR_MACHINES.fullmatch(path))
    return tuple(sorted(permalinks.of_output(path) for path in kept))
