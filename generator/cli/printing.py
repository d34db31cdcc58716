"""What is printed, where, and the exit code that goes with it.

Problems go to stderr; what a command says of its work goes through `say` and `detail`, so that
`--quiet` and `--verbose` hold for all. What was asked for (JSON, a script, a report) is printed
whether or not it is to be quiet.
"""

from __future__ import annotations

import os
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterable
    from typing import Any, NoReturn, TextIO

    from generator.problems import Problem
    from generator.progress import Progress


def say(given: argparse.Namespace, line: str) -> None:
    """Print a line about what was done, unless the run is to be quiet."""
    if not given.quiet:
        print(line)


def detail(given: argparse.Namespace, line: str) -> None:
    """Print a line that only those want who asked for more."""
    if given.verbose:
        print(line)


def is_lively(screen: TextIO) -> bool:
    """Whether somebody watches a screen on which a line can be written over."""
    return screen.isatty() and os.environ.get("TERM") != "dumb"


def has_colour(screen: TextIO) -> bool:
    """Whether a screen can show colours and its owner has not asked for none (no-color.org)."""
    return is_lively(screen) and not os.environ.get("NO_COLOR")


def progress_of(given: argparse.Namespace) -> Progress:
    """A line that shows how far a long run has come, where somebody watches."""
    import time

    from generator.progress import ProgressLine, no_progress

    is_shown = is_lively(sys.stderr) and not given.quiet
    return ProgressLine(sys.stderr, time.perf_counter) if is_shown else no_progress


def say_waiting() -> None:
    """Say that this run waits for another."""
    print("Another build of this blog is running; waiting for it.", file=sys.stderr)


def fail_plainly(message: str) -> NoReturn:
    """End the run with one line about how it was called."""
    print(f"weekly: {message}", file=sys.stderr)
    sys.exit(2)


def fail(problems: Iterable[Problem], output_format: str) -> NoReturn:
    """End the run with the problems that it can't go on with."""
    print_problems(problems, output_format)
    sys.exit(1)


def print_problems(problems: Iterable[Problem], output_format: str) -> None:
    """Print problems by path and line: for a person, for a program, or for GitHub Actions."""
    from generator.problems import in_reading_order

    ordered = in_reading_order(problems)
    if output_format == "json":
        print_json({"problems": [as_json(problem) for problem in ordered]})
        return
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
    """A problem with its place in bold, red where it is an error and yellow where it warns."""
    place, text = str(problem.at), str(problem)
    colour = _RED if problem.severity == "error" else _YELLOW
    return f"{_BOLD}{colour}{place}{_PLAIN}{text.removeprefix(place)}"


def print_json(value: Any) -> None:
    """Print a value as JSON."""
    import json

    print(json.dumps(value, indent=1, ensure_ascii=False))


def as_json(problem: Problem) -> dict[str, Any]:
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
