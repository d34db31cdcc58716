"""A bug of ours is seen: one line, exit code 70, and a report without a word of anybody's posts."""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

import pytest

from generator.cli.failures import BUG, REPORT
from tests.commands import Result, run
from tests.conftest import Blog

WORDS = "what nobody may know"


def fail(*_: object, **__: object) -> NoReturn:
    """A bug, whose message quotes a post."""
    text = {"body": WORDS}
    raise AttributeError(f"no '{WORDS}' in {text}", name=WORDS, obj=text)


def fail_again(*_: object, **__: object) -> NoReturn:
    """A bug on the way from another."""
    try:
        fail()
    except AttributeError:
        raise KeyError(WORDS) from ValueError(WORDS)


def fail_deeply(*_: object, **__: object) -> NoReturn:
    """A bug that never ends."""
    fail_deeply()


def planted(place: str, bug: Callable[..., object], *arguments: str) -> Result:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(place, bug)
        return run(*arguments)


@pytest.mark.parametrize(
    ("place", "arguments"),
    [
        ("generator.cli.site_build.build", ["build"]),
        ("generator.cli.check.check", ["check"]),
        ("generator.cli.clean.empty", ["clean"]),
        ("generator.cli.status.calendar", ["status"]),
        ("generator.cli.prompt.prompt_of", ["prompt"]),
        ("generator.cli.theme.audit", ["theme", "check"]),
        ("generator.cli.new.new_post", ["new", WORDS]),
        ("generator.cli.rename.find_post", ["rename", WORDS, "x"]),
        ("generator.cli.completion.BashComplete.source", ["completion", "bash"]),
    ],
)
def test_a_bug_in_a_command_is_seen(
    blog: Blog, monkeypatch: pytest.MonkeyPatch, place: str, arguments: list[str]
) -> None:
    blog.post("2026-11-10-one", WORDS)
    blog.write(".weekly/anything", "")
    monkeypatch.chdir(blog.folder)

    assert planted(place, fail, *arguments) == Result(
        BUG,
        "",
        "weekly: this is a bug in weekly (AttributeError). Please open an issue and attach "
        f".weekly/{REPORT}; it contains nothing from your posts.\n",
    )
    report = (blog.folder / ".weekly" / REPORT).read_text(encoding="utf-8")
    assert f"command: {arguments[0]}\n" in report
    assert WORDS not in report


def test_the_report_has_the_types_and_places_and_no_more(blog: Blog) -> None:
    blog.build()
    result = planted("generator.cli.clean.empty", fail_again, "clean", "--blog", str(blog.folder))
    report = (blog.folder / ".weekly" / REPORT).read_text(encoding="utf-8")

    assert result.exit_code == BUG
    assert f"attach {blog.folder}/.weekly/{REPORT};" in result.stderr
    first, command, *lines = report.splitlines()
    assert re.fullmatch(r"weekly [\d.]+, Python 3\.[\d.+rc]+, \w+", first)
    assert command == "command: clean"
    assert all(
        re.fullmatch(
            r"|caused by:|\w+|  (generator|tests|click)/[\w/]+\.py, line \d+, in \w+", line
        )
        for line in lines
    ), report
    assert [line for line in lines if line.endswith("Error")] == ["KeyError", "ValueError"]
    assert re.search(r"\n  generator/cli/clean\.py, line \d+, in run\n", report)
    assert report.index("in run\n") < report.index("in fail_again\n")


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_a_bug_in_a_worker_process_is_reported_with_its_place_there(blog: Blog) -> None:
    for day in range(10, 30):
        blog.post(f"2026-10-{day}-post", WORDS)
        blog.post(f"2026-09-{day}-post", WORDS)
    arguments = ["build", "--jobs", "2", "--blog", str(blog.folder)]
    result = planted("generator.content.posts.read_post", fail, *arguments)
    report = (blog.folder / ".weekly" / REPORT).read_text(encoding="utf-8")

    assert result.exit_code == BUG
    assert "concurrent.futures.process._RemoteTraceback\n" in report
    assert re.search(r"\n  tests/cli/test_failures\.py, line \d+, in fail\n", report)
    assert WORDS not in report


def test_endless_recursion_makes_a_short_report(blog: Blog) -> None:
    blog.write(".weekly/anything", "")
    result = planted("generator.cli.clean.empty", fail_deeply, "clean", "--blog", str(blog.folder))

    assert result.exit_code == BUG
    assert len((blog.folder / ".weekly" / REPORT).read_text().splitlines()) < 150


@pytest.mark.parametrize("arguments", [["--blog={}", "clean"], ["clean", "--blog", "{}"]])
def test_without_a_cache_folder_the_report_is_a_temporary_file(
    blog: Blog, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str]
) -> None:
    (tmp_path / "temporary").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "temporary"))
    words = [word.format(blog.folder) for word in arguments]
    result = planted("generator.cli.clean.empty", fail, *words)

    (report,) = (tmp_path / "temporary").iterdir()
    assert f"attach {report};" in result.stderr
    assert "in fail\n" in report.read_text(encoding="utf-8")
    assert not (blog.folder / ".weekly").exists()


def test_where_no_report_can_be_written_the_line_has_the_place(
    blog: Blog, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", "/nowhere/at/all")
    result = planted("generator.cli.clean.empty", fail, "clean", "--blog", str(blog.folder))

    assert result.exit_code == BUG
    assert re.fullmatch(
        r"weekly: this is a bug in weekly \(AttributeError in tests/cli/test_failures\.py, "
        r"line \d+, in fail\)\. Please open an issue with this line\.\n",
        result.stderr,
    )
