"""Findings in built files as problems, each at the place where somebody can mend it."""

from __future__ import annotations

import posixpath
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from generator.checks.built import Finding
from generator.config.levels import DEFAULT_LEVELS, Level, severity_of
from generator.problems import Location, Problem, Severity, counted


@dataclass(frozen=True, slots=True)
class Sources:
    """What built pages were made from."""

    of_page: Mapping[str, str]  # the source of each page that has one
    references: Mapping[str, Mapping[str, Location]]  # by source and URL: where the link is typed
    lists: frozenset[str]  # pages that show parts of what is on other pages
    text_of: Callable[[str], str]  # what is in a source
    output: str = "output"  # what the folder of the built files is called

    def place(self, finding: Finding) -> Location | None:
        """Where in a source a finding comes from; None when it comes from elsewhere."""
        source = self.of_page.get(finding.path, "")
        if not source:
            return None
        typed = self.references.get(source, {})
        for clue in finding.clues:
            if clue in typed:
                return typed[clue]
        text = self.text_of(source)
        for clue in finding.clues:
            found = _whole(clue).search(text)
            if found:
                line = text.count("\n", 0, found.start()) + 1
                return Location(source, line, found.start() - text.rfind("\n", 0, found.start()))
        return None

    def nearest(self, finding: Finding) -> Location:
        """Where a finding comes from: in a source, else in the built file."""
        built = Location(posixpath.join(self.output, finding.path).rstrip("/"), finding.line)
        return self.place(finding) or built


def _whole(clue: str) -> re.Pattern[str]:
    """Finds a clue where it is no part of a longer word or address."""
    at_line = "^" if clue.startswith("\n") else r"(?<![\w/.-])"
    until = "" if clue.endswith(" ") else r"(?![\w/-])"
    return re.compile(at_line + re.escape(clue.removeprefix("\n")) + until, re.MULTILINE)


def weighed(code: str, weights: Mapping[str, Level]) -> Severity | None:
    """How much a finding weighs by the settings; None when it is allowed."""
    return severity_of(weights.get(code, DEFAULT_LEVELS[code]))


def problems_of(
    findings: Iterable[Finding], sources: Sources, weights: Mapping[str, Level]
) -> Iterator[Problem]:
    """The findings as problems: a fault that many pages share is told once."""
    alike: defaultdict[tuple[str, str], list[Finding]] = defaultdict(list)
    for finding in findings:
        if weighed(finding.code, weights):
            alike[finding.code, finding.message].append(finding)
    for (code, _), group in alike.items():
        severity = weighed(code, weights) or Severity.NOTE
        placed = [(finding, sources.place(finding)) for finding in group]
        for finding, place in placed:
            if place:
                yield Problem(code, place, finding.message, finding.hint, severity)
        # what a list shows of another page is mended with that
        mended = sources.lists if any(place for _, place in placed) else ()
        rest = [f for f, place in placed if not place and f.path not in mended]
        if rest:
            yield _shared(sorted(rest, key=lambda finding: finding.path), sources, severity)


def _shared(group: list[Finding], sources: Sources, severity: Severity) -> Problem:
    first, others = group[0], len({finding.path for finding in group}) - 1
    message = (
        f"{first.message}, here and in {counted(others, 'more file')}" if others else first.message
    )
    return Problem(first.code, sources.nearest(first), message, first.hint, severity)
