"""How git is called: it never asks, and a hook can't lead it astray."""

from __future__ import annotations

import os
import time
from dataclasses import replace
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


@pytest.mark.parametrize(
    ("script", "said"),
    [
        ("#!/bin/sh\necho Asking Priya. >&2\nsleep 60\n", "Asking Priya."),
        ("#!/bin/sh\nsleep 60 &\n", ""),  # only a child of the hook holds the outputs
        ("#!/no/such/interpreter\n", "cannot run .git/hooks/pre-push"),
    ],
)
def test_a_hook_that_never_ends_is_stopped(folder: Path, script: str, said: str) -> None:
    hook = folder / ".git/hooks/pre-push"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text(script, encoding="utf-8")
    hook.chmod(0o755)
    git(folder, "init", "--quiet", "--bare", "remote.git")
    git(folder, "commit", "--quiet", "--allow-empty", "-m", "Begin")
    began = time.monotonic()

    with pytest.raises(GitError) as raised:
        replace(called(folder), limit=0.6)("push", "--quiet", "remote.git", "HEAD:refs/heads/b")
    assert raised.value.output.startswith("git did not end within 0.01 minutes\n")
    assert said in raised.value.output
    assert time.monotonic() - began < 30


def test_a_hook_has_no_terminal_and_no_input_to_wait_for(folder: Path) -> None:
    hook = folder / ".git/hooks/pre-commit"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text("#!/bin/sh\ncat\n(: </dev/tty) && echo asked\nexit 1\n", encoding="utf-8")
    hook.chmod(0o755)

    with pytest.raises(GitError) as raised:
        called(folder)("commit", "--allow-empty", "-m", "Begin")
    assert "asked" not in raised.value.output
