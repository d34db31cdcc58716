"""Files that go wrong elsewhere, and what builds remember."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from generator.doctor.files import content_problems, name_problems


def test_a_file_that_github_refuses_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "film.mp4").touch()
    os.truncate(tmp_path / "film.mp4", 100_000_000)  # it takes no room on the disk

    (problem,) = content_problems(tmp_path, ["film.mp4"])
    assert (problem.code, problem.message) == ("too-large", "this file is 100 MB")


def test_a_file_that_was_just_removed_is_ignored(tmp_path: Path) -> None:
    assert not list(content_problems(tmp_path, ["gone.md"]))


@pytest.mark.parametrize("data", [b"", b"one", b"one\r\ntwo\r\n", b"one\ntwo\n"])
def test_an_ordinary_text_has_no_problem(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "a.md").write_bytes(data)

    assert not list(content_problems(tmp_path, ["a.md"]))


def test_names_that_are_the_same_on_other_disks_are_reported() -> None:
    (problem,) = name_problems(["a/B.md", "a/b.md"])

    assert str(problem) == (
        "a/b.md: this and a/B.md are the same file on Windows and macOS. Rename one of them."
    )
