"""The cache of builds."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from generator.doctor.cache import cache_problems


def test_a_large_cache_is_reported(tmp_path: Path) -> None:
    (tmp_path / ".weekly").mkdir()
    (tmp_path / ".weekly/bodies.txt").touch()
    os.truncate(tmp_path / ".weekly/bodies.txt", 2_000_000_000)

    (problem,) = cache_problems(tmp_path)
    assert (problem.code, problem.message) == (
        "large-cache",
        "the cache takes up 2,000 MB",
    )


def test_a_cache_without_permission_is_reported(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / ".weekly").mkdir()
    monkeypatch.setattr(os, "access", lambda path, mode: False)

    assert [problem.code for problem in cache_problems(tmp_path)] == ["unusable-cache"]
