"""`weekly replies fetch` against servers on this machine."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from generator.cli import replies_fetch
from generator.network.client import Access, Client, Limits
from generator.network.sources import PAGE, SERVICES
from tests.commands import Result, run
from tests.conftest import Blog, files_below
from tests.network.answers import TOKEN, context, issue, mention, mentions, skeet, status, thread
from tests.network.loopback import Asked, Loopback, Reply, as_json, serving

KEYS = ["found", "new", "known", "set_aside", "refused"]


class World:
    """Four services on one server, and what they have."""

    def __init__(self) -> None:
        self.mentions: list[dict[str, Any]] = []
        self.issues: list[dict[str, Any]] = []
        self.statuses: list[dict[str, Any]] = []
        self.skeets: list[Any] = []
        self.instead: dict[str, Reply] = {}  # by the beginning of a path
        self.server: Loopback

    def answer(self, asked: Asked) -> Reply:
        """What the service answers whose path it is."""
        for path, reply in self.instead.items():
            if asked.path.startswith(path):
                return reply
        if asked.path == "/api/mentions.jf2":
            return self._mentions(asked)
        if asked.path == "/repos/northmere/letters/issues":
            return self._issues(asked)
        if asked.path == "/api/v1/statuses/1/context":
            return as_json(context(*self.statuses))
        if asked.path == "/xrpc/app.bsky.feed.getPostThread":
            assert asked.query["uri"] == ["at://ada.example/app.bsky.feed.post/copy"]
            return as_json(thread(*self.skeets))
        return Reply(status=404)

    def _mentions(self, asked: Asked) -> Reply:
        if asked.query["token"] != [TOKEN]:
            return as_json({"error": "forbidden"}, status=401)
        since, page = int(asked.query["since_id"][0]), int(asked.query["page"][0])
        size = int(asked.query["per-page"][0])
        new = [entry for entry in self.mentions if entry["wm-id"] > since]
        if asked.query["sort-dir"] != ["up"]:
            new.reverse()
        return as_json(mentions(*new[page * size : (page + 1) * size]))

    def _issues(self, asked: Asked) -> Reply:
        since = asked.query.get("since", [""])[0]
        page = int(asked.query.get("page", ["1"])[0])
        new = [one for one in self.issues if one["updated_at"] >= since]
        some, is_last = new[(page - 1) * 2 : page * 2], page * 2 >= len(new)
        url = f"{self.server.url}{asked.path}?since={since}&page={page + 1}"
        return as_json(some, *(() if is_last else (("Link", f'<{url}>; rel="next"'),)))

    def asked(self, path: str) -> list[Asked]:
        """The requests for a path."""
        return [asked for asked in self.server.asked if asked.path.startswith(path)]


@pytest.fixture
def world(monkeypatch: pytest.MonkeyPatch) -> Iterator[World]:
    monkeypatch.setenv("no_proxy", "*")
    world = World()
    with serving(world.answer) as server:
        world.server = server
        hasty = Limits(seconds=5, most=1_000_000, pause=0)
        client = partial(Client, limits=hasty, access=Access(loopback=True))
        monkeypatch.setattr(replies_fetch, "Client", client)
        here = SERVICES._replace(webmention_io=server.url, bluesky=server.url, github=server.url)
        monkeypatch.setattr(replies_fetch, "SERVICES", here)
        yield world


@pytest.fixture
def fetching(blog: Blog, world: World) -> Blog:
    """A blog with a post that has two copies, and with the other two sources."""
    site = blog.folder / "content/site.toml"
    settings = '\n[replies.sources]\nwebmentions = "example.org"\ngithub = "northmere/letters"\n'
    site.write_text(site.read_text() + settings)
    copies = f"[{world.server.url}/@ada/1, https://bsky.app/profile/ada.example/post/copy]"
    blog.post("2026-11-16-hello", syndication=copies)
    return blog


def fetch(blog: Blog, *options: str, token: str = TOKEN) -> Result:
    environment = {"WEEKLY_WEBMENTION_TOKEN": token, "WEEKLY_GITHUB_TOKEN": TOKEN}
    return run("replies", "fetch", "--blog", str(blog.folder), *options, **environment)


def counts(result: Result) -> list[int]:
    """The five numbers, which must be all there is."""
    found = json.loads(result.stdout)
    assert [*found] == KEYS
    assert found["found"] == sum(found[key] for key in KEYS[1:])
    return [*found.values()]


def replies_in(blog: Blog) -> dict[str, bytes]:
    folder = blog.folder / "content/replies"
    return files_below(folder) if folder.exists() else {}


def fill(world: World) -> None:
    world.mentions = [mention(number) for number in range(1, 46)]
    world.issues = [issue(number) for number in range(1, 6)]
    world.statuses = [status(2), status(3, parent=2), status(4, visibility="direct")]
    world.skeets = [skeet("bob", "Thank you!", skeet("cleo", "Indeed."))]


def test_every_source_is_asked_and_a_second_run_changes_no_byte(
    fetching: Blog, world: World
) -> None:
    fill(world)

    first = fetch(fetching, "--format", "json")
    before = replies_in(fetching)
    second = fetch(fetching, "--format", "json")

    assert (first.exit_code, second.exit_code) == (0, 0)
    assert counts(first) == [55, 54, 0, 1, 0]
    assert "it is not public there" in first.stderr
    assert counts(second)[1] == 0
    assert replies_in(fetching) == before
    assert len(before) == 54
    assert {name.partition("/")[0] for name in before} == {"2026-11-16-hello"}
    vias = sorted(re.findall(rb"^via: (\w+)$", b"\n".join(before.values()), re.MULTILINE))
    assert {via: vias.count(via) for via in vias} == {
        b"bluesky": 2,
        b"github": 5,
        b"mastodon": 2,
        b"webmention": 45,
    }
    assert set(re.findall(rb"^state: (\w+)$", b"\n".join(before.values()), re.MULTILINE)) == {
        b"new"
    }


def test_replies_to_replies_stand_below_them(fetching: Blog, world: World) -> None:
    world.skeets = [skeet("bob", "Thank you!", skeet("cleo", "Indeed."))]
    fetch(fetching)

    texts = {data.rpartition(b"---\n\n")[2]: name for name, data in replies_in(fetching).items()}
    parent = Path(texts[b"Thank you!\n"]).stem
    child = (fetching.folder / "content/replies" / texts[b"Indeed.\n"]).read_text()
    assert f"\nto: {parent}\n" in child


def test_pages_of_twenty_and_only_what_is_new(fetching: Blog, world: World) -> None:
    fill(world)
    fetch(fetching)
    pages = [asked.query["page"][0] for asked in world.asked("/api/mentions")]
    world.mentions.append(mention(99))
    world.server.asked.clear()

    again = fetch(fetching, "--format", "json")

    assert (PAGE, pages) == (20, ["0", "1", "2"])
    assert [asked.query["since_id"] for asked in world.asked("/api/mentions")] == [["45"]]
    assert counts(again)[1] == 1


def test_a_run_that_breaks_off_goes_on_where_it_was(fetching: Blog, world: World) -> None:
    fill(world)
    whole = world.answer

    def breaks_off(asked: Asked) -> Reply:
        if asked.path.startswith("/api/mentions") and asked.query["page"] == ["1"]:
            return Reply(b'{"type": "feed", "chil', length=9_000)
        return whole(asked)

    world.server.answer = breaks_off
    first = fetch(fetching)
    world.server.answer = whole
    world.server.asked.clear()
    second = fetch(fetching)

    assert first.exit_code == 1
    assert first.stderr == "webmention.io/example.org: its answer breaks off\n"
    assert second.exit_code == 0
    assert world.asked("/api/mentions")[0].query["since_id"] == ["20"]
    assert len(replies_in(fetching)) == 54


@pytest.mark.parametrize(
    ("reply", "reason"),
    [
        (Reply(status=401), "it answers 401 Unauthorized"),
        (Reply(status=500), "it answers 500 Internal Server Error"),
        (Reply(b'{"type": "feed", ', length=500), "its answer breaks off"),
        (Reply(b'{"type": "feed", '), "it is not whole JSON"),
        (Reply(b"x" * 1_000_001), "its answer is larger than 1 MB"),
        (
            Reply(status=302, headers=(("Location", "http://localhost:9/steal"),)),
            "it redirects to another host, localhost",
        ),
        (
            Reply(status=429, headers=(("Retry-After", "3600"),)),
            "it answers 429 Too Many Requests, and asks to be left alone for 3,600 seconds",
        ),
    ],
)
def test_a_source_that_fails_is_one_line_and_stops_no_other(
    fetching: Blog, world: World, reply: Reply, reason: str
) -> None:
    fill(world)
    for path in ("/api/mentions", "/repos", "/api/v1", "/xrpc"):
        world.instead = {path: reply}
        (fetching.folder / ".weekly/replies.json").unlink(missing_ok=True)
        result = fetch(fetching, "--format", "json")

        lines = [line for line in result.stderr.splitlines() if "set aside" not in line]
        assert result.exit_code == 1
        assert len(lines) == 1
        assert lines[0].endswith(reason)
        assert counts(result)[0] > 0
        assert TOKEN not in result.stderr + result.stdout


def test_a_server_that_asks_to_be_left_alone_is(fetching: Blog, world: World) -> None:
    world.instead = {"/api/mentions": Reply(status=429, headers=(("Retry-After", "3600"),))}
    fetch(fetching)
    world.instead = {}
    world.server.asked.clear()

    again = fetch(fetching)

    assert world.asked("/api/mentions") == []
    assert again.exit_code == 1
    assert re.fullmatch(
        r"webmention\.io/example\.org: it asked to be left alone for 3,[56]\d\d seconds more\n",
        again.stderr,
    )


def test_credentials_come_from_the_environment_and_go_nowhere_else(
    fetching: Blog, world: World
) -> None:
    fill(world)
    result = fetch(fetching, "--verbose")

    assert {asked.headers.get("authorization") for asked in world.asked("/repos")} == {
        f"Bearer {TOKEN}"
    }
    others = [asked for asked in world.server.asked if not asked.path.startswith("/repos")]
    assert {asked.headers.get("authorization") for asked in others} == {None}
    assert TOKEN not in result.stdout + result.stderr
    assert TOKEN.encode() not in b"".join(files_below(fetching.folder).values())


def test_a_missing_credential_is_named_and_stops_no_other(fetching: Blog, world: World) -> None:
    fill(world)
    result = fetch(fetching, token="")

    assert result.exit_code == 1
    assert "webmention.io/example.org: set WEEKLY_WEBMENTION_TOKEN in the environment" in (
        result.stderr
    )
    assert len(replies_in(fetching)) == 9


def test_without_a_source_it_says_where_to_name_one(blog: Blog, world: World) -> None:
    blog.post("2026-11-16-hello")
    result = fetch(blog)

    assert result.exit_code == 2
    assert "[replies.sources]" in result.stderr
    assert world.server.asked == []


def test_what_was_forgotten_here_is_read_again_and_known(fetching: Blog, world: World) -> None:
    """Without the marks, as in another clone: everything comes again, and nothing is written."""
    fill(world)
    fetch(fetching)
    before = replies_in(fetching)
    (fetching.folder / ".weekly/replies.json").unlink()

    assert counts(fetch(fetching, "--format", "json")) == [55, 0, 54, 1, 0]
    assert replies_in(fetching) == before


def test_marks_that_are_damaged_are_none(fetching: Blog, world: World) -> None:
    fill(world)
    for damaged in (b"", b"[1]", b'{"webmention.io/example.org": 7}', b'{"mastodon": {"x": "y"}}'):
        fetching.write(".weekly/replies.json", damaged)

        assert fetch(fetching).exit_code == 0


def test_a_network_that_is_switched_off_is_not_asked(fetching: Blog, world: World) -> None:
    site = fetching.folder / "content/site.toml"
    site.write_text(site.read_text() + "mastodon = false\nbluesky = false\n")
    fill(world)
    fetch(fetching)

    assert world.asked("/api/v1") + world.asked("/xrpc") == []


def test_a_reply_that_could_not_be_written_is_fetched_again(fetching: Blog, world: World) -> None:
    fill(world)
    in_the_way = fetching.write("content/replies", b"a file where the folder should be")
    failed = fetch(fetching, "--format", "json")
    in_the_way.unlink()

    assert counts(failed) == [55, 0, 0, 1, 54]
    assert counts(fetch(fetching, "--format", "json")) == [55, 54, 0, 1, 0]
