"""`weekly completion`: what a shell proposes."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from generator.cli import COMMANDS
from tests.commands import run


def proposed(tmp_path: Path, *words: str) -> list[str]:
    """What a real bash proposes for the last word."""
    script = run("completion", "bash").stdout
    line = " ".join(f"'{word}'" for word in words)
    program = (
        f"{script}\nCOMP_WORDS=({line}); COMP_CWORD={len(words) - 1}\n_weekly\n"
        'printf "%s\\n" ${COMPREPLY[@]+"${COMPREPLY[@]}"}'
    )
    bash = ["bash", "--norc", "-u", "-c", program]
    told = subprocess.run(bash, capture_output=True, text=True, check=False, cwd=tmp_path)
    assert told.stderr == ""
    return told.stdout.split("\n")[:-1]


@pytest.mark.skipif(not shutil.which("bash"), reason="there is no bash")
@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["weekly", "re"], ["review", "rename", "retag"]),
        (["weekly", "--v"], ["--version"]),
        (["weekly", "retag", "--dr"], ["--dry-run"]),
        (["weekly", "build", "--format", ""], ["text", "json"]),
        (["weekly", "build", "--blog", ""], ["a folder"]),
        (["weekly", "completion", ""], ["bash", "zsh", "fish"]),
        (["weekly", "completion", "--q"], ["--quiet"]),
        (["weekly", "rename", "2026"], [""]),
        (["weekly", "nothing", ""], [""]),
    ],
)
def test_bash_proposes_what_the_parser_knows(
    tmp_path: Path, words: list[str], expected: list[str]
) -> None:
    (tmp_path / "a folder").mkdir()
    (tmp_path / "file").touch()

    assert proposed(tmp_path, *words) == expected


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_every_command_is_completed_in_every_shell(shell: str) -> None:
    script = run("completion", shell).stdout

    assert all(f"{name}" in script for name in COMMANDS)
    assert "dry-run" in script


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_a_shell_that_is_there_takes_the_script(shell: str, tmp_path: Path) -> None:
    if not shutil.which(shell):
        pytest.skip(f"there is no {shell}")
    script = tmp_path / "script"
    script.write_text(run("completion", shell).stdout, encoding="utf-8")
    told = subprocess.run([shell, "-n", str(script)], capture_output=True, text=True, check=False)

    assert (told.returncode, told.stderr) == (0, "")
