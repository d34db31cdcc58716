"""Every problem that the doctor can find, with its severity."""

from __future__ import annotations

from generator.problems import Location, Problem, Severity

_ERROR, _WARNING, _NOTE = Severity.ERROR, Severity.WARNING, Severity.NOTE

SEVERITIES: dict[str, Severity] = {
    # the repository
    "not-in-git": _WARNING,
    "uncommitted": _WARNING,
    "unpushed": _WARNING,
    "detached": _WARNING,
    "never-pushed": _WARNING,
    "ignored-content": _ERROR,
    # where the blog will be
    "placeholder": _WARNING,
    "example-address": _WARNING,
    "wrong-base-url": _ERROR,
    "other-address": _WARNING,
    # how readers answer
    "no-way-to-answer": _WARNING,
    # the workflow and scheduled posts
    "stale-workflow": _WARNING,
    "no-requirements": _ERROR,
    "other-package": _ERROR,
    "unreachable-source": _ERROR,
    "unknown-source": _WARNING,
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
    # the cache of builds
    "cut-short": _WARNING,
    "damaged-cache": _NOTE,
    "large-cache": _NOTE,
    "unusable-cache": _WARNING,
}


def doctor_problem(code: str, at: str | Location, message: str, hint: str) -> Problem:
    """A problem with its severity; `at` is its place, a file, or another name for where it is."""
    place = Location(at) if isinstance(at, str) else at
    return Problem(code, place, message, hint, SEVERITIES[code])
