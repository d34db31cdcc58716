"""`weekly check`: what a build would find."""

from __future__ import annotations

from generator.cli.options import add_read_options, build_options, site_config
from generator.cli.reports import print_report

TYPE_CHECKING = False
if TYPE_CHECKING:
    import argparse

SENTENCE = "Say what is wrong, and build nothing."
EXAMPLES = (
    ("weekly check", "every mistake in the content and the settings, with its line"),
    ("weekly check --format json", "the same for a program"),
)


def add_options(command: argparse.ArgumentParser) -> None:
    """Declare what the command takes."""
    add_read_options(command)


def run(given: argparse.Namespace) -> int:
    """Print what a build would find."""
    from generator.build import check

    config = site_config(given)
    given.output = None
    given.jobs = 0
    report = check(config, build_options(given, config))
    print_report(report, given, None)
    return 1 if report.failed else 0
