"""The command line: arguments, the clock, printing and the exit code.

Everything else is imported by the command that needs it, so that a build with nothing to do
takes little more time than Python needs to start.
"""

from __future__ import annotations

import argparse
import os
import sys
import time

from generator import __version__

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from datetime import datetime
    from typing import Any, NoReturn

    from generator.build import Account, BuildOptions, BuildReport
    from generator.config import SiteConfig
    from generator.problems import Problem

DESCRIPTION = "A static-site generator for the leader who writes to all staff every week."
EVERYTHING = "*"  # what --explain stands for without a path
PRINTED_PATHS = 5

_NOTHING_BUILT = "Nothing was built: the site stands as it was."
_CUT_SHORT = "The site stands as it was, or the next build finishes it."


def main(arguments: list[str] | None = None) -> None:
    """Run the command that the arguments name, and exit."""
    parsed = parser().parse_args(arguments)
    sys.exit(parsed.run(parsed))


class _Parser(argparse.ArgumentParser):
    """Says what was probably meant, where a command or option is misspelt."""

    def error(self, message: str) -> NoReturn:
        from generator.problems import did_you_mean

        known = [*self._known()]
        unknown = message.replace("'", " ").replace(":", " ").split()
        hints = (did_you_mean(word, known) for word in unknown if word not in known)
        self.print_usage(sys.stderr)
        hint = next(filter(None, hints), "")
        self.exit(2, f"{self.prog}: {message}. {hint}".rstrip() + "\n")

    def _known(self) -> Iterator[str]:
        """Every command and option; argparse reports those of a command for the whole."""
        yield from self._option_string_actions
        for action in self._subparsers._group_actions if self._subparsers else ():
            for name, command in dict(action.choices or {}).items():
                yield name
                yield from command._known()


def parser() -> argparse.ArgumentParser:
    """The parser of all commands."""
    whole = _Parser(prog="weekly", description=DESCRIPTION, allow_abbrev=False)
    whole.add_argument("--version", action="version", version=f"weekly, version {__version__}")
    commands = whole.add_subparsers(metavar="COMMAND", required=True)

    command = _command(commands, "build", _build, "Build the site into output/.")
    _read_options(command)
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

    command = _command(commands, "check", _check, "Say what is wrong, and build nothing.")
    _read_options(command)

    command = _command(commands, "new", _new, "Begin a post, as a draft.")
    command.add_argument("title", metavar="TITLE")
    command.add_argument("--date", metavar="DAY", help="its day, such as 2026-11-24")
    _blog_option(command)

    command = _command(commands, "init", _init, "Make a new blog in a folder.")
    command.add_argument("folder", metavar="DIR")

    command = _command(commands, "clean", _clean, "Remove what builds have put into output/.")
    _blog_option(command)
    return whole


def _command(
    commands: Any, name: str, run: Callable[[argparse.Namespace], int], sentence: str
) -> argparse.ArgumentParser:
    command: argparse.ArgumentParser = commands.add_parser(
        name, help=sentence, description=sentence, allow_abbrev=False
    )
    command.set_defaults(run=run)
    return command


def _blog_option(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--blog", default=".", metavar="DIR", help="the blog's folder; this one if not given"
    )


def _read_options(command: argparse.ArgumentParser) -> None:
    """The options of every command that reads a blog."""
    _blog_option(command)
    command.add_argument("--base-url", default="", metavar="URL", help="replaces base_url")
    command.add_argument(
        "--now", metavar="MOMENT", help="as at this moment, such as '2026-11-24 09:00'"
    )
    command.add_argument("--drafts", action="store_true", help="show drafts")
    command.add_argument("--future", action="store_true", help="show posts that are not due yet")
    command.add_argument(
        "--format", choices=("text", "json"), default="text", help="how results are printed"
    )


def _build(given: argparse.Namespace) -> int:
    started = time.perf_counter()
    output = given.output or os.path.join(given.blog, "output")
    inputs, key = _inputs(given.blog), _options_key(given, output)
    if given.format == "text" and not given.explain:
        lines = _sealed_lines(given, inputs, key, output)
        if lines is not None:
            _print_lines(lines, time.perf_counter() - started)
            return 0
    return _build_site(given, started, inputs, key)


def _build_site(given: argparse.Namespace, started: float, inputs: list[str], key: str) -> int:
    import gc

    from generator.build import build, seal
    from generator.output.cache import FOLDER
    from generator.output.lock import locked
    from generator.progress import ProgressLine

    gc.disable()  # a build is short, makes few cycles, and would be searched for them all the time
    config = _config(given)
    options = _options(given, config)
    with locked(options.blog / FOLDER / "lock", waiting=_say_waiting):
        report = build(config, options, progress=ProgressLine(sys.stderr, time.perf_counter))
        lines = _report_lines(report, is_settled=True)
        seal(options, report, inputs, lines, key, now_ns=time.time_ns())
    _print_report(report, given, time.perf_counter() - started)
    return 1 if report.failed else 0


