"""What a publication brings, in the words of those who read: its letters, its pages."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from urllib.parse import unquote, urlsplit

from generator.deploy.branch import Comparison
from generator.problems import counted
from generator.site.permalinks import of_output, output_path

_FEED = "feed.json"
_NAMED = 5


def titles_by_path(output: Path, base_url: str) -> Mapping[str, str]:
    """The titles of the newest letters by their files in the output folder."""
    root = urlsplit(base_url).path or "/"
    try:
        items = json.loads((output / _FEED).read_text(encoding="utf-8"))["items"]
        return {
            output_path("/" + unquote(urlsplit(item["url"]).path).removeprefix(root)): item["title"]
            for item in items
        }
    except (OSError, ValueError, KeyError, TypeError):  # a theme may make feeds of its own
        return {}


def changes_in_words(comparison: Comparison, titles: Mapping[str, str]) -> Iterator[str]:
    """What the publication changes, a line each."""
    for path in _letters(comparison.added, titles):
        yield f'New letter: "{titles[path]}", at {of_output(path)}'
    if comparison.added:
        yield f"Added: {_in_words(comparison.added)}"
    if comparison.changed:
        yield f"Changed: {_in_words(comparison.changed)}"
    if comparison.removed:
        yield f"Removed: {_in_words(comparison.removed)}"


def _in_words(paths: Iterable[str]) -> str:
    """How many pages and other files, and the addresses of the first pages."""
    files = tuple(paths)
    pages = [of_output(path) for path in files if path.endswith(".html")]
    others = len(files) - len(pages)
    counts = [counted(len(pages), "page")] if pages else []
    counts += [counted(others, "other file")] if others else []
    named = ", ".join(pages[:_NAMED]) + (", …" if len(pages) > _NAMED else "")
    return " and ".join(counts) + (f": {named}" if named else "")


def commit_message(comparison: Comparison, titles: Mapping[str, str]) -> str:
    """The message of a publication: the letters that are new, else how many files changed."""
    letters = [f'"{titles[path]}"' for path in _letters(comparison.added, titles)]
    if letters:
        more = len(letters) - _NAMED
        return "Publish " + ", ".join(letters[:_NAMED]) + (f" and {more} more" if more > 0 else "")
    number = len(comparison.added) + len(comparison.changed) + len(comparison.removed)
    return f"Publish {counted(number, 'changed file')}"


def _letters(added: Iterable[str], titles: Mapping[str, str]) -> list[str]:
    """The letters among new files, the newest first, as feeds have them."""
    new = frozenset(added)
    return [path for path in titles if path in new]
