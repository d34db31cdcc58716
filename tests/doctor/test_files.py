"""Files that go wrong elsewhere, and what builds remember."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from generator.doctor.cache import cache_problems
from generator.doctor.files import content_problems, name_problems


def test_a_file_that_github_refuses_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "film.mp4").touch()
    os.truncate(tmp_path / "film.mp4", 100_000_000)  # it takes no room on the disk

    (problem,) = content_problems(tmp_path, ["film.mp4"])
    assert (problem.code, problem.message) == ("too-large", "this file is 100 MB")


def test_a_file_that_is_gone_meanwhile_is_passed(tmp_path: Path) -> None:
    assert not list(content_problems(tmp_path, ["gone.md"]))


@pytest.mark.parametrize("data", [b"", b"one", b"one\r\ntwo\r\n", b"one\ntwo\n"])
def test_a_text_like_any_other_is_passed(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "a.md").write_bytes(data)

    assert not list(content_problems(tmp_path, ["a.md"]))


def test_names_that_are_one_on_other_disks_name_each_other() -> None:
    (problem,) = name_problems(["a/B.md", "a/b.md"])

    assert str(problem) == (
        "a/b.md: this and a/B.md are the same file on Windows and macOS. Rename one of them."
    )


def test_a_memory_that_has_grown_is_told(tmp_path: Path) -> None:
    (tmp_path / ".weekly").mkdir()
    (tmp_path / ".weekly/bodies.txt").touch()
    os.truncate(tmp_path / ".weekly/bodies.txt", 2_000_000_000)

    (problem,) = cache_problems(tmp_path)
    assert (problem.code, problem.message) == (
        "large-cache",
        "the cache takes up 2,000 MB",
    )


def test_a_memory_that_is_closed_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / ".weekly").mkdir()
    monkeypatch.setattr(os, "access", lambda path, mode: False)

    assert [problem.code for problem in cache_problems(tmp_path)] == ["unusable-cache"]
