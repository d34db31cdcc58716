"""The list, inside the output folder, of the files that are ours to replace and remove.

It is kept with the files and not in the cache, so that a cache that is lost or restored from
another day can't make us forget a page, or take somebody else's file for ours.
"""

from __future__ import annotations

import errno
import re
from collections.abc import Iterable
from pathlib import Path

from generator import disk

NAME = ".weekly"

_LEADS_OUT = re.compile(r"(?:^|/)\.\.(?:/|$)|\\")
_SUSPECT = re.compile(r"\.\.|\\|\n/")  # what a list contains if any path in it leads outside

_HEADER = "# Made by weekly, which removes no file that is not in this list.\n"


def read_manifest(output: Path) -> frozenset[str] | None:
    """The paths of our files in the folder, or None if we have never written there."""
    try:
        text = disk.read_text(output / NAME, most=disk.MOST)
    except (FileNotFoundError, NotADirectoryError, UnicodeDecodeError):
        return None
    except OSError as error:
        if error.errno == errno.ELOOP:  # the folder is a link to itself, so it has no list
            return None
        raise
    if not text.startswith(_HEADER):
        return None
    paths = text[len(_HEADER) :].split("\n")
    return frozenset(filter(is_inside, paths) if _SUSPECT.search(text) else paths) - {""}


def manifest_text(paths: Iterable[str]) -> str:
    """The text of the list."""
    return _HEADER + "".join(f"{path}\n" for path in sorted(paths))


def is_inside(line: str) -> bool:
    """Whether a path that was read from a file stays inside the folder it is relative to."""
    return not line.startswith("/") and not _LEADS_OUT.search(line) and bool(line)
