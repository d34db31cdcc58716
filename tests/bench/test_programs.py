"""Every program of bench/ runs: on five posts, without other generators and without the network."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

import pytest

ROOT = Path(__file__).parents[2]
BENCH = ROOT / "bench"


class Case(NamedTuple):
    """How a program is run, and what it then prints or writes."""

    arguments: str  # `OUT` is a path in a temporary folder
    expected: str  # a regular expression, looked for in the printed lines and in the file OUT


CASES: Mapping[str, Case] = {
    "check": Case("--posts 5 --rounds 1", r"\| `check --built` \| \d"),
    "habit": Case("--posts 5 --rounds 1 --parts", r"a new post.*\n\n.*\n.*\n\| all of it \| \d"),
    "markdown": Case("--posts 5 --size 60 --only nested", r"5 posts of .* ms each(.*\n)+.*nested"),
    "pool": Case("--posts 5 --rounds 1", r"\| 5 \| \d+, \d+ \| \d+, \d+ \|"),
    "quality": Case("--posts 5 --only sizes --report OUT", r"\| Stylesheets, compressed \| \d"),
    "replies": Case("--posts 5 --replies 9 --rounds 1", r"\| a new reply to 9 \| \d+ \| \d"),
    "run": Case(
        "--posts 5 --rounds 1 --only ours --generator this=. --results OUT",
        r"\| a new post \| this \| \d(.*\n)+\| post pages \| 5 \|",
    ),
    "screenshots": Case("--posts 5 --list", r"(?m)^search-wide-dark$"),
    "search": Case("--posts 5", r"index \d+, all words \d+ bytes"),
    "serve": Case("--posts 5 --rounds 1 --only ours --results OUT", r"\| ours \| \d"),
    "stages": Case("--posts 5", r"\| Markdown \| \d"),
}
IN_A_BROWSER: Mapping[str, Case] = {
    "quality": Case("--posts 5 --only axe-core --report OUT", r"\| axe, .* \| \d+ \| 0 \|"),
    "screenshots": Case("--posts 5 OUT", "^$"),
    "search": Case("--posts 5 kestrel", r"\| ours \| kestrel \| \d"),
}


def has_main(path: Path) -> bool:
    """Whether a module is a program."""
    return '__name__ == "__main__"' in path.read_text(encoding="utf-8")


def run(program: str, case: Case, folder: Path) -> str:
    """What a program prints and writes; it must not fail."""
    out = folder / program
    arguments = [str(out) if word == "OUT" else word for word in case.arguments.split()]
    completed = subprocess.run(
        [sys.executable, "-m", f"bench.{program}", *arguments],
        cwd=ROOT,
        env=os.environ | {"PYTHONPYCACHEPREFIX": ""},  # what is compiled already is good enough
        capture_output=True,
        text=True,
        check=False,
    )
    assert completed.returncode == 0, completed.stdout + completed.stderr
    assert "counts elsewhere" not in completed.stderr, completed.stderr  # a stage was renamed
    return completed.stdout + (out.read_text(encoding="utf-8") if out.is_file() else "")


@pytest.fixture(scope="module")
def outputs(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Mapping[str, Future[str]]]:
    """What each program prints and writes; they run side by side, to take less time."""
    folder = tmp_path_factory.mktemp("bench")
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        yield {name: pool.submit(run, name, case, folder) for name, case in CASES.items()}
        pool.shutdown(cancel_futures=True)


def test_every_program_is_run_here() -> None:
    assert sorted(CASES) == sorted(path.stem for path in BENCH.glob("*.py") if has_main(path))


@pytest.mark.parametrize("program", CASES)
def test_a_program_runs_on_five_posts(program: str, outputs: Mapping[str, Future[str]]) -> None:
    assert re.search(CASES[program].expected, outputs[program].result())


@pytest.mark.browser
@pytest.mark.parametrize("program", IN_A_BROWSER)
def test_a_program_runs_on_five_posts_in_a_browser(program: str, tmp_path: Path) -> None:
    if not shutil.which("chromium") or not find_spec("playwright"):
        pytest.skip("chromium or playwright is not installed")
    if program == "quality" and not (ROOT / ".venv/checkers/node_modules").is_dir():
        pytest.skip("axe-core is not installed: npm is needed for it")

    assert re.search(IN_A_BROWSER[program].expected, run(program, IN_A_BROWSER[program], tmp_path))
    if program == "screenshots":
        assert len(list(tmp_path.glob("screenshots/*.png"))) == 24


def test_documents_and_modules_name_programs_that_exist() -> None:
    texts = {
        path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8")
        for pattern in ("README.md", "Makefile", "docs/*.md", "bench/*.md", "bench/*.py")
        for path in ROOT.glob(pattern)
    }
    named = {
        (path, program)
        for path, text in texts.items()
        for program in re.findall(r"python\s+-m\s+bench\.(\w+)", text)
    }

    assert named
    assert sorted((path, program) for path, program in named if program not in CASES) == []
