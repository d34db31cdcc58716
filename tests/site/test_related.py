"""Which posts are related, and why."""

from __future__ import annotations

import re

import pytest

from generator import cli
from tests.conftest import NOON, Blog


def related(blog: Blog, path: str) -> list[str]:
    box = blog.page(path).partition('<section class="related')[2]
    return re.findall(r'u-url" href="[^"]+" dir="auto">([^<]+)', box)


def test_rare_words_relate_posts(blog: Blog) -> None:
    blog.post("2026-01-06-one", "The whiteboard at Stell Road.\n")
    for week in range(4):
        blog.post(f"2026-02-0{3 + week}-week-{week}", tags="[courage]")
    blog.post("2026-09-01-other", "The whiteboard once more.\n", tags="[courage]")
    blog.build()

    assert related(blog, "2026/other/")[0] == "One"


def test_a_series_relates_its_posts(blog: Blog) -> None:
    blog.post("2025-01-07-one", series="Trial")
    blog.post("2025-01-14-between", series="Trial")
    for week in range(4):
        blog.post(f"2026-02-0{3 + week}-week-{week}", tags="[courage]")
    blog.post("2026-09-01-other", tags="[courage]", series="Trial")
    blog.build()

    assert related(blog, "2026/other/")[0] == "One"


def test_the_previous_and_next_part_are_not_listed_twice(blog: Blog) -> None:
    blog.post("2026-01-06-one", "The whiteboard.\n", series="Trial")
    blog.post("2026-01-13-two", "The whiteboard.\n", series="Trial")
    blog.build()

    assert related(blog, "2026/two/") == []


def test_of_two_equally_related_posts_the_nearer_in_time_comes_first(blog: Blog) -> None:
    blog.post("2025-01-07-long-ago", "The whiteboard.\n")
    blog.post("2026-06-02-one", "The whiteboard.\n")
    blog.post("2026-06-16-soon-after", "The whiteboard.\n")
    blog.build()

    assert related(blog, "2026/one/") == ["Soon After", "Long Ago"]


def test_explaining_a_post_says_why_others_are_related(
    blog: Blog, capsys: pytest.CaptureFixture[str]
) -> None:
    blog.post("2026-01-06-one", "The whiteboard at Stell Road.\n", series="Trial")
    blog.post("2026-05-05-between", series="Trial", tags="[courage]")
    blog.post("2026-09-01-other", "A whiteboard in Stell.\n", series="Trial")
    with pytest.raises(SystemExit):
        cli.main(["build", "--blog", str(blog.folder), "--now", NOON, "--explain", "2026/other/"])

    assert (
        "related: One (same series; rare words in common: stell, whiteboard;"
        " both about Listen and learn).\n"
    ) in capsys.readouterr().out
