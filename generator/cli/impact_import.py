"""`weekly impact import`: how often posts were read, as other services counted it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from generator import disk
from generator.cache.impact_sums import keep_sums, merged, read_sums
from generator.cache.store import FOLDER
from generator.cli.blog_context import blog_context
from generator.cli.commands import command
from generator.cli.intake import names_in
from generator.cli.options import blog_option
from generator.cli.printing import fail_plainly, say
from generator.cli.shared_options import SharedOptions
from generator.importers.daily_sums import Counted, SumsError
from generator.importers.daily_sums import read_sums as sums_in
from generator.insights.impact import MEASURES, DailySum
from generator.problems import counted, reason_of


@command(
    "impact import",
    examples=(
        ("weekly impact import goatcounter-export.csv.gz", "visits, as GoatCounter exports them"),
        ("weekly impact import campaigns.json", "what listmonk's /api/campaigns answers"),
    ),
)
@click.argument(
    "paths",
    nargs=-1,
    required=True,
    metavar="FILE...",
    type=click.Path(path_type=Path),
    help="Exports of GoatCounter (.csv, .csv.gz), answers of listmonk's API (.json).",
)
@blog_option
def run(given: SharedOptions, paths: Sequence[Path]) -> int:
    """Keep sums of a day for each post; an export that was taken in before changes nothing."""
    blog = blog_context(given)
    names = names_in(blog)
    found: list[DailySum] = []
    for path in paths:
        try:
            counted_there = sums_in(disk.read_bytes(path), names, blog.config.zone)
        except SumsError as error:
            fail_plainly(f"{path}: {error}")
        except OSError as error:
            fail_plainly(f"{path}: {reason_of(error)}")
        found += counted_there.sums
        for line in _lines(path, counted_there):
            say(given, line)
    folder = given.blog / FOLDER
    try:
        keep_sums(folder, merged(read_sums(folder), found))
    except OSError as error:
        fail_plainly(f"{folder}: {reason_of(error)}")
    return 0


def _lines(path: Path, found: Counted) -> list[str]:
    totals = {
        measure: sum(each.number for each in found.sums if each.measure == measure)
        for measure in MEASURES
    }
    parts = [f"{total:,} {measure}" for measure, total in totals.items() if total]
    posts = {each.post for each in found.sums}
    days = {each.day for each in found.sums}
    where = f" to {counted(len(posts), 'post')} on {counted(len(days), 'day')}" if posts else ""
    lines = [f"{path.name}: {', '.join(parts) or 'nothing'}{where}."]
    if found.left_out:
        left = ", ".join(f"{count:,} {reason}" for reason, count in found.left_out.items())
        lines.append(f"Left out: {left}.")
    return lines
