"""`weekly check`: what is wrong with a blog, and with the site that is built of it."""

from __future__ import annotations

from generator.cli.options import add_read_options, build_options, site_config
from generator.cli.printing import as_json, print_json, print_problems, progress_of, say
from generator.cli.reports import account_as_json, account_lines

TYPE_CHECKING = False
if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterable, Iterator

    from generator.check import CheckReport
    from generator.checks.external_links import Ask
    from generator.config.settings import SiteConfig
    from generator.problems import Problem

SENTENCE = "Say what is wrong with the content and the site, and build nothing."
EXAMPLES = (
    ("weekly check", "every mistake in the content and in the pages that would be made of it"),
    ("weekly check --built --strict", "look at output/ as it is uploaded, and let warnings fail"),
    ("weekly check --external", "ask other sites, too, whether they have what is linked to"),
    ("weekly check --format json", "the same for a program"),
)


def add_options(command: argparse.ArgumentParser) -> None:
    """Declare what the command takes."""
    add_read_options(command, formats=("text", "json", "github"))
    command.add_argument(
        "--built", action="store_true", help="look at the built files as they stand"
    )
    command.add_argument(
        "--output", metavar="DIR", help="the folder of those; output/ in the blog if not given"
    )
    command.add_argument(
        "--external", action="store_true", help="ask other sites whether links to them are alive"
    )
    command.add_argument("--strict", action="store_true", help="let warnings fail, too")


def run(given: argparse.Namespace) -> int:
    """Print all that is wrong; a warning fails only where that is asked for."""
    import gc

    from generator.check import check
    from generator.checks.external_links import ask_nobody

    gc.disable()  # as for a build
    config = site_config(given)
    given.jobs = 0
    ask = _ask(given, config) if given.external else ask_nobody
    report = check(config, build_options(given, config), as_built=given.built, ask=ask)
    problems = report.problems
    if given.format == "json":
        print_json(_as_json(report, problems))
    else:
        print_problems(problems, given.format)
        for line in (*account_lines(report.account), _summary(report, problems)):
            say(given, line)
    failing = ("error", "warning") if given.strict else ("error",)
    return 1 if any(problem.severity in failing for problem in problems) else 0


def _ask(given: argparse.Namespace, config: SiteConfig) -> Ask:
    """Asks other sites, and remembers what they say."""
    import time
    from functools import partial
    from pathlib import Path

    from generator.cache.store import FOLDER
    from generator.network.external_links import ask

    return partial(
        ask,
        kept_in=Path(given.blog) / FOLDER,
        now=time.time(),
        about=config.base_url,
        progress=progress_of(given),
    )


def _summary(report: CheckReport, problems: Iterable[Problem]) -> str:
    if not report.pages:
        return "The site was not looked at: mend the errors first."
    looked_at = f"{report.pages:,} pages, {report.feeds:,} feeds and {report.links:,} links"
    return f"Checked {looked_at}: {', '.join(_counts(problems)) or 'nothing is wrong'}."


def _counts(problems: Iterable[Problem]) -> Iterator[str]:
    from generator.problems import counted

    severities = [str(problem.severity) for problem in problems]
    for severity in ("error", "warning", "note"):
        number = severities.count(severity)
        if number:
            yield counted(number, severity)


def _as_json(report: CheckReport, problems: Iterable[Problem]) -> dict[str, object]:
    return {
        "problems": [as_json(problem) for problem in problems],
        **account_as_json(report.account),
        "checked": {"pages": report.pages, "feeds": report.feeds, "links": report.links},
    }
