"""`weekly stats` as a person sees it."""

from __future__ import annotations

import json

import pytest

from tests.commands import SUNDAY, run
from tests.conftest import Blog


def test_each_post_has_a_row(blog: Blog) -> None:
    blog.post("2026-11-17-one", "What do you think?\n")
    blog.post("2026-11-10-two", "Beth?\n", language="cy")

    assert run("stats", "--blog", str(blog.folder), **SUNDAY).stdout == (
        "           words age questions   I  we you links\n"
        "2026-11-17     4             1   0   0   1     0  One\n"
        "2026-11-10     1             1                 0  Two\n"
        "\n"
        "The reading age and I, we and you are counted in English posts only.\n"
    )


def test_a_draft_without_a_date_has_none(blog: Blog) -> None:
    blog.write("content/posts/half.md", "---\ntitle: Half\ndraft: true\n---\nText.\n")
    shown = run("stats", "--blog", str(blog.folder), **SUNDAY).stdout
    result = run("stats", "--blog", str(blog.folder), "--format", "json", **SUNDAY)

    assert shown.splitlines()[1] == f"{'':10}     1             0   0   0   0     0  Half (draft)"
    assert json.loads(result.stdout)["posts"][0]["day"] is None


def test_programs_get_json(blog: Blog) -> None:
    blog.post("2026-11-17-one", "What do you think?\n")
    blog.post("2026-11-10-two")
    result = run("stats", "--blog", str(blog.folder), "--format", "json", "--last", "1", **SUNDAY)

    assert json.loads(result.stdout) == {
        "posts": [
            {
                "source": "content/posts/2026-11-17-one.md",
                "title": "One",
                "day": "2026-11-17",
                "state": "published",
                "words": 4,
                "questions": 1,
                "links": 0,
                "reading_age": None,
                "voice": {"i": 0, "we": 0, "you": 1},
            }
        ],
        "medians": [],
    }


@pytest.mark.parametrize("damage", [b"", b"?" * 10_000])
def test_texts_lost_from_the_cache_are_read_again(blog: Blog, damage: bytes) -> None:
    blog.post("2026-11-17-one", "What do you think?\n")
    blog.build()
    before = run("stats", "--blog", str(blog.folder), **SUNDAY)
    blog.write(".weekly/bodies.txt", damage)

    assert run("stats", "--blog", str(blog.folder), **SUNDAY) == before


def test_years_are_shown_as_text_and_as_json(blog: Blog) -> None:
    blog.post("2026-11-17-one", "What do you think?\n")
    blog.post("2025-11-18-two", "I think, and we do.\n")
    *_, now, then = run("stats", "--blog", str(blog.folder), **SUNDAY).stdout.splitlines()
    result = run("stats", "--blog", str(blog.folder), "--format", "json", **SUNDAY)

    assert (now, then) == (
        "2026           4             1   0   0   1     0",
        "2025           5             0   1   1   0     0",
    )
    assert json.loads(result.stdout)["medians"][1] == {
        "of": "2025",
        "posts": 1,
        "words": 5,
        "reading_age": None,
        "questions": 0,
        "i": 1,
        "we": 1,
        "you": 0,
        "links": 0,
    }


def test_an_empty_blog_has_nothing_to_count(blog: Blog) -> None:
    assert run("stats", "--blog", str(blog.folder), **SUNDAY).stdout == "There is no post yet.\n"


def test_the_number_of_posts_is_at_least_one(blog: Blog) -> None:
    result = run("stats", "--blog", str(blog.folder), "--last", "0", **SUNDAY)

    assert result.exit_code == 2
    assert result.stderr.endswith("Invalid value for '--last': 0 is not in the range x>=1.\n")
