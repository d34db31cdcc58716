"""Series: the order of their posts, their pages and their feeds."""

from __future__ import annotations

import re

import pytest

from tests.conftest import Blog

TRIAL = {"series": "The carers' trial"}


@pytest.fixture
def trial(blog: Blog) -> Blog:
    """A blog with a series of three posts, and a post outside it."""
    blog.post("2026-09-01-why", **TRIAL)
    blog.post("2026-09-08-how", **TRIAL)
    blog.post("2026-09-15-aside", tags="[courage]")
    blog.post("2026-09-22-what-came-of-it", series="the carers’ trial")
    return blog


def titles(html: str) -> list[str]:
    return re.findall(r'card-title p-name"><a [^>]+>([^<]+)', html)


def test_a_series_has_a_page_in_the_order_of_reading(trial: Blog) -> None:
    trial.build()

    assert titles(trial.page("series/the-carers-trial/")) == ["Why", "How", "What Came Of It"]


def test_numbered_parts_come_first_by_their_numbers(trial: Blog) -> None:
    trial.post("2026-09-08-how", series_order="2", **TRIAL)
    trial.post("2026-09-22-what-came-of-it", series_order="1", **TRIAL)
    trial.build()

    assert titles(trial.page("series/the-carers-trial/")) == ["What Came Of It", "How", "Why"]


def test_a_part_shows_its_number_and_links_to_its_neighbours(trial: Blog) -> None:
    trial.build()
    box = re.search(r'<nav class="part.*?</nav>', trial.page("2026/how/"), re.DOTALL)

    assert box
    assert "Part 2 of 3" in box[0]
    assert re.findall(r'href="(/[^"]+)"', box[0]) == [
        "/blog/series/the-carers-trial/",
        "/blog/2026/why/",
        "/blog/2026/what-came-of-it/",
    ]
    assert '<nav class="part' not in trial.page("2026/aside/")


def test_a_part_follows_what_happens_to_its_neighbours(trial: Blog) -> None:
    trial.build()
    trial.post("2026-09-22-what-came-of-it", title="The end of it", **TRIAL)
    made = trial.build().reasons

    assert "2026/how/index.html" in made
    assert "The end of it" in trial.page("2026/how/")


def test_a_new_part_changes_the_count_in_every_part(trial: Blog) -> None:
    trial.build()
    trial.post("2026-10-06-once-more", **TRIAL)
    trial.build()

    assert "Part 1 of 4" in trial.page("2026/why/")


def test_a_series_has_feeds_that_readers_find(trial: Blog) -> None:
    trial.build()

    assert 'href="https://example.org/blog/series/the-carers-trial/atom.xml"' in trial.page(
        "series/the-carers-trial/"
    )
    assert re.findall("<title>([^<]+)", trial.page("series/the-carers-trial/feed.xml"))[1:] == [
        "What Came Of It",
        "How",
        "Why",
    ]
    assert "series/the-carers-trial/feed.xml" in trial.page("follow/")


def test_a_page_lists_series_where_there_are_several(trial: Blog) -> None:
    trial.build()
    assert "series/index.html" not in trial.tree()

    trial.post("2026-09-15-aside", series="Budget")
    trial.build()

    assert titles(trial.page("series/").replace('"card-title"', '"card-title p-name"')) == [
        "Budget",
        "The carers’ trial",
    ]
    assert 'href="/blog/series/"' in trial.page("")


def test_a_draft_is_no_part(trial: Blog) -> None:
    trial.post("2026-09-08-how", draft="true", **TRIAL)
    trial.build()

    assert "Part 2 of 2" in trial.page("2026/what-came-of-it/")


@pytest.mark.parametrize("name", ["'!!'", "x" * 241])
def test_a_series_needs_a_name_that_can_be_an_address(blog: Blog, name: str) -> None:
    blog.post("2026-09-01-why", series=name)

    assert [line.partition(": ")[0] for line in blog.problems()] == [
        "content/posts/2026-09-01-why.md:4:9"
    ]
    assert "no address can be made" in blog.problems()[0]


def test_a_year_has_feeds_of_its_own_posts(blog: Blog) -> None:
    blog.post("2025-09-01-then")
    blog.post("2026-09-01-now")
    blog.build()

    assert 'href="https://example.org/blog/2025/feed.json"' in blog.page("2025/")
    assert re.findall("<title>([^<]+)", blog.page("2025/feed.xml")) == [
        "Letters of 2025 · Letters",
        "Then",
    ]


def test_new_posts_leave_a_closed_year_alone(blog: Blog) -> None:
    blog.post("2025-09-01-then")
    blog.build()
    blog.post("2026-09-01-now")

    assert "2025/feed.xml" not in blog.build().reasons


def test_the_feed_of_a_year_holds_summaries(blog: Blog) -> None:
    blog.post("2025-09-01-then", "The first words.\n\nThe last.\n")
    blog.build()
    assert "The first words." in blog.page("2025/feed.xml")
    assert "The last." not in blog.page("2025/feed.xml")

    blog.post("2025-09-01-then", "The first words.\n\nThe end.\n")

    assert "2025/feed.xml" not in blog.build().reasons


def test_two_parts_with_one_number_are_reported(trial: Blog) -> None:
    trial.post("2026-09-08-how", series_order="1", **TRIAL)
    trial.post("2026-09-22-what-came-of-it", series_order="1", **TRIAL)

    assert trial.problems() == [
        "content/posts/2026-09-22-what-came-of-it.md: warning: content/posts/2026-09-08-how.md is "
        "also number 1 of 'The carers’ trial'. "
        "Give each its own `series_order`, or none to order them by date."
    ]


def test_different_series_at_one_address_are_an_error(blog: Blog) -> None:
    """Issue 12, line 19: they were one series, and nothing was said."""
    blog.post("2026-09-01-one", series="C++")
    blog.post("2026-09-08-two", series="C#")

    (clash,) = blog.problems()
    assert clash.startswith(
        "content/posts/2026-09-08-two.md:4:9: the series 'C++' and 'C#' would both be at /series/c/"
    )
