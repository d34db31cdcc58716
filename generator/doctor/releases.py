"""Whether scheduled posts will ever be published, and the workflow that publishes them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from generator import disk
from generator.deploy.requirement import Requirement
from generator.deploy.schedule import crons_of, next_run, runs_of
from generator.deploy.workflow import PATH, REQUIREMENTS, Publishing, workflow_text
from generator.doctor.problems import doctor_problem
from generator.doctor.requirements import requirement_problems
from generator.problems import Location, Problem

IDLE = timedelta(days=60)  # after which GitHub switches off schedules of public repositories
LATE = timedelta(hours=1)
FAR = timedelta(days=366)


class ScheduledPost(NamedTuple):
    """A post that will be published later."""

    source: str
    due: datetime
    was_online: bool


def workflow_problems(
    publishing: Publishing,
    root: Path,
    blog: Path,
    *,
    requirement: Requirement,
    committed: float,
    now: datetime,
) -> Iterator[Problem]:
    """What is wrong with the workflow, if there is one; `requirement` installs this program."""
    text = _text_of(root / PATH)
    if not text:
        return
    expected = workflow_text(publishing)
    if text != expected:
        yield doctor_problem(
            "stale-workflow",
            Location(PATH, _first_difference(text, expected)),
            "this does not match the current settings",
            "Write it again: weekly deploy --init. If you changed it by hand, leave it.",
        )
    if not publishing.has_program:
        yield from requirement_problems(blog / REQUIREMENTS, requirement)
    idle = now.timestamp() - committed
    if committed and crons_of(text) and idle > IDLE.total_seconds():
        yield doctor_problem(
            "idle-schedule",
            PATH,
            f"the last commit is {int(idle // 86400)} days old: in a public repository GitHub has"
            " switched off the weekly run",
            "Push a commit, then check under Actions, Publish whether to enable it again.",
        )


def release_problems(
    scheduled: Iterable[ScheduledPost], root: Path, *, now: datetime
) -> Iterator[Problem]:
    """Scheduled posts that were online before, or that no run will publish on time."""
    crons = crons_of(_text_of(root / PATH))
    runs = runs_of(crons)
    if len(runs) < len(crons):  # a schedule of the user's own, which we can't read
        return
    for post in scheduled:
        if post.due - now > FAR:
            message = f"this is scheduled for {_in_words(post.due)}, more than a year ahead"
            yield doctor_problem("far-ahead", post.source, message, "Check the year of its date.")
        if post.was_online:
            yield doctor_problem(
                "online-already",
                post.source,
                f"this was online, but is scheduled for {_in_words(post.due)}",
                "Either its date is wrong, or this machine's clock is behind.",
            )
        run = next_run(runs, post.due)
        if run is None:
            yield doctor_problem(
                "never-released",
                post.source,
                f"this is scheduled for {_in_words(post.due)}, but nothing builds the site then",
                "Let GitHub do it: weekly deploy --init. Or publish it yourself after that time.",
            )
        elif run - post.due > LATE:
            yield doctor_problem(
                "late-release",
                post.source,
                f"this is scheduled for {_in_words(post.due)},"
                f" but the next run is on {_in_words(run.astimezone(post.due.tzinfo))}",
                "To publish it on time, run the workflow yourself: Actions, Publish, Run workflow.",
            )


def _text_of(path: Path) -> str:
    try:
        return disk.read_text(path, errors="replace")
    except OSError:
        return ""


def _first_difference(text: str, expected: str) -> int:
    lines, others = text.splitlines(), expected.splitlines()
    pairs = enumerate(zip(lines, others, strict=False), start=1)
    return next((n for n, (mine, other) in pairs if mine != other), min(len(lines), len(others)))


def _in_words(moment: datetime) -> str:
    """A date and time for people, the same in any locale."""
    return f"{moment:%Y-%m-%d %H:%M} {moment.tzinfo}"
