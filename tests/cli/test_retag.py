"""`weekly retag`: another word for a tag, wherever it is said."""

from __future__ import annotations

import pytest

from tests.cli.test_rename import sources
from tests.commands import SUNDAY, Result, run
from tests.conftest import SITE, Blog


def retag(blog: Blog, *arguments: str) -> Result:
    return run("retag", *arguments, "--blog", str(blog.folder), **SUNDAY)


def test_a_tag_is_changed_in_posts_and_in_the_list_of_its_trait(blog: Blog) -> None:
    blog.post("2026-11-10-flow", "listening\n", tags="[ 'Listening', risk ] # listening")
    blog.post("2026-11-11-lines", tags="\n- risk\n- LISTENING  # c")
    blog.post("2026-11-12-other", tags="[risk]")
    before = {path: text.decode() for path, text in sources(blog).items()}

    assert retag(blog, "listening", "hearing out") == Result(
        0, "'listening' is now 'hearing out', in 3 files.\n", ""
    )
    after = {path: text.decode() for path, text in sources(blog).items()}
    flow, lines, trait = (
        "content/posts/2026-11-10-flow.md",
        "content/posts/2026-11-11-lines.md",
        "content/traits/listen.md",
    )
    assert after == before | {
        flow: before[flow].replace("'Listening'", "'hearing out'"),
        lines: before[lines].replace("LISTENING", "hearing out"),
        trait: before[trait].replace("[listening", "[hearing out"),
    }
    assert blog.problems() == []


def test_two_tags_become_one_without_repeats(blog: Blog) -> None:
    blog.post("2026-11-10-both", tags="[feedback, risk, listening]")
    blog.post("2026-11-11-one", tags="[listening]")
    assert retag(blog, "listening", "feedback").exit_code == 0

    after = sources(blog)
    assert b"tags: [feedback, risk]\n" in after["content/posts/2026-11-10-both.md"]
    assert b"tags: [feedback]\n" in after["content/posts/2026-11-11-one.md"]
    assert b"tags: [feedback]\n" in after["content/traits/listen.md"]
    assert blog.problems() == []


@pytest.mark.parametrize(
    ("topics", "new", "expected"),
    [
        ('["Budget", "Schools"]', "Money", '["Money", "Schools"]'),
        ('["Schools", "Budget"]', "schools", '["Schools"]'),
        ('[\n  "Budget", # c "x"\n  "Schools",\n]', "Schools", '[\n  # c "x"\n  "Schools",\n]'),
        ("['Budget']", "risk", "[]"),
        ('["Budget"]', 'a "b" \\', '["a \\"b\\" \\\\"]'),
    ],
)
def test_a_topic_is_changed_in_the_settings(
    blog: Blog, topics: str, new: str, expected: str
) -> None:
    site = SITE.replace('["Budget"]', "{}") + "# topics = ['Budget']\n"
    blog.write("content/site.toml", site.replace("{}", topics))
    blog.post("2026-11-10-one", tags="[listening, Budget]")
    assert retag(blog, "budget", new).exit_code == 0

    assert sources(blog)["content/site.toml"].decode() == site.replace("{}", expected)
    assert blog.problems() == []


def test_a_tag_can_be_spelt_in_another_way(blog: Blog) -> None:
    blog.post("2026-11-10-one", tags="[listening, budget]")

    assert retag(blog, "BUDGET", "BuDGet").stdout.endswith("in 2 files.\n")
    assert b"BuDGet" in sources(blog)["content/site.toml"]


@pytest.mark.parametrize(
    ("arguments", "problem"),
    [
        (["lisening", "x"], "content: nothing has the tag 'lisening'. Did you mean 'listening'?"),
        (["listening", " "], "content: '' can't be a tag. Use letters and digits."),
        (["listening", "a\x07"], "content: 'a<U+0007>' can't be a tag. Use letters and digits."),
        (["Budget", "Budget"], "content: the tag is already 'Budget' everywhere."),
        (
            ["listening", "Budget"],
            "content/posts/2026-11-10-one.md: with 'Budget' instead of 'listening' the post would "
            "have no trait. Give it a tag of one of the traits first.",
        ),
        (
            ["have an opinion", "frankness"],
            "content: the tag 'frankness' belongs to no trait and no topic. "
            "Add it to the tags of a trait first.",
        ),
    ],
)
def test_what_is_impossible_is_a_problem_and_changes_nothing(
    blog: Blog, arguments: list[str], problem: str
) -> None:
    blog.post("2026-11-10-one", tags="[listening]")
    blog.post("2026-11-11-two", tags="[have an opinion]")
    before = sources(blog)

    assert retag(blog, *arguments) == Result(1, "", f"{problem}\n")
    assert sources(blog) == before


def test_a_dry_run_shows_the_changes_and_makes_none(blog: Blog) -> None:
    blog.post("2026-11-10-one", tags="[listening]")
    before = sources(blog)
    shown = retag(blog, "listening", "hearing", "--dry-run").stdout

    assert "-tags: [listening]\n+tags: [hearing]\n" in shown
    assert sources(blog) == before
