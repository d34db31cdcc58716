"""Where the themes, the starter blog and the documentation of this installation are."""

from __future__ import annotations

import os
from importlib.util import find_spec
from pathlib import Path

_PACKAGE = Path(__file__).parent


def themes_folder() -> Path:
    """The folder of the built-in themes: inside the package, or beside it in a checkout."""
    packaged = _PACKAGE / "themes"
    return packaged if packaged.is_dir() else _PACKAGE.parent / "themes"


def zones_folder() -> str:
    """The folder of the time zones, in the package tzdata."""
    spec = find_spec("tzdata")
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError("tzdata")
    return os.path.join(os.path.dirname(spec.origin), "zoneinfo")  # noqa: PTH118, PTH120 a string


def starter_folder() -> Path:
    """The folder that a new blog is copied from."""
    return _PACKAGE / "starter"


def docs_folder() -> Path:
    """The folder of the documentation: inside the package, or beside it in a checkout."""
    packaged = _PACKAGE / "docs"
    return packaged if packaged.is_dir() else _PACKAGE.parent / "docs"
