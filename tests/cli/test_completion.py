"""`weekly completion`: what a shell proposes."""

from __future__ import annotations

import os
import pty
import re
import select
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.cli import COMMANDS
from tests.commands import run
from tests.conftest import Blog

REPOSITORY = Path(__file__).parents[2]
SOON = 30.0  # seconds in which any shell proposes something
BUSY = 0.2  # seconds between two looks at what it has said

Shell = Callable[[Path, str], list[str]]


def called(folder: Path) -> dict[str, str]:
    """An environment in which `weekly` is this one, with nobody's own settings."""
    commands = folder / "commands"
    commands.mkdir(exist_ok=True)
    weekly = commands / "weekly"
    weekly.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m generator "$@"\n')
    weekly.chmod(0o755)
    return {
        "HOME": str(commands),
        "PATH": f"{commands}:{os.environ['PATH']}",
        "PYTHONPATH": str(REPOSITORY),
        "TERM": "dumb",
        "LC_ALL": "C.UTF-8",
    }


def script(shell: str, folder: Path) -> Path:
    """The script for a shell, in a file."""
    path = folder / "commands" / f"weekly.{shell}"
    path.write_text(run("completion", shell).stdout, encoding="utf-8")
    return path


def bash(blog: Path, line: str) -> list[str]:
    """What a real bash proposes for the last word."""
    environment = called(blog.parent)
    words = line.split(" ")
    program = (
        f"source '{script('bash', blog.parent)}'\n"
        f"COMP_WORDS=({' '.join(word or chr(34) * 2 for word in words)})\n"
        f"COMP_CWORD={len(words) - 1}\n_weekly\n"
        'printf "%s\\n" ${COMPREPLY[@]+"${COMPREPLY[@]}"}'
    )
    told = _said(["bash", "--norc", "-u", "-c", program], blog, environment)
    return told.split("\n")[:-1]


def fish(blog: Path, line: str) -> list[str]:
    """What a real fish proposes for the last word."""
    environment = called(blog.parent)
    program = f"source '{script('fish', blog.parent)}'; complete -C '{line}'"
    told = _said(["fish", "--no-config", "-c", program], blog, environment)
    return [proposed.partition("\t")[0] for proposed in told.split("\n")[:-1]]


def _said(command: list[str], blog: Path, environment: dict[str, str]) -> str:
    told = subprocess.run(
        command, capture_output=True, text=True, check=False, cwd=blog, env=environment
    )
    assert told.stderr == ""
    return told.stdout


def zsh(blog: Path, line: str) -> list[str]:
    """What a real zsh makes of a line when Tab is pressed behind it: its last word."""
    environment = called(blog.parent)
    keys = (
        "PS1=; unsetopt zle_bracketed_paste; autoload -Uz compinit; compinit -u -D;"
        f" source '{script('zsh', blog.parent)}'; echo ready\n",
        f"{line}\t\x01print -r -- '=\x05='\n",
    )
    process, terminal = pty.fork()
    if not process:
        os.chdir(blog)
        os.execvpe("zsh", ["zsh", "-f", "-i"], environment)  # noqa: S606
    try:
        said = ""
        for typed, answer in zip(keys, (r"^ready\r?$", r"^=(.*)=\r?$"), strict=True):
            os.write(terminal, typed.encode())
            said = _heard(terminal, answer)
        return [said.rstrip().split(" ")[-1]]
    finally:
        os.close(terminal)
        os.waitpid(process, 0)


def _heard(terminal: int, wanted: str) -> str:
    """What stands on the screen where the wanted line is, once it does."""
    until, said = time.monotonic() + SOON, b""
    while not (found := re.search(wanted, said.decode(errors="replace"), re.MULTILINE)):
        assert time.monotonic() < until, said
        if select.select([terminal], [], [], BUSY)[0]:
            said += os.read(terminal, 4096)
    return found[1] if found.re.groups else ""


SHELLS: dict[str, Shell] = {"bash": bash, "zsh": zsh, "fish": fish}


@pytest.fixture(params=SHELLS)
def propose(request: pytest.FixtureRequest) -> Shell:
    """Asks each shell that is there."""
    if not shutil.which(request.param):
        pytest.skip(f"there is no {request.param}")
    return SHELLS[request.param]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("weekly ren", ["rename"]),
        ("weekly --vers", ["--version"]),
        ("weekly -q ren", ["rename"]),
        ("weekly retag --dr", ["--dry-run"]),
        ("weekly build --format js", ["json"]),
        ("weekly completion zs", ["zsh"]),
        ("weekly rename hel", ["hello"]),
        ("weekly new --trait lis", ["listen"]),
        ("weekly note --trait cou", ["courage"]),
        ("weekly build --blog a-fol", ["a-folder/"]),
    ],
)
def test_a_shell_completes_what_begins_like_that(
    propose: Shell, blog: Blog, line: str, expected: list[str]
) -> None:
    blog.post("2026-11-10-hello")
    (blog.folder / "a-folder").mkdir()
    (blog.folder / "a-folio").touch()

    assert [word.rstrip("/") for word in propose(blog.folder, line)] == [
        word.rstrip("/") for word in expected
    ]


@pytest.mark.skipif(not shutil.which("bash"), reason="there is no bash")
@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("weekly re", ["review", "rename", "retag"]),
        ("weekly --blog . re", ["review", "rename", "retag"]),
        ("weekly build --format ", ["text", "json"]),
        ("weekly rename ", ["hello", "before"]),
        ("weekly rename hello ", [""]),
        ("weekly nothing ", [""]),
    ],
)
def test_all_that_can_follow_is_proposed(blog: Blog, line: str, expected: list[str]) -> None:
    blog.post("2026-11-10-hello")
    blog.post("2026-11-03-before")

    assert bash(blog.folder, line) == expected


def test_outside_a_blog_no_posts_are_proposed(propose: Shell, tmp_path: Path) -> None:
    folder = tmp_path / "elsewhere"
    folder.mkdir()

    assert propose(folder, "weekly rename hel") in ([], [""], ["hel"])


@pytest.mark.parametrize("shell", SHELLS)
def test_every_command_is_completed_in_every_shell(shell: str) -> None:
    script = run("completion", shell).stdout

    assert all(f"{name}" in script for name in COMMANDS)
    assert "dry-run" in script
