"""Problems and results as text or JSON, and the exit code that goes with them."""

from __future__ import annotations

import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any, NoReturn

    from generator.problems import Problem


def fail_plainly(message: str) -> NoReturn:
    """End the run with one line about how it was called."""
    print(f"weekly: {message}", file=sys.stderr)
    sys.exit(2)


def fail(problems: Iterable[Problem], output_format: str) -> NoReturn:
    """End the run with the problems that it can't go on with."""
    print_problems(problems, output_format)
    sys.exit(1)


def print_problems(problems: Iterable[Problem], output_format: str) -> None:
    """Print problems by path and line, for a person or, as JSON, for a program."""
    from generator.problems import in_reading_order

    ordered = in_reading_order(problems)
    if output_format == "json":
        print_json({"problems": [as_json(problem) for problem in ordered]})
        return
    for problem in ordered:
        print(problem, file=sys.stderr)


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
