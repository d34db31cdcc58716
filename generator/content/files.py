"""What stands in `content/`: which file is what, and its bytes."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from generator import fingerprint
from generator.model import SourceFile
from generator.problems import Location, Problem, did_you_mean

CONTENT = "content"
MARKDOWN_SUFFIXES = (".md", ".markdown")

_LEFT_BY_EDITORS = re.compile(r"\..*|.*~|#.*#|Thumbs\.db")


@dataclass(frozen=True, slots=True)
class ContentTree:
    """The files of a blog by what they are, each group sorted by path."""

    posts: tuple[SourceFile, ...] = ()
    pages: tuple[SourceFile, ...] = ()
    terms: tuple[SourceFile, ...] = ()
    media: tuple[SourceFile, ...] = ()
    static: tuple[SourceFile, ...] = ()


def discover(blog: Path, taxonomies: Iterable[str]) -> tuple[ContentTree, tuple[Problem, ...]]:
    """The files in the blog's `content/` folder, and those that can't be taken."""
    problems: list[Problem] = []
    groups: dict[str, list[SourceFile]] = {
        name: [] for name in ("posts", "pages", "terms", "media", "static")
    }
    folders = {"posts", "pages", "static", *taxonomies}
    for path in _walk(blog, CONTENT, (os.path.realpath(blog / CONTENT),), problems):
        _, _, inside = path.partition("/")
        folder, slash, _ = inside.partition("/")
        if not slash:
            if inside != "site.toml":
                problems.append(_unexpected(path, "file", folders))
        elif folder not in folders:
            problems.append(_unexpected(f"{CONTENT}/{folder}", "folder", folders))
        elif source := _source(blog, path, problems):
            groups[_group(folder, path)].append(source)
    return ContentTree(**{name: tuple(files) for name, files in groups.items()}), tuple(problems)


def read(blog: Path, source: SourceFile) -> bytes | Problem:
    """The bytes of a file, or why it can't be read."""
    try:
        return (blog / source.path).read_bytes()
    except OSError as error:
        return _unreadable(source.path, error)


def _group(folder: str, path: str) -> str:
    if folder == "static":
        return "static"
    if not path.lower().endswith(MARKDOWN_SUFFIXES):
        return "media"
    return folder if folder in ("posts", "pages") else "terms"


def _walk(
    blog: Path, folder: str, real_parents: tuple[str, ...], problems: list[Problem]
) -> Iterator[str]:
    """Paths of all files below `folder`, sorted; links that lead out or round are reported."""
    try:
        with os.scandir(blog / folder) as found:
            entries = sorted(found, key=lambda entry: entry.name)
    except OSError as error:
        problems.append(_unreadable(folder, error))
        return
    for entry in entries:
        path = f"{folder}/{entry.name}"
        if _LEFT_BY_EDITORS.fullmatch(entry.name):
            continue
        real = os.path.realpath(entry.path) if entry.is_symlink() else ""
        if not _is_plain_name(entry.name):
            problems.append(
                Problem(
                    "file-name",
                    Location(path.encode("utf-8", "backslashreplace").decode()),
                    "this file's name has characters that can't stand in a URL",
                    "Rename it with letters, digits and hyphens.",
                )
            )
        elif real and not f"{real}/".startswith(f"{real_parents[0]}/"):
            problems.append(
                Problem(
                    "link-outside",
                    Location(path),
                    f"this link leads out of {CONTENT}/",
                    "Put a copy of the file here.",
                )
            )
        elif entry.is_dir():
            inner = real or os.path.realpath(entry.path)
            if inner in real_parents:
                problems.append(
                    Problem("link-loop", Location(path), "this link leads round in a circle")
                )
            else:
                yield from _walk(blog, path, (*real_parents, inner), problems)
        else:
            yield path


def _is_plain_name(name: str) -> bool:
    return name.isprintable() and not re.search(r"[\\\ud800-\udfff]", name)


def _source(blog: Path, path: str, problems: list[Problem]) -> SourceFile | None:
    try:
        return SourceFile(path, fingerprint.of_bytes((blog / path).read_bytes()))
    except OSError as error:
        problems.append(_unreadable(path, error))
        return None


def _unreadable(path: str, error: OSError) -> Problem:
    reason = (error.strerror or str(error)).lower()
    return Problem("unreadable", Location(path), f"this can't be read: {reason}")


def _unexpected(path: str, kind: str, folders: Iterable[str]) -> Problem:
    name = path.rpartition("/")[2]
    known = ", ".join(sorted(folders))
    return Problem(
        f"unknown-{kind}",
        Location(path),
        f"the {kind} '{name}' has no meaning here",
        did_you_mean(name, folders, otherwise=f"Put it into one of {known}."),
    )


def by_path(sources: Iterable[SourceFile]) -> Mapping[str, SourceFile]:
    """The files by their path."""
    return {source.path: source for source in sources}
