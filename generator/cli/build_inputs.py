"""What the options of a run ask for: the settings, the moment, the options of a build."""

from __future__ import annotations

import os
import time
import zoneinfo
from datetime import UTC, datetime
from pathlib import Path

from generator.build.report import BuildOptions
from generator.cli.clock import clock_seconds
from generator.cli.printing import fail, fail_plainly
from generator.cli.shared_options import SharedOptions
from generator.config.reading import load_config, load_right_settings
from generator.config.settings import LATEST, SiteConfig
from generator.content.dates import MomentError, read_moment
from generator.model import Visibility
from generator.problems import Problem
from generator.resources import zones_folder


def use_own_zones() -> None:
    """Use the time zones that come with our dependencies, so that every machine has the same.

    Their folder is named, since a search in the package takes a few milliseconds for each zone.
    """
    zoneinfo.reset_tzpath(to=(zones_folder(),))


def site_config(given: SharedOptions, *, reads_content: bool = False) -> SiteConfig:
    """The blog's settings; if they are wrong, every problem is printed and the run ends.

    A command that `reads_content` reports what is wrong in that, too.
    """
    use_own_zones()
    config = load_config(given.blog, base_url=given.base_url)
    if not isinstance(config, SiteConfig):
        fail((*config, *(_in_content(given) if reads_content else ())), given.format)
    return config


def _in_content(given: SharedOptions) -> tuple[Problem, ...]:
    from generator.check import problems_despite_settings

    config = load_right_settings(given.blog)
    return problems_despite_settings(build_options(given, config), config) if config else ()


def build_options(given: SharedOptions, config: SiteConfig) -> BuildOptions:
    """What the options ask of a build."""
    return BuildOptions(
        blog=given.blog,
        output=output_folder(given),
        as_of=_as_of(given, config),
        visibility=Visibility(drafts=given.drafts, future=given.future),
        started_ns=time.time_ns(),
        jobs=given.jobs or _cores(),
    )


def output_folder(given: SharedOptions) -> Path:
    """The folder of the built site."""
    return given.output or given.blog / "output"


def _cores() -> int:
    """How many cores this process may use; if the system does not say, how many there are."""
    if hasattr(os, "sched_getaffinity"):  # neither on macOS nor on Windows
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _as_of(given: SharedOptions, config: SiteConfig) -> datetime:
    """The moment of the build: --now, else SOURCE_DATE_EPOCH, else the clock."""
    if given.now is None:
        return moment_now(config)
    try:
        return read_moment(given.now, zone=config.zone, default_hour=config.default_hour)
    except MomentError as error:
        fail_plainly(f"--now: {error.message}. {error.hint}")


def moment_now(config: SiteConfig) -> datetime:
    """The moment of the run in the site's zone: SOURCE_DATE_EPOCH, else the clock."""
    return utc_now().astimezone(config.zone)


def utc_now() -> datetime:
    """The same moment in UTC."""
    seconds = clock_seconds()
    if seconds is None:
        epoch = os.environ["SOURCE_DATE_EPOCH"]
        fail_plainly(f"SOURCE_DATE_EPOCH is '{epoch}', not a number of seconds since 1970.")
    try:
        moment = datetime.fromtimestamp(seconds, UTC)
    except (ValueError, OverflowError, OSError):
        moment = None
    if moment is None or moment.year > LATEST:
        fail_plainly(f"SOURCE_DATE_EPOCH is too far away: the last year is {LATEST}.")
    return moment
