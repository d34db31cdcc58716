"""Where the URLs of a built site lead: to a file of it, to other sites, or nowhere."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping
from difflib import get_close_matches
from functools import cached_property
from typing import NamedTuple
from urllib.parse import quote, unquote, urljoin, urlsplit

from generator.checks.built import BuiltSite, UnplacedProblem
from generator.checks.markup import BuiltPage
from generator.config import addresses
from generator.problems import Location, did_you_mean
from generator.site.references import without_suffix
from generator.site.srcset import candidates

_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
HOME, NOT_FOUND = "index.html", "404.html"


class UrlProblem(NamedTuple):
    """Why a URL is wrong, wherever it is used."""

    code: str
    message: str
    hint: str = ""
    in_text: str = ""  # the hint for whoever types in a post, where the root is not written

    def at(self, place: Location, *clues: str) -> UnplacedProblem:
        """The problem of a URL that is used there."""
        return UnplacedProblem(
            self.code, place, self.message, self.hint, clues, in_text=self.in_text
        )


class Destination(NamedTuple):
    """Where a URL leads."""

    path: str = ""  # of the file in the output folder
    outside: str = ""  # the whole URL, on another site
    problem: UrlProblem | None = None


_MOST_SEARCHES = 200  # in a site: each takes time, and nobody reads as many suggestions


class Addresses:
    """Which file of a site each URL leads to."""

    def __init__(self, site: BuiltSite, pages: Mapping[str, BuiltPage]) -> None:
        self._paths = site.paths
        self._pages = pages
        self._base = urlsplit(site.base_url)
        self._root = self._base.path or "/"
        self._known: dict[tuple[str, str, bool], Destination] = {}
        self._searches = 0  # for names like one that is wrong

    def url_of(self, path: str) -> str:
        """The URL, within its host, of a file."""
        folder, _, name = path.rpartition("/")
        shown = path if name != "index.html" else f"{folder}/" if folder else ""
        return self._root + quote(shown)

    def absolute(self, path: str) -> str:
        """The whole URL of a file."""
        return f"{self._base.scheme}://{self._base.netloc}{self.url_of(path)}"

    def clues(self, url: str) -> tuple[str, ...]:
        """What a writer may have typed to get that URL in a page."""
        inside = url.removeprefix(f"{self._base.scheme}://{self._base.netloc}")
        typed = "/" + inside.removeprefix(self._root) if inside.startswith("/") else url
        clues = dict.fromkeys((url, unquote(url), typed, unquote(typed)))
        return tuple(clue for clue in clues if clue != "/")  # which is everywhere

    def destination(self, url: str, page: str, *, is_link: bool = True) -> Destination:
        """Where a URL in the file at `page` leads: as a link, or as a part of that page."""
        url = url.strip()
        # only a URL that begins with the root or a scheme means the same on every page
        from_here = "" if url.startswith("/") or _SCHEME.match(url) else page
        key = url, from_here, is_link
        found = self._known.get(key)
        if found is None:
            found = self._known[key] = self._find(url, page, is_link)
        return found

    def _find(self, url: str, page: str, is_link: bool) -> Destination:
        if url in ("", "#"):
            what = "a link has no address" if is_link else "an image or file has no address"
            return _wrong("bad-address", what, "Give it one, or remove it.")
        scheme = addresses.scheme_of(url) if ":" in url else ""
        if scheme and scheme not in addresses.WEB:
            return self._other_scheme(url, scheme, is_link)
        if re.search(r"[\s<>\"]", url):
            return _wrong(
                "bad-address", f"'{url}' is not an address", "Look for a space or a quote."
            )
        # most URLs begin in one of these two ways and need no parser
        if url.startswith("#"):
            return self._at(page, url, url[1:], is_link)
        if url.startswith("/") and not url.startswith("//") and "/." not in url:
            path, _, fragment = url.partition("#")
            return self._inside(url, path.partition("?")[0], fragment, is_link)
        if page == NOT_FOUND and not scheme and not url.startswith("/"):
            message = f"'{url}' is relative, but this page is shown at any address"
            return _wrong("bad-address", message, f"Begin it with {self._root}.")
        return self._parsed(url, page, is_link)

    def _parsed(self, url: str, page: str, is_link: bool) -> Destination:
        try:
            whole = urlsplit(url if _SCHEME.match(url) else urljoin(self.absolute(page), url))
            host = whole.hostname
        except ValueError:
            host = None
        if not host:
            meant = addresses.meant_by(url)
            hint = f"Write {meant}." if meant else "Check what follows '//'."
            return _wrong("bad-address", f"'{url}' is not an address", hint)
        if whole.netloc.lower() != self._base.netloc.lower():
            return self._outside(url, whole.scheme, host, is_link)
        if whole.scheme != self._base.scheme and self._base.scheme == "https":
            message = f"the link '{url}' leads to this site without encryption"
            return _wrong("insecure-link", message, "Begin it with https://.")
        return self._inside(url, whole.path or "/", whole.fragment, is_link)

    def _other_scheme(self, url: str, scheme: str, is_link: bool) -> Destination:
        if scheme in addresses.SCRIPTS:
            message = "a link runs a script instead of leading somewhere"
            return _wrong("script-link", message, "Give it an address.")
        if scheme == "mailto" and not addresses.is_mailto(url):
            return _wrong(
                "bad-address", f"'{url}' is not a mail address", "Write mailto:name@example.org."
            )
        if scheme == "tel" and not addresses.is_phone_link(url):
            return _wrong(
                "bad-address", f"'{url}' is not a phone number", "Write tel:+441234567890."
            )
        if scheme in addresses.LOCAL or len(scheme) == 1:  # a letter is a disk on Windows
            message = f"'{unquote(url)}' is a file on your own machine"
            return _wrong("bad-address", message, "Put it beside the post, and link to it there.")
        if scheme == "data" and is_link:
            return _wrong("bad-address", "a link leads to a data: URL, which browsers do not open")
        meant = did_you_mean(scheme, addresses.COMMON, likeness=0.7)
        if meant and scheme not in addresses.COMMON:
            return _wrong("bad-address", f"'{url}' begins with '{scheme}:'", meant)
        return Destination()

    def _outside(self, url: str, scheme: str, host: str, is_link: bool) -> Destination:
        if is_link:
            return Destination(outside=f"{scheme}:{url}" if url.startswith("//") else url)
        if scheme == "http" and self._base.scheme == "https":
            message = f"'{url}' is loaded without encryption, which browsers block"
            hint = "Begin it with https://, or keep a copy in content/static/."
            return _wrong("mixed-content", message, hint)
        message = f"'{url}' is loaded from {host}, which would learn who reads the blog"
        return _wrong("third-party", message, "Keep a copy in content/static/.")

    def _inside(self, url: str, path: str, fragment: str, is_link: bool) -> Destination:
        if not path.startswith(self._root):
            if path + "/" == self._root:
                return self._at(HOME, url, fragment, is_link)
            message = f"the address '{url}' is outside {self._root}"
            inner = self._file_of(path.lstrip("/"))
            hint = f"Begin it with {self._root}."
            hints = self._naming(inner, "Write {}.") if inner else (hint, "")
            return _wrong("outside-base", message, *hints)
        name = unquote(path[len(self._root) :])
        file = self._file_of(name)
        if file and name.endswith("index.html"):
            return self._indirect(url, file, "spells out index.html")
        if file:
            return self._at(file, url, fragment, is_link)
        if name + "/index.html" in self._paths and is_link:
            return self._indirect(url, name + "/index.html", "lacks its final slash")
        return self._nowhere(url, name, is_link)

    def _file_of(self, name: str) -> str:
        """The file that is served under a name, '' if there is none."""
        file = name + "index.html" if not name or name.endswith("/") else name
        return file if file in self._paths else ""

    def _at(self, file: str, url: str, fragment: str, is_link: bool) -> Destination:
        page = self._pages.get(file)
        if page is None or not is_link:
            return Destination(file)
        if page.redirects_to:
            return self._indirect(url, file, f"leads to an old address of {page.redirects_to}")
        wanted = unquote(fragment.partition(":~:")[0])
        if wanted and wanted not in page.fragments and wanted.lower() != "top":
            message = f"the link '{url}' leads to an id '{wanted}' that is not on that page"
            hint = did_you_mean(wanted, page.fragments)
            return Destination(file, problem=UrlProblem("dead-fragment", message, hint))
        return Destination(file)

    def _indirect(self, url: str, file: str, why: str) -> Destination:
        page = self._pages.get(file)
        suffix = url[len(without_suffix(url)) :]
        hints = self._naming(file, "Write {}.", suffix)
        if page and page.redirects_to:
            hints = f"Write {page.redirects_to}{suffix}.", ""
        problem = UrlProblem("indirect-link", f"the link '{url}' {why}", *hints)
        return Destination(file, problem=problem)

    def _nowhere(self, url: str, name: str, is_link: bool) -> Destination:
        file = name + "index.html" if not name or name.endswith("/") else name
        same = self._by_folded.get(file.casefold()) or self._by_folded.get(
            f"{file}/index.html".casefold()
        )
        if same:
            message = f"the address '{url}' differs from that of a file only in case"
            return _wrong("wrong-case", message, *self._naming(same, "Write {}."))
        if not is_link:
            message = f"the file '{self._root}{name}' does not exist"
            return _wrong("missing-file", message, *self._nearest(name))
        return _wrong("dead-link", f"the link '{url}' leads nowhere", *self._nearest(name))

    @cached_property
    def _by_folded(self) -> dict[str, str]:
        return {path.casefold(): path for path in sorted(self._paths)}

    @cached_property
    def _by_last_part(self) -> dict[str, str]:
        shown = ((path, path.removesuffix("/index.html")) for path in sorted(self._paths))
        return {posixpath.basename(name): path for path, name in shown}

    def _naming(self, file: str, hint: str, suffix: str = "") -> tuple[str, str]:
        """A hint that names a file: in a page, and in a post, where links begin at the site."""
        url = self.url_of(file) + suffix
        return hint.format(url), hint.format("/" + url.removeprefix(self._root))

    def _nearest(self, name: str) -> tuple[str, str]:
        if self._searches == _MOST_SEARCHES:
            return "", ""
        self._searches += 1
        last = posixpath.basename(name.rstrip("/"))
        alike = get_close_matches(last, self._by_last_part, n=1, cutoff=0.75)
        found = self._by_last_part[alike[0]] if alike else ""
        return self._naming(found, "Did you mean {}?") if found else ("", "")


def _wrong(code: str, message: str, hint: str = "", in_text: str = "") -> Destination:
    return Destination(problem=UrlProblem(code, message, hint, in_text))


def has_right_sizes(srcset: str) -> bool:
    """Whether each candidate has a URL and a width or density that no other has."""
    sizes = [size or "1x" for _, size in candidates(srcset)]
    are_sizes = all(re.fullmatch(r"[1-9]\d*w|\d*\.?\d+x", size) for size in sizes)
    are_alike = len({size[-1] for size in sizes}) == 1
    has_gap = re.search(r"(^|,)\s*(,|$)", srcset)
    return are_sizes and are_alike and len(set(sizes)) == len(sizes) and not has_gap
