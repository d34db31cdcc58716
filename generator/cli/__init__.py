"""The command line: one module a command, and what they share.

A plain build does without click, and one with nothing to do ends before anything large is imported.
"""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Sequence
from io import TextIOWrapper

from generator.cli.up_to_date import plain_build, report_of_last_build

STOPPED = 130  # what shells report for a program that Ctrl-C has ended
NOBODY_READS = 141  # what shells report for a program that a closed pipe has ended


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command that the arguments name, and exit."""
    given = sys.argv[1:] if arguments is None else list(arguments)
    if arguments is None:  # the process is ours, and most runs end before it would be worth it
        gc.disable()  # the preview collects in its idle time
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")  # for names that no encoding can show
    code = _exit_code(given)
    if arguments is None:  # the process is ours, and ends sooner if nothing is freed
        sys.stderr.flush()
        os._exit(code)
    sys.exit(code)


def _exit_code(given: list[str]) -> int:
    """How the run ends; an exception that escapes a command is one plain line."""
    try:
        try:
            return _run(given)
        finally:
            sys.stdout.flush()
    except KeyboardInterrupt:
        print("\nweekly: stopped.", file=sys.stderr)
        return STOPPED
    except BrokenPipeError:
        _discard_output()
        return NOBODY_READS
    except Exception as error:
        _discard_output()
        from generator.cli.failures import failure_of  # a run that goes well does without

        failure = failure_of(error, given)
        print(f"weekly: {failure.message}", file=sys.stderr)
        return failure.exit_code


def _run(given: list[str]) -> int:
    plain = plain_build(given)
    if plain is None:
        from generator.cli.program import run  # click, which no plain build has to wait for

        return run(given)
    report = report_of_last_build(plain)
    if report is not None:
        sys.stdout.write(report)
        return 0
    from generator.cli.site_build import build_site, shared_options  # all that a build needs

    return build_site(shared_options(plain))


def _discard_output() -> None:
    """Let what stdout still holds go nowhere; Python would try to print it at the end."""
    if isinstance(sys.stdout, TextIOWrapper):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
