"""A view is made only where something that it is made from has changed."""

from __future__ import annotations

import pytest

from generator.artifacts import pages, posts
from tests.conftest import Blog

FIRST = "2026-09-01-first"
LAST = "2026-11-17-last"


@pytest.fixture
def letters(blog: Blog) -> Blog:
    """A blog whose last letter refers to the first, with ten between them that are more like it."""
    blog.post(FIRST, tags="[courage]")
    for week in range(10):
        blog.post(f"2026-10-{10 + week}-week-{week}", "The whiteboard at Stell Road.\n")
    blog.post(LAST, f"The whiteboard at Stell Road.\n\n[Then]({FIRST}.md)\n")
    blog.build()
    return blog


def test_a_post_that_refers_to_another_follows_it_to_its_new_address(letters: Blog) -> None:
    letters.post(FIRST, tags="[courage]", slug="moved")
    letters.build()

    assert 'href="/blog/2026/moved/"' in letters.page("2026/last/")


def test_editing_a_body_makes_the_view_of_that_post_alone(
    letters: Blog, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = []
    whole_view = posts._post_view
    monkeypatch.setattr(
        posts, "_post_view", lambda entry, frame: made.append(entry) or whole_view(entry, frame)
    )
    letters.post(FIRST, "Hello.\n\nOne more line.\n", tags="[courage]")
    letters.build()

    assert [entry.post.title for entry in made] == ["First"]


@pytest.mark.parametrize(("summary", "is_listed"), [({"summary": "In short."}, False), ({}, True)])
def test_lists_follow_the_opening_of_a_letter_only_where_they_show_it(
    letters: Blog, monkeypatch: pytest.MonkeyPatch, summary: dict[str, str], is_listed: bool
) -> None:
    letters.post(FIRST, "Hello.\n", tags="[courage]", **summary)
    letters.build()
    made = []
    whole_view = pages._follow_view
    monkeypatch.setattr(pages, "_follow_view", lambda frame: made.append(1) or whole_view(frame))
    letters.post(FIRST, "Good day.\n", tags="[courage]", **summary)
    letters.build()

    assert bool(made) == is_listed


def test_every_page_and_feed_that_holds_a_body_follows_its_last_words(letters: Blog) -> None:
    letters.post(LAST, f"The whiteboard at Stell Road.\n\n[Then]({FIRST}.md) and now.\n")
    letters.build()
    changed = [path for path, data in letters.tree().items() if b"and now." in data]

    assert {"2026/last/index.html", "index.html", "feed.xml"} <= set(changed)


def test_a_page_of_cards_follows_a_image_that_has_another_size(letters: Blog) -> None:
    letters.write("content/posts/first.svg", svg(300))
    letters.post(FIRST, tags="[courage]", image="first.svg", image_alt="A view")
    letters.build()
    assert 'width="300"' in letters.page("page/1/")
    letters.write("content/posts/first.svg", svg(500))
    letters.build()

    assert 'width="500"' in letters.page("page/1/")


def svg(width: int) -> str:
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} 100"/>'


def test_an_edit_that_no_page_shows_makes_none(letters: Blog) -> None:
    letters.write(
        "content/site.toml", letters.folder.joinpath("content/site.toml").read_text() + "\n"
    )

    assert letters.build().reasons == {}
