"""`weekly calendar`: the coming weeks, their posts, and the gaps."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import click

from generator.cli.blog_context import blog_context
from generator.cli.commands import command
from generator.cli.options import FILE_PATH, report_options
from generator.cli.printing import print_json, say
from generator.cli.screen import Screen, screen
from generator.cli.shared_options import SharedOptions
from generator.cli.status import post_as_json, week_as_json
from generator.i18n.dates import day_in_short
from generator.insights.calendar import Calendar, CalendarPost, WeekPlan, calendar
from generator.insights.ics import icalendar
from generator.model import PostState

MOST_WEEKS = 520


@command(
    "calendar",
    examples=(
        ("weekly calendar", "the next twelve weeks, including those without a post"),
        ("weekly calendar --ics ~/posts.ics", "a file for Outlook, Apple or Google Calendar"),
    ),
)
@click.option(
    "--weeks",
    type=click.IntRange(1, MOST_WEEKS),
    default=12,
    metavar="N",
    help="How many weeks; 12 if not given.",
)
@click.option(
    "--ics",
    type=FILE_PATH,
    metavar="FILE",
    help="Write all posts and weeks as iCalendar; - for stdout.",
)
@report_options
def run(given: SharedOptions, weeks: int, ics: str | None) -> int:
    """Print the calendar, or write it as a file."""
    blog = blog_context(given)
    found = calendar(blog.inventory.site.entries, blog.config, as_of=blog.now, weeks=weeks)
    if ics:
        _write(given, ics, icalendar(found, blog.config))
    elif given.format == "json":
        print_json(
            {
                "weeks": [week_as_json(plan) for plan in found.weeks],
                "started": [post_as_json(post) for post in found.overdue],
                "ideas": [post_as_json(post) for post in found.ideas],
            }
        )
    else:
        for line in _lines(found, screen()):
            print(line)
    return 0


def _write(given: SharedOptions, file: str, text: str) -> None:
    if file == "-":
        sys.stdout.flush()
        sys.stdout.buffer.write(text.encode())
        return
    Path(file).write_bytes(text.encode())
    say(given, f"Created {file}. Import it into your calendar; no post appears there twice.")


def _lines(found: Calendar, shown: Screen) -> Iterator[str]:
    for plan in found.weeks:
        yield from _lines_of_week(plan, shown)
    if found.overdue:
        yield ""
        yield shown.bold("Started for an earlier week:")
        yield from (f"  {post.state:<9}  {_named(post)}" for post in found.overdue)
    if found.ideas:
        yield ""
        yield shown.bold("Ideas without a week:")
        yield from (f"  {_named(idea)}" for idea in found.ideas)


def _named(post: CalendarPost) -> str:
    return f"{_title(post)} ({post.entry.post.source})"


def _title(post: CalendarPost) -> str:
    """The title, and whether somebody has to approve the post."""
    return post.entry.post.title + (": needs approval" if post.state is PostState.READY else "")


def _lines_of_week(plan: WeekPlan, shown: Screen) -> Iterator[str]:
    for post in plan.posts:
        yield _line(plan, post.day, post.state, _title(post), shown)
    if plan.away is not None:
        yield shown.dim(_line(plan, plan.due.date(), "off", plan.away, shown))
    elif plan.is_gap:
        yield shown.dim(_line(plan, plan.due.date(), "·", "nothing yet", shown))


def _line(plan: WeekPlan, day: date, state: str, what: str, shown: Screen) -> str:
    start = f"{plan.week}  {day_in_short(day)}  {state:<9}  "
    indent = len(f"{plan.week}  ") if shown.is_narrow else len(start)
    return shown.wrapped(what, first=start, indent=indent).rstrip()
