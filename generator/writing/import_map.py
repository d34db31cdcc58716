"""Decisions about an import: what tags, authors and types of another system are here."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from generator import disk
from generator.problems import Location, Problem, did_you_mean, reason_of
from generator.site.taxonomies import fold

NAME = "import-map.toml"  # in the blog's folder
_TABLES = ("tags", "authors", "types", "posts")


@dataclass(frozen=True)
class ImportMap:
    """What the decisions say."""

    tags: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # by folded tag
    authors: Mapping[str, str] = field(default_factory=dict)  # by folded name
    types: Mapping[str, str] = field(default_factory=dict)
    posts: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # tags by id


def read_map(path: Path, shown: str) -> ImportMap | Problem:
    """The decisions in a file."""
    try:
        given = tomllib.loads(disk.read_text(path))
    except OSError as error:
        return Problem("unreadable", Location(shown), f"this can't be read: {reason_of(error)}")
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        return Problem("import-map", Location(shown), f"this is not TOML: {error}")
    for name, table in given.items():
        if name not in _TABLES or not isinstance(table, dict):
            message = f"there is no table '{name}' in a map"
            hint = did_you_mean(name, _TABLES, otherwise=f"Write one of {', '.join(_TABLES)}.")
            return Problem("import-map", Location(shown), message, hint)
        for key, value in table.items():
            is_list = isinstance(value, list) and all(isinstance(one, str) for one in value)
            if not isinstance(value, str) and not (is_list and name in ("tags", "posts")):
                message = f"'{key}' in [{name}] must be text"
                return Problem("import-map", Location(shown), message, "Put it in quotes.")
            if name == "types" and value not in ("post", "page", ""):
                message = f"'{key}' in [types] must be post or page"
                return Problem("import-map", Location(shown), message)
    return ImportMap(
        tags={fold(key): _texts(value) for key, value in given.get("tags", {}).items()},
        authors={fold(key): value for key, value in given.get("authors", {}).items()},
        types=given.get("types", {}),
        posts={key: _texts(value) for key, value in given.get("posts", {}).items()},
    )


def _texts(value: str | list[str]) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(value)
