"""`weekly serve` as a program: what it prints, and how it ends."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.request import urlopen

import pytest

from tests.conftest import Blog

ROOT = Path(__file__).parents[2]


@contextmanager
def serving(blog: Blog, *arguments: str) -> Iterator[subprocess.Popen[str]]:
    """The program, which is killed if the test leaves it alone."""
    with subprocess.Popen(
        [sys.executable, "-m", "generator", "serve", "--blog", str(blog.folder), *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=ROOT,
        env={**os.environ, "SOURCE_DATE_EPOCH": "1795348800"},
        # a shell that runs the tests in the background has Ctrl-C ignored, and so would we
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    ) as process:
        try:
            yield process
        finally:
            if process.poll() is None:
                process.kill()


def said(process: subprocess.Popen[str]) -> str:
    assert process.stdout
    return process.stdout.readline()


def test_ctrl_c_ends_it_and_leaves_nothing_but_the_cache(blog: Blog) -> None:
    blog.post("2026-11-10-hello", "First.\n")
    with serving(blog, "--port", "0") as process:
        line = said(process)
        url = line.split()[0]
        assert line == f"{url} shows the site, with drafts and scheduled posts. Ctrl-C ends it.\n"
        assert b"First." in urlopen(f"{url}2026/hello/").read()  # noqa: S310 our own address

        assert said(process).endswith(" links: no problems.\n")

        blog.post("2026-11-10-hello", "Second.\n", titel="Hello")
        assert said(process) == (
            "content/posts/2026-11-10-hello.md: the pages stay as they were.\n"
        )
        assert said(process).endswith(" links: 1 error.\n")
        blog.post("2026-11-10-hello", "[Second](#part).\n")
        assert ": shown after " in said(process)
        assert said(process).endswith(" links: 1 error.\n")
        blog.post("2026-11-10-hello", "Third.\n")
        assert ": shown after " in said(process)
        assert said(process).endswith(" links: no problems.\n")

        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=20)
        assert process.returncode == 0
        assert out == "\nStopped.\n"
        assert err.splitlines() == [
            "content/posts/2026-11-10-hello.md:4:1: unknown key 'titel'. Did you mean 'title'?",
            "content/posts/2026-11-10-hello.md:5:10: the link '#part' leads to an id 'part' that "
            "is not on that page.",
        ]
    assert {path.name for path in blog.folder.iterdir()} == {"content", ".weekly"}
    assert not [*blog.folder.rglob("*.new")]


def test_a_port_that_is_taken_is_reported(blog: Blog) -> None:
    with serving(blog, "--port", "0") as first:
        port = int(said(first).split("/")[2].partition(":")[2])
        with serving(blog, "--port", str(port), "--poll") as second:
            taken = said(second)
            assert taken.startswith(f"Port {port} is taken; using ")
            assert said(second).startswith("http://127.0.0.1:")
            assert said(second) == "Looking for changes four times a second.\n"


def test_a_folder_without_a_blog_is_an_error(tmp_path: Path) -> None:
    with serving(Blog(tmp_path)) as process:
        _, err = process.communicate(timeout=20)
        assert process.returncode == 1
        assert err.startswith("content/site.toml: there is no such file here.")


@pytest.mark.parametrize("port", ["-1", "65536", "http"])
def test_an_impossible_port_is_refused(blog: Blog, port: str) -> None:
    with serving(blog, "--port", port) as process:
        _, err = process.communicate(timeout=20)
        assert process.returncode == 2
        assert "--port" in err
