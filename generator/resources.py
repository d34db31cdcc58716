"""Where the themes and the starter blog of this installation are."""

from __future__ import annotations

import os
from importlib.util import find_spec
from pathlib import Path

_PACKAGE = Path(__file__).parent


def themes_folder() -> Path:
    """The folder of the themes that ship: inside the package, or beside it in a checkout."""
    packaged = _PACKAGE / "themes"
    return packaged if packaged.is_dir() else _PACKAGE.parent / "themes"


def zones_folder() -> str:
    """The folder of the time zones, in the package that brings them."""
    spec = find_spec("tzdata")
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError("tzdata")
    return os.path.join(os.path.dirname(spec.origin), "zoneinfo")  # noqa: PTH118, PTH120 a text


def starter_folders() -> tuple[tuple[str, Path], ...]:
    """The folders that a new blog is made of, each with its place in the new blog."""
    starter = _PACKAGE / "starter"
    shared = ("content/traits", "content/reasons")
    return (
        ("", starter),
        *(
            (f"{name}/", _PACKAGE.parent / name)
            for name in shared
            if not (starter / name).is_dir()  # in a package they are in the starter
        ),
    )
