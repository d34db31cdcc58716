"""A build with nothing to do, which ends before click is imported."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.cli import build
from generator.cli.program import weekly
from generator.cli.shared_options import SharedOptions
from generator.cli.site_build import shared_options
from generator.cli.up_to_date import plain_build, report_of_last_build
from tests.commands import SUNDAY, run
from tests.conftest import Blog

WORDS = (
    *("build", "status", "-q", "--quiet", "-v", "-qv", "--verbose", "--drafts", "--future"),
    *("--blog", "--blog=here", "--blog=", "--output", "--output=there", "--base-url", "--now"),
    *("--now=2026-11-22", "--format", "--format=text", "--explain", "--jobs", "--jobs=2"),
    *("here", "2026-11-22", "", "-", "--", "--out", "--help", "--drafts=1", "--blog=a=b"),
)


def printed(arguments: Sequence[str]) -> str | None:
    """What a build with nothing to do prints; None for any other call."""
    options = plain_build(arguments)
    return None if options is None else report_of_last_build(options)


def parsed_by_click(arguments: list[str]) -> tuple[SharedOptions, str | None]:
    """The shared options of a build and its --explain, as click sees them."""
    seen: list[tuple[SharedOptions, str | None]] = []

    def callback(given: SharedOptions, explain: str | None) -> int:
        seen.append((given, explain))
        return 0

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(build.run, "callback", callback)
        with weekly.make_context("weekly", list(arguments)) as context:
            weekly.invoke(context)
    return seen[0]


@settings(max_examples=1000)
@given(st.lists(st.sampled_from(WORDS), max_size=6), st.integers(0, 6))
def test_what_is_recognised_means_the_same_to_click(words: list[str], place: int) -> None:
    arguments = [*words[:place], "build", *words[place:]]
    options = plain_build(arguments)
    if options is None:
        return

    assert parsed_by_click(arguments) == (shared_options(options), None)


@pytest.mark.parametrize(
    ("arguments", "options"),
    [
        (["build"], {}),
        (["-q", "build", "--blog", "x"], {"--quiet": "--quiet", "--blog": "x"}),
        (["--blog=x", "build", "--now=y"], {"--blog": "x", "--now": "y"}),
        ([], None),
        (["status"], None),
        (["build", "build"], None),
        (["--blog", "build"], None),
        (["--drafts", "build"], None),
        (["build", "-q", "--verbose"], None),
        (["build", "--blog", "x", "--blog", "y"], None),
        (["build", "--blog", "--drafts"], None),
        (["build", "--explain"], None),
        (["build", "--format", "json"], None),
        (["build", "--help"], None),
    ],
)
def test_only_a_plain_build_is_recognised(
    arguments: list[str], options: dict[str, str] | None
) -> None:
    assert plain_build(arguments) == options


@pytest.fixture
def built(blog: Blog, monkeypatch: pytest.MonkeyPatch) -> Blog:
    """A blog that was built by the command, and the folder of the run."""
    blog.post("2026-11-10-one")
    blog.post("2026-11-24-later")
    monkeypatch.chdir(blog.folder)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", SUNDAY["SOURCE_DATE_EPOCH"])
    run("build", **SUNDAY)
    time.sleep(0.1)  # else a file could change again within the tick of the first build
    run("build", **SUNDAY)
    return blog


def test_it_prints_what_a_build_would(built: Blog) -> None:
    report = printed(["build"])
    assert report

    *lines, last, end = report.split("\n")
    assert lines == [
        "content/posts/2026-11-24-later.md: scheduled for Tue 24 Nov 00:00 Europe/London.",
        "2 files: 1 published, 1 scheduled, 0 drafts, 0 with errors",
    ]
    assert last.startswith("0 made, ")
    assert last.endswith(" s.")
    assert end == ""
    assert printed(["build", "-q"]) == ""
    assert run("build", **SUNDAY).stdout.splitlines()[:-1] == lines


@pytest.mark.parametrize(
    "arguments",
    [
        ["build", "--drafts"],
        ["build", "--future"],
        ["build", "--base-url", "https://example.com/"],
        ["build", "--output", "elsewhere"],
        ["build", "--now", "2026-11-22"],
        ["build", "--blog", ".."],
    ],
)
def test_other_options_are_another_build(built: Blog, arguments: list[str]) -> None:
    assert printed(arguments) is None


def test_it_holds_for_the_moment_that_was_asked_for(built: Blog) -> None:
    arguments = ["build", "--now", "2026-11-22"]
    run(*arguments)
    time.sleep(0.1)
    run(*arguments)

    assert printed(arguments)


@pytest.mark.parametrize("epoch", ["1795600000", "soon", "-1"])
def test_when_a_post_is_due_or_the_clock_is_wrong_it_does_not_hold(
    built: Blog, monkeypatch: pytest.MonkeyPatch, epoch: str
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)

    assert printed(["build"]) is None


@pytest.mark.parametrize("path", ["content/posts/2026-11-10-one.md", "output/index.html"])
def test_a_file_that_changes_ends_it(built: Blog, path: str) -> None:
    built.write(path, "---\ntitle: One\ntags: [listening]\n---\nOther.\n")

    assert printed(["build"]) is None


def test_it_imports_neither_click_nor_anything_large(built: Blog) -> None:
    program = (
        "import sys; before = {*sys.modules}; from generator.cli import main\n"
        "try: main(['build'])\n"
        "finally: print(sorted({'click', 're', 'typing', 'dataclasses', 'pathlib', 'inspect',"
        " 'generator.build'} & ({*sys.modules} - before)))"
    )
    result = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True,
        text=True,
        check=True,
        env=os.environ | {"PYTHONPATH": str(Path(__file__).parents[2])},
    )

    assert "0 made, " in result.stdout
    assert result.stdout.splitlines()[-1] == "[]"


def test_a_plain_build_does_without_click(blog: Blog, monkeypatch: pytest.MonkeyPatch) -> None:
    blog.post("2026-11-10-one")
    monkeypatch.setitem(sys.modules, "generator.cli.program", None)
    first = run("build", "--blog", str(blog.folder))
    blog.post("2026-11-10-one", "Other words.\n")
    second = run("build", "--blog", str(blog.folder), "--quiet")

    assert (first.exit_code, second.exit_code) == (0, 0)
    assert "Other words." in blog.page("2026/one/")


def test_a_file_where_a_folder_should_be_is_left_to_click(blog: Blog) -> None:
    (blog.folder / "file").write_text("")
    result = run("build", "--blog", str(blog.folder / "file"))

    assert result.exit_code == 2
    assert "is a file" in result.stderr
