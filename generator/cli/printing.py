"""What is printed, where, and the exit code that goes with it.

Problems go to stderr. What a command says about its work goes through `say` and `detail`, so that
`--quiet` and `--verbose` work everywhere. What was asked for (JSON, a script, a report) is printed
even with `--quiet`.
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Iterable
from typing import NoReturn, TextIO

from generator.cli.shared_options import SharedOptions
from generator.problems import Problem, in_reading_order, in_short
from generator.progress import Progress, ProgressLine, no_progress


def say(given: SharedOptions, line: str) -> None:
    """Print a line about what was done, unless --quiet was given."""
    if not given.quiet:
        print(line)


def detail(given: SharedOptions, line: str) -> None:
    """Print a line if --verbose was given."""
    if given.verbose:
        print(line)


def is_lively(screen: TextIO) -> bool:
    """Whether somebody is watching, on a screen where a line can be overwritten."""
    return screen.isatty() and os.environ.get("TERM") != "dumb"


def has_colour(screen: TextIO) -> bool:
    """Whether a screen can show colours, and NO_COLOR does not ask for none (no-color.org)."""
    return is_lively(screen) and not os.environ.get("NO_COLOR")


def progress_of(given: SharedOptions) -> Progress:
    """A line that shows the progress of a long run, if somebody is watching."""
    is_shown = is_lively(sys.stderr) and not given.quiet
    return ProgressLine(sys.stderr, time.perf_counter) if is_shown else no_progress


def say_waiting() -> None:
    """Say that this run is waiting for another."""
    print("Another build of this blog is running; waiting for it.", file=sys.stderr)


def fail_plainly(message: str) -> NoReturn:
    """End the run with one line about what is wrong with the call."""
    print(f"weekly: {message}", file=sys.stderr)
    sys.exit(2)


def fail(problems: Iterable[Problem], output_format: str) -> NoReturn:
    """End the run with the problems that stop it."""
    print_problems(problems, output_format)
    sys.exit(1)


def print_problems(problems: Iterable[Problem], output_format: str) -> None:
    """Print problems by path and line: for a person, for a program, or for GitHub Actions."""
    if output_format == "json":
        print_json({"problems": [as_json(problem) for problem in in_reading_order(problems)]})
        return
    ordered = in_short(problems)
    if output_format == "github":
        for problem in ordered:
            print(_annotation(problem))
        return
    shown = _coloured if has_colour(sys.stderr) else str
    for problem in ordered:
        print(shown(problem), file=sys.stderr)


_ANNOTATIONS = {"error": "error", "warning": "warning", "note": "notice"}


def _annotation(problem: Problem) -> str:
    """A problem as GitHub Actions shows it beside the line (workflow commands)."""
    at = problem.at
    place = {"file": at.path, "line": at.line, "col": at.column, "title": problem.code}
    escaped = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A", ":": "%3A", ",": "%2C"})
    fields = ",".join(f"{k}={str(value).translate(escaped)}" for k, value in place.items() if value)
    text = f"{problem.message}. {problem.hint}".rstrip().replace("%", "%25")
    return f"::{_ANNOTATIONS[problem.severity]} {fields}::{text}"


_BOLD, _RED, _YELLOW, _PLAIN = "\x1b[1m", "\x1b[31m", "\x1b[33m", "\x1b[0m"


def _coloured(problem: Problem) -> str:
    """A problem with its place in bold: red for an error, else yellow."""
    place, text = str(problem.at), str(problem)
    colour = _RED if problem.severity == "error" else _YELLOW
    return f"{_BOLD}{colour}{place}{_PLAIN}{text.removeprefix(place)}"


def print_json(value: object) -> None:
    """Print a value as JSON."""
    print(json.dumps(value, indent=1, ensure_ascii=False))


def as_json(problem: Problem) -> dict[str, object]:
    """A problem as JSON can hold it."""
    return {
        "path": problem.at.path,
        "line": problem.at.line,
        "column": problem.at.column,
        "severity": str(problem.severity),
        "code": problem.code,
        "message": problem.message,
        "hint": problem.hint,
    }
