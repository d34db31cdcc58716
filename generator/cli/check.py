"""`weekly check`: what is wrong with a blog, and with the site that is built from it."""

from __future__ import annotations

import time
from collections.abc import Iterable
from functools import partial

import click

from generator.cache.store import FOLDER
from generator.check import CheckReport, check
from generator.checks.external_links import Ask, ask_nobody
from generator.cli.build_inputs import build_options, site_config
from generator.cli.commands import command
from generator.cli.options import FOLDER_PATH, format_option, site_options
from generator.cli.printing import as_json, print_json, print_problems, progress_of, say
from generator.cli.reports import account_as_json, account_lines, checked_line
from generator.cli.shared_options import SharedOptions
from generator.config.settings import SiteConfig
from generator.network.external_links import ask
from generator.problems import Problem


@command(
    "check",
    examples=(
        ("weekly check", "find every problem in the content and in the pages made from it"),
        ("weekly check --built --strict", "check output/ as it is, and fail on warnings, too"),
        ("weekly check --external", "also ask other sites whether your links to them work"),
        ("weekly check --format json", "the same, for a program to read"),
    ),
)
@site_options
@format_option("text", "json", "github")
@click.option("--built", is_flag=True, help="Check the files in output/ exactly as they are.")
@click.option(
    "--output",
    type=FOLDER_PATH,
    metavar="DIR",
    help="The folder of the built files; output/ in the blog if not given.",
)
@click.option("--external", is_flag=True, help="Ask other sites whether links to them work.")
@click.option("--strict", is_flag=True, help="Fail on warnings, too.")
def run(given: SharedOptions, built: bool, external: bool, strict: bool) -> int:
    """Print every problem; a warning fails only with --strict."""
    config = site_config(given, reads_content=True)
    asked = _ask(given, config) if external else ask_nobody
    report = check(config, build_options(given, config), as_built=built, ask=asked)
    problems = report.problems
    if given.format == "json":
        print_json(_as_json(report, problems))
    else:
        print_problems(problems, given.format)
        checked = checked_line(report.pages, report.feeds, report.links, problems)
        for line in (*account_lines(report.account), checked):
            say(given, line)
    failing = ("error", "warning") if strict else ("error",)
    return 1 if any(problem.severity in failing for problem in problems) else 0


def _ask(given: SharedOptions, config: SiteConfig) -> Ask:
    """A function that asks other sites and remembers their answers."""
    return partial(
        ask,
        kept_in=given.blog / FOLDER,
        now=time.time(),
        about=config.base_url,
        progress=progress_of(given),
    )


def _as_json(report: CheckReport, problems: Iterable[Problem]) -> dict[str, object]:
    return {
        "problems": [as_json(problem) for problem in problems],
        **account_as_json(report.account),
        "checked": {"pages": report.pages, "feeds": report.feeds, "links": report.links},
    }
