"""The machine that builds: its clock, its time zones and its libraries."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from importlib import metadata
from pathlib import Path

from generator import disk
from generator.doctor.problems import doctor_problem
from generator.problems import Problem

DRIFT = timedelta(days=1)
_REQUIREMENT = re.compile(r"(?P<name>[A-Za-z0-9._-]+)\s*(?:(?P<sign>[=>]=)(?P<version>[0-9.]+))?")


def zone_problems(version: str, *, now: datetime) -> Iterator[Problem]:
    """Missing or outdated time zones; `version` is that of tzdata, '' if it is not installed."""
    if not version:
        message = "the time zones are not installed (tzdata)"
        hint = "Install it: python -m pip install tzdata."
        yield doctor_problem("no-zone-data", "tzdata", message, hint)
    elif int(version.partition(".")[0]) < now.year - 1:
        message = f"the time zones on this machine are those of {version}"
        hint = "Clocks may have changed since. Update them: python -m pip install --upgrade tzdata."
        yield doctor_problem("old-zone-data", "tzdata", message, hint)


def clock_problems(traces: Mapping[str, float], *, now: datetime) -> Iterator[Problem]:
    """A clock that is behind something that has already happened: `traces` says what, and when."""
    late = {what: at for what, at in traces.items() if at > (now + DRIFT).timestamp()}
    if late:
        what = max(sorted(late), key=late.__getitem__)
        yield doctor_problem(
            "clock-behind",
            "clock",
            f"this machine's clock says {now:%Y-%m-%d %H:%M}, but {what} is from"
            f" {_day_of(late[what], now)}",
            "Set the clock: it decides when posts are published.",
        )


def _day_of(seconds: float, now: datetime) -> str:
    """The day of a time stamp, which may be one that no calendar has."""
    try:
        return f"{datetime.fromtimestamp(seconds, now.tzinfo):%Y-%m-%d}"
    except (ValueError, OverflowError, OSError):
        return "the far future"


def library_problems(needed: Iterable[str], installed: Mapping[str, str]) -> Iterator[Problem]:
    """Libraries that are missing or older than those that weekly was tested with."""
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
            has = f"{here} is installed" if here else "it is not installed"
            message = f"{has}, but {found[0].strip()} is needed"
            hint = "Reinstall weekly, in its own environment."
            yield doctor_problem("old-library", name, message, hint)


def needed_libraries(package: Path) -> tuple[str, ...]:
    """The libraries that the program in that folder needs, by its checkout or installation."""
    project = package.parent / "pyproject.toml"
    if project.is_file():
        return tuple(tomllib.loads(disk.read_text(project))["project"]["dependencies"])
    try:
        return tuple(metadata.requires("cio-weekly") or ())
    except metadata.PackageNotFoundError:
        return ()


def installed_libraries() -> dict[str, str]:
    """The version of each installed library, by its name in lower case."""
    found = ((each.metadata["Name"], each.version) for each in metadata.distributions())
    return {name.lower().replace("_", "-"): version for name, version in found if name}


def _parts(version: str) -> tuple[int, ...]:
    """The numbers of a release, as far as they go: 3.1.6rc1 is like 3.1.6."""
    found = re.match(r"\d+(?:\.\d+)*", version)
    return tuple(int(part) for part in found[0].split(".")) if found else ()
