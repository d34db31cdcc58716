"""`weekly serve`: the site in a browser, as it is written."""

from __future__ import annotations

import sys
import time

from generator.cli.options import add_blog_option, build_options, use_own_zones
from generator.cli.printing import fail, print_problems, progress_of, say, say_waiting

TYPE_CHECKING = False
if TYPE_CHECKING:
    import argparse

    from generator.problems import Problem

SENTENCE = "Show the site in a browser, and follow what you write."
EXAMPLES = (
    ("weekly serve --open", "look at the blog in your browser while you write"),
    ("weekly serve --now '2026-12-24 09:00'", "look at it as it will be at that moment"),
)

PORT = 8000
NAMED = 3  # files that changed, by name; of more only their number


def add_options(command: argparse.ArgumentParser) -> None:
    """Declare what the command takes."""
    add_blog_option(command)
    command.add_argument(
        "--port",
        type=_port,
        default=PORT,
        metavar="N",
        help=f"where to listen, or the next free one; {PORT} if not given",
    )
    command.add_argument("--open", action="store_true", help="open the site in your browser")
    command.add_argument(
        "--poll", action="store_true", help="look for changes ourselves, as on a network drive"
    )
    command.add_argument(
        "--now", metavar="MOMENT", help="as at this moment, such as '2026-11-24 09:00'"
    )


def _port(text: str) -> int:
    """A port; 0 stands for any that is free."""
    port = int(text)
    if port not in range(65536):
        raise ValueError
    return port


_port.__name__ = "port"  # as argparse calls it in its message


def run(given: argparse.Namespace) -> int:
    """Serve until Ctrl-C."""
    import gc
    from pathlib import Path

    from generator.build import load_config
    from generator.serve import LivePreview, PreviewOptions

    use_own_zones()
    blog = Path(given.blog)
    problems = load_config(blog)
    if isinstance(problems, tuple) and problems[0].code == "no-blog":
        fail(problems, "text")
    given.output, given.jobs, given.drafts, given.future = None, 0, True, True
    options = PreviewOptions(
        blog, lambda config: build_options(given, config), given.port, given.poll
    )
    gc.disable()  # a look must not wait for it; the idle time between looks is there for it
    try:
        LivePreview(options, Terminal(given), clock=time.perf_counter).run(progress_of(given))
    except KeyboardInterrupt:
        say(given, "\nStopped.")
    return 0


class Terminal:
    """Says on the terminal what happens, each problem once as long as nothing changes."""

    def __init__(self, given: argparse.Namespace) -> None:
        self._given = given
        self._told: set[Problem] = set()
        self._is_wrong = False

    def ready(self, url: str, *, port: int) -> None:
        """Say where the site is, and open it where that was asked for."""
        wanted = self._given.port
        if wanted not in (0, port):
            self._say(f"Port {wanted} is taken: {port} is used.")
        self._say(f"{url} shows the site, with drafts and held posts. Ctrl-C ends it.")
        if self._given.poll:
            self._say("Looking for changes four times a second.")
        if self._given.open:
            import webbrowser

            webbrowser.open(url)

    def waiting(self) -> None:
        """Say that another build is running."""
        say_waiting()

    def polling(self, reason: str) -> None:
        """Say that changes are looked for, and why."""
        self._say(f"Looking for changes four times a second, since {reason}.")

    def updated(self, changed: tuple[str, ...], problems: tuple[Problem, ...], ms: float) -> None:
        """Say what changed, and what is wrong now."""
        from generator.problems import has_errors

        self._told = set(problems)
        is_wrong = has_errors(problems)
        if changed:
            what = ", ".join(changed) if len(changed) <= NAMED else f"{len(changed)} files"
            end = "the pages stay as they were" if is_wrong else f"shown after {ms:.0f} ms"
            healed = ", and nothing is wrong any more" if self._is_wrong and not problems else ""
            self._say(f"{what}: {end}{healed}.")
        print_problems(problems, "text")
        self._is_wrong = bool(problems)

    def page_failed(self, problem: Problem) -> None:
        """Say what is wrong with a page."""
        if problem not in self._told:
            self._told.add(problem)
            self._is_wrong = True
            print_problems([problem], "text")

    def _say(self, line: str) -> None:
        say(self._given, line)
        sys.stdout.flush()  # it may be a pipe, and somebody is waiting at its other end
