"""Which system an export is of, by the files in it; and all items that are in it."""

from __future__ import annotations

import json
import posixpath
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import NamedTuple

from generator.importers.archives import ArchiveError
from generator.importers.bundle import Bundle, suffix_of
from generator.importers.disqus import read_disqus
from generator.importers.found import ReaderSettings, Refused, SetAside
from generator.importers.items import Item
from generator.importers.pictures import SUFFIXES
from generator.importers.posts_documents import read_documents_as_posts
from generator.importers.posts_feeds import is_json_feed, read_feeds, read_json_feeds
from generator.importers.posts_files import MARKDOWN, read_files
from generator.importers.posts_ghost import is_ghost, read_ghost
from generator.importers.posts_letters import read_buttondown, read_substack
from generator.importers.posts_linkedin import is_linkedin, read_linkedin
from generator.importers.posts_medium import is_medium_page, read_medium_posts
from generator.importers.posts_wordpress import read_wordpress_posts

Reader = Callable[[Bundle, Sequence[str], ReaderSettings], Iterator[Item]]

_READERS: Mapping[str, Reader] = {
    "ghost": read_ghost,
    "medium": read_medium_posts,
    "substack": read_substack,
    "buttondown": read_buttondown,
    "linkedin": read_linkedin,
    "feed": read_feeds,
    "json-feed": read_json_feeds,
    "markdown": read_files,
    "documents": read_documents_as_posts,
}
_SHOWN_AS = {
    "blogger": "feed",
    "google-docs": "documents",
    "html": "documents",
    "word": "documents",
    "mail": "documents",
    "text": "documents",
} | dict.fromkeys(
    ("jekyll", "hugo", "pelican", "eleventy", "nikola", "astro", "zola", "hexo"), "markdown"
)
SYSTEMS = tuple(sorted({"wordpress", "disqus", *_READERS, *_SHOWN_AS} - {"documents"}))
_XML = frozenset((".xml", ".wxr", ".rss", ".atom"))
_DOCUMENTS = frozenset((".docx", ".eml", ".html", ".htm", ".txt"))
_OTHER_FORMATS = {
    ".doc": "it is an old letter from Word; save it as .docx",
    ".odt": "save it as .docx",
    ".rtf": "save it as .docx",
    ".pages": "export it as .docx",
    ".pdf": "no text is read from PDF; export the letter as .docx or HTML",
    ".msg": "it is Outlook's own format; save the letter as .eml",
    ".pst": "it is Outlook's own format; save the letters as .eml",
    ".rst": "reStructuredText is not read; convert it to Markdown with pandoc",
    ".org": "org files are not read; convert them to Markdown with pandoc",
    ".adoc": "AsciiDoc is not read; convert it to Markdown with pandoc",
    ".ipynb": "notebooks are not read; convert it to Markdown",
    ".zip": "it is an archive within an archive; unpack it first",
    ".gz": "unpack it first",
    ".tar": "unpack it first",
    ".7z": "unpack it first",
    ".rar": "unpack it first",
}


class Part(NamedTuple):
    """Some files of an export, and the system whose reader takes them."""

    system: str
    names: tuple[str, ...]


def read_export(
    bundle: Bundle, settings: ReaderSettings, types: Mapping[str, str], system: str = ""
) -> Iterator[Item]:
    """All items in an export; `system` says which it is, if it should not be recognised."""
    parts = [*recognised(bundle, system)]
    taken = {name for part in parts for name in part.names}
    for part in parts:
        yield from _reader(part.system, types)(bundle, part.names, settings)
    for name in bundle.names:
        if name in taken or suffix_of(name) in SUFFIXES:
            continue
        shown = bundle.shown(name)
        if reason := _OTHER_FORMATS.get(suffix_of(name)):
            yield Refused(shown, reason)
        else:
            yield SetAside(shown, "no post, page or reply is read from such a file")


def _reader(system: str, types: Mapping[str, str]) -> Reader:
    if system == "wordpress":
        return partial(_wordpress, types=types)
    return _read_disqus if system == "disqus" else _READERS[system]


def _wordpress(
    bundle: Bundle, names: Sequence[str], settings: ReaderSettings, types: Mapping[str, str]
) -> Iterator[Item]:
    yield from read_wordpress_posts(bundle, names, settings, dict(types))


def _read_disqus(bundle: Bundle, names: Sequence[str], settings: ReaderSettings) -> Iterator[Item]:
    for name in names:
        try:
            intake = read_disqus(bundle.read(name), bundle.shown(name), settings)
        except (OSError, ArchiveError) as error:
            yield Refused(bundle.shown(name), f"it can't be read: {error}")
            continue
        yield from intake.found
        yield from intake.set_aside
        yield from intake.refused


def recognised(bundle: Bundle, system: str = "") -> Iterator[Part]:
    """The parts of an export, each with its system."""
    if system:
        wanted = _SHOWN_AS.get(system, system)
        yield Part(wanted, tuple(_of_system(bundle, wanted)))
        return
    left = dict.fromkeys(bundle.names)
    for part in _folders(bundle):
        names = tuple(name for name in part.names if name in left)
        for name in names:
            del left[name]
        if names:
            yield Part(part.system, names)
    by_system: dict[str, list[str]] = {}
    for name in left:
        if found := _system_of(bundle, name):
            by_system.setdefault(found, []).append(name)
    # replies come last, when the posts that they belong to are known
    for found in sorted(by_system, key=lambda one: (one == "disqus", one)):
        yield Part(found, tuple(by_system[found]))


