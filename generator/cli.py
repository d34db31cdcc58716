"""The command line: arguments, the clock, printing and the exit code."""

from __future__ import annotations

import json
import os
import sys
import time
import zoneinfo
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn, TypeVar

import click

from generator import __version__

if TYPE_CHECKING:
    from generator.build import Account, BuildOptions, BuildReport
    from generator.config import SiteConfig
    from generator.problems import Problem

Command = TypeVar("Command", bound=Callable[..., Any])

PRINTED_PATHS = 5


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="weekly")
def main() -> None:
    """A static-site generator for the leader who writes to all staff every week."""
    # zone data comes with our dependencies, so that every machine has the same
    zoneinfo.reset_tzpath(to=())


def _of_a_blog(command: Command) -> Command:
    """The options of every command that reads a blog."""
    for option in (
        click.option(
            "--format",
            "output_format",
            type=click.Choice(["text", "json"]),
            default="text",
            help="How problems and results are printed.",
        ),
        click.option("--future", is_flag=True, help="Show posts whose hour has not come."),
        click.option("--drafts", is_flag=True, help="Show drafts."),
        click.option(
            "--now",
            metavar="MOMENT",
            help="Build as at this moment, such as '2026-11-24 09:00', not as of now.",
        ),
        click.option("--base-url", metavar="URL", default="", help="Replaces base_url."),
        click.option(
            "--blog",
            type=click.Path(path_type=Path, file_okay=False),
            default=Path(),
            help="The blog's folder; this one if not given.",
        ),
    ):
        command = option(command)
    return command


@main.command()
@_of_a_blog
@click.option(
    "--output",
    type=click.Path(path_type=Path),
    help="The folder to build into; output/ in the blog if not given.",
)
def build(
    blog: Path,
    base_url: str,
    now: str | None,
    drafts: bool,
    future: bool,
    output_format: str,
    output: Path | None,
) -> None:
    """Build the site into output/."""
    started = time.perf_counter()
    from generator.build import build as build_site

    config = _config(blog, base_url, output_format)
    options = _options(blog, output, now, drafts, future, config, output_format)
    report = build_site(config, options)
    _print_report(report, config, output_format, time.perf_counter() - started)
    sys.exit(1 if report.failed else 0)


@main.command()
@_of_a_blog
def check(
    blog: Path, base_url: str, now: str | None, drafts: bool, future: bool, output_format: str
) -> None:
    """Say what is wrong with the content, and build nothing."""
    from generator.build import check as check_site

    config = _config(blog, base_url, output_format)
    options = _options(blog, None, now, drafts, future, config, output_format)
    report = check_site(config, options)
    _print_report(report, config, output_format, None)
    sys.exit(1 if report.failed else 0)


@main.command()
@click.option(
    "--blog", type=click.Path(path_type=Path, file_okay=False), default=Path(), help="The blog."
)
def clean(blog: Path) -> None:
    """Remove what a build has put into output/, and nothing else."""
    from generator.output.writer import empty
    from generator.problems import Problem

    removed = empty(blog / "output")
    if isinstance(removed, Problem):
        _fail([removed], "text")
    click.echo(f"{removed} files removed.")


@main.command()
@click.argument("title")
@click.option("--date", "day", metavar="DAY", help="The day of the post, such as 2026-11-24.")
@click.option(
    "--blog", type=click.Path(path_type=Path, file_okay=False), default=Path(), help="The blog."
)
def new(title: str, day: str | None, blog: Path) -> None:
    """Begin a post with this TITLE, as a draft."""
    from generator.problems import Problem
    from generator.scaffold import new_post

    config = _config(blog, "", "text")
    created = new_post(blog, title, config, day=day, now=_moment_now(config))
    if isinstance(created, Problem):
        _fail([created], "text")
    click.echo(f"{created}: a draft. Take out the line 'draft: true' when it is ready.")


