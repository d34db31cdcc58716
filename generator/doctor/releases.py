"""Whether what is held will ever appear, and the workflow that lets it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from generator.deploy.schedule import crons_of, next_run, runs_of
from generator.deploy.workflow import (
    PATH,
    REQUIREMENTS,
    Publishing,
    requirements_text,
    workflow_text,
)
from generator.doctor.problems import complaint
from generator.problems import Location, Problem

IDLE = timedelta(days=60)  # after which GitHub switches schedules of public repositories off
PATIENCE = timedelta(hours=1)
FAR = timedelta(days=366)


class Held(NamedTuple):
    """A post whose hour has not come."""

    source: str
    due: datetime
    was_online: bool


def workflow_complaints(
    publishing: Publishing,
    root: Path,
    blog: Path,
    *,
    version: str,
    committed: float,
    now: datetime,
) -> Iterator[Problem]:
    """What is wrong with the workflow, where there is one; `version` is that of this program."""
    text = _text_of(root / PATH)
    if not text:
        return
    expected = workflow_text(publishing)
    if text != expected:
        yield complaint(
            "stale-workflow",
            Location(PATH, _first_difference(text, expected)),
            "this is not what would be written for the settings of today",
            "Write it anew: weekly deploy --init. If you have changed it by hand, leave it.",
        )
    if not publishing.has_program:
        yield from _requirement_complaints(blog / REQUIREMENTS, version)
    idle = now.timestamp() - committed
    if committed and crons_of(text) and idle > IDLE.total_seconds():
        yield complaint(
            "idle-schedule",
            PATH,
            f"the last commit is {int(idle // 86400)} days old: in a public repository GitHub has"
            " switched the weekly run off",
            "Push a commit, then look under Actions, Publish, whether it is to be switched on.",
        )


def _requirement_complaints(path: Path, version: str) -> Iterator[Problem]:
    """Whether GitHub will install the program, and that of this machine."""
    if not path.is_file():
        message = "the workflow installs what this file says, and it is not there"
        yield complaint("no-requirements", REQUIREMENTS, message, "Run: weekly deploy --init.")
        return
    ours = requirements_text(version).splitlines()[-1]
    name, _, _ = ours.partition("==")
    lines = [line.partition("#")[0].strip() for line in _text_of(path).splitlines()]
    if not any("weekly" in line for line in lines):
        message = "the workflow installs what this file says, and weekly is not in it"
        yield complaint("no-requirements", REQUIREMENTS, message, f"Add a line: {ours}.")
    for number, line in enumerate(lines, start=1):
        if line.startswith(f"{name}==") and line != ours:
            message = f"GitHub builds with {line}, and this machine with {version}"
            hint = f"Write {ours} here, or install the other one here too."
            yield complaint("other-version", Location(REQUIREMENTS, number), message, hint)


def release_complaints(held: Iterable[Held], root: Path, *, now: datetime) -> Iterator[Problem]:
    """Held posts that were online already, that no run will let appear, or only much later."""
    crons = crons_of(_text_of(root / PATH))
    runs = runs_of(crons)
    if len(runs) < len(crons):  # somebody's own hours, which we do not understand
        return
    for post in held:
        if post.due - now > FAR:
            message = f"this is held until {_in_words(post.due)}, more than a year ahead"
            yield complaint("far-ahead", post.source, message, "Look at the year of its date.")
        if post.was_online:
            yield complaint(
                "online-already",
                post.source,
                f"this was online, and is held until {_in_words(post.due)}",
                "Either its date is wrong, or the clock of this machine is behind.",
            )
        run = next_run(runs, post.due)
        if run is None:
            yield complaint(
                "never-released",
                post.source,
                f"this is held until {_in_words(post.due)}, and nothing will build the site then",
                "Let GitHub do it: weekly deploy --init. Or publish after that hour yourself.",
            )
        elif run - post.due > PATIENCE:
            yield complaint(
                "late-release",
                post.source,
                f"this is held until {_in_words(post.due)},"
                f" but the next run is on {_in_words(run.astimezone(post.due.tzinfo))}",
                "For its own hour, run the workflow by hand then: Actions, Publish, Run workflow.",
            )


def _text_of(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""


def _first_difference(text: str, expected: str) -> int:
    lines, others = text.splitlines(), expected.splitlines()
    pairs = enumerate(zip(lines, others, strict=False), start=1)
    return next((n for n, (mine, other) in pairs if mine != other), min(len(lines), len(others)))


def _in_words(moment: datetime) -> str:
    """A moment for a person, the same in any locale."""
    return f"{moment:%Y-%m-%d %H:%M} {moment.tzinfo}"
