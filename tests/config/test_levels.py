"""Levels and severities."""

from __future__ import annotations

from typing import get_args

import pytest

from generator.config.levels import ALWAYS_ERRORS, DEFAULT_LEVELS, Level, severity_of
from generator.problems import Severity


def test_a_level_is_a_severity_or_allows_the_problem() -> None:
    levels = get_args(Level)

    assert [severity_of(level) for level in levels] == [*Severity, None]


@pytest.mark.parametrize("code", ALWAYS_ERRORS)
def test_what_is_always_an_error_is_one_by_default(code: str) -> None:
    assert DEFAULT_LEVELS[code] == "error"
