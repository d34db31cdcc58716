"""A preview that runs in a thread, with real files and a real socket."""

from __future__ import annotations

import gc
import http.client
import json
import queue
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from urllib.parse import quote, urlsplit

import pytest

from generator.build.report import BuildOptions
from generator.config.settings import SiteConfig
from generator.model import Visibility
from generator.problems import Problem
from generator.serve import LivePreview, PreviewOptions, background, server
from generator.serve.background import Checked
from tests.conftest import NOON, Blog

SOON = 20.0  # seconds that nothing here takes, on however busy a machine


@dataclass
class Notes:
    """What a preview reports."""

    url: str = ""
    port: int = 0
    is_ready: threading.Event = field(default_factory=threading.Event)
    updates: queue.Queue[tuple[tuple[str, ...], tuple[Problem, ...]]] = field(
        default_factory=queue.Queue
    )
    failures: queue.Queue[Problem] = field(default_factory=queue.Queue)
    checks: queue.Queue[Checked] = field(default_factory=queue.Queue)
    reasons: queue.Queue[str] = field(default_factory=queue.Queue)
    shown: list[tuple[float, float]] = field(default_factory=list)  # when, and after how many ms

    def ready(self, url: str, *, port: int) -> None:
        self.url, self.port = url, port

    def waiting(self) -> None:
        raise AssertionError("no other process builds this blog")

    def polling(self, reason: str) -> None:
        self.reasons.put(reason)

    def updated(self, changed: tuple[str, ...], problems: tuple[Problem, ...], ms: float) -> None:
        self.shown.append((time.perf_counter(), ms))
        if self.is_ready.is_set():
            self.updates.put((changed, problems))
        self.is_ready.set()

    def checked(self, found: Checked | None) -> None:
        assert found, "the check has stopped with a bug"
        self.checks.put(found)

    def page_failed(self, problem: Problem) -> None:
        self.failures.put(problem)


@dataclass
class Answered:
    """What the server has sent."""

    status: int
    headers: dict[str, str]
    data: bytes

    @property
    def text(self) -> str:
        """The same as text."""
        return self.data.decode()


@dataclass
class Events:
    """The events that an open page gets."""

    response: http.client.HTTPResponse
    seen: str  # the digest of the page that is open
    first: dict[str, Any] = field(default_factory=dict)

    def next(self) -> dict[str, Any]:
        """The next event, and whether the page has changed; nothing when nothing is new."""
        while True:
            line = self.response.readline()
            assert line, "the server has gone"
            if line == b": here\n":
                return {}
            if line.startswith(b"data: "):
                news: dict[str, Any] = json.loads(line[6:])
                return news | {"is_new": news["page"] != self.seen}


@dataclass
class Running:
    """A preview, and those who look at it."""

    blog: Blog
    notes: Notes
    preview: LivePreview
    now: list[datetime]

    def get(self, target: str, *, method: str = "GET", host: str = "", **headers: str) -> Answered:
        """Ask for a path of the site, which begins at its root, or for '/…' of the server."""
        path = target if target.startswith("/") else urlsplit(self.notes.url).path + target
        connection = http.client.HTTPConnection("127.0.0.1", self.notes.port, timeout=SOON)
        if host:
            headers["Host"] = host
        connection.request(method, path, headers=headers)
        response = connection.getresponse()
        data = response.read()
        connection.close()
        return Answered(response.status, dict(response.getheaders()), data)

    def file(self, target: str) -> bytes:
        """A file as it was made, without the script that is added to a page."""
        before, script, after = self.get(target).data.partition(b'<script src="/_weekly/live.js"')
        return before + after.partition(b"</script>\n")[2] if script else before

    def page(self, target: str = "") -> str:
        """The same as text."""
        return self.file(target).decode()

    def next_update(self) -> list[str]:
        """The files that the next report names."""
        changed, _ = self.notes.updates.get(timeout=SOON)
        return [name.removeprefix("content/") for name in changed]

    def next_problems(self) -> list[str]:
        """The problems of the next report."""
        _, problems = self.notes.updates.get(timeout=SOON)
        return [str(problem) for problem in problems]

    def updates_until(self, change: Callable[[], Any], name: str) -> list[list[str]]:
        """All reports until the one that names a file which `change` alone changes."""
        change()
        found = []
        while True:
            found.append(self.next_update())
            if name in found[-1]:
                return found

    @contextmanager
    def open_page(self, target: str = "", *, seen: str = "") -> Iterator[Events]:
        """Wait for events as an open page does, whether it is current or not."""
        seen = seen or self.get(target).text.partition('data-seen="')[2].partition('"')[0]
        at = quote(urlsplit(self.notes.url).path + target)
        connection = http.client.HTTPConnection("127.0.0.1", self.notes.port, timeout=SOON)
        connection.request("GET", f"/_weekly/events?at={at}&seen={seen}")
        with closing(connection), connection.getresponse() as response:
            events = Events(response, seen)
            events.first = events.next()
            yield events


Serve = Callable[..., Running]


@pytest.fixture
def serve(blog: Blog, monkeypatch: pytest.MonkeyPatch) -> Iterator[Serve]:
    """Starts a preview of the blog, which ends with the test."""
    monkeypatch.setattr(server, "POLL", 0.005)
    monkeypatch.setattr(background, "QUIET", 3600.0)  # no checks, unless a test wants some
    with ExitStack() as stack:
        yield lambda **options: stack.enter_context(_running(blog, **options))


@contextmanager
def _running(blog: Blog, *, port: int = 0, is_polling: bool = False) -> Iterator[Running]:
    now = [datetime.fromisoformat(NOON)]

    def options(config: SiteConfig) -> BuildOptions:
        return BuildOptions(
            blog=blog.folder,
            output=blog.folder / "output",
            as_of=now[0],
            visibility=Visibility(drafts=True, future=True),
            started_ns=time.time_ns(),
        )

    notes = Notes()
    preview = LivePreview(
        PreviewOptions(blog.folder, options, port, is_polling), notes, clock=time.perf_counter
    )
    thread = threading.Thread(target=preview.run)
    thread.start()
    try:
        assert notes.is_ready.wait(SOON)
        yield Running(blog, notes, preview, now)
    finally:
        preview.stop()
        thread.join(SOON)
        gc.unfreeze()
    assert not thread.is_alive()
