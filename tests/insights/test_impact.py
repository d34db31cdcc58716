"""What came of posts and traits: counted by hand."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest

from generator.cache.impact_sums import keep_sums, merged, read_sums
from generator.cli.impact import run
from generator.insights.impact import DailySum, Impact
from tests import commands
from tests.commands import SUNDAY
from tests.conftest import LISTEN, Blog

HELLO, LATER = "2026-11-02-hello", "2026-11-09-later"
MONDAY = date(2026, 11, 2)


@pytest.fixture
def heard(blog: Blog) -> Blog:
    """Two posts, six replies, two actions."""
    blog.post(HELLO, syndication="[https://near.example/@ada/1]")
    blog.post(LATER, f"As [before]({HELLO}.md), and [again](/blog/2026/hello/).\n", tags="[risk]")
    blog.post("2026-12-09-future", f"As [before]({HELLO}.md).\n")
    blog.post("2026-11-16-draft", f"As [before]({HELLO}.md).\n", status="draft")
    for number, (kind, state) in enumerate(
        [
            ("reply", "approved"),
            ("question", "new"),
            ("question", "approved"),
            ("thanks", "approved"),
            ("like", "approved"),
            ("reply", "spam"),
            ("reply", "hidden"),
        ]
    ):
        blog.write(
            f"content/replies/{HELLO}/reply-{number}.md",
            f"---\nto: {HELLO}\nreceived: 2026-11-18T09:15:00+00:00\nvia: email\nkind: {kind}\n"
            f"state: {state}\nconsent: private\n---\nWords.\n",
        )
    blog.write(
        f"content/replies/{HELLO}/below.md",
        "---\nto: reply-0\nreceived: 2026-11-18T09:15:00+00:00\nvia: email\nkind: reply\n"
        "state: approved\nconsent: private\n---\nWords.\n",
    )
    for slug, said, traits in (("desk", "reply-2", "[]"), ("lift", f"{LATER}, {HELLO}", "[risk]")):
        blog.write(
            f"content/actions/{slug}.md",
            f"---\ntitle: The {slug}\nsaid: [{said}]\nstate: doing\nby: ada\nsince: 2026-11-20\n"
            f"traits: {traits}\n---\nWe do it.\n",
        )
    return blog


def report(blog: Blog, *options: str) -> dict[str, Any]:
    arguments = ("impact", "--blog", str(blog.folder), "--format", "json", *options)
    result = commands.run(*arguments, **SUNDAY)
    assert result.exit_code == 0, result.stderr
    found: dict[str, Any] = json.loads(result.stdout)
    return found


def test_each_fact_stands_for_itself(heard: Blog) -> None:
    later, hello = report(heard)["posts"]

    assert hello == {
        "post": f"content/posts/{HELLO}.md",
        "title": "Hello",
        "day": "2026-11-02",
        "traits": ["Listen and learn"],
        "replies": 5,
        "questions": 2,
        "thanks": 1,
        "linked_by": 1,
        "actions": 2,
        "copies": 1,
    }
    assert [later[name] for name in ("replies", "linked_by", "actions", "copies")] == [0, 0, 1, 0]


def test_traits_count_an_action_once(heard: Blog) -> None:
    found = {trait["trait"]: trait for trait in report(heard)["traits"]}

    listen, courage = found["listen"], found["courage"]
    assert (listen["posts"], listen["replies"], listen["actions"]) == (1, 5, 2)
    assert (courage["posts"], courage["replies"], courage["actions"]) == (1, 0, 1)


def test_a_trait_of_an_action_counts_though_no_post_led_to_it(blog: Blog) -> None:
    blog.write("content/traits/listen.md", LISTEN)
    blog.write(
        "content/actions/desk.md",
        "---\ntitle: The desk\nstate: doing\nby: ada\nsince: 2026-11-20\ntraits: [Listen and learn]"
        "\n---\nWe do it.\n",
    )
    (listen,) = [trait for trait in report(blog)["traits"] if trait["trait"] == "listen"]

    assert (listen["posts"], listen["actions"]) == (0, 1)


def test_groups_of_fewer_than_five_have_no_number_anywhere(heard: Blog) -> None:
    keep_sums(
        heard.folder / ".weekly",
        [
            DailySum(HELLO, "visits", MONDAY, 3),
            DailySum(HELLO, "visits", date(2026, 11, 3), 1),
            DailySum(HELLO, "mails", MONDAY, 4),
            DailySum(HELLO, "mails", date(2026, 11, 3), 1),
            DailySum(LATER, "visits", MONDAY, 812),
        ],
    )
    later, hello = report(heard)["posts"]
    traits = {trait["trait"]: trait.get("visits") for trait in report(heard)["traits"]}
    text = commands.run("impact", "--blog", str(heard.folder), **SUNDAY).stdout

    assert (hello["visits"], hello["mails"], later["visits"]) == (None, 5, 812)
    assert traits == {"listen": None, "courage": 812}
    assert text.splitlines()[0].split() == [
        "post", "replies", "asked", "thanks", "linked", "actions", "copies", "visits", "mails",
    ]  # fmt: skip
    assert text.splitlines()[2].split()[:10] == [
        "2026-11-02", "5", "2", "1", "1", "2", "1", "<5", "5", "Hello",
    ]  # fmt: skip


def test_there_is_no_score() -> None:
    """Whoever adds one should read what `insights/impact.py` says first."""
    assert Impact._fields == (
        "replies", "questions", "thanks", "linked_by", "actions", "copies", "sums",
    )  # fmt: skip
    assert run.name == "impact"


def test_exports_that_overlap_count_once() -> None:
    first = [DailySum(HELLO, "visits", MONDAY, 7)]
    again = [DailySum(HELLO, "visits", MONDAY, 2), DailySum(LATER, "visits", MONDAY, 1)]

    assert merged(first, again) == (first[0], again[1])
    assert merged(merged(first, again), again) == merged(first, again)


@pytest.mark.parametrize("data", [b"", b"{", b"[[1]]", b'[["a","score","2026-11-02",5]]', b"7"])
def test_sums_that_are_damaged_are_none(blog: Blog, data: bytes) -> None:
    blog.write(".weekly/impact.json", data)

    assert read_sums(blog.folder / ".weekly") == ()


def test_without_a_post_it_says_so(blog: Blog) -> None:
    assert commands.run("impact", "--blog", str(blog.folder), **SUNDAY).stdout == (
        "There is no published post yet.\n"
    )