@main.command()
@click.argument("folder", type=click.Path(path_type=Path))
def init(folder: Path) -> None:
    """Make a new blog in FOLDER."""
    from generator.scaffold import new_blog

    problem = new_blog(folder, today=_clock().date())
    if problem:
        _fail([problem], "text")
    click.echo(
        f"A new blog stands in {folder}.\n"
        f"  1. Put your name and address into {folder / 'content/site.toml'}.\n"
        f"  2. cd {folder} && weekly build"
    )


def _config(blog: Path, base_url: str, output_format: str) -> SiteConfig:
    from generator.build import load_config

    config = load_config(blog, base_url=base_url)
    if isinstance(config, tuple):
        _fail(config, output_format)
    return config


def _options(
    blog: Path,
    output: Path | None,
    now: str | None,
    drafts: bool,
    future: bool,
    config: SiteConfig,
    output_format: str,
) -> BuildOptions:
    from generator.build import BuildOptions
    from generator.model import Showing

    return BuildOptions(
        blog=blog,
        output=output or blog / "output",
        as_of=_as_of(now, config, output_format),
        showing=Showing(drafts=drafts, future=future),
        started_ns=time.time_ns(),
    )


def _as_of(now: str | None, config: SiteConfig, output_format: str) -> datetime:
    """The moment of the build: as asked for, else SOURCE_DATE_EPOCH, else the clock."""
    if now is None:
        return _moment_now(config)
    from generator.content.moments import MomentError, read_moment

    try:
        return read_moment(now, zone=config.zone, default_hour=config.default_hour)
    except MomentError as error:
        raise click.BadParameter(f"{error.message}. {error.hint}", param_hint="--now") from None


def _moment_now(config: SiteConfig) -> datetime:
    return _clock().astimezone(config.zone)


def _clock() -> datetime:
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if not epoch:
        return datetime.now(UTC)
    try:
        return datetime.fromtimestamp(int(epoch), UTC)
    except (ValueError, OverflowError, OSError):
        raise click.UsageError(
            f"SOURCE_DATE_EPOCH is '{epoch}', not a number of seconds since 1970."
        ) from None


def _fail(problems: Iterable[Problem], output_format: str) -> NoReturn:
    _print_problems(problems, output_format)
    sys.exit(1)


def _print_problems(problems: Iterable[Problem], output_format: str) -> None:
    from generator.problems import in_reading_order

    ordered = in_reading_order(problems)
    if output_format == "json":
        click.echo(json.dumps({"problems": [_as_json(p) for p in ordered]}, indent=1))
    for problem in ordered if output_format == "text" else ():
        click.echo(str(problem), err=True)


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


def _print_report(
    report: BuildReport, config: SiteConfig, output_format: str, seconds: float | None
) -> None:
    if output_format == "json":
        click.echo(json.dumps(_report_as_json(report), indent=1, ensure_ascii=False))
        return
    _print_problems(report.problems, "text")
    if report.account:
        _print_account(report.account)
    if report.written is None:
        if report.failed:
            click.echo("Nothing was built: the site stands as it was.", err=True)
        return
    written = report.written
    for path in written.foreign[:PRINTED_PATHS]:
        click.echo(f"output/{path} is not of this site, and was left alone.")
    if len(written.foreign) > PRINTED_PATHS:
        click.echo(f"… and {len(written.foreign) - PRINTED_PATHS} more such files.")
    took = f", in {seconds:.2f} s" if seconds is not None else ""
    click.echo(
        f"{len(written.made)} made, {written.kept} kept, {len(written.removed)} removed{took}."
    )


def _print_account(account: Account) -> None:
    from generator.model import Standing

    for item in account.withheld:
        click.echo(f"{item.source}: {item.reason}.")
    click.echo(
        f"{account.sources} sources = {account.published} published"
        f" + {account.count(Standing.HELD)} held + {account.count(Standing.DRAFT)} drafts"
        f" + {account.count(Standing.REJECTED)} rejected"
    )


def _report_as_json(report: BuildReport) -> dict[str, Any]:
    from generator.model import Standing

    result: dict[str, Any] = {"problems": [_as_json(p) for p in report.problems]}
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
        }
    return result
