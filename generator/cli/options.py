"""Options that several commands share, and what is made of them."""

from __future__ import annotations

import os
import time

from generator.cli.printing import fail, fail_plainly

TYPE_CHECKING = False
if TYPE_CHECKING:
    import argparse
    from datetime import datetime

    from generator.build import BuildOptions
    from generator.config.settings import SiteConfig


def add_blog_option(command: argparse.ArgumentParser) -> None:
    """Declare the option that names the blog."""
    command.add_argument(
        "--blog", default=".", metavar="DIR", help="the blog's folder; this one if not given"
    )


def add_read_options(
    command: argparse.ArgumentParser, *, formats: tuple[str, ...] = ("text", "json")
) -> None:
    """The options of every command that reads a blog."""
    add_blog_option(command)
    command.add_argument("--base-url", default="", metavar="URL", help="replaces base_url")
    command.add_argument(
        "--now", metavar="MOMENT", help="as at this moment, such as '2026-11-24 09:00'"
    )
    command.add_argument("--drafts", action="store_true", help="show drafts")
    command.add_argument("--future", action="store_true", help="show posts that are not due yet")
    command.add_argument(
        "--format", choices=formats, default="text", help="how results are printed"
    )


def add_desk_options(command: argparse.ArgumentParser) -> None:
    """The option of every command that sees all of a blog, and what such a command is not asked."""
    add_blog_option(command)
    command.set_defaults(
        base_url="", format="text", now=None, output=None, jobs=0, drafts=False, future=False
    )


def add_report_options(
    command: argparse.ArgumentParser, *, formats: tuple[str, ...] = ("text", "json")
) -> None:
    """The options of every command that tells of a blog and changes nothing."""
    add_desk_options(command)
    command.add_argument(
        "--now", metavar="MOMENT", help="as at this moment, such as '2026-11-24 09:00'"
    )
    command.add_argument(
        "--format", choices=formats, default="text", help="how results are printed"
    )


def use_own_zones() -> None:
    """Take the time zones that come with our dependencies, so that every machine has the same.

    Their folder is named, since looking into the package for each zone takes a few milliseconds.
    """
    import zoneinfo

    from generator.resources import zones_folder

    zoneinfo.reset_tzpath(to=(zones_folder(),))


def site_config(given: argparse.Namespace) -> SiteConfig:
    """The blog's settings; where they are wrong, every problem is printed and the run ends."""
    from pathlib import Path

    from generator.build import load_config

    use_own_zones()
    config = load_config(Path(given.blog), base_url=given.base_url)
    if isinstance(config, tuple):
        fail(config, given.format)
    return config


def build_options(given: argparse.Namespace, config: SiteConfig) -> BuildOptions:
    """What the arguments ask of a build."""
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
        jobs=given.jobs or _cores(),
    )


def _cores() -> int:
    """How many cores this process may use; where the system does not say, how many there are."""
    if hasattr(os, "sched_getaffinity"):  # neither on macOS nor on Windows
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _as_of(given: argparse.Namespace, config: SiteConfig) -> datetime:
    """The moment of the build: as asked for, else SOURCE_DATE_EPOCH, else the clock."""
    if given.now is None:
        return moment_now(config)
    from generator.content.dates import MomentError, read_moment

    try:
        return read_moment(given.now, zone=config.zone, default_hour=config.default_hour)
    except MomentError as error:
        fail_plainly(f"--now: {error.message}. {error.hint}")


def moment_now(config: SiteConfig) -> datetime:
    """The moment of the run in the site's zone: SOURCE_DATE_EPOCH, else the clock."""
    from datetime import UTC, datetime

    try:
        return datetime.fromtimestamp(clock_seconds(), UTC).astimezone(config.zone)
    except (ValueError, OverflowError, OSError):
        fail_plainly("SOURCE_DATE_EPOCH is not a moment that a date can name.")


def clock_seconds() -> float:
    """The same in seconds since 1970."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if not epoch:
        return time.time()
    if not epoch.isascii() or not epoch.isdigit():
        fail_plainly(f"SOURCE_DATE_EPOCH is '{epoch}', not a number of seconds since 1970.")
    return float(epoch)
