"""What GitHub installs: the weekly of this machine, from where this machine has it."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

from generator.deploy.git import Git
from generator.deploy.requirement import Installation, Requirement, requirement_of
from tests.commands import SUNDAY, Result, run
from tests.conftest import Blog
from tests.repositories import ALONE, git

COMMIT = "0123456789abcdef0123456789abcdef01234567"
OTHER = "f" * 40


def git_in(folder: Path) -> Git:
    return Git(folder, {**os.environ, **ALONE})


def required(**record: Any) -> Requirement:
    """The requirement of an installation with this record of pip."""
    return requirement_of(Installation("1.2.3", record=json.dumps(record)), git_in)


def from_git(url: str, **more: str) -> Requirement:
    return required(url=url, vcs_info={"vcs": "git", "commit_id": COMMIT}, **more)


def test_a_package_of_an_index_is_named_by_its_version() -> None:
    assert requirement_of(Installation("1.2.3"), git_in).line == "cio-weekly==1.2.3"


@pytest.mark.parametrize(
    "url",
    [
        "https://github.com/org/weekly.git",
        "https://ada:secret@github.com/org/weekly.git",
        "https://secret@github.com/org/weekly.git",
        "ssh://git@github.com/org/weekly.git",
        "ssh://git@github.com:22/org/weekly.git",
        "git@github.com:org/weekly.git",
    ],
)
def test_a_commit_of_a_repository_is_named_without_keys_and_passwords(url: str) -> None:
    line = f"cio-weekly @ git+https://github.com/org/weekly.git@{COMMIT}"

    assert from_git(url) == Requirement(line)
    assert from_git(url, subdirectory="tool") == Requirement(f"{line}#subdirectory=tool")


@pytest.mark.parametrize(
    "url",
    [
        "file:///home/ada/weekly",
        "/srv/git/weekly.git",
        "git@git.intranet.ada.net:org/weekly.git",
        "https://localhost/weekly.git",
        "https://10.0.0.7/weekly.git",
        "https://git.ada.local/weekly.git",
        "https://git.internal/weekly.git",
        "https://ada:secret@buildserver/weekly.git",
        "http://git.ada.net/weekly.git",
    ],
)
def test_a_repository_that_github_can_not_read_is_not_named(url: str) -> None:
    found = from_git(url)

    assert found.line == ""
    assert found.why_not.startswith("GitHub can't reach the repository that weekly is from, ")
    assert "secret" not in found.why_not


def test_a_file_of_a_site_is_named_with_its_digest() -> None:
    url = "https://files.ada.net/cio_weekly-1.2.3-py3-none-any.whl"

    assert required(url=url, archive_info={}).line == f"cio-weekly @ {url}"
    assert required(url=url, archive_info={"hashes": {"sha256": "ab12"}}).line == (
        f"cio-weekly @ {url}#sha256=ab12"
    )
    assert required(url="file:///tmp/w.whl", archive_info={}) == Requirement(
        "", "weekly was installed here from file:///tmp/w.whl"
    )


@pytest.mark.parametrize(
    "record",
    [
        None,
        "{",
        "[]",
        "{}",
        '{"url": 1}',
        '"x"',
        '{"url": "https://a.net/w", "archive_info": null}',
        '{"url": "https://a.net/w", "vcs_info": {"vcs": "hg", "commit_id": "1"}}',
    ],
)
def test_a_missing_or_damaged_record_is_no_guess(record: str | None) -> None:
    found = requirement_of(Installation("1.2.3", record=record), git_in)

    assert found.line == ""
    assert found.why_not


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """A clone of the program, with all of its commits pushed to GitHub."""
    folder = tmp_path / "our weekly"
    folder.mkdir()
    (folder / "pyproject.toml").write_text("", encoding="utf-8")
    git(folder, "init", "--quiet", "-b", "main")
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "-m", "Begin")
    git(folder, "remote", "add", "origin", "git@github.com:org/weekly.git")
    git(folder, "update-ref", "refs/remotes/origin/main", "HEAD")
    return folder


def test_a_clone_is_named_by_its_remote_and_commit(clone: Path) -> None:
    line = f"cio-weekly @ git+https://github.com/org/weekly.git@{git(clone, 'rev-parse', 'HEAD')}"
    url = clone.as_uri()

    assert requirement_of(Installation("1.2.3", checkout=clone), git_in).line == line
    assert required(url=url, dir_info={}).line == line
    assert required(url=url, dir_info={"editable": True}).line == line


def test_another_remote_counts_if_github_can_not_read_the_first(clone: Path) -> None:
    git(clone, "remote", "set-url", "origin", "/srv/git/weekly.git")
    git(clone, "remote", "add", "public", "https://codeberg.org/org/weekly.git")
    git(clone, "update-ref", "refs/remotes/public/main", "HEAD")

    found = requirement_of(Installation("1.2.3", checkout=clone), git_in)
    assert found.line.startswith("cio-weekly @ git+https://codeberg.org/org/weekly.git@")


def test_why_a_clone_is_not_named(clone: Path, tmp_path: Path) -> None:
    def why_not(folder: Path) -> str:
        found = requirement_of(Installation("1.2.3", checkout=folder), git_in)
        assert found.line == ""
        return found.why_not

    git(clone, "commit", "--quiet", "--allow-empty", "-m", "Mine")
    assert why_not(clone) == f"the newest commit of {clone} is not pushed anywhere"

    unpacked = clone / "unpacked"  # in a repository, but not part of it
    unpacked.mkdir()
    (unpacked / "pyproject.toml").write_text("", encoding="utf-8")
    for folder in (unpacked, tmp_path):
        assert (
            why_not(folder) == f"weekly comes from {folder}, which is not a clone of a repository"
        )
    gone = tmp_path / "gone"
    assert why_not(gone) == f"weekly was installed here from {gone}, which is gone"


def installed(monkeypatch: pytest.MonkeyPatch, **record: Any) -> None:
    """As if pip had left that record."""
    found = Installation("1.2.3", record=json.dumps(record) if record else "")
    monkeypatch.setattr("generator.cli.repositories.installation", lambda: found)


def called(blog: Blog, *arguments: str) -> Result:
    return run(*arguments, "--blog", str(blog.folder), **ALONE, **SUNDAY)


def requirement_lines(result: Result) -> list[str]:
    return [line for line in result.stderr.splitlines() if line.startswith("requirements.txt")]


def test_the_requirement_of_a_git_install_is_written(
    blog: Blog, monkeypatch: pytest.MonkeyPatch
) -> None:
    vcs = {"vcs": "git", "commit_id": COMMIT}
    installed(monkeypatch, url="https://github.com/org/weekly", vcs_info=vcs)
    result = called(blog, "deploy", "--init")

    assert (result.exit_code, result.stderr) == (0, "")
    text = (blog.folder / "requirements.txt").read_text(encoding="utf-8")
    assert text.splitlines()[1:] == [f"cio-weekly @ git+https://github.com/org/weekly@{COMMIT}"]
    assert requirement_lines(called(blog, "doctor")) == []

    blog.write("requirements.txt", text.replace(COMMIT, OTHER))
    (line,) = requirement_lines(called(blog, "doctor"))
    assert line.startswith("requirements.txt:2: warning: GitHub builds with cio-weekly @ git+")

    blog.write("requirements.txt", "cio-weekly==1.2.3  # pinned\n")
    assert requirement_lines(called(blog, "doctor")) == [
        "requirements.txt:1: warning: GitHub may not find cio-weekly==1.2.3: this machine's weekly"
        f" comes from git+https://github.com/org/weekly@{COMMIT}."
        f" Write cio-weekly @ git+https://github.com/org/weekly@{COMMIT} in this file."
    ]


def test_where_nothing_is_installable_init_and_the_doctor_say_so(
    blog: Blog, monkeypatch: pytest.MonkeyPatch
) -> None:
    installed(monkeypatch, url="file:///tmp/w.whl", archive_info={})
    result = called(blog, "deploy", "--init")

    line = (
        "requirements.txt: the workflow installs what this file lists, but there is no such file,"
        " and weekly was installed here from file:///tmp/w.whl. Write in it where GitHub can get"
        " weekly: cio-weekly @ git+https://ADDRESS-OF-ITS-REPOSITORY."
    )
    assert result.exit_code == 1
    assert (blog.folder / ".github/workflows/pages.yml").is_file()
    assert not (blog.folder / "requirements.txt").exists()
    assert requirement_lines(result) == [line]
    assert requirement_lines(called(blog, "doctor")) == [line]

    blog.write("requirements.txt", "cio-weekly==1.2.3\n")
    (line,) = requirement_lines(called(blog, "deploy", "--init"))
    assert line.startswith(
        "requirements.txt:1: warning: GitHub may not find cio-weekly==1.2.3: weekly was installed"
    )

    blog.write("requirements.txt", "cio-weekly @ git+https://github.com/org/weekly@v2\n")
    assert called(blog, "deploy", "--init").stderr == ""
