"""Problems of a blog: what is wrong, where, and what to do about it."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple


class Severity(StrEnum):
    """Whether a problem stops the build, should be fixed, or may be intended."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


class Location(NamedTuple):
    """A place in a file; lines and columns count from 1, and 0 means the whole file."""

    path: str  # relative to the blog's folder, with forward slashes
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        parts = [self.path, *(str(number) for number in (self.line, self.column) if number)]
        return ":".join(parts)


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong, in the writer's words, with its place and a suggestion."""

    code: str
    at: Location
    message: str
    hint: str = ""
    severity: Severity = Severity.ERROR

    def __str__(self) -> str:
        """`path:line:column: message. Suggestion`, on one line."""
        label = "" if self.severity is Severity.ERROR else f"{self.severity}: "
        return f"{self.at}: {label}{self.message}. {self.hint}".rstrip()


def in_reading_order(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """The problems without repeats, sorted by path, line and column."""
    return tuple(
        sorted(set(problems), key=lambda p: (p.at.path, p.at.line, p.at.column, p.code, str(p)))
    )


def has_errors(problems: Iterable[Problem]) -> bool:
    """Whether any of the problems must stop the build."""
    return any(problem.severity is Severity.ERROR for problem in problems)


def did_you_mean(
    word: str, known: Iterable[str], *, otherwise: str = "", likeness: float = 0.6
) -> str:
    """A suggestion of the known word nearest to `word`, or else `otherwise`.

    It is never the word itself: who typed it meant something else.
    """
    found = nearest(word, (name for name in known if name != word), likeness=likeness)
    return f"Did you mean '{found}'?" if found else otherwise


def nearest(word: str, known: Iterable[str], *, likeness: float = 0.6) -> str:
    """The known word nearest to `word`, '' if none is near."""
    by_folded = {name.casefold(): name for name in sorted(known)}
    found = difflib.get_close_matches(word.casefold(), by_folded, n=1, cutoff=likeness)
    return by_folded[found[0]] if found else ""


def shortened(text: str) -> str:
    """`text` on one line, shortened so that it fits into a message."""
    line = " ".join(text.split())
    return line if len(line) <= 60 else line[:59] + "…"


def counted(number: int, what: str) -> str:
    """A number with its noun: 1 file, 2 files."""
    return f"{number:,} {what}{'' if number == 1 else 's'}"


def unreadable(path: str, error: OSError) -> Problem:
    """A file or folder that is there but can't be read."""
    hint = (
        "Change its permissions so that you can read it."
        if isinstance(error, PermissionError)
        else ""
    )
    return Problem("unreadable", Location(path), f"this can't be read: {reason_of(error)}", hint)


def reason_of(error: OSError) -> str:
    """The system's reason for an error, in the form of the end of a message."""
    return (error.strerror or str(error)).lower()
