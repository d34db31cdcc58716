"""How git is called: it never asks, and a hook can't lead it astray."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from generator.deploy.git import Git, GitError
from tests.repositories import ALONE, git


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An empty repository."""
    git(tmp_path, "init", "--quiet")
    return tmp_path


def called(folder: Path, **environment: str) -> Git:
    return Git(folder, {**os.environ, **ALONE, **environment})


def test_an_error_of_git_is_raised_in_its_own_words(folder: Path) -> None:
    with pytest.raises(GitError, match="unknown revision"):
        called(folder)("log", "nothing")

    assert called(folder).ask("log", "nothing") == ""


def test_a_call_from_a_hook_stays_in_its_folder(folder: Path, tmp_path: Path) -> None:
    inside = called(folder, GIT_DIR=str(tmp_path / "elsewhere"), GIT_INDEX_FILE="/nowhere")

    assert inside("rev-parse", "--git-dir") == ".git"


def ssh_of(quiet: Git) -> str:
    return quiet.environment.get("GIT_SSH_COMMAND", "")


def test_ssh_asks_for_nothing(folder: Path) -> None:
    assert "BatchMode=yes" in ssh_of(called(folder).quietly_over_ssh())


def test_a_custom_ssh_command_is_kept(folder: Path) -> None:
    assert ssh_of(called(folder, GIT_SSH_COMMAND="mine").quietly_over_ssh()) == "mine"

    git(folder, "config", "core.sshCommand", "configured")
    assert ssh_of(called(folder).quietly_over_ssh()) == ""
