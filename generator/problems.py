"""What is wrong with somebody's content: where it is, what it is and what to do about it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple


class Severity(StrEnum):
    """Whether a problem stops the build, should be mended, or may be as it is meant."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


class Location(NamedTuple):
    """A place in a file; lines and columns count from 1, and 0 stands for the whole file."""

    path: str  # relative to the blog's folder, with forward slashes
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        parts = [self.path, *(str(number) for number in (self.line, self.column) if number)]
        return ":".join(parts)


@dataclass(frozen=True, slots=True)
class Problem:
    """One mistake in the writer's words, with its place and a suggestion."""

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
    """A suggestion that names the known word nearest to `word`, else `otherwise`."""
    by_folded = {name.casefold(): name for name in sorted(known)}
    import difflib  # most runs have nothing to suggest

    nearest = difflib.get_close_matches(word.casefold(), by_folded, n=1, cutoff=likeness)
    return f"Did you mean '{by_folded[nearest[0]]}'?" if nearest else otherwise


def shortened(text: str) -> str:
    """`text` on one line, and not too long to be printed in a message."""
    line = " ".join(text.split())
    return line if len(line) <= 60 else line[:59] + "…"


def counted(number: int, what: str) -> str:
    """How many there are, in words: 1 file, 2 files."""
    return f"{number:,} {what}{'' if number == 1 else 's'}"


def reason_of(error: OSError) -> str:
    """Why the system could not do something, as a message ends."""
    return (error.strerror or str(error)).lower()
