"""Reads `content/site.toml`: its settings, or every problem with them."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from generator import disk
from generator.config.rules import value_problems, wrong_settings
from generator.config.settings import DEFAULT_TRAITS, SITE_FILE, TRAITS, AuthorSettings, SiteConfig
from generator.config.toml_places import KeyPath, places_of, syntax_problem
from generator.config.toml_tables import TableReader, documented
from generator.problems import Location, Problem, unreadable


def load_config(blog: Path, *, base_url: str = "") -> SiteConfig | tuple[Problem, ...]:
    """The settings of the blog in that folder, or what is wrong with them."""
    try:
        text = disk.read_text(blog / SITE_FILE, encoding="utf-8-sig")
    except FileNotFoundError:
        hint = "Go to the folder of a blog, or make one with: weekly init DIR."
        return (Problem("no-blog", Location(SITE_FILE), "there is no such file here", hint),)
    except OSError as error:
        return (unreadable(SITE_FILE, error),)
    except UnicodeDecodeError:
        return (Problem("encoding", Location(SITE_FILE), "this file can't be read as UTF-8"),)
    config, problems = read_config(text, overrides={"base_url": base_url} if base_url else {})
    return config or problems


def load_right_settings(blog: Path) -> SiteConfig | None:
    """The settings with defaults for those that are wrong, so that other mistakes can be found.

    None if there is no telling what they would be.
    """
    try:
        text = disk.read_text(blog / SITE_FILE, encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError):
        return None
    return _read(text, {})[0]


def read_config(
    text: str, *, overrides: Mapping[str, Any] | None = None
) -> tuple[SiteConfig | None, tuple[Problem, ...]]:
    """The settings in `text`, or every problem with them; `overrides` replace what it says."""
    config, problems = _read(text, overrides or {})
    return (None if problems else config), problems


def _read(text: str, overrides: Mapping[str, Any]) -> tuple[SiteConfig | None, tuple[Problem, ...]]:
    """The settings as far as they make sense, and every problem with them."""
    try:
        data = tomllib.loads(text.removeprefix("\ufeff")) | dict(overrides)
    except tomllib.TOMLDecodeError as error:
        return None, (syntax_problem(str(error), text, SITE_FILE),)
    except (RecursionError, ValueError):  # thousands of nested brackets, endless numbers
        return None, (_TOO_COMPLEX,)
    places = places_of(text)
    reader = TableReader(SiteConfig, places, SITE_FILE)
    values = reader.table(SiteConfig, data, ())
    config = SiteConfig(**(_STAND_INS | values), places=places)
    senseless = tuple(value_problems(config))
    right = _without_senseless(config, values, places) if senseless else config
    return (_with_defaults(right) if right else None), (*reader.problems, *senseless)


def _without_senseless(
    config: SiteConfig, values: Mapping[str, Any], places: Mapping[KeyPath, tuple[int, int]]
) -> SiteConfig | None:
    """The settings with defaults for those that make no sense; None if posts depend on them."""
    wrong = wrong_settings(config)
    if wrong & _SHAPING:
        return None
    kept = {name: value for name, value in values.items() if name not in wrong}
    right = SiteConfig(**(_STAND_INS | kept), places=places)
    return None if wrong_settings(right) else right


# without these, right posts would seem to have mistakes
_SHAPING = frozenset({"authors", "base_url", "menu", "permalink", "taxonomies", "topics"})


_TOO_COMPLEX = Problem(
    "settings-syntax",
    Location(SITE_FILE),
    "a value is nested too deeply or too long",
    "Write simple texts, numbers and lists.",
)

# used for required settings that are missing or wrong, so that the rules can check the others
_STAND_INS: dict[str, Any] = {
    "title": "A blog",
    "base_url": "https://example.org/",
    "authors": (AuthorSettings(id="somebody", name="Somebody"),),
    "authority": "example.org,2026",
}


def _with_defaults(config: SiteConfig) -> SiteConfig:
    taxonomies = {TRAITS: DEFAULT_TRAITS, **config.taxonomies}
    base_url = config.base_url.rstrip("/") + "/"
    return config._replace(taxonomies=taxonomies, base_url=base_url)


def documented_settings() -> Iterator[tuple[str, Any, str]]:
    """Each setting: its dotted name, its default (`...` if it is required), a sentence."""
    return documented(SiteConfig)