def _say_waiting() -> None:
    print("Another build of this blog is running; waiting for it.", file=sys.stderr)


def _inputs(blog: str) -> list[str]:
    """Every folder on whose files a build depends."""
    package = os.path.dirname(os.path.abspath(__file__))
    beside = os.path.join(os.path.dirname(package), "themes")
    mine = [os.path.join(blog, name) for name in ("content", "templates", "themes")]
    libraries = [path for path in sys.path if path.endswith("-packages")]
    return [*mine, package, beside, *(f"{path}{os.sep}*" for path in libraries)]


def _options_key(given: argparse.Namespace, output: str) -> str:
    """Everything on the command line that makes a difference to the site."""
    place = os.path.abspath(output)
    return repr((place, given.base_url, given.drafts, given.future, given.now, sys.version))


def _sealed_lines(
    given: argparse.Namespace, inputs: list[str], key: str, output: str
) -> tuple[str, ...] | None:
    """What the last build printed, if nothing at all has changed since."""
    from generator.output.seal import read_seal

    seal = read_seal(os.path.join(given.blog, ".weekly"))
    if seal is None:
        return None
    as_of = seal.since if given.now else _clock_seconds()
    is_current = seal.holds(options=key, as_of=as_of, inputs=inputs, output=output)
    return seal.lines if is_current else None


def _check(given: argparse.Namespace) -> int:
    from generator.build import check

    config = _config(given)
    given.output = None
    given.jobs = 0
    report = check(config, _options(given, config))
    _print_report(report, given, None)
    return 1 if report.failed else 0


def _new(given: argparse.Namespace) -> int:
    from pathlib import Path

    from generator.problems import Problem
    from generator.scaffold import new_post

    given.base_url, given.format = "", "text"
    config = _config(given)
    created = new_post(
        Path(given.blog), given.title, config, day=given.date, now=_moment_now(config)
    )
    if isinstance(created, Problem):
        _fail([created], "text")
    print(f"{created}: a draft. Take out the line 'draft: true' when it is ready.")
    return 0


def _init(given: argparse.Namespace) -> int:
    from datetime import UTC, datetime
    from pathlib import Path

    from generator.scaffold import new_blog

    folder = Path(given.folder)
    problem = new_blog(folder, today=datetime.fromtimestamp(_clock_seconds(), UTC).date())
    if problem:
        _fail([problem], "text")
    print(
        f"A new blog stands in {folder}.\n"
        f"  1. Put your name and address into {folder / 'content/site.toml'}.\n"
        f"  2. cd {folder} && weekly build"
    )
    return 0


def _clean(given: argparse.Namespace) -> int:
    from pathlib import Path

    from generator.output.writer import empty
    from generator.problems import Problem

    removed = empty(Path(given.blog) / "output")
    if isinstance(removed, Problem):
        _fail([removed], "text")
    print(f"{removed} files removed.")
    return 0


def _config(given: argparse.Namespace) -> SiteConfig:
    import zoneinfo
    from pathlib import Path

    from generator.build import load_config

    # zone data comes with our dependencies, so that every machine has the same
    zoneinfo.reset_tzpath(to=())
    config = load_config(Path(given.blog), base_url=given.base_url)
    if isinstance(config, tuple):
        _fail(config, given.format)
    return config


def _options(given: argparse.Namespace, config: SiteConfig) -> BuildOptions:
    from pathlib import Path

    from generator.build import BuildOptions
    from generator.model import Showing

    blog = Path(given.blog)
    return BuildOptions(
        blog=blog,
        output=Path(given.output) if given.output else blog / "output",
        as_of=_as_of(given, config),
        showing=Showing(drafts=given.drafts, future=given.future),
        started_ns=time.time_ns(),
        jobs=given.jobs or len(os.sched_getaffinity(0)),
    )


def _as_of(given: argparse.Namespace, config: SiteConfig) -> datetime:
    """The moment of the build: as asked for, else SOURCE_DATE_EPOCH, else the clock."""
    if given.now is None:
        return _moment_now(config)
    from generator.content.moments import MomentError, read_moment

    try:
        return read_moment(given.now, zone=config.zone, default_hour=config.default_hour)
    except MomentError as error:
        _fail_plainly(f"--now: {error.message}. {error.hint}")


def _moment_now(config: SiteConfig) -> datetime:
    from datetime import UTC, datetime

    try:
        return datetime.fromtimestamp(_clock_seconds(), UTC).astimezone(config.zone)
    except (ValueError, OverflowError, OSError):
        _fail_plainly("SOURCE_DATE_EPOCH is not a moment that a date can name.")


