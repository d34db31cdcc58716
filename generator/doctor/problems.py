"""What the doctor can find, and how much it weighs."""

from __future__ import annotations

from generator.problems import Location, Problem, Severity

_ERROR, _WARNING, _NOTE = Severity.ERROR, Severity.WARNING, Severity.NOTE

COMPLAINTS: dict[str, Severity] = {
    # the repository
    "not-in-git": _WARNING,
    "uncommitted": _WARNING,
    "unpushed": _WARNING,
    "detached": _WARNING,
    "never-pushed": _WARNING,
    "ignored-content": _ERROR,
    # where the blog will be
    "example-address": _WARNING,
    "wrong-base-url": _ERROR,
    "other-address": _WARNING,
    # the workflow and held posts
    "stale-workflow": _WARNING,
    "no-requirements": _ERROR,
    "other-version": _WARNING,
    "never-published": _WARNING,
    "never-released": _WARNING,
    "late-release": _NOTE,
    "far-ahead": _WARNING,
    "online-already": _WARNING,
    "idle-schedule": _WARNING,
    # the files
    "case-clash": _ERROR,
    "decomposed-name": _WARNING,
    "byte-order-mark": _NOTE,
    "mixed-line-ends": _NOTE,
    "old-encoding": _ERROR,
    "merge-conflict": _ERROR,
    "large-file": _WARNING,
    "too-large": _ERROR,
    # the machine
    "no-zone-data": _ERROR,
    "old-zone-data": _WARNING,
    "clock-behind": _ERROR,
    "old-library": _ERROR,
    # what builds remember
    "cut-short": _WARNING,
    "damaged-memory": _NOTE,
    "large-memory": _NOTE,
    "closed-memory": _WARNING,
}


def complaint(code: str, at: str | Location, message: str, hint: str) -> Problem:
    """What is wrong, with what to do; `at` names a file, or what else it is about."""
    place = Location(at) if isinstance(at, str) else at
    return Problem(code, place, message, hint, COMPLAINTS[code])
