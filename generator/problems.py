"""Problems of a blog: what is wrong, where, and what to do about it."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, replace
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

    def __post_init__(self) -> None:
        """What somebody has typed may contain what nobody can see."""
        object.__setattr__(self, "message", seen(self.message))
        object.__setattr__(self, "hint", seen(self.hint))

    def __str__(self) -> str:
        """`path:line:column: message. Suggestion`, on one line."""
        label = "" if self.severity is Severity.ERROR else f"{self.severity}: "
        return f"{self.at}: {label}{self.message}. {self.hint}".rstrip()


MOST_ALIKE = 20  # problems of one kind that are shown for a file


def in_reading_order(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """The problems without repeats, sorted by path, line and column."""
    return tuple(
        sorted(set(problems), key=lambda p: (p.at.path, p.at.line, p.at.column, p.code, str(p)))
    )


def in_short(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """In reading order, at most `MOST_ALIKE` of a kind in a file, and how many more there are."""
    shown: list[Problem] = []
    alike: dict[tuple[str, str, Severity], list[Problem]] = {}
    for problem in in_reading_order(problems):
        group = alike.setdefault((problem.at.path, problem.code, problem.severity), [])
        group.append(problem)
        if len(group) <= MOST_ALIKE:
            shown.append(problem)
    for group in alike.values():
        if more := group[MOST_ALIKE:]:
            message = f"and {len(more):,} more of this kind in this file"
            shown.append(replace(more[0], message=message, hint=""))
    return in_reading_order(shown)


def has_errors(problems: Iterable[Problem]) -> bool:
    """Whether any of the problems must stop the build."""
    return any(problem.severity is Severity.ERROR for problem in problems)


def nearest(word: str, known: Iterable[str], *, likeness: float = 0.6) -> str:
    """The known word nearest to `word`, '' if none is near."""
    by_folded = {name.casefold(): name for name in sorted(known)}
    found = difflib.get_close_matches(word.casefold(), by_folded, n=1, cutoff=likeness)
    return by_folded[found[0]] if found else ""


def did_you_mean(
    word: str, known: Iterable[str], *, otherwise: str = "", likeness: float = 0.6
) -> str:
    """A suggestion of the known word nearest to `word`, or else `otherwise`."""
    name = nearest(word, (name for name in known if name != word), likeness=likeness)
    return suggestion(word, name) if name else otherwise


def suggestion(word: str, name: str) -> str:
    """The suggestion to write `name` for `word`; it says what differs if nobody can see it."""
    return f"Did you mean '{name}'?{_unseen_difference(word, name)}"


def _unseen_difference(word: str, name: str) -> str:
    odd = dict.fromkeys(sign for sign in word if sign not in name and _is_easily_missed(sign, word))
    if odd:
        named = ", ".join(f"U+{ord(s):04X} ({unicodedata.name(s, '?').lower()})" for s in odd)
        return f" What is written has {named}."
    forms = {unicodedata.normalize("NFC", text) for text in (word, name)}
    if len(forms) == 1:
        return " Only their accents are stored differently: type it anew."
    return ""


def _is_easily_missed(sign: str, word: str) -> bool:
    """Whether a character looks like nothing, like a space, or like a Latin letter."""
    if sign.isascii():
        return False
    script = unicodedata.name(sign, "").partition(" ")[0]
    is_foreign = script in ("CYRILLIC", "GREEK") and re.search("[A-Za-z]", word)
    return bool(is_foreign) or unicodedata.category(sign) in ("Cf", "Zs", "Zl", "Zp", "Cc")


# joiners belong to some scripts and emoji, between their own characters
_UNSEEN = re.compile(
    "[\x00-\x1f\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u200e"
    "\u200f\u2028-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff9-\ufffb\U000e0000-\U000e0fff]"
    "|(?<![^\x00-\x7f])[\u200c\u200d]|[\u200c\u200d](?![^\x00-\x7f])"
)


def seen(text: str) -> str:
    """`text` with a name such as <U+200B> for each character that nobody can see."""
    return _UNSEEN.sub(lambda found: f"<U+{ord(found[0]):04X}>", text)


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