def _clock_seconds() -> float:
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if not epoch:
        return time.time()
    if not epoch.isascii() or not epoch.isdigit():
        _fail_plainly(f"SOURCE_DATE_EPOCH is '{epoch}', not a number of seconds since 1970.")
    return float(epoch)


def _fail_plainly(message: str) -> NoReturn:
    print(f"weekly: {message}", file=sys.stderr)
    sys.exit(2)


def _fail(problems: Iterable[Problem], output_format: str) -> NoReturn:
    _print_problems(problems, output_format)
    sys.exit(1)


def _print_problems(problems: Iterable[Problem], output_format: str) -> None:
    from generator.problems import in_reading_order

    ordered = in_reading_order(problems)
    if output_format == "json":
        _print_json({"problems": [_as_json(problem) for problem in ordered]})
        return
    for problem in ordered:
        print(problem, file=sys.stderr)


def _print_json(value: Any) -> None:
    import json

    print(json.dumps(value, indent=1, ensure_ascii=False))


def _as_json(problem: Problem) -> dict[str, Any]:
    return {
        "path": problem.at.path,
        "line": problem.at.line,
        "column": problem.at.column,
        "severity": str(problem.severity),
        "code": problem.code,
        "message": problem.message,
        "hint": problem.hint,
    }


def _print_report(report: BuildReport, given: argparse.Namespace, seconds: float | None) -> None:
    if given.format == "json":
        _print_json(_report_as_json(report))
        return
    _print_problems(report.problems, "text")
    if report.failed:
        _print_lines(_report_lines(report), None)
        is_cut_short = any(problem.code == "unwritable" for problem in report.problems)
        print(_CUT_SHORT if is_cut_short else _NOTHING_BUILT, file=sys.stderr)
        return
    if getattr(given, "explain", None):
        _print_reasons(report, given.explain)
    _print_lines(_report_lines(report), seconds)


def _print_reasons(report: BuildReport, path: str) -> None:
    from generator.reasons import why_kept

    asked = sorted(report.reasons) if path == EVERYTHING else [path.removeprefix("output/")]
    for name in asked:
        if name in report.reasons:
            print(f"{name}: {report.reasons[name]}.")
        else:
            print(why_kept(name, report.parts.get(name)))


def _print_lines(lines: Iterable[str], seconds: float | None) -> None:
    *others, last = lines
    for line in others:
        print(line)
    print(last if seconds is None else f"{last.removesuffix('.')}, in {seconds:.2f} s.")


def _report_lines(report: BuildReport, *, is_settled: bool = False) -> list[str]:
    """What became of every source, and what was done; the last line takes the time.

    `is_settled` gives what the next build will say if nothing changes.
    """
    lines = list(_account_lines(report.account)) if report.account else []
    written = report.written
    if written is None:
        return lines or [""]
    lines += [
        f"output/{path} is not of this site, and was left alone."
        for path in written.foreign[:PRINTED_PATHS]
    ]
    if len(written.foreign) > PRINTED_PATHS:
        lines.append(f"… and {len(written.foreign) - PRINTED_PATHS} more such files.")
    made, removed = len(written.made), len(written.removed)
    if is_settled:
        return [*lines, f"0 made, {written.kept + made} kept, 0 removed."]
    return [*lines, f"{made} made, {written.kept} kept, {removed} removed."]


def _account_lines(account: Account) -> Iterator[str]:
    from generator.model import Standing

    for item in account.withheld:
        yield f"{item.source}: {item.reason}."
    yield (
        f"{account.sources} sources = {account.published} published"
        f" + {account.count(Standing.HELD)} held + {account.count(Standing.DRAFT)} drafts"
        f" + {account.count(Standing.REJECTED)} rejected"
    )


def _report_as_json(report: BuildReport) -> dict[str, Any]:
    from generator.model import Standing

    result: dict[str, Any] = {"problems": [_as_json(problem) for problem in report.problems]}
    if report.account:
        account = report.account
        result["sources"] = {
            "total": account.sources,
            "published": account.published,
            **{
                str(standing): account.count(standing)
                for standing in (Standing.HELD, Standing.DRAFT, Standing.REJECTED)
            },
            "withheld": [
                {"path": item.source, "standing": str(item.standing), "reason": item.reason}
                for item in account.withheld
            ],
        }
    if report.written:
        result["written"] = {
            "made": list(report.written.made),
            "kept": report.written.kept,
            "removed": list(report.written.removed),
            "foreign": list(report.written.foreign),
            "reasons": dict(report.reasons),
        }
    return result
