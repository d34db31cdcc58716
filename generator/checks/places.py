"""Where in the sources somebody can fix a problem that was found in a built file."""

from __future__ import annotations

import posixpath
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from generator.checks.built import UnplacedProblem
from generator.config.levels import DEFAULT_LEVELS, Level, severity_of
from generator.problems import Location, Problem, Severity, counted


@dataclass(frozen=True, slots=True)
class Sources:
    """What built pages were made from."""

    of_page: Mapping[str, str]  # the source of each page that has one
    references: Mapping[str, Mapping[str, Location]]  # by source and URL: where the link is typed
    lists: frozenset[str]  # pages that show parts of other pages
    text_of: Callable[[str], str]  # the text of a source
    output: str = "output"  # the name of the folder with the built files

    def place(self, problem: UnplacedProblem) -> Location | None:
        """Where in a source a problem comes from; None if it comes from elsewhere."""
        source = self.of_page.get(problem.at.path, "")
        if not source:
            return None
        typed = self.references.get(source, {})
        for clue in problem.clues:
            if clue in typed:
                return typed[clue]
        text = self.text_of(source)
        for clue in problem.clues:
            found = _whole(clue).search(text)
            if found:
                line = text.count("\n", 0, found.start()) + 1
                return Location(source, line, found.start() - text.rfind("\n", 0, found.start()))
        return None

    def nearest(self, problem: UnplacedProblem) -> Location:
        """Where a problem comes from: in a source, else in the built file."""
        path = posixpath.join(self.output, problem.at.path).rstrip("/")
        return self.place(problem) or Location(path, problem.at.line)


def _whole(clue: str) -> re.Pattern[str]:
    """Finds a clue unless it is part of a longer word or address."""
    at_line = "^" if clue.startswith("\n") else r"(?<![\w/.-])"
    until = "" if clue.endswith(" ") else r"(?![\w/-])"
    return re.compile(at_line + re.escape(clue.removeprefix("\n")) + until, re.MULTILINE)


def severity_by(levels: Mapping[str, Level], code: str) -> Severity | None:
    """The severity of a problem by the settings; None if they allow it."""
    return severity_of(levels.get(code, DEFAULT_LEVELS[code]))


def placed(
    problems: Iterable[UnplacedProblem], sources: Sources, levels: Mapping[str, Level]
) -> Iterator[Problem]:
    """Each problem where somebody can fix it; one that many pages share is reported once."""
    alike: defaultdict[tuple[str, str], list[UnplacedProblem]] = defaultdict(list)
    for problem in problems:
        if severity_by(levels, problem.code):
            alike[problem.code, problem.message].append(problem)
    for (code, _), group in alike.items():
        severity = severity_by(levels, code) or Severity.NOTE
        places = [(problem, sources.place(problem)) for problem in group]
        for problem, place in places:
            if place:
                hint = problem.in_text or problem.hint
                yield Problem(code, place, problem.message, hint, severity)
        # what a list shows of another page is fixed with that page
        fixed = sources.lists if any(place for _, place in places) else ()
        rest = [p for p, place in places if not place and p.at.path not in fixed]
        if rest:
            yield _shared(sorted(rest, key=lambda problem: problem.at.path), sources, severity)


def _shared(group: list[UnplacedProblem], sources: Sources, severity: Severity) -> Problem:
    first, others = group[0], len({problem.at.path for problem in group}) - 1
    message = (
        f"{first.message}, here and in {counted(others, 'more file')}" if others else first.message
    )
    return Problem(first.code, sources.nearest(first), message, first.hint, severity)
