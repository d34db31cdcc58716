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

from tests.commands import run
from tests.conftest import Blog

REPOSITORY = Path(__file__).parents[2]
SOON = 30.0  # seconds in which any shell proposes something
BUSY = 0.2  # seconds between two looks at what it has said

Shell = Callable[[Path, str], str]


def environment_of(folder: Path) -> dict[str, str]:
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


def bash(blog: Path, line: str) -> str:
    """What a real bash makes of a line when Tab is pressed at its end: its last word."""
    environment = environment_of(blog.parent)
    source = f"PS1=; bind 'set enable-bracketed-paste off'; source '{script('bash', blog.parent)}'"
    return _typed(["bash", "--norc", "-i"], source, line, blog, environment)


def zsh(blog: Path, line: str) -> str:
    """The same for a real zsh."""
    environment = environment_of(blog.parent)
    source = (
        "PS1=; unsetopt zle_bracketed_paste; autoload -Uz compinit; compinit -u -D;"
        f" source '{script('zsh', blog.parent)}'"
    )
    return _typed(["zsh", "-f", "-i"], source, line, blog, environment)


def _typed(
    command: list[str], source: str, line: str, blog: Path, environment: dict[str, str]
) -> str:
    keys = (f"{source}; echo ready\n", f"{line}\t\x01printf '=%s=\\n' '\x05'\n")
    process, terminal = pty.fork()
    if not process:
        os.chdir(blog)
        os.execvpe(command[0], command, environment)  # noqa: S606
    try:
        heard = ""
        for typed, answer in zip(keys, (r"^ready\r?$", r"^=(.*)=\r?$"), strict=True):
            os.write(terminal, typed.encode())
            heard = _heard(terminal, answer)
        return heard.rstrip().split(" ")[-1]
    finally:
        os.close(terminal)
        os.waitpid(process, 0)


def _heard(terminal: int, wanted: str) -> str:
    """What is on the screen in the wanted line, once it is there."""
    until, said = time.monotonic() + SOON, b""
    while not (found := re.search(wanted, said.decode(errors="replace"), re.MULTILINE)):
        assert time.monotonic() < until, said
        if select.select([terminal], [], [], BUSY)[0]:
            said += os.read(terminal, 4096)
    return found[1] if found.re.groups else ""


def fish(blog: Path, line: str) -> str:
    """What a real fish proposes for the last word."""
    environment = environment_of(blog.parent)
    program = f"source '{script('fish', blog.parent)}'; complete -C '{line}'"
    proposed = _printed(["fish", "--no-config", "-c", program], blog, environment)
    return proposed.partition("\n")[0].partition("\t")[0]


def _printed(command: list[str], blog: Path, environment: dict[str, str]) -> str:
    result = subprocess.run(
        command, capture_output=True, text=True, check=False, cwd=blog, env=environment
    )
    assert result.stderr == ""
    return result.stdout


SHELLS: dict[str, Shell] = {"bash": bash, "zsh": zsh, "fish": fish}


@pytest.fixture(params=SHELLS)
def complete(request: pytest.FixtureRequest) -> Shell:
    """Asks each shell that is there."""
    if not shutil.which(request.param):
        pytest.skip(f"there is no {request.param}")
    return SHELLS[request.param]


def proposals(blog: Path, line: str) -> list[str]:
    """Everything that weekly proposes to bash for the last word, with nothing on stderr."""
    environment = environment_of(blog.parent) | {
        "_WEEKLY_COMPLETE": "bash_complete",
        "COMP_WORDS": line,
        "COMP_CWORD": str(line.count(" ")),
    }
    printed = _printed([sys.executable, "-m", "generator"], blog, environment)
    return [proposed.partition(",")[2] for proposed in printed.splitlines() if proposed]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("weekly ren", "rename"),
        ("weekly --vers", "--version"),
        ("weekly -q ren", "rename"),
        ("weekly retag --dr", "--dry-run"),
        ("weekly build --format js", "json"),
        ("weekly completion zs", "zsh"),
        ("weekly rename hel", "hello"),
        ("weekly new --trait lis", "listen"),
        ("weekly build --blog a-fol", "a-folder"),
    ],
)
def test_a_shell_completes_what_begins_like_that(
    complete: Shell, blog: Blog, line: str, expected: str
) -> None:
    blog.post("2026-11-10-hello")
    (blog.folder / "a-folder").mkdir()
    (blog.folder / "a-folio").touch()

    assert complete(blog.folder, line).rstrip("/") == expected


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("weekly re", ["review", "rename", "retag", "replies"]),
        ("weekly --blog . re", ["review", "rename", "retag", "replies"]),
        ("weekly build --format ", ["text", "json"]),
        ("weekly rename ", ["hello", "before"]),
        ("weekly --blog . rename ", ["hello", "before"]),
        ("weekly note --trait ", ["listen", "courage"]),
        ("weekly rename hello ", []),
        ("weekly replies an", ["answer"]),
        ("weekly replies answer ", ["b-2", "a-1"]),
        ("weekly --blog . replies decide b", ["b-2"]),
        ("weekly replies forget ", ["Aoife", "Ben"]),
        ("weekly replies decide --kind qu", ["question"]),
    ],
)
def test_all_that_can_follow_is_proposed(blog: Blog, line: str, expected: list[str]) -> None:
    blog.post("2026-11-10-hello")
    blog.post("2026-11-03-before")
    for name, told in (("a-1", "name: Ben"), ("b-2", "name: Aoife")):
        blog.write(f"content/replies/hello/{name}.md", f"---\nto: 2026-11-10-hello\n{told}\n---\n")

    assert proposals(blog.folder, line) == expected


@pytest.mark.parametrize("settings", [None, "titel = 1\n"])
def test_without_a_blog_that_can_be_read_no_posts_are_proposed(
    tmp_path: Path, settings: str | None
) -> None:
    place = Blog(tmp_path / "elsewhere")
    place.folder.mkdir()
    if settings:
        place.write("content/site.toml", settings)

    assert proposals(place.folder, "weekly rename hel") == []


@pytest.mark.parametrize("shell", SHELLS)
def test_each_shell_has_a_script(shell: str) -> None:
    result = run("completion", shell)

    assert result.exit_code == 0
    assert f"_WEEKLY_COMPLETE={shell}_complete" in result.stdout
