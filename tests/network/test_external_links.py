"""Links to other sites, checked politely, against a server on this machine."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator, Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from generator.checks.external_links import LinkStatus
from generator.network import external_links
from generator.network.external_links import Manners, ask
from tests.conftest import Blog
from tests.test_cli import run

HASTY = Manners(pause=0, timeout=5)
NOW = 1_800_000_000.0
WEEK = 7 * 24 * 3600


class Elsewhere:
    """A site that is not ours, and the requests that it got."""

    def __init__(self) -> None:
        self.requests: list[str] = []
        self.agents: set[str] = set()
        self.robots = ""
        site = self

        class Handler(BaseHTTPRequestHandler):
            def do_HEAD(self) -> None:
                site.answer(self)

            def do_GET(self) -> None:
                site.answer(self)

            def log_message(self, *words: object) -> None:
                """Say nothing."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, args=(0.01,), daemon=True).start()

    def answer(self, request: BaseHTTPRequestHandler) -> None:
        self.agents.add(request.headers["User-Agent"])
        if request.path != "/robots.txt":
            self.requests.append(f"{request.command} {request.path}")
        to = {"/moved": "/here", "/for-now": "/here", "/file": "file:///etc/hosts"}
        code = {"/gone": 404, "/secret": 403, "/moved": 301, "/for-now": 302, "/file": 302}.get(
            request.path, 200
        )
        if request.path == "/get-only" and request.command == "HEAD":
            code = 405
        request.send_response(code)
        if request.path in to:
            request.send_header("Location", to[request.path])
        request.end_headers()
        if request.path == "/robots.txt":
            request.wfile.write(self.robots.encode())


@pytest.fixture
def elsewhere(monkeypatch: pytest.MonkeyPatch) -> Iterator[Elsewhere]:
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    site = Elsewhere()
    yield site
    site.server.shutdown()
    site.server.server_close()


def asked(site: Elsewhere, folder: Path, *paths: str, now: float = NOW) -> Mapping[str, LinkStatus]:
    """The status of each path."""
    urls = [site.url + path for path in paths]
    answers = ask(urls, kept_in=folder, now=now, about="https://example.org/", manners=HASTY)
    return {url.removeprefix(site.url): answer for url, answer in answers.items()}


@pytest.mark.parametrize(
    ("path", "failure"),
    [
        ("/here", ""),
        ("/gone", "it answers 404 Not Found"),
        ("/get-only", ""),
        ("/secret", ""),
        ("/for-now", ""),
        ("/a b/é", ""),
    ],
)
def test_another_site_says_whether_it_has_a_page(
    elsewhere: Elsewhere, tmp_path: Path, path: str, failure: str
) -> None:
    assert asked(elsewhere, tmp_path, path) == {path: LinkStatus(NOW, failure)}


def test_a_page_that_has_moved_permanently_has_a_new_address(
    elsewhere: Elsewhere, tmp_path: Path
) -> None:
    assert asked(elsewhere, tmp_path, "/moved")["/moved"].moved_to == f"{elsewhere.url}/here"


def test_a_site_can_not_lead_us_to_our_own_files(elsewhere: Elsewhere, tmp_path: Path) -> None:
    assert asked(elsewhere, tmp_path, "/file")["/file"].failure != ""


def test_the_program_says_who_asks_and_for_whom(elsewhere: Elsewhere, tmp_path: Path) -> None:
    asked(elsewhere, tmp_path, "/here")

    (agent,) = elsewhere.agents
    assert agent.startswith("weekly/")
    assert agent.endswith(" (checks the links of https://example.org/)")


def test_nothing_is_requested_that_robots_txt_forbids(elsewhere: Elsewhere, tmp_path: Path) -> None:
    elsewhere.robots = "User-agent: *\nDisallow: /private/\n"

    assert list(asked(elsewhere, tmp_path, "/here", "/private/x")) == ["/here"]
    assert elsewhere.requests == ["HEAD /here"]


def test_an_answer_is_kept_for_a_week(elsewhere: Elsewhere, tmp_path: Path) -> None:
    asked(elsewhere, tmp_path, "/here")
    asked(elsewhere, tmp_path, "/here", now=NOW + WEEK - 1)
    assert elsewhere.requests == ["HEAD /here"]

    asked(elsewhere, tmp_path, "/here", now=NOW + WEEK)
    assert elsewhere.requests == ["HEAD /here"] * 2


def test_a_failure_is_checked_again_after_an_hour(elsewhere: Elsewhere, tmp_path: Path) -> None:
    asked(elsewhere, tmp_path, "/gone")
    before = len(elsewhere.requests)
    asked(elsewhere, tmp_path, "/gone", now=NOW + 3599)
    assert len(elsewhere.requests) == before

    asked(elsewhere, tmp_path, "/gone", now=NOW + 3600)
    assert len(elsewhere.requests) > before


@pytest.mark.parametrize("damage", ["", "{", "[]", '{"a": 1}'])
def test_damaged_answers_are_requested_again(
    elsewhere: Elsewhere, tmp_path: Path, damage: str
) -> None:
    (tmp_path / external_links.NAME).write_text(damage)

    assert asked(elsewhere, tmp_path, "/here") == {"/here": LinkStatus(NOW, "")}


def test_a_host_gets_one_request_at_a_time_with_pauses(
    elsewhere: Elsewhere, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rests: list[float] = []
    monkeypatch.setattr("generator.network.external_links.time.sleep", rests.append)
    urls = [elsewhere.url + path for path in ("/a", "/b", "/c")]
    ask(urls, kept_in=tmp_path, now=NOW, about="https://example.org/")

    assert rests == [1.0, 1.0, 1.0]
    assert elsewhere.requests == ["HEAD /a", "HEAD /b", "HEAD /c"]


def test_a_run_checks_a_limited_number_of_addresses(elsewhere: Elsewhere, tmp_path: Path) -> None:
    urls = [f"{elsewhere.url}/{number}" for number in range(5)]
    few = Manners(pause=0, most=3)
    for count in (3, 5):
        answers = ask(urls, kept_in=tmp_path, now=NOW, about="", manners=few)
        assert len(answers) == count


def test_an_unreachable_host_is_reported_in_plain_english(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # bound, but not listening
        url = f"http://127.0.0.1:{taken.getsockname()[1]}/"
        answers = ask([url], kept_in=tmp_path, now=NOW, about="", manners=HASTY)

    assert answers[url].failure == "it can't be reached: connection refused"


def test_dead_links_are_reported_with_their_line_only_on_demand(
    blog: Blog, elsewhere: Elsewhere, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("generator.network.external_links.time.sleep", lambda seconds: None)
    url = elsewhere.url
    blog.post("2026-11-10-one", f"See [a]({url}/gone#part), [b]({url}/moved), [c]({url}/here).\n")
    check = ("check", "--blog", str(blog.folder), "--now", "2026-11-22")

    assert run(*check).stderr == ""
    assert elsewhere.requests == []
    post = "content/posts/2026-11-10-one.md:5"
    assert run(*check, "--external").stderr.splitlines() == [
        f"{post}:9: warning: the link '{url}/gone#part' seems dead: it answers 404 Not Found.",
        f"{post}:{9 + len(url) + 17}: note: the page that the link '{url}/moved' leads to has "
        f"moved permanently. Write {url}/here.",
    ]
