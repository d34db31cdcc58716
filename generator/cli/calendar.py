"""`weekly calendar`: the weeks to come, what is meant for each, and the gaps."""

from __future__ import annotations

from generator.cli.blog_context import opened
from generator.cli.options import add_report_options
from generator.cli.printing import fail_plainly, print_json, say
from generator.cli.screen import screen
from generator.cli.status import letter_as_json, week_as_json

TYPE_CHECKING = False
if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator
    from datetime import date

    from generator.cli.screen import Screen
    from generator.insights.calendar import Calendar, CalendarPost, WeekPlan

SENTENCE = "Show the weeks to come with what is planned, or write them for a calendar program."
EXAMPLES = (
    ("weekly calendar", "the next twelve weeks, those without a letter too"),
    ("weekly calendar --ics ~/letters.ics", "a file for Outlook, Apple or Google Calendar"),
)

MOST_WEEKS = 520


def add_options(command: argparse.ArgumentParser) -> None:
    """Declare what the command takes."""
    command.add_argument(
        "--weeks", type=int, default=12, metavar="N", help="how many; 12 if not given"
    )
    command.add_argument(
        "--ics", metavar="FILE", help="write all letters and weeks as iCalendar; - for stdout"
    )
    add_report_options(command)


def run(given: argparse.Namespace) -> int:
    """Print the calendar, or write it as a file."""
    from generator.insights.calendar import calendar

    if not 1 <= given.weeks <= MOST_WEEKS:
        fail_plainly(f"--weeks: write a number from 1 to {MOST_WEEKS}.")
    blog = opened(given)
    found = calendar(blog.survey.site.entries, blog.config, as_of=blog.now, weeks=given.weeks)
    if given.ics:
        from generator.insights.ics import icalendar

        return _write(given, icalendar(found, blog.config))
    if given.format == "json":
        print_json(
            {
                "weeks": [week_as_json(plan) for plan in found.weeks],
                "begun": [letter_as_json(letter) for letter in found.overdue],
                "ideas": [letter_as_json(letter) for letter in found.ideas],
            }
        )
        return 0
    for line in _told(found, screen()):
        print(line)
    return 0


def _write(given: argparse.Namespace, text: str) -> int:
    import sys
    from pathlib import Path

    if given.ics == "-":
        sys.stdout.flush()
        sys.stdout.buffer.write(text.encode())
        return 0
    Path(given.ics).write_bytes(text.encode())
    say(given, f"{given.ics} is written. Import it into your calendar; the same letter comes once.")
    return 0


def _told(found: Calendar, shown: Screen) -> Iterator[str]:
    for plan in found.weeks:
        yield from _week_told(plan, shown)
    if found.overdue:
        yield ""
        yield shown.bold("Begun for a week that is over:")
        yield from (f"  {letter.state:<9}  {_named(letter)}" for letter in found.overdue)
    if found.ideas:
        yield ""
        yield shown.bold("Ideas without a week:")
        yield from (f"  {_named(idea)}" for idea in found.ideas)


def _named(letter: CalendarPost) -> str:
    return f"{letter.entry.post.title} ({letter.entry.post.source})"


def _week_told(plan: WeekPlan, shown: Screen) -> Iterator[str]:
    for letter in plan.posts:
        yield _line(plan, letter.day, letter.state, letter.entry.post.title, shown)
    if plan.away is not None:
        yield shown.dim(_line(plan, plan.due.date(), "off", plan.away, shown))
    elif plan.is_gap:
        yield shown.dim(_line(plan, plan.due.date(), "·", "nothing yet", shown))


def _line(plan: WeekPlan, day: date, state: str, what: str, shown: Screen) -> str:
    from generator.i18n.dates import day_in_short

    begins = f"{plan.week}  {day_in_short(day)}  {state:<9}  "
    indent = len(f"{plan.week}  ") if shown.is_narrow else len(begins)
    return shown.wrapped(what, first=begins, indent=indent).rstrip()
