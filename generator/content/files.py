"""The files in `content/`: which are posts, pages, terms, media and static files."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from generator import disk
from generator.config.rules import RESERVED_NAMES
from generator.config.settings import SENT_FILE, SITE_FILE
from generator.content.not_markdown import not_markdown
from generator.model import SourceFile
from generator.problems import Location, Problem, did_you_mean, in_reading_order, unreadable
from generator.site.litter import is_litter, may_be_a_copy, only_in_cloud, original_of
from generator.site.published_urls import LIST, SENT_MENTIONS

CONTENT = "content"
REPLIES = "replies"
ACTIONS = "actions"
DOCUMENT_FOLDERS = ("posts", "pages", REPLIES, ACTIONS)
GROUPS = (*DOCUMENT_FOLDERS, "terms", "media", "static")
MARKDOWN_SUFFIXES = (".md", ".markdown")

_ORDINARY = re.compile(r"[a-z0-9][a-z0-9_-]*\.(?:md|jpe?g|png|webp|svg)", re.ASCII | re.IGNORECASE)


_PACKAGES = (".pages", ".rtfd", ".numbers", ".key")  # folders that a Mac shows as files


class ContentTree(NamedTuple):
    """The files of a blog by kind, each group sorted by path."""

    posts: tuple[SourceFile, ...] = ()
    pages: tuple[SourceFile, ...] = ()
    terms: tuple[SourceFile, ...] = ()
    replies: tuple[SourceFile, ...] = ()
    actions: tuple[SourceFile, ...] = ()
    media: tuple[SourceFile, ...] = ()
    static: tuple[SourceFile, ...] = ()
    unread: tuple[str, ...] = ()  # what could be meant as a post, and is not one


# those that weekly writes, also while they are replaced: a run may have been killed meanwhile
_KNOWN_FILES = (
    SITE_FILE,
    *(f"{path}{end}" for path in (SENT_FILE, LIST, SENT_MENTIONS) for end in ("", ".new")),
)


def discover(
    blog: Path, taxonomies: Iterable[str], digest_of: Callable[[str], str]
) -> tuple[ContentTree, tuple[Problem, ...]]:
    """The files in the blog's `content/` folder, and problems with those that can't be used."""
    problems: list[Problem] = []
    groups: dict[str, list[SourceFile]] = {name: [] for name in GROUPS}
    folders = {*DOCUMENT_FOLDERS, "static", *taxonomies}
    for path in _walk(blog, CONTENT, (os.path.realpath(blog / CONTENT),), problems):
        _, _, inside = path.partition("/")
        folder, slash, _ = inside.partition("/")
        if not slash:
            if path not in _KNOWN_FILES:
                problems.append(_unexpected(path, "file", folders))
        elif folder not in folders:
            problems.append(_unexpected(f"{CONTENT}/{folder}", "folder", folders))
        elif folder == REPLIES and not path.lower().endswith(MARKDOWN_SUFFIXES):
            problems.append(_not_a_reply(path))
        elif source := _source(path, digest_of, problems):
            groups[_group(folder, path)].append(source)
    copies = dict(_copies([s.path for name in ("posts", "pages", "terms") for s in groups[name]]))
    tree = {
        name: tuple(sorted((file for file in files if file.path not in copies), key=_path))
        for name, files in groups.items()
    }
    problems += copies.values()
    apart = ("not-downloaded", "not-markdown", "copied-file")
    unread = {problem.at.path for problem in problems if problem.code in apart}
    return ContentTree(**tree, unread=tuple(sorted(unread))), in_reading_order(problems)


def read(blog: Path, path: str) -> bytes | Problem:
    """The bytes of a text, or why it can't be read."""
    try:
        return disk.read_bytes(blog / path, most=disk.MOST_TEXT)
    except OSError as error:
        return unreadable(path, error)


def _path(source: SourceFile) -> str:
    return source.path


def _group(folder: str, path: str) -> str:
    if folder == "static":
        return "static"
    if not path.lower().endswith(MARKDOWN_SUFFIXES):
        return "media"
    return folder if folder in DOCUMENT_FOLDERS else "terms"


def _walk(
    blog: Path, folder: str, real_parents: tuple[str, ...], problems: list[Problem]
) -> Iterator[str]:
    """The paths of all files below `folder`, sorted; links out of it or in circles are reported."""
    try:
        if len(real_parents) > disk.DEEPEST:
            raise disk.too_deep(folder)
        with os.scandir(blog / folder) as found:
            entries = sorted(found, key=lambda entry: entry.name)
    except OSError as error:
        problems.append(unreadable(folder, error))
        return
    for entry in entries:
        path = f"{folder}/{entry.name}"
        if _ORDINARY.fullmatch(entry.name) and entry.is_file(follow_symlinks=False):
            yield path  # like nearly all files, of which there may be thousands
            continue
        if real_name := only_in_cloud(entry.name):
            problems.append(_not_downloaded(f"{folder}/{real_name}"))
            continue
        if is_litter(entry.name):
            continue
        inside = f"{real_parents[-1]}/{entry.name}"
        if entry.is_file(follow_symlinks=False) and _is_plain_name(entry.name):
            yield path
            continue
        real = os.path.realpath(inside) if entry.is_symlink() else inside
        if problem := _unusable(path, real, real_parents):
            problems.append(problem)
        elif stat.S_ISDIR(_mode(real)) and path.lower().endswith(_PACKAGES):
            problems.append(not_markdown(path))
        elif stat.S_ISDIR(_mode(real)):
            yield from _walk(blog, path, (*real_parents, real), problems)
        else:
            yield path


