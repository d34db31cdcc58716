"""The time zone of this machine, as a proposal for a new blog."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from generator import disk
from generator.writing.new_blog import answer_problem

_IN_FOLDER = re.compile(r".*/zoneinfo[^/]*/(?:posix/|right/)?(?P<name>.+)")


def machine_zone(environment: Mapping[str, str], root: Path = Path("/")) -> str:
    """The IANA name of the zone that a machine is set to; '' if it does not say (as on Windows)."""
    for name in _names(environment, root):
        if name and not answer_problem("time_zone", name):
            return "UTC" if name == "Etc/UTC" else name
    return ""


def _names(environment: Mapping[str, str], root: Path) -> Iterator[str]:
    """What may be its name, the most telling first."""
    yield _without_folder(environment.get("TZ", "").removeprefix(":"))
    yield _without_folder(os.path.realpath(root / "etc/localtime"))
    try:
        yield disk.read_text(root / "etc/timezone", errors="replace").strip()
    except OSError:
        return


def _without_folder(path: str) -> str:
    found = _IN_FOLDER.fullmatch(path)
    return found["name"] if found else path
