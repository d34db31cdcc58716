"""The check of the whole site, a moment after a save: the same list as that of `weekly check`."""

from __future__ import annotations

import queue
import time

import pytest

from generator.serve import background
from generator.serve.background import BackgroundCheck, Checked
from tests.commands import run
from tests.conftest import Blog
from tests.serve.conftest import SOON, Running, Serve

POST = "content/posts/2026-11-10-hello.md"


@pytest.fixture(autouse=True)
def checks_at_once(serve: Serve, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(background, "QUIET", 0.05)


def checked(running: Running, blog: Blog, body: str, **front_matter: str) -> list[str]:
    """What a check finds after a save, without advice."""
    blog.post("2026-11-10-hello", body, **front_matter)
    running.next_update()
    return said(running)


def said(running: Running) -> list[str]:
    found = running.notes.checks.get(timeout=SOON)
    return [str(problem) for problem in found.problems]


def test_what_only_pages_show_is_reported_a_moment_after_a_save(serve: Serve, blog: Blog) -> None:
    """Issue 12, line 10: the preview said that nothing was wrong any more."""
    blog.post("2026-11-10-hello", "Hello.\n")
    running = serve()
    assert said(running) == []

    wrong = f"{POST}:5:13: the link '#part' leads to an id 'part' that is not on that page."
    with running.open_page("2026/hello/") as page:
        assert checked(running, blog, "See [below](#part).\n") == [wrong]
        while not (news := page.next()).get("problems"):
            pass
        (shown,) = news["problems"]
        assert (shown["place"], shown["severity"]) == (f"{POST}:5:13", "error")
        assert not news["behind"]  # the page has the error, and is shown

        assert checked(running, blog, "See [below](#part).\n\n## Part\n\nHere.\n") == []
        while (news := page.next()).get("problems") != []:
            pass


def test_the_list_is_that_of_a_check(serve: Serve, blog: Blog) -> None:
    blog.post("2026-11-10-hello", "See [x](/nowhere/) and [^zz] and ![x](gone.png).\n")
    blog.post("2026-11-11-two", "word " * 70, tags="[nonsense]")
    blog.post("2026-11-12-three", "---", date="never")
    blog.post("2026-11-13-draft", "See [below](#part).\n", draft="true")
    blog.write("content/published.txt", "/2026/elsewhere/\n/2026/draft/\n")
    by_command = run("check", "--blog", str(blog.folder), "--now", "2026-11-22").stderr
    of_preview = said(serve())

    assert [line for line in by_command.splitlines() if line not in of_preview] == []
    assert [line for line in of_preview if line not in by_command.splitlines()] == [
        "content/posts/2026-11-13-draft.md:6:13: the link '#part' leads to an id 'part' that is "
        "not on that page.",
    ]


def test_wrong_settings_are_not_checked_again(serve: Serve, blog: Blog) -> None:
    blog.post("2026-11-10-hello")
    blog.set('colour = "red"\n')
    running = serve()

    with pytest.raises(queue.Empty):
        running.notes.checks.get(timeout=0.5)


def test_a_save_ends_a_check(serve: Serve, blog: Blog, monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[float] = []
    begin = BackgroundCheck._start

    def noted(checks: BackgroundCheck, job: background.CheckJob) -> object:
        started.append(time.perf_counter())
        return begin(checks, job)

    monkeypatch.setattr(BackgroundCheck, "_start", noted)
    blog.post("2026-11-10-hello")
    running = serve()
    assert said(running) == []
    for number in range(3):
        blog.post("2026-11-10-hello", f"Number {number}.\n")
        running.next_update()
        while len(started) < number + 2:  # each save finds the check of the one before
            time.sleep(0.001)
    found = running.notes.checks.get(timeout=SOON)

    assert isinstance(found, Checked)
    assert found.problems == ()
    assert running.notes.checks.empty()


def test_a_burst_is_not_checked_until_it_is_over(
    serve: Serve, blog: Blog, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(background, "QUIET", 0.5)
    blog.post("2026-11-10-hello")
    running = serve()
    for number in range(8):
        blog.post("2026-11-10-hello", f"[Number {number}](#n{number})\n")
        running.next_update()
        assert running.notes.checks.empty()

    assert "'#n7'" in said(running)[0]
