"""A view is made only where something that it is made from has changed, and always there."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

import pytest

from generator import build as builds
from generator.artifacts import context, feeds, posts
from generator.artifacts.page_context import PageContext
from generator.artifacts.shown_posts import ShownPost, full_post, post_card, post_link
from generator.model import Post
from generator.render import feeds as feed_formats
from generator.render import search as search_files
from generator.views import FeedEntry, FullPost, PostCard, PostLink
from tests.conftest import Blog

FIRST = "2026-09-01-first"
LAST = "2026-11-17-last"


@pytest.fixture
def filled(blog: Blog) -> Blog:
    """A blog whose last post refers to the first, with ten between them that are more like it."""
    blog.post(FIRST, tags="[courage]")
    for week in range(10):
        blog.post(f"2026-10-{10 + week}-week-{week}", "The whiteboard at Stell Road.\n")
    blog.post(LAST, f"The whiteboard at Stell Road.\n\n[Then]({FIRST}.md)\n")
    blog.build()
    return blog


def test_a_post_that_refers_to_another_follows_it_to_its_new_address(filled: Blog) -> None:
    filled.post(FIRST, tags="[courage]", slug="moved")
    filled.build()

    assert 'href="/blog/2026/moved/"' in filled.page("2026/last/")


def test_editing_a_body_makes_the_view_of_that_post_alone(
    filled: Blog, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[posts.PostInputs] = []
    whole_view = posts.post_view
    monkeypatch.setattr(
        posts, "post_view", lambda inputs: (made.append(inputs), whole_view(inputs))[1]
    )
    filled.post(FIRST, "Hello.\n\nOne more line.\n", tags="[courage]")
    filled.build()

    assert [inputs.shown.post.title for inputs in made] == ["First"]


@pytest.mark.parametrize(("summary", "is_listed"), [({"summary": "In short."}, False), ({}, True)])
def test_lists_follow_the_opening_of_a_post_only_where_they_show_it(
    filled: Blog, summary: dict[str, str], is_listed: bool
) -> None:
    filled.post(FIRST, "Hello.\n", tags="[courage]", **summary)
    filled.build()
    filled.post(FIRST, "Good day.\n", tags="[courage]", **summary)

    assert ("traits/courage/index.html" in filled.build().written.made) == is_listed


def test_every_page_and_feed_that_holds_a_body_follows_its_last_words(filled: Blog) -> None:
    filled.post(LAST, f"The whiteboard at Stell Road.\n\n[Then]({FIRST}.md) and now.\n")
    filled.build()
    changed = [path for path, data in filled.tree().items() if b"and now." in data]

    assert {"2026/last/index.html", "index.html", "feed.xml"} <= set(changed)


def svg(width: int) -> str:
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} 100"/>'


def test_a_page_of_cards_follows_an_image_that_has_another_size(filled: Blog) -> None:
    filled.write("content/posts/first.svg", svg(300))
    filled.post(FIRST, tags="[courage]", image="first.svg", image_alt="A view")
    filled.build()
    assert 'width="300"' in filled.page("page/1/")
    filled.write("content/posts/first.svg", svg(500))
    filled.build()

    assert 'width="500"' in filled.page("page/1/")


CHANGES: dict[str, Callable[[Post], Post]] = {
    "title": lambda post: post._replace(title=f"{post.title}, changed"),
    "body": lambda post: post._replace(body=post.body._replace(html="<p>Changed.</p>")),
    "free data": lambda post: post._replace(extra={"mood": "changed"}),
    "copied by hand": lambda post: Post(**{**post._asdict(), "summary": "Changed."}),
}


@pytest.mark.parametrize("change", CHANGES)
def test_a_post_that_is_changed_after_reading_leaves_no_page_stale(
    filled: Blog, monkeypatch: pytest.MonkeyPatch, change: str
) -> None:
    filled.write("templates/post.html", "{{ post }}{{ post.html | html }}")
    filled.build()
    read_content = builds.read_content

    def changed(*given: Any, **named: Any) -> Any:
        content, problems = read_content(*given, **named)
        posts = tuple([CHANGES[change](post) for post in content.posts])
        return content._replace(posts=posts), problems

    for read in (changed, read_content):
        monkeypatch.setattr(builds, "read_content", read)
        assert filled.build().written.made
        incremental = published(filled.tree())
        filled.build(output="clean")
        assert incremental == published(filled.tree("clean"))
        assert filled.build().reasons == {}


def published(tree: Mapping[str, bytes]) -> dict[str, bytes]:
    """The files of a site without our list of them."""
    return {path: data for path, data in tree.items() if path != ".weekly"}


def test_an_edit_that_no_page_shows_makes_none(filled: Blog) -> None:
    settings = filled.folder / "content/site.toml"
    settings.write_text(settings.read_text(encoding="utf-8") + "\n", encoding="utf-8")

    assert filled.build().reasons == {}


def with_words(kind: Any) -> Any:
    """The type of a value with one field more: how many words the body of its post has."""
    return NamedTuple(  # type: ignore[misc]
        kind.__name__, [*((name, Any) for name in kind._fields), ("words", int)]
    )


def counting(make: Callable[..., Any], kind: Any) -> Callable[..., Any]:
    """A function that makes such a value from a post, with the field."""
    wider = with_words(kind)

    def wide(shown: ShownPost, page: PageContext, **options: Any) -> Any:
        return wider(*make(shown, page, **options), shown.post.body.word_count)

    return wide


LINES = {
    "post.html": "{{ post.words }} {{ older.words if older }} {{ newer.words if newer }}"
    " {% for other in related %}{{ other.words }}{% endfor %}",
    "home.html": "{{ newest.words if newest }} {% for card in cards %}{{ card.words }} {% endfor %}"
    "{% for week in (lately.weeks if lately else []) %}"
    "{% for post in week.posts %}{{ post.words }}{% endfor %}{% endfor %}",
    "term.html": "{% for post in posts %}{{ post.words }} {% endfor %}"
    "{% for post in earlier %}{{ post.words }} {% endfor %}",
    "author.html": "{% for post in posts %}{{ post.words }} {% endfor %}",
    "archive.html": "{% for year in years %}{% for week in year.weeks %}"
    "{% for post in week.posts %}"
    "{{ post.words }} {% endfor %}{% endfor %}{% endfor %}",
    "not-found.html": "{% for post in newest %}{{ post.words }} {% endfor %}",
}


@pytest.fixture
def wider(filled: Blog, monkeypatch: pytest.MonkeyPatch) -> Blog:
    """The blog in a version of the program whose cards, lines, posts and feeds have a field more.

    Nothing else is changed: no key, no list of fields, no row of the cache.
    """
    for module, name, make, kind in (
        (context, "post_link", post_link, PostLink),
        (context, "post_card", post_card, PostCard),
        (posts, "post_card", post_card, PostCard),
        (posts, "full_post", full_post, FullPost),
    ):
        monkeypatch.setattr(module, name, counting(make, kind))
    entry, wide_entry = feeds._feed_entry, with_words(FeedEntry)
    monkeypatch.setattr(
        feeds,
        "_feed_entry",
        lambda shown, *others: wide_entry(*entry(shown, *others), shown.post.body.word_count),
    )
    item, row = feed_formats._json_item, search_files._post
    monkeypatch.setattr(
        feed_formats, "_json_item", lambda shown, text: {**item(shown, text), "_n": shown.words}
    )
    monkeypatch.setattr(
        search_files, "_post", lambda post, *others: [*row(post, *others), post.words]
    )
    monkeypatch.setattr(builds, "engine_digest", lambda: "a version with the field")
    for template, text in LINES.items():
        filled.write(f"templates/{template}", text)
    filled.build()
    return filled


def test_a_field_that_is_added_to_cards_reaches_every_page_without_another_change(
    wider: Blog,
) -> None:
    wider.post(FIRST, "Hello.\n\nOne more line, or two, of words.\n", tags="[courage]")
    report = wider.build()
    incremental = published(wider.tree())
    wider.build(output="clean")

    assert incremental == published(wider.tree("clean"))
    assert {
        "2026/first/index.html",  # the post
        "2026/week-0/index.html",  # its neighbour
        "page/1/index.html",  # lists
        "traits/courage/index.html",
        "archive/index.html",
        "2026/index.html",
        "traits/courage/feed.json",  # a feed
        "search/index.json",
    } <= set(report.written.made)
