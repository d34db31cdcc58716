"""A real blog: 120 posts written by others, built with settings for them."""

from __future__ import annotations

import re
from collections import Counter

import feedparser

from generator.build.report import BuildReport
from tests.conftest import Blog


def test_every_post_of_a_real_blog_is_published(real_blog: tuple[Blog, BuildReport]) -> None:
    _, report = real_blog
    print(report.account, Counter(problem.code for problem in report.problems))

    assert not report.failed, [str(problem) for problem in report.problems]
    assert report.account is not None
    assert (report.account.sources, report.account.published) == (120, 120)


def test_its_oddities_are_warnings(real_blog: tuple[Blog, BuildReport]) -> None:
    _, report = real_blog
    codes = Counter(problem.code for problem in report.problems)

    assert set(codes) == {
        "alias-case",
        "broken-link",
        "missing-alt",
        "long-title",
        "missing-image",
        "no-trait",
        "unfinished-text",
        "unknown-key",
        "unread-markdown",
    }
    assert all(problem.at.line for problem in report.problems)


def test_the_template_tags_of_the_old_site_stay_text(real_blog: tuple[Blog, BuildReport]) -> None:
    blog, _ = real_blog
    tagged = [
        path for path in blog.folder.glob("content/posts/*.md") if "{% image" in path.read_text()
    ]
    pages = [data for path, data in blog.tree().items() if path.endswith("index.html")]

    assert len(tagged) == 40
    assert sum(b"{% image" in page for page in pages) >= 40


def test_its_feeds_are_read_without_errors(real_blog: tuple[Blog, BuildReport]) -> None:
    blog, _ = real_blog
    for path in ("feed.xml", "atom.xml", "traits/listen/feed.xml"):
        feed = feedparser.parse(blog.tree()[path])
        assert not feed.bozo, feed.get("bozo_exception")
        assert len(feed.entries) == 20


def test_no_page_holds_a_reference_that_was_not_resolved(
    real_blog: tuple[Blog, BuildReport],
) -> None:
    blog, _ = real_blog

    assert [
        path
        for path, data in blog.tree().items()
        if path.endswith(".html") and re.search(rb'"weekly:|[\x02\x03]', data)
    ] == []
