"""Markdown that was typed in vain: readers see it as it was typed, or not at all."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from generator.checks.places import severity_by
from generator.config.levels import Level
from generator.model import Notice
from generator.problems import Problem


def unrendered_markdown(
    notices: Iterable[Notice], levels: Mapping[str, Level]
) -> Iterator[Problem]:
    """What readers see as it was typed, and what they don't see."""
    for notice in notices:
        if severity := severity_by(levels, notice.code):
            yield Problem(notice.code, notice.at, notice.message, notice.hint, severity)
