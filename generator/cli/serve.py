"""`weekly serve`: the site in a browser, as it is written."""

from __future__ import annotations

import sys
import time
import webbrowser

import click

from generator.cli.build_inputs import build_options, use_own_zones
from generator.cli.commands import command
from generator.cli.options import blog_option, now_option
from generator.cli.printing import fail, print_problems, progress_of, say, say_waiting
from generator.cli.reports import checked_line
from generator.cli.shared_options import SharedOptions
from generator.config.reading import load_config
from generator.config.settings import SiteConfig
from generator.problems import Problem, has_errors
from generator.serve import LivePreview, PreviewOptions
from generator.serve.background import Checked

PORT = 8000
NAMED = 3  # files that changed, by name; of more only their number


@command(
    "serve",
    examples=(
        ("weekly serve --open", "look at the blog in your browser while you write"),
        ("weekly serve --now '2026-12-24 09:00'", "look at it as it will be at that moment"),
    ),
)
@blog_option
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=PORT,
    metavar="N",
    help=f"The port to listen on, or else the next free one; {PORT} if not given, 0 for any.",
)
@click.option("--open", "is_opened", is_flag=True, help="Open the site in your browser.")
@click.option(
    "--poll", is_flag=True, help="Look for changes four times a second; for network drives."
)
@now_option
def run(given: SharedOptions, port: int, is_opened: bool, poll: bool) -> int:
    """Serve until Ctrl-C."""
    use_own_zones()
    problems = load_config(given.blog)
    if not isinstance(problems, SiteConfig) and problems[0].code == "no-blog":
        fail(problems, "text")
    everything = given._replace(drafts=True, future=True)
    options = PreviewOptions(
        given.blog, lambda config: build_options(everything, config), port, poll
    )
    terminal = Terminal(given, port=port, is_opened=is_opened, is_polling=poll)
    try:
        LivePreview(options, terminal, clock=time.perf_counter).run(progress_of(given))
    except KeyboardInterrupt:
        say(given, "\nStopped.")
    return 0


class Terminal:
    """Prints what happens, and each problem once as long as nothing changes."""

    def __init__(
        self, given: SharedOptions, *, port: int, is_opened: bool, is_polling: bool
    ) -> None:
        """`port` is the one that was asked for, 0 for any."""
        self._given = given
        self._port = port
        self._is_opened = is_opened
        self._is_polling = is_polling
        self._printed: set[Problem] = set()
        self._found: tuple[Problem, ...] | None = None  # by the last check of the whole site

    def ready(self, url: str, *, port: int) -> None:
        """Say where the site is, and open it if that was asked for."""
        if self._port not in (0, port):
            self._say(f"Port {self._port} is taken; using {port}.")
        self._say(f"{url} shows the site, with drafts and scheduled posts. Ctrl-C ends it.")
        if self._is_polling:
            self._say("Looking for changes four times a second.")
        if self._is_opened:
            webbrowser.open(url)

    def waiting(self) -> None:
        """Say that another build is running."""
        say_waiting()

    def polling(self, reason: str) -> None:
        """Say that we look for changes ourselves, and why."""
        self._say(f"Looking for changes four times a second, since {reason}.")

    def updated(self, changed: tuple[str, ...], problems: tuple[Problem, ...], ms: float) -> None:
        """Say what changed, and what is wrong now."""
        self._printed = set(problems)
        if changed:
            what = ", ".join(changed) if len(changed) <= NAMED else f"{len(changed)} files"
            is_broken = has_errors(problems)
            end = "the pages stay as they were" if is_broken else f"shown after {ms:.0f} ms"
            self._say(f"{what}: {end}.")
        print_problems(problems, "text")

    def checked(self, found: Checked | None) -> None:
        """Say what a check of the whole site has found, if that is new."""
        if found is None:
            self._say("The pages could not be checked. To see why, run: weekly check.")
            return
        if found.problems == self._found:
            return
        known = {*self._printed, *(self._found or ())}
        print_problems([problem for problem in found.problems if problem not in known], "text")
        self._say(checked_line(found.pages, found.feeds, found.links, found.problems))
        self._printed.update(found.problems)
        self._found = found.problems

    def page_failed(self, problem: Problem) -> None:
        """Say what is wrong with a page."""
        if problem not in self._printed:
            self._printed.add(problem)
            print_problems([problem], "text")

    def _say(self, line: str) -> None:
        say(self._given, line)
        sys.stdout.flush()  # it may be a pipe, and somebody is waiting at its other end
