"""The packages that the lines of a requirements.txt name, as pip reads them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple
from urllib.parse import unquote

from generator.deploy.requirement import NAME, over_https

_COMMENT = re.compile(r"(?:^|\s)#.*")
_INCLUDED = re.compile(r"(?:-r|--requirement)\b.*")
_NAMED = re.compile(
    r"(?P<name>[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?)\s*(?:\[[^\]]*\]\s*)?"
    r"(?:@\s*(?P<url>\S+)(?:\s.*)?|(?P<versions>\(?[=<>!~][^;]*?)?(?:\s+--.*|\s*;.*)?)"
)
_PINNED = re.compile(r"\(?===?\s*(?P<version>[^\s,*)]+)\s*\)?")
_EDITABLE = re.compile(r"^(?:-e|--editable)[ =]")
_EGG = re.compile(r"(?:^|&)egg=(?P<name>[A-Za-z0-9._-]+)")
_ARCHIVES = (".whl", ".zip", ".tgz", ".tar.gz", ".tar.bz2", ".tar.xz")
_ROOTED = re.compile(r"[/~\\]|[A-Za-z]:[/\\]")
_VCS = re.compile(r"(?:git|hg|svn|bzr)\+")


class ListedPackage(NamedTuple):
    """What a line makes pip install."""

    line: int
    text: str  # without a comment
    name: str  # as package indexes compare names (PEP 503); a guess for a bare address
    version: str = ""  # the only one that the line allows
    url: str = ""  # from where, if not from an index

    @property
    def is_ours(self) -> bool:
        """Whether this is the program; a repository may be called after the command."""
        is_bare = bool(self.url) and not _NAMED.fullmatch(self.text)
        return self.name == NAME or (is_bare and self.name == "weekly")

    @property
    def is_reachable(self) -> bool:
        """Whether GitHub can get it from its URL, or finds it in the repository."""
        url = _VCS.sub("", self.url)
        if "://" not in url and ":" not in url.partition("/")[0]:
            return not _ROOTED.match(url)
        return url.startswith("https://") and bool(over_https(url))

    @property
    def reachable_url(self) -> str:
        """The same place over https; '' if there is none."""
        vcs = _VCS.match(self.url)
        address = over_https(_VCS.sub("", self.url))
        return f"{vcs[0] if vcs else ''}{address}" if address else ""


def packages_in(text: str) -> tuple[ListedPackage, ...]:
    """The packages that a requirements.txt names itself."""
    return tuple(_package(number, line) for number, line in _lines(text) if line[0] != "-")


def has_more_elsewhere(text: str) -> bool:
    """Whether a requirements.txt includes another file."""
    return any(_INCLUDED.match(line) for _, line in _lines(text))


def _lines(text: str) -> Iterator[tuple[int, str]]:
    """The lines with something in them, joined where one ends with a backslash."""
    begun, first = "", 0
    for number, line in enumerate([*text.splitlines(), ""], start=1):
        first = first or number
        begun += line.removesuffix("\\")
        if not line.endswith("\\"):
            if content := _EDITABLE.sub("", " ".join(_COMMENT.sub("", begun).split())):
                yield first, content
            begun, first = "", 0


def _package(number: int, line: str) -> ListedPackage:
    if named := _NAMED.fullmatch(line):
        pinned = _PINNED.fullmatch((named["versions"] or "").strip())
        version = pinned["version"] if pinned else ""
        return ListedPackage(number, line, normalised(named["name"]), version, named["url"] or "")
    url = line.split()[0]
    return ListedPackage(number, line, normalised(_name_in(url)), url=url)


def _name_in(url: str) -> str:
    """The name that a bare address or path seems to have."""
    address, _, fragment = url.partition("#")
    if egg := _EGG.search(fragment):
        return egg["name"]
    last = re.split(r"[/\\]", unquote(address).rstrip("/\\"))[-1]
    last = last.partition("@")[0].removesuffix(".git")
    return re.split(r"-\d", last, maxsplit=1)[0] if last.endswith(_ARCHIVES) else last


def normalised(name: str) -> str:
    """A package's name as indexes compare names (PEP 503)."""
    return re.sub(r"[-_.]+", "-", name).lower()
