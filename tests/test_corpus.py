"""A real blog: 120 posts written by others, built with settings for them."""

from __future__ import annotations

import re
import shutil
from collections import Counter
from pathlib import Path

import feedparser
import pytest

from generator.build import BuildReport
from tests.conftest import Blog

CORPUS = Path(__file__).parents[2] / "shared/corpus"

pytestmark = pytest.mark.skipif(not CORPUS.is_dir(), reason="the corpus is not beside the checkout")

SETTINGS = """\
title = "A real blog"
base_url = "https://example.org/real/"
time_zone = "America/New_York"
authority = "example.org,2014"
permalink = "/{year}/{month}/{day}/{slug}/"
unknown_tags = "allow"
unknown_authors = "allow"
posts_without_trait = "warning"
broken_links = "warning"

[front_matter]
unknown_keys = "warning"

[front_matter.rename]
excerpt = "summary"
redirect_from = "aliases"

[[authors]]
id = "team"
name = "The team"
"""

TRAIT = "---\ntitle: Listen\ntags: [user research, how we work, hiring]\n---\n"


def write_corpus(blog: Blog) -> None:
    """Put the posts and their images into a blog with settings for them."""
    shutil.copytree(CORPUS / "content/posts", blog.folder / "content/posts")
    shutil.copytree(CORPUS / "assets", blog.folder / "content/static/assets")
    blog.write("content/site.toml", SETTINGS)
    blog.write("content/traits/listen.md", TRAIT)


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> tuple[Blog, BuildReport]:
    blog = Blog(tmp_path_factory.mktemp("corpus"))
    write_corpus(blog)
    return blog, blog.try_build()


def test_every_post_of_a_real_blog_is_published(corpus: tuple[Blog, BuildReport]) -> None:
    _, report = corpus
    print(report.account, Counter(problem.code for problem in report.problems))

    assert not report.failed, [str(problem) for problem in report.problems]
    assert report.account is not None
    assert (report.account.sources, report.account.published) == (120, 120)


def test_its_oddities_are_warnings(corpus: tuple[Blog, BuildReport]) -> None:
    _, report = corpus
    codes = Counter(problem.code for problem in report.problems)

    assert set(codes) == {
        "alias-case",
        "broken-link",
        "missing-alt",
        "missing-image",
        "no-trait",
        "unknown-key",
    }
    assert all(problem.at.line for problem in report.problems)


def test_the_template_tags_of_the_old_site_stay_text(corpus: tuple[Blog, BuildReport]) -> None:
    blog, _ = corpus
    tagged = [
        path for path in blog.folder.glob("content/posts/*.md") if "{% image" in path.read_text()
    ]
    pages = [data for path, data in blog.tree().items() if path.endswith("index.html")]

    assert len(tagged) == 40
    assert sum(b"{% image" in page for page in pages) >= 40


def test_its_feeds_are_read_without_errors(corpus: tuple[Blog, BuildReport]) -> None:
    blog, _ = corpus
    for path in ("feed.xml", "atom.xml", "traits/listen/feed.xml"):
        feed = feedparser.parse(blog.tree()[path])
        assert not feed.bozo, feed.get("bozo_exception")
        assert len(feed.entries) == 20


def test_no_page_holds_a_reference_that_was_not_resolved(
    corpus: tuple[Blog, BuildReport],
) -> None:
    blog, _ = corpus

    assert [
        path
        for path, data in blog.tree().items()
        if path.endswith(".html") and re.search(rb'"weekly:|[\x02\x03]', data)
    ] == []