def _not_downloaded(path: str) -> Problem:
    message = "this file is in iCloud and not on this disk"
    hint = "In the Finder, choose Download Now, and Keep Downloaded for the folder."
    return Problem("not-downloaded", Location(path), message, hint)


def _copies(paths: Sequence[str]) -> Iterator[tuple[str, Problem]]:
    """The documents that a program has copied, each with what to do about it."""
    suspects = [path for path in paths if may_be_a_copy(path)]
    there = frozenset(map(_document_name, paths)) if suspects else frozenset()
    for path in suspects:
        folder, _, name = _document_name(path).rpartition("/")

        def exists(other: str, folder: str = folder) -> bool:
            return f"{folder}/{other}" in there

        original = original_of(name, exists)
        if original:
            suffix = "" if path.endswith(f"/{name}/index.md") else path[path.rindex(".") :]
            beside = f" of '{original}'" if exists(original) else ""
            yield (
                path,
                Problem(
                    "copied-file",
                    Location(path),
                    f"by its name, this is a copy{beside} that a program has made",
                    "Keep one of them and delete the other, or rename this one to publish both."
                    if beside
                    else f"Rename it to '{original}{suffix}', or delete it.",
                ),
            )


def _document_name(path: str) -> str:
    """The path of a document without suffix; of `hello/index.md`, that of its folder."""
    stem = path.rpartition(".")[0]
    return stem.removesuffix("/index")


def _unusable(path: str, real: str, real_parents: tuple[str, ...]) -> Problem | None:
    """Why a file or folder can't be part of a site; None if it can."""
    if not _is_plain_name(path.rpartition("/")[2]):
        return Problem(
            "file-name",
            Location(_printable(path)),
            "this file's name has characters that can't be in a URL",
            "Rename it with letters, digits and hyphens.",
        )
    if not f"{real}/".startswith(f"{real_parents[0]}/"):
        message = f"this link leads out of {CONTENT}/"
        return Problem("link-outside", Location(path), message, "Put a copy of the file here.")
    if real in real_parents or stat.S_ISLNK(_mode(real, of_link=True)):
        message = "this link leads in a circle"
        return Problem("link-loop", Location(path), message, "Delete it.")
    if (mode := _mode(real)) and not (stat.S_ISREG(mode) or stat.S_ISDIR(mode)):
        message = "this is neither a file nor a folder"
        return Problem("unreadable", Location(path), message, "Move it out of the blog.")
    return None


def _mode(real: str, *, of_link: bool = False) -> int:
    """The mode of a path, for the `stat` module; 0 if it can't be read."""
    try:
        return Path(real).stat(follow_symlinks=not of_link).st_mode
    except OSError:  # reported when the file is read
        return 0


def _printable(path: str) -> str:
    return "".join(
        part if part.isprintable() else part.encode("unicode_escape").decode() for part in path
    )


def _is_plain_name(name: str) -> bool:
    return name.isprintable() and not re.search(r"[\\\ud800-\udfff]", name)


def _source(
    path: str, digest_of: Callable[[str], str], problems: list[Problem]
) -> SourceFile | None:
    try:
        return SourceFile(path, digest_of(path))
    except OSError as error:
        problems.append(unreadable(path, error))
        return None


def _not_a_reply(path: str) -> Problem:
    message = "only Markdown files belong among the replies"
    hint = "weekly replies import reads mails and exports; keep them out of the blog."
    return Problem("unknown-file", Location(path), message, hint)


def _unexpected(path: str, kind: str, folders: Iterable[str]) -> Problem:
    name = path.rpartition("/")[2]
    hint = f"Move it into one of the folders {', '.join(sorted(folders))}."
    if kind == "folder":
        wanted = f"Add a table [taxonomies.{name}] to site.toml if posts are grouped by it"
        otherwise = f"{wanted}; if not, move it out of content/, or its files into one of the"
        otherwise += f" folders {', '.join(sorted(folders))}."
        is_name = re.fullmatch(r"[a-z][a-z0-9-]*", name) and name not in RESERVED_NAMES
        hint = did_you_mean(name, folders, otherwise=otherwise if is_name else hint, likeness=0.75)
    message = f"the {kind} '{name}' does not belong here"
    return Problem(f"unknown-{kind}", Location(path), message, hint)
