"""A theme as a chain of folders: a blog's own files, then the theme's, then its parent's."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from generator import disk
from generator.config.settings import SITE_FILE
from generator.model import Asset
from generator.problems import Location, Problem, did_you_mean, unreadable
from generator.site.litter import is_litter

API = 1
ASSETS = "/assets/"
ORIGIN = "theme:"

_KEYS = ("name", "api", "extends")


class Theme(NamedTuple):
    """The folders that a template or a static file is looked for in, nearest first."""

    layers: tuple[tuple[str, Path], ...]  # a name for messages, and its folder

    def template(self, name: str) -> tuple[str, Path] | None:
        """A template, in the nearest layer that has it: its name for messages, and its file."""
        if ".." in PurePosixPath(name).parts or name.startswith("/"):
            return None
        for layer, folder in self.layers:
            path = folder / "templates" / name
            if disk.is_there(path):
                return f"{layer}templates/{name}", path
        return None

    def templates(self) -> dict[str, str]:
        """Every template by name, with its name for messages."""
        found: dict[str, str] = {}
        for layer, folder in self.layers:
            top = folder / "templates"
            for path in map(Path, disk.files_below(top)):
                name = path.relative_to(top).as_posix()
                if not is_litter(path.name):
                    found.setdefault(name, f"{layer}templates/{name}")
        return found

    def file(self, origin: str) -> Path | None:
        """The file behind the origin of an asset; None for a file of the blog."""
        if not origin.startswith(ORIGIN):
            return None
        layer, _, name = origin.removeprefix(ORIGIN).partition("static/")
        return dict(self.layers)[layer] / "static" / name

    def assets(self, digest_of: Callable[[Path], str]) -> tuple[Asset, ...]:
        """The static files, sorted by name, each under a permalink that changes with its bytes."""
        found: dict[str, Asset] = {}
        for layer, folder in self.layers[1:]:  # a blog's own static files are in content/static/
            static = folder / "static"
            for path in map(Path, disk.files_below(static)):
                name = path.relative_to(static).as_posix()
                if name not in found and not is_litter(path.name):
                    found[name] = _asset(name, layer, digest_of(path))
        return tuple(found[name] for name in sorted(found))


def _asset(name: str, layer: str, digest: str) -> Asset:
    stem, dot, ending = name.rpartition(".")
    hashed = f"{stem}.{digest[:10]}.{ending}" if dot else f"{name}.{digest[:10]}"
    return Asset(name, f"{ORIGIN}{layer}static/{name}", digest, ASSETS + hashed)


def load_theme(name: str, *, blog: Path, shipped: Path) -> Theme | Problem:
    """The theme of that name from the blog's `themes/`, else from those that ship with us."""
    layers = [("", blog)]
    wanted, asked_by = name, Location(SITE_FILE)
    while wanted:
        folder = _find(wanted, blog, shipped)
        if folder is None:
            roots = blog / "themes", shipped
            names = {p.parent.name for root in roots for p in root.glob("*/theme.toml")} - {wanted}
            return Problem(
                "unknown-theme",
                asked_by,
                f"there is no theme '{wanted}'",
                did_you_mean(wanted, names, otherwise=f"There are: {', '.join(sorted(names))}."),
            )
        layer = f"themes/{wanted}/"
        if layer in dict(layers):
            return Problem("theme", asked_by, f"the theme '{wanted}' extends itself in a circle")
        layers.append((layer, folder))
        asked_by = Location(f"{layer}theme.toml")
        extends = _parent(folder, asked_by)
        if isinstance(extends, Problem):
            return extends
        wanted = extends
    return Theme(tuple(layers))


def _find(name: str, blog: Path, shipped: Path) -> Path | None:
    if name != Path(name).name:
        return None
    for folder in (blog / "themes" / name, shipped / name):
        if disk.is_there(folder / "theme.toml"):
            return folder
    return None


def _parent(folder: Path, at: Location) -> str | Problem:
    """The theme that this one extends, '' for none."""
    try:
        data = tomllib.loads(disk.read_text(folder / "theme.toml"))
    except OSError as error:
        return unreadable(at.path, error)
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        return Problem("theme", at, f"this is not valid TOML: {error}")
    for key in sorted(data.keys() - set(_KEYS)):
        return Problem("theme", at, f"unknown key '{key}'", did_you_mean(key, _KEYS))
    if data.get("api") != API:
        return Problem(
            "theme",
            at,
            f"the theme is made for api {data['api']}, not {API}"
            if "api" in data
            else "the theme names no api",
            f"Write api = {API} if its templates use the names in docs/theme-api.md.",
        )
    extends = data.get("extends", "")
    if not isinstance(extends, str):
        return Problem("theme", at, "'extends' must be the name of a theme in quotes")
    return extends
