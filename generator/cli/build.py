"""`weekly build`: the site, from what has changed."""

from __future__ import annotations

import os
import sys
import time

from generator.cache.stamp import Inputs, look_at, read_stamp
from generator.cli.options import add_read_options, build_options, clock_seconds, site_config
from generator.cli.printing import progress_of, say_waiting
from generator.cli.reports import EVERYTHING, print_lines, print_report, report_lines

TYPE_CHECKING = False
if TYPE_CHECKING:
    import argparse

SENTENCE = "Build the site into output/."
EXAMPLES = (
    ("weekly build", "make what has changed since the last build"),
    ("weekly build --drafts --output preview", "look at drafts, away from the public site"),
    ("weekly build --explain index.html", "say why the home page was made, or was not"),
)


_kept: list[object] = []  # what a process that is about to end need not take apart


def add_options(command: argparse.ArgumentParser) -> None:
    """Declare what the command takes."""
    add_read_options(command)
    command.add_argument(
        "--explain",
        nargs="?",
        const=EVERYTHING,
        metavar="PATH",
        help="say why each file was made, or why the one at PATH was made or not",
    )
    command.add_argument(
        "--output", metavar="DIR", help="the folder to build into; output/ in the blog if not given"
    )
    command.add_argument(
        "--jobs", type=int, default=0, metavar="N", help="processes to use; all cores if not given"
    )


def run(given: argparse.Namespace) -> int:
    """Build what has changed; a build on which a stamp holds is over at once."""
    started = time.perf_counter()
    output = given.output or os.path.join(given.blog, "output")
    inputs, key = _look(given), _options_key(given, output)
    if given.format == "text" and not given.explain:
        lines = _sealed_lines(given, inputs, key, output)
        if lines is not None:
            print_lines(given, lines, time.perf_counter() - started)
            return 0
    return _build_site(given, started, inputs, key)


def _build_site(given: argparse.Namespace, started: float, inputs: Inputs | None, key: str) -> int:
    import gc

    gc.disable()  # a build is short, makes few cycles, and would be searched for them all the time
    from generator.build import build, stamp_as_up_to_date
    from generator.cache.store import FOLDER
    from generator.output.lock import locked

    config = site_config(given)
    options = build_options(given, config)
    with locked(options.blog / FOLDER / "lock", waiting=say_waiting) as has_waited:
        inputs = _look(given) if has_waited else inputs
        if inputs:
            options = options._replace(started_ns=inputs.seen_ns)
        report = build(config, options, progress=progress_of(given))
        lines = report_lines(report, is_settled=True)
        stamp_as_up_to_date(options, report, inputs, lines, key, now_ns=time.time_ns())
    print_report(report, given, time.perf_counter() - started)
    _kept.append(report)
    return 1 if report.failed else 0


def _look(given: argparse.Namespace) -> Inputs | None:
    return look_at(inputs_of(given.blog), now_ns=time.time_ns())


def inputs_of(blog: str) -> list[str]:
    """Every folder on whose files a build depends."""
    package = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    beside = os.path.join(os.path.dirname(package), "themes")
    mine = [os.path.join(blog, name) for name in ("content", "templates", "themes", "messages")]
    libraries = [path for path in sys.path if path.endswith("-packages")]
    return [*mine, package, beside, *(f"{path}{os.sep}*" for path in libraries)]


def _options_key(given: argparse.Namespace, output: str) -> str:
    """Everything on the command line that makes a difference to the site."""
    place = os.path.abspath(output)
    return repr((place, given.base_url, given.drafts, given.future, given.now, sys.version))


def _sealed_lines(
    given: argparse.Namespace, inputs: Inputs | None, key: str, output: str
) -> tuple[str, ...] | None:
    """What the last build printed, if nothing at all has changed since."""
    stamp = read_stamp(os.path.join(given.blog, ".weekly"))
    if stamp is None:
        return None
    as_of = stamp.since if given.now else clock_seconds()
    is_current = stamp.holds(options=key, as_of=as_of, inputs=inputs, output=output)
    return stamp.lines if is_current else None