def _of_system(bundle: Bundle, system: str) -> Iterable[str]:
    suffixes = {
        "wordpress": _XML, "disqus": _XML, "feed": _XML, "ghost": {".json"}, "json-feed": {".json"},
        "medium": {".html", ".htm"}, "documents": _DOCUMENTS,
        "markdown": MARKDOWN | {".html", ".htm"},
    }.get(system)  # fmt: skip
    names = [name for name in bundle.names if suffix_of(name) not in SUFFIXES]
    return (
        names
        if suffixes is None or len(names) == 1
        else [n for n in names if suffix_of(n) in suffixes]
    )


def _folders(bundle: Bundle) -> Iterator[Part]:
    """Exports that consist of several files, which belong together."""
    names = bundle.names
    for name in names:
        folder, _, last = name.rpartition("/")
        inside = tuple(one for one in names if one.startswith(f"{folder}/" if folder else ""))
        texts = tuple(one for one in inside if suffix_of(one) not in SUFFIXES)
        head = (
            bundle.begin(name, 2_000).lower()
            if last in ("posts.csv", "emails.csv", "emails.json")
            else b""
        )
        if last == "posts.csv" and b"post_id" in head:
            yield Part("substack", tuple(one for one in texts if _near(one, folder, "posts")))
        elif last in ("emails.csv", "emails.json") and (b"subject" in head):
            yield Part("buttondown", tuple(one for one in texts if _near(one, folder, "emails")))
        elif last.lower() == "shares.csv" or (
            re.search(r"(?:^|/)articles$", folder, re.I)
            and suffix_of(name) == ".html"
            and b"linkedin" in bundle.begin(name).lower()
        ):
            top = (
                re.sub(r"(?:^|/)Articles(?:/.*)?$", "", folder, flags=re.I)
                if last.lower() != "shares.csv"
                else folder
            )
            below = tuple(one for one in names if one.startswith(f"{top}/" if top else ""))
            if is_linkedin(below):
                yield Part(
                    "linkedin", tuple(one for one in below if suffix_of(one) not in SUFFIXES)
                )
    medium = [
        name
        for name in names
        if suffix_of(name) in (".html", ".htm")
        and is_medium_page(bundle.begin(name))
        and (b"p-canonical" in (begin := bundle.begin(name, 2_000_000)) or b"medium.com" in begin)
    ]
    if medium:
        tops = {
            posixpath.dirname(posixpath.dirname(name))
            for name in medium
            if posixpath.basename(posixpath.dirname(name)) == "posts"
        }
        others = [
            name
            for name in names
            if suffix_of(name) == ".html"
            and any(name.startswith(f"{top}/" if top else "") for top in tops)
        ]
        yield Part("medium", tuple(dict.fromkeys([*medium, *others])))


def _near(name: str, folder: str, below: str) -> bool:
    """Whether a file lies in a folder, or in the one below it that belongs to it."""
    inside = name.removeprefix(f"{folder}/" if folder else "")
    return (
        "/" not in inside and suffix_of(inside) in (".csv", ".json", ".html", ".md")
    ) or inside.startswith(f"{below}/")


def _system_of(bundle: Bundle, name: str) -> str:
    """The system of a single file, by its name and its first bytes; '' if there is none."""
    suffix = suffix_of(name)
    if suffix in MARKDOWN:
        return "markdown"
    if suffix in SUFFIXES or suffix in _OTHER_FORMATS:
        return ""
    begin = bundle.begin(name).replace(b"\0", b"")
    text = begin.lstrip(b"\xef\xbb\xbf\xff\xfe \r\n\t").lower()
    if suffix in _XML or text.startswith((b"<?xml", b"<rss", b"<feed")):
        return _system_of_xml(text)
    if suffix == ".json" or (not suffix and text.startswith((b"{", b"["))):
        return _system_of_json(bundle, name)
    if suffix in (".html", ".htm"):
        return "markdown" if text.startswith((b"---", b"+++")) else "documents"
    return "documents" if suffix in _DOCUMENTS else ""


def _system_of_xml(text: bytes) -> str:
    if b"disqus.com" in text and b"<disqus" in text:
        return "disqus"
    if b"wordpress.org/export" in text or b"<wp:" in text:
        return "wordpress"
    if re.search(rb"<(?:\w+:)?(?:feed|entry|rdf)\b", text):
        return "feed"
    if b"<rss" in text or b"<channel" in text or b"<item" in text:
        return "feed"
    return ""


def _system_of_json(bundle: Bundle, name: str) -> str:
    try:
        value = json.loads(bundle.read(name))
    except (OSError, ArchiveError, ValueError, RecursionError):
        return (
            "ghost"
            if b'"posts"' in bundle.begin(name, 200_000) or b'"db"' in bundle.begin(name)
            else ""
        )
    if is_ghost(value):
        return "ghost"
    return "json-feed" if is_json_feed(value) else ""
