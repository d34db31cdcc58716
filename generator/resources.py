"""Where the themes and the starter blog of this installation stand."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).parent


def themes_folder() -> Path:
    """The folder of the themes that ship: inside the package, or beside it in a checkout."""
    packaged = _PACKAGE / "themes"
    return packaged if packaged.is_dir() else _PACKAGE.parent / "themes"


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
