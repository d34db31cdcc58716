"""The list of the files that are ours."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.output.manifest import NAME, is_inside, manifest_text, read_manifest


@pytest.fixture
def output(tmp_path: Path) -> Path:
    return tmp_path / "output"


@pytest.mark.parametrize("line", ["/etc/passwd", "../secret", "a/../../secret", "a\\..\\b", ""])
def test_a_list_that_names_a_file_outside_is_not_followed(line: str, output: Path) -> None:
    output.mkdir()
    (output / NAME).write_text(manifest_text(["index.html"]) + f"{line}\n")

    assert not is_inside(line)
    assert read_manifest(output) == {"index.html"}


def test_a_list_of_another_program_is_ignored(output: Path) -> None:
    output.mkdir()
    (output / NAME).write_text("index.html\n")

    assert read_manifest(output) is None


def test_a_list_is_the_same_in_any_order() -> None:
    assert manifest_text(["b", "a"]) == manifest_text(["a", "b"])
