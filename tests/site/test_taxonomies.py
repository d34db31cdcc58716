"""Traits and reasons: which posts belong to them."""

from __future__ import annotations

import pytest
from selectolax.lexbor import LexborHTMLParser

from generator.config.reading import load_config
from tests.commands import run
from tests.conftest import SITE, Blog, hrefs


def test_a_trait_page_shows_promise_questions_and_posts(blog: Blog) -> None:
    blog.post("2026-11-10-one", tags="[Feedback]")
    blog.post("2026-11-11-two", tags="[courage]")
    blog.build()
    page = blog.page("traits/listen/")

    for words in ("Listen and learn", "I will ask first.", "Whom did I hear?", "I listen."):
        assert words in page
    assert "/blog/2026/one/" in hrefs(page)
    assert "/blog/2026/two/" not in hrefs(LexborHTMLParser(page).css_first("main").html or "")


@pytest.mark.parametrize("tag", ["Listening", "LISTENING", "lis­tening".replace("­", ""), "listen"])
def test_a_tag_means_its_trait_however_it_is_typed(blog: Blog, tag: str) -> None:
    blog.post("2026-11-10-one", tags=f"[{tag}]")

    assert blog.problems() == []


def test_reasons_are_a_second_taxonomy(blog: Blog) -> None:
    settings = (blog.folder / "content/site.toml").read_text(encoding="utf-8")
    blog.write(
        "content/site.toml",
        settings + '\n[taxonomies.reasons]\ntitle = "Why I write"\nsingular = "reason"\n',
    )
    blog.write("content/reasons/credible.md", "---\ntitle: Be credible\ntags: [trust]\n---\n")
    blog.post("2026-11-10-one", tags="[listening, trust]")
    blog.build()

    assert "/blog/2026/one/" in hrefs(blog.page("reasons/credible/"))
    assert "reasons/credible/feed.xml" in blog.tree()
    assert "Be credible" in blog.page("2026/one/")


def test_a_post_without_a_trait_is_an_error(blog: Blog) -> None:
    blog.post("2026-11-10-one", tags="[Budget]")

    assert blog.problems() == [
        "content/posts/2026-11-10-one.md:3:8: the post has no trait. "
        "Add a tag that belongs to a trait."
    ]


def test_a_hidden_taxonomy_keeps_its_addresses_and_is_shown_nowhere(blog: Blog) -> None:
    """Issue 12, line 17."""
    table = '[taxonomies.reasons]\ntitle = "Why I write"\nsingular = "reason"\n'
    blog.write("content/reasons/credible.md", "---\ntitle: Be credible\ntags: [trust]\n---\n")
    blog.post("2026-11-10-one", tags="[risk, trust]")
    blog.write("content/site.toml", SITE + table)
    blog.build()
    before = {path for path in blog.tree() if "reasons" in path}
    assert "Be credible" in blog.page("2026/one/")

    blog.write("content/site.toml", SITE + table + "hidden = true\n")
    blog.build()
    files = blog.tree()

    assert {path for path in files if "reasons" in path} == before
    telling = {path for path, data in files.items() if b"Be credible" in data}
    assert telling | {path for path, data in files.items() if b"/reasons/" in data} <= before
    assert all(b'content="noindex"' in files[path] for path in before if path.endswith(".html"))
    checked = run("check", "--blog", str(blog.folder), "--now", "2026-11-22", "--strict")
    assert checked.stderr == ""


def test_the_traits_can_not_be_hidden(blog: Blog) -> None:
    table = '[taxonomies.traits]\ntitle = "T"\nsingular = "t"\nhidden = true\n'
    blog.write("content/site.toml", SITE + table)
    (problem,) = load_config(blog.folder)  # type: ignore[misc]

    assert "the traits can't be hidden" in str(problem)
