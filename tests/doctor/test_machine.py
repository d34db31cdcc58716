"""The machine that builds."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from generator.doctor.machine import (
    clock_problems,
    installed_libraries,
    library_problems,
    needed_libraries,
    zone_problems,
)

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("version", "codes"),
    [("2026.1", []), ("2025.2", []), ("2024.1", ["old-zone-data"]), ("", ["no-zone-data"])],
)
def test_time_zones_must_be_recent(version: str, codes: list[str]) -> None:
    assert [problem.code for problem in zone_problems(version, now=NOW)] == codes


def test_a_clock_that_is_behind_the_latest_trace_is_reported() -> None:
    traces = {"the last commit": NOW.timestamp() + 9e6, "a post": NOW.timestamp() + 100}

    (problem,) = clock_problems(traces, now=NOW)
    assert str(problem) == (
        "clock: this machine's clock says 2026-11-22 12:00, but the last commit is from"
        " 2027-03-06. Set the clock: it decides when posts are published."
    )
    (problem,) = clock_problems({"the last commit": 1e12}, now=NOW)
    assert "the last commit is from the far future" in problem.message
    assert not list(clock_problems({"a post": NOW.timestamp() + 100}, now=NOW))


@pytest.mark.parametrize(
    ("needed", "installed", "message"),
    [
        ("jinja2>=3.1.6", "3.1.6", ""),
        ("jinja2>=3.1.6", "3.10", ""),
        ("jinja2>=3.1.6", "3.1", "3.1 is installed, but jinja2>=3.1.6 is needed"),
        ("feedgen==1.0.0", "1.0.1", "1.0.1 is installed, but feedgen==1.0.0 is needed"),
        ("tzdata", "", "it is not installed, but tzdata is needed"),
        ("playwright>=9; extra == 'browser'", "", ""),
    ],
)
def test_libraries_must_be_new_enough(needed: str, installed: str, message: str) -> None:
    name = needed.partition("=")[0].rstrip(">")
    here = {name: installed} if installed else {}

    assert [problem.message for problem in library_problems([needed], here)] == [message][
        : bool(message)
    ]


def test_this_environment_has_what_is_needed(repository: Path) -> None:
    needed = needed_libraries(repository / "generator")

    assert "feedgen==1.0.0" in needed
    assert not list(library_problems(needed, installed_libraries()))


def test_an_installed_program_says_which_libraries_it_needs(tmp_path: Path) -> None:
    assert isinstance(needed_libraries(tmp_path / "generator"), tuple)
