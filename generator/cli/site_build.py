"""A build of the site as the command line makes it, without click."""

from __future__ import annotations

import os
import time
from collections.abc import Mapping
from pathlib import Path

from generator.build import build
from generator.build.report import BuildReport
from generator.build.stamping import stamp_as_up_to_date
from generator.cache.stamp import Inputs, look_at
from generator.cache.store import FOLDER
from generator.cli.build_inputs import build_options, output_folder, site_config
from generator.cli.printing import progress_of, say_waiting
from generator.cli.reports import print_report, report_lines
from generator.cli.shared_options import SharedOptions
from generator.cli.up_to_date import inputs_of, options_key
from generator.output.lock import locked

_kept: list[BuildReport] = []  # what a process that is about to end need not free


def build_site(given: SharedOptions, explain: str | None = None) -> int:
    """Build what has changed, and stamp it, so that the next build can tell if nothing has."""
    started = time.perf_counter()
    config = site_config(given, reads_content=True)
    options = build_options(given, config)
    inputs = _inputs(given)
    with locked(options.blog / FOLDER / "lock", waiting=say_waiting) as has_waited:
        inputs = _inputs(given) if has_waited else inputs
        if inputs:
            options = options._replace(started_ns=inputs.seen_ns)
        report = build(config, options, progress=progress_of(given))
        lines = report_lines(report, is_settled=True)
        key = _options_key(given)
        stamp_as_up_to_date(options, report, inputs, lines, key, now_ns=time.time_ns())
    print_report(report, given, time.perf_counter() - started, explain=explain)
    _kept.append(report)
    return 1 if report.failed else 0


def shared_options(options: Mapping[str, str]) -> SharedOptions:
    """What the options of `plain_build` mean; click gives the same ones the same meaning."""
    output = options.get("--output")
    return SharedOptions(
        blog=Path(options.get("--blog", ".")),
        quiet="--quiet" in options,
        verbose="--verbose" in options,
        base_url=options.get("--base-url", ""),
        now=options.get("--now"),
        drafts="--drafts" in options,
        future="--future" in options,
        output=Path(output) if output else None,
    )


def _inputs(given: SharedOptions) -> Inputs | None:
    return look_at(inputs_of(os.fspath(given.blog)), now_ns=time.time_ns())


def _options_key(given: SharedOptions) -> str:
    return options_key(
        os.fspath(output_folder(given)),
        base_url=given.base_url,
        drafts=given.drafts,
        future=given.future,
        now=given.now,
    )
