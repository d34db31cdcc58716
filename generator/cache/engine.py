"""What makes the output besides the content: this program and the libraries that it uses."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

from generator import disk, fingerprint

LIBRARIES = (
    "css-inline",
    "feedgen",
    "jinja2",
    "lxml",
    "markdown",
    "markupsafe",
    "pillow",
    "pygments",
    "python-dateutil",
    "python-frontmatter",
    "pyyaml",
    "selectolax",
    "tzdata",
)

_INSTALLED = re.compile(r"(?P<name>.+?)-(?P<version>[^-]+)\.(?:dist|egg)-info")


def engine_digest() -> str:
    """The digest of everything but the content on which the bytes of a site depend."""
    sources = [fingerprint.of_bytes(disk.read_bytes(path)) for path in _sources()]
    return fingerprint.of_value((sys.version, sorted(_versions()), sources))


def _sources() -> Iterator[str]:
    """The files of this program, in an order that is the same everywhere."""
    package = Path(__file__).parents[1]
    tables = str(package / "i18n")
    for path in disk.files_below(package):
        if path.endswith(".py") or (path.endswith(".json") and path.startswith(tables)):
            yield path


def _versions() -> Iterator[str]:
    """The installed libraries with their versions, from the names of their folders.

    importlib.metadata would give the same, but takes longer than the rest of a build.
    """
    spec = find_spec("markdown")
    if spec is None or spec.origin is None:
        return
    for entry in os.scandir(Path(spec.origin).parents[1]):
        found = _INSTALLED.fullmatch(entry.name)
        if found and found["name"].lower().replace("_", "-") in LIBRARIES:
            yield entry.name
