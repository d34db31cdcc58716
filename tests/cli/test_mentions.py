"""`weekly mentions` and `weekly mentions send`, against sites on this machine."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from generator.cli import mentions_send
from generator.network.client import Access, Client, Limits
from generator.site.published_urls import SENT_MENTIONS as LIST
from tests.commands import SUNDAY, Result, run
from tests.conftest import Blog
from tests.network.loopback import Asked, Loopback, Reply, serving


class Web:
    """Our blog and three pages elsewhere, on one server."""

    def __init__(self) -> None:
        self.server: Loopback
        self.status = 202
        self.online = True

    def answer(self, asked: Asked) -> Reply:
        """The pages."""
        if asked.path == "/hear":
            return Reply(status=self.status)
        if asked.path.startswith("/blog/"):
            links = "".join(f'<a href="{self.server.url}/{name}">x</a>' for name in "abc")
            return Reply(links.encode(), 200 if self.online else 404)
        if asked.path in ("/a", "/b"):
            return Reply(b'<link rel="webmention" href="/hear">')
        return Reply(b"I don't want to hear of it.")

    def told(self) -> list[bytes]:
        """The forms that were sent."""
        return [asked.body for asked in self.server.asked if asked.method == "POST"]


@pytest.fixture
def web(monkeypatch: pytest.MonkeyPatch) -> Iterator[Web]:
    web = Web()
    with serving(web.answer) as server:
        web.server = server

        def client(about: str, *, now: float, access: Access) -> Client:
            here = access._replace(loopback=True)
            return Client(about, now=now, limits=Limits(seconds=5, pause=0), access=here)

        monkeypatch.setattr(mentions_send, "Client", client)
        yield web


@pytest.fixture
def linking(blog: Blog, web: Web) -> Blog:
    """A blog with links to the three pages, and a draft with another one."""
    site = blog.folder / "content/site.toml"
    url = web.server.url
    site.write_text(site.read_text().replace("https://example.org/", f"{url}/"))
    words = f"[a]({url}/a#part), [a]({url}/a#part), <{url}/b>, [c]({url}/c)\n"
    blog.post("2026-11-16-hello", words)
    blog.post("2026-11-17-later", f"[d]({url}/d)\n", status="draft")
    blog.post("2026-12-24-future", f"[e]({url}/e)\n")
    return blog


def send(blog: Blog, *options: str) -> Result:
    return run("mentions", "send", "--blog", str(blog.folder), *options, **SUNDAY)


def sent_lines(blog: Blog) -> list[str]:
    path = blog.folder / LIST
    text = path.read_text() if path.exists() else ""
    return [line for line in text.splitlines() if not line.startswith("#")]


def without_fragment(blog: Blog) -> None:
    path = blog.folder / "content/posts/2026-11-16-hello.md"
    path.write_text(path.read_text().replace("#part", ""))


def test_each_page_is_told_once(linking: Blog, web: Web) -> None:
    without_fragment(linking)
    first = send(linking, "--yes")
    second = send(linking, "--yes")

    url = web.server.url
    assert first.exit_code == 0, first.stderr
    source = f"{url}/blog/2026/hello/".replace(":", "%3A").replace("/", "%2F")
    target = url.replace(":", "%3A").replace("/", "%2F")
    assert web.told() == [
        f"source={source}&target={target}%2F{name}".encode() for name in ("a", "b")
    ]
    assert sent_lines(linking) == [
        f"2026-11-22 2026-11-16-hello {url}/a",
        f"2026-11-22 2026-11-16-hello {url}/b",
    ]
    assert "No page that your posts link to wants to be told" in second.stdout


def test_a_new_clone_sends_nothing_again(linking: Blog, web: Web) -> None:
    without_fragment(linking)
    send(linking, "--yes")
    for path in (linking.folder / ".weekly").iterdir():
        path.unlink()
    before = len(web.told())
    send(linking, "--yes")

    assert len(web.told()) == before == 2


def test_nothing_is_sent_without_a_yes(linking: Blog, web: Web) -> None:
    without_fragment(linking)
    asked, dry = send(linking), send(linking, "--dry-run")

    assert (asked.exit_code, dry.exit_code) == (0, 0)
    assert "Nothing was sent. To send without a question: --yes" in asked.stdout
    assert f"{web.server.url}/a\n" in dry.stdout
    assert web.told() == []
    assert sent_lines(linking) == []


def test_what_is_refused_is_tried_again(linking: Blog, web: Web) -> None:
    without_fragment(linking)
    web.status = 500
    failed = send(linking, "--yes")
    lines = sent_lines(linking)
    web.status = 202
    again = send(linking, "--yes")

    assert failed.exit_code == 1
    assert f"{web.server.url}/a: it answers 500 Internal Server Error" in failed.stderr
    assert lines == []
    assert again.exit_code == 0
    assert len(sent_lines(linking)) == 2


def test_a_run_that_is_killed_while_it_sends_sends_none_twice(
    linking: Blog, web: Web, monkeypatch: pytest.MonkeyPatch
) -> None:
    without_fragment(linking)

    def killed(*_: object, **__: object) -> str:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(mentions_send, "tell", killed)
        send(linking, "--yes")
    send(linking, "--yes")

    assert [body.decode().rpartition("%2F")[2] for body in web.told()] == ["b"]


def test_a_page_that_is_not_online_is_not_shown_to_others(linking: Blog, web: Web) -> None:
    web.online = False
    result = send(linking, "--yes")

    assert "your page can't be read yet: it answers 404 Not Found" in result.stderr
    assert web.told() == []


def test_pages_that_do_not_want_to_be_told_are_left_alone_for_a_month(
    linking: Blog, web: Web
) -> None:
    send(linking, "--yes")
    web.server.asked.clear()
    send(linking, "--yes")

    assert "/c" not in {asked.path for asked in web.server.asked}


def test_drafts_and_scheduled_posts_tell_nobody(linking: Blog, web: Web) -> None:
    send(linking, "--yes")

    assert {"/d", "/e"} & {asked.path for asked in web.server.asked} == set()


def test_a_list_that_cannot_be_read_stops_everything(linking: Blog, web: Web) -> None:
    linking.write(LIST, "# sent\n2026-11-22 hello https://there.example/\n<<<<<<< ours\n")
    result = send(linking, "--yes")

    assert result.exit_code == 1
    assert f"{LIST}:3: this line is no webmention: '<<<<<<< ours'" in result.stderr
    assert web.server.asked == []


def test_the_list_is_shown_without_asking_anybody(linking: Blog, web: Web) -> None:
    without_fragment(linking)
    url = web.server.url
    linking.write(LIST, f"2026-11-20 2026-11-16-hello {url}/a\n")
    text = run("mentions", "--blog", str(linking.folder), **SUNDAY).stdout
    data = json.loads(
        run("mentions", "--blog", str(linking.folder), "--format", "json", **SUNDAY).stdout
    )

    assert text == (
        f"Hello\n  2026-11-20  {url}/a\n  not told    {url}/b\n  not told    {url}/c\n\n"
        "3 links, of which 1 told. To tell others: weekly mentions send\n"
    )
    assert [link["sent"] for link in data["links"]] == ["2026-11-20", None, None]
    assert web.server.asked == []


def test_the_list_is_no_part_of_the_site(linking: Blog) -> None:
    linking.write(LIST, "2026-11-20 2026-11-16-hello https://there.example/\n")
    result = run("build", "--blog", str(linking.folder), "--jobs", "1", **SUNDAY)

    assert result.exit_code == 0, result.stderr
    assert not list(Path(linking.folder / "output").rglob("mentions.txt"))
