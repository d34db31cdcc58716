"""Changes of several files: all are made, or none."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.problems import Problem
from generator.writing.changes import Changes, FileChange, carry_out, create, unified_diff

BEFORE = {"a.md": b"one\r\ntwo", "old/index.md": b"\xef\xbb\xbfold\n", "old/p.png": b"png"}
AFTER = {"a.md": b"one\r\n2", "new/index.md": b"\xef\xbb\xbfnew\n", "new/p.png": b"png"}
CHANGES = Changes(
    files=(
        FileChange("a.md", BEFORE["a.md"], AFTER["a.md"]),
        FileChange("old/index.md", BEFORE["old/index.md"], AFTER["new/index.md"]),
    ),
    moves={"old": "new"},
)
STEPS = ["stage a.md", "stage old/index.md", "replace a.md", "replace index.md", "move old", "end"]


@pytest.fixture
def blog(tmp_path: Path) -> Path:
    for path, data in BEFORE.items():
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_bytes(data)
    (tmp_path / "a.md").chmod(0o640)
    return tmp_path


def tree(folder: Path) -> dict[str, bytes]:
    """Every file, hidden ones too."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def stop_at(wanted: str, error: BaseException) -> Callable[[str], None]:
    def step(change: str) -> None:
        if change == wanted:
            raise error

    return step


def test_all_changes_are_made_and_nothing_is_left_over(blog: Path) -> None:
    steps: list[str] = []

    assert carry_out(CHANGES, blog, step=steps.append) is None
    assert tree(blog) == AFTER
    assert (blog / "a.md").stat().st_mode & 0o777 == 0o640
    assert steps == STEPS


@pytest.mark.parametrize("step", STEPS)
def test_what_fails_is_undone(blog: Path, step: str) -> None:
    full = OSError(28, "No space left on device", str(blog / "a.md"))
    problem = carry_out(CHANGES, blog, step=stop_at(step, full))

    assert str(problem) == f"{blog}/a.md: this can't be written: no space left on device."
    assert tree(blog) == BEFORE


@pytest.mark.parametrize("step", STEPS)
def test_what_is_interrupted_is_undone(blog: Path, step: str) -> None:
    with pytest.raises(KeyboardInterrupt):
        carry_out(CHANGES, blog, step=stop_at(step, KeyboardInterrupt()))

    assert tree(blog) == BEFORE


def test_a_file_that_somebody_has_changed_meanwhile_is_left_alone(blog: Path) -> None:
    (blog / "a.md").write_bytes(b"mine")

    assert str(carry_out(CHANGES, blog)) == (
        "a.md: this file was changed while the command ran. Run the command again."
    )
    assert tree(blog) == BEFORE | {"a.md": b"mine"}


def test_nothing_is_moved_over_what_is_there(blog: Path) -> None:
    (blog / "new").mkdir()

    assert str(carry_out(CHANGES, blog)) == "new: this already exists. Choose another slug."
    assert tree(blog) == BEFORE


def test_a_link_stays_a_link(blog: Path) -> None:
    (blog / "old/real.md").write_bytes(b"one")
    (blog / "link.md").symlink_to("old/real.md")
    carry_out(Changes((FileChange("link.md", b"one", b"two"),)), blog)

    assert (blog / "link.md").is_symlink()
    assert (blog / "old/real.md").read_bytes() == b"two"


def test_the_diff_is_one_that_git_can_apply(blog: Path) -> None:
    diff = "".join(f"{line}\n" for line in unified_diff(CHANGES, ["old/p.png"]))
    git = ["git", "-C", str(blog)]
    subprocess.run([*git, "init", "--quiet"], check=True)
    subprocess.run([*git, "apply", "-"], input=diff.encode(), check=True)

    assert {path: tree(blog)[path] for path in AFTER} == AFTER
    assert not (blog / "old").exists()


def test_a_new_file_is_never_written_over_one_that_is_there(blog: Path) -> None:
    problem = create(blog / "a.md", b"mine", shown="a.md")

    assert isinstance(problem, Problem)
    assert tree(blog) == BEFORE


def test_a_file_that_cannot_be_written_whole_is_not_left_behind(blog: Path) -> None:
    resource = pytest.importorskip("resource")
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (2, limits[1]))
    try:
        problem = create(blog / "b.md", b"mine", shown="b.md")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)

    assert str(problem) == "b.md: this can't be written: file too large."
    assert tree(blog) == BEFORE
