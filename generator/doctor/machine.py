"""The machine that builds: its clock, its time zones, the libraries that it has."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from importlib import metadata
from pathlib import Path

from generator.doctor.problems import complaint
from generator.problems import Problem

DRIFT = timedelta(days=1)
_REQUIREMENT = re.compile(r"(?P<name>[A-Za-z0-9._-]+)\s*(?:(?P<sign>[=>]=)(?P<version>[0-9.]+))?")


def zone_complaints(version: str, *, now: datetime) -> Iterator[Problem]:
    """Whether time zones are known, and those of about today; `version` is that of tzdata."""
    if not version:
        message = "the time zones of the world are not installed (tzdata)"
        hint = "Install it: python -m pip install tzdata."
        yield complaint("no-zone-data", "tzdata", message, hint)
    elif int(version.partition(".")[0]) < now.year - 1:
        message = f"the time zones of this machine are those of {version}"
        hint = "Clocks may have changed since: python -m pip install --upgrade tzdata."
        yield complaint("old-zone-data", "tzdata", message, hint)


def clock_complaints(traces: Mapping[str, float], *, now: datetime) -> Iterator[Problem]:
    """Whether something here is of a time that this clock has yet to reach: what, and when."""
    late = {what: at for what, at in traces.items() if at > (now + DRIFT).timestamp()}
    if late:
        what = max(sorted(late), key=late.__getitem__)
        yield complaint(
            "clock-behind",
            "clock",
            f"it is {now:%Y-%m-%d %H:%M} by this machine's clock, but {what} is of"
            f" {datetime.fromtimestamp(late[what], now.tzinfo):%Y-%m-%d}",
            "Set the clock: letters appear by it.",
        )


def library_complaints(needed: Iterable[str], installed: Mapping[str, str]) -> Iterator[Problem]:
    """Libraries that are missing or older than what we were tested with."""
    for line in needed:
        found = _REQUIREMENT.match(line)
        if not found or "extra ==" in line:
            continue
        name, sign, version = found.groups()
        here = installed.get(name.lower(), "")
        is_right = here and (
            not version or (here == version if sign == "==" else _parts(here) >= _parts(version))
        )
        if not is_right:
            message = f"{here or 'nothing'} is installed, and {found[0].strip()} is needed"
            hint = "Install weekly again, in an environment of its own."
            yield complaint("old-library", name, message, hint)


def needed_libraries(package: Path) -> tuple[str, ...]:
    """What the program in that folder needs, as its checkout or its installation says."""
    project = package.parent / "pyproject.toml"
    if project.is_file():
        return tuple(tomllib.loads(project.read_text(encoding="utf-8"))["project"]["dependencies"])
    try:
        return tuple(metadata.requires("cio-weekly") or ())
    except metadata.PackageNotFoundError:
        return ()


def installed_libraries() -> dict[str, str]:
    """The version of each library that is installed, by its name in small letters."""
    found = ((each.metadata["Name"], each.version) for each in metadata.distributions())
    return {name.lower().replace("_", "-"): version for name, version in found if name}


def _parts(version: str) -> tuple[int, ...]:
    """The numbers of a release, as far as they go: 3.1.6rc1 is like 3.1.6."""
    found = re.match(r"\d+(?:\.\d+)*", version)
    return tuple(int(part) for part in found[0].split(".")) if found else ()
