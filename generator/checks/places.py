"""Where in the sources somebody can fix a problem that was found in a built file."""

from __future__ import annotations

import posixpath
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeVar
from urllib.parse import unquote

from generator.checks.built import Token, UnplacedProblem
from generator.checks.markup import start_tag_in
from generator.config.levels import Level, severity_by
from generator.model import Tag
from generator.problems import Location, Problem, Severity, counted

_LETTERS = re.compile(r"(?:%[89A-Fa-f][0-9A-Fa-f])+")  # that are not ASCII
_Typed = TypeVar("_Typed", Location, Tag)


@dataclass(frozen=True, slots=True)
class Sources:
    """What built pages were made from."""

    of_page: Mapping[str, str]  # the source of each page that has one
    # by source and URL: where links to it are typed
    references: Mapping[str, Mapping[str, Sequence[Location]]]
    # by source: the tags of its headings and tables, its raw tags and its attribute lists
    pieces: Mapping[str, Sequence[Tag]]
    lists: frozenset[str]  # pages that show parts of other pages
    text_of: Callable[[str], str]  # the text of a source
    output: str = "output"  # the name of the folder with the built files

    def places(self, problem: UnplacedProblem) -> tuple[Location, ...]:
        """Where in a source a problem comes from; () if it comes from elsewhere."""
        source = self.of_page.get(problem.at.path, "")
        if not source:
            return ()
        addresses = self.references.get(source, {})
        for clue in problem.clues:
            if clue in addresses:
                return tuple(_chosen(addresses[clue], problem.token))
        pieces = self.pieces.get(source)
        if pieces is None:  # it has no body
            return _in_text(self.text_of(source), problem.clues, Location(source, 1, 1))
        return _in_body(pieces, problem) or _in_text(
            _head_of(self.text_of(source)), problem.clues, Location(source, 1, 1)
        )

    def nearest(self, problem: UnplacedProblem) -> Location:
        """Where a problem comes from: in a source, else in the built file."""
        path = posixpath.join(self.output, problem.at.path).rstrip("/")
        return next(iter(self.places(problem)), Location(path, problem.at.line))


def _in_body(pieces: Sequence[Tag], problem: UnplacedProblem) -> tuple[Location, ...]:
    """The place of an element, or else of the first clue that fits, in pieces of a body."""
    if token := problem.token:
        alike = [piece for piece in pieces if start_tag_in(piece.text) == token.tag]
        for piece in _chosen(alike, token):
            return _in_text(piece.text, problem.clues, piece.at) or (piece.at,)
    for clue in problem.clues:
        fitting = [place for piece in pieces for place in _in_text(piece.text, [clue], piece.at)]
        if fitting:
            return tuple(_chosen(fitting, problem.token))[:1]
    return ()


def _chosen(alike: Sequence[_Typed], token: Token | None) -> Sequence[_Typed]:
    """The one of those typed alike that became an element of a page; all without an element."""
    if token is None or not alike:
        return alike
    of_theme = max(0, token.of - len(alike))  # which as a rule come before the body
    number = min(max(0, token.number - of_theme), len(alike) - 1)
    return alike[number : number + 1]


def _in_text(text: str, clues: Iterable[str], start: Location) -> tuple[Location, ...]:
    """The place of the first clue that fits in a text that begins at `start`."""
    for clue in clues:
        if found := _whole(clue).search(text):
            return (_inside(text, found.start(), start),)
    return ()


def _head_of(text: str) -> str:
    """The front matter of a post or page."""
    return text[: max(0, text.find("\n---", 1))] if text.startswith("---") else ""


def _inside(text: str, position: int, start: Location) -> Location:
    """The place of a character of a text that begins at `start`."""
    line = text.count("\n", 0, position)
    column = position - text.rfind("\n", 0, position)
    if not line:
        column += start.column - 1
    return Location(start.path, start.line + line, column)


@lru_cache(maxsize=256)
def _whole(clue: str) -> re.Pattern[str]:
    """Finds a clue unless it is part of a longer word or address."""
    return re.compile(r"(?<![\w/.-])" + re.escape(clue) + r"(?![\w/-])")


def placed(
    problems: Iterable[UnplacedProblem], sources: Sources, levels: Mapping[str, Level]
) -> Iterator[Problem]:
    """Each problem where somebody can fix it; one that many pages share is reported once."""
    alike: defaultdict[tuple[str, str], list[UnplacedProblem]] = defaultdict(list)
    for problem in problems:
        if severity_by(levels, problem.code):
            alike[problem.code, _mistake(problem)].append(problem)
    for (code, _), group in alike.items():
        severity = severity_by(levels, code) or Severity.NOTE
        found = [(problem, sources.places(problem)) for problem in group]
        for problem, places in found:
            message, hint = _readable(problem.message), problem.in_text or problem.hint
            for place in places:
                yield Problem(code, place, message, _readable(hint), severity)
        # what a list shows of another page is fixed with that page
        fixed = sources.lists if any(places for _, places in found) else ()
        rest = [p for p, places in found if not places and p.at.path not in fixed]
        if rest:
            yield _shared(sorted(rest, key=lambda problem: problem.at.path), sources, severity)


def _mistake(problem: UnplacedProblem) -> str:
    """What problems have in common that are one mistake, seen on many pages."""
    if not problem.clues:
        return problem.message
    if problem.code in ("dead-link", "missing-file"):
        return problem.clues[0]  # a relative address may lead elsewhere from each page
    if problem.code == "dead-fragment":
        return problem.clues[0].partition("#")[2]  # '#part' has a path before it in an opening
    return problem.message


def _readable(message: str) -> str:
    """A message about an address, with its letters as somebody types them."""
    return _LETTERS.sub(lambda found: _decoded(found[0]), message)


def _decoded(encoded: str) -> str:
    try:
        return unquote(encoded, errors="strict")
    except UnicodeDecodeError:
        return encoded


def _shared(group: list[UnplacedProblem], sources: Sources, severity: Severity) -> Problem:
    first, others = group[0], len({problem.at.path for problem in group}) - 1
    message = (
        f"{first.message}, here and in {counted(others, 'more file')}" if others else first.message
    )
    return Problem(
        first.code, sources.nearest(first), _readable(message), _readable(first.hint), severity
    )
