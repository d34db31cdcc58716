"""What publishing changes, in words: new posts, pages and other files."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from urllib.parse import unquote, urlsplit

from generator import disk
from generator.deploy.branch import PUBLISH, Comparison
from generator.problems import counted
from generator.site.permalinks import of_output, output_path

_FEED = "feed.json"
_NAMED = 5


def titles_by_path(output: Path, base_url: str) -> Mapping[str, str]:
    """The titles of the newest posts, by their files in the output folder."""
    root = urlsplit(base_url).path or "/"
    try:
        items = json.loads(disk.read_text(output / _FEED, most=disk.MOST))["items"]
        return {
            output_path("/" + unquote(urlsplit(item["url"]).path).removeprefix(root)): item["title"]
            for item in items
        }
    except (OSError, ValueError, KeyError, TypeError):  # a theme may make its own feeds
        return {}


def changes_in_words(comparison: Comparison, titles: Mapping[str, str]) -> Iterator[str]:
    """What publishing changes, one line each."""
    for path in _posts(comparison.added, titles):
        yield f'New post: "{titles[path]}", at {of_output(path)}'
    if comparison.added:
        yield f"Added: {_in_words(comparison.added)}"
    if comparison.changed:
        yield f"Changed: {_in_words(comparison.changed)}"
    if comparison.removed:
        yield f"Removed: {_in_words(comparison.removed, naming_all=True)}"
    if comparison.domain:
        yield f"Kept: CNAME, which says that the site is at {comparison.domain}"


def _in_words(paths: Iterable[str], *, naming_all: bool = False) -> str:
    """How many pages and other files there are, and the addresses of the first pages or of all."""
    files = tuple(paths)
    pages = [of_output(path) for path in files if path.endswith(".html")]
    others = len(files) - len(pages)
    counts = [counted(len(pages), "page")] if pages else []
    counts += [counted(others, "other file")] if others else []
    names = pages + [path for path in files if naming_all and not path.endswith(".html")]
    named = ", ".join(names[:_NAMED]) + (", …" if len(names) > _NAMED else "")
    return " and ".join(counts) + (f": {named}" if named else "")


def commit_message(comparison: Comparison, titles: Mapping[str, str]) -> str:
    """The commit message: the new posts, or how many files changed."""
    posts = [f'"{titles[path]}"' for path in _posts(comparison.added, titles)]
    if posts:
        more = len(posts) - _NAMED
        return PUBLISH + ", ".join(posts[:_NAMED]) + (f" and {more} more" if more > 0 else "")
    number = len(comparison.added) + len(comparison.changed) + len(comparison.removed)
    return f"{PUBLISH}{counted(number, 'changed file')}"


def _posts(added: Iterable[str], titles: Mapping[str, str]) -> list[str]:
    """The posts among new files, newest first, as in feeds."""
    new = frozenset(added)
    return [path for path in titles if path in new]
