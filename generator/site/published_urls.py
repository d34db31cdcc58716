"""The addresses that readers may know, one on each line of `content/published.txt`.

An address that was online should keep working: a check reports each address in the list that the
site no longer has, unless the list says that it is gone.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from generator import disk
from generator.site import permalinks

LIST = "content/published.txt"
SENT_MENTIONS = "content/mentions.txt"  # another list of ours, see `sent_mentions`

_FIRST_LINE = "# Every address that was ever online"
_HEADER = f"""\
{_FIRST_LINE}, written by `weekly deploy`. Keep this file with your content.
# `weekly check` reports addresses that lead nowhere. To give one up, write "gone" before it.
"""
_GONE = "gone "
_IS_GONE = re.compile(r"^gone\s+", re.IGNORECASE)
_WHOLE = re.compile(r"(?i:https?)://(?P<host>[^/?#]*)(?P<rest>.*)")
_DOTS = frozenset({".", ".."})

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


def _as_listed(address: str) -> str:
    """An address of the list, which names a file of the output folder; '' if it can't be one."""
    is_inside = not address.startswith("//") and not _DOTS.intersection(address.split("/"))
    return address if address.startswith("/") and is_inside else ""


def read_published(text: str, address_of: Callable[[str], str] = _as_listed) -> Published:
    """The entries of a list; `address_of` gives the address that was typed, or '' for none."""
    lines: dict[str, int] = {}
    gone, unreadable, comments = set(), [], []
    for number, line in enumerate(text.splitlines(), start=1):
        entry = line.strip()
        if entry.startswith("#") and entry not in _HEADER.splitlines():
            comments.append(entry)
        if not entry or entry.startswith("#"):
            continue
        is_gone = _IS_GONE.match(entry) is not None
        address = address_of(_IS_GONE.sub("", entry, count=1))
        if not address or ("*" in address and not is_gone):
            unreadable.append((number, entry))
        elif is_gone:
            gone.add(address)
        else:
            lines.setdefault(address, number)
    is_given_up = _matcher(gone)
    staying = {each: number for each, number in lines.items() if not is_given_up(each)}
    return Published(staying, frozenset(gone), tuple(unreadable), tuple(comments))


def online_list(text: str, base_url: str) -> Published:
    """The entries of a list from elsewhere; of an error page only that it can't be read.

    Somebody else's list may have whole URLs on this site.
    """
    if text.startswith(_FIRST_LINE):
        return read_published(text)
    found = read_published(text, lambda typed: _as_typed(typed, base_url))
    return Published(unreadable=found.unreadable) if found.unreadable else found


def meant_entry(entry: str, base_url: str) -> str:
    """The right form of a line that can't be read; '' if nobody can tell."""
    typed = entry.removeprefix(_GONE).strip()
    if "/" in typed and permalinks.is_safe(f"/{typed}"):  # only its first slash is missing
        typed = f"/{typed}"
    address = meant_address(typed, base_url)
    return f"{_GONE if entry.startswith(_GONE) else ''}{address}" if address else ""


def meant_address(typed: str, base_url: str) -> str:
    """The address on this site that somebody meant by a URL or path; '' if there is none."""
    path = unquote(re.split(r"[?#]", _inside(typed, base_url), maxsplit=1)[0])
    parts = [part for part in path.split("/") if part not in {"", *_DOTS}]
    return f"/{'/'.join(parts)}{'/' if parts and path.endswith('/') else ''}" if path else ""


def _as_typed(typed: str, base_url: str) -> str:
    """The address that a line of somebody else's list gives; '' if it is not given plainly."""
    inside, meant = _inside(typed, base_url), meant_address(typed, base_url)
    is_plain = typed == meant or (typed != inside and unquote(inside) == meant)
    return meant if is_plain and not re.search(r"[?#]", inside) else ""


def _inside(typed: str, base_url: str) -> str:
    """The path of a URL, from the home page on, as it was typed; '' if it is on another site."""
    if typed.startswith("/"):
        return "" if typed.startswith("//") else typed
    base, whole = urlsplit(base_url), _WHOLE.fullmatch(typed)
    if not whole or whole["host"].casefold() != base.netloc.casefold():
        return ""
    above = base.path.rstrip("/")
    inside = whole["rest"].removeprefix(above)
    if not whole["rest"].startswith(above) or inside[:1] not in ("/", "?", "#", ""):
        return ""
    return inside if inside.startswith("/") else f"/{inside}"


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
