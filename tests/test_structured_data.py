"""What programs learn from our own blog: microformats by a parser that is not ours, and JSON-LD."""

from __future__ import annotations

import json
import re
import shutil
from datetime import datetime
from pathlib import Path
from typing import Any

import mf2py
import pytest

from tests.conftest import Blog

ROOT = Path(__file__).parents[1]
FEEDS = ("", "page/1/", "archive/", "2026/", "traits/listen/", "authors/helen-garrity/")


@pytest.fixture(scope="module")
def ours(tmp_path_factory: pytest.TempPathFactory) -> Blog:
    """Our own blog, built."""
    made = Blog(tmp_path_factory.mktemp("blog"))
    shutil.copytree(ROOT / "content", made.folder / "content")
    made.build()
    return made


def items(blog: Blog, path: str) -> list[dict[str, Any]]:
    """The top-level items of a page."""
    parsed = mf2py.parse(doc=blog.page(path), url=f"https://example.org/letters/{path}")
    return list(parsed["items"])


def posts(blog: Blog) -> list[str]:
    """The paths of the pages of all posts."""
    return [
        path.removesuffix("index.html")
        for path, data in blog.tree().items()
        if path.endswith("/index.html") and b'<article class="letter ' in data
    ]


def test_a_post_is_an_entry_with_everything_that_is_known_about_it(ours: Blog) -> None:
    assert len(posts(ours)) == 16
    for path in posts(ours):
        (entry,) = items(ours, path)
        properties = entry["properties"]
        assert entry["type"] == ["h-entry"]
        assert properties["url"] == properties["uid"] == [f"https://example.org/letters/{path}"]
        assert [len(properties[name]) for name in ("name", "published", "content", "author")] == [
            1
        ] * 4
        assert properties["category"]
        (author,) = properties["author"]
        assert author["type"] == ["h-card"]
        assert author["properties"].keys() >= {"name", "url", "job-title"}


@pytest.mark.parametrize("path", FEEDS)
def test_a_list_of_posts_is_a_feed_of_entries(ours: Blog, path: str) -> None:
    feed, *others = items(ours, path)

    assert feed["type"] == ["h-feed"]
    assert [other["type"] for other in others] in ([], [["h-card"]])
    assert feed["properties"].keys() <= {"name", "summary", "author"}
    assert len(feed["properties"]["name"]) == 1
    entries = [child for child in feed["children"] if child["type"] == ["h-entry"]]
    assert len(entries) > 1
    for entry in entries:
        properties = entry["properties"]
        assert [len(properties[name]) for name in ("name", "url", "published")] == [1] * 3
        assert len(properties.get("author", [""])) == 1


def test_a_guest_is_the_author_of_a_post_in_lists(ours: Blog) -> None:
    (feed, *_) = items(ours, "traits/listen/")
    authors = {
        entry["properties"]["name"][0]: entry["properties"]["author"][0]
        for entry in feed["children"]
        if "author" in entry["properties"]
    }

    assert authors["Helen is at the seaside, so I counted"]["value"] == "Bronagh Lacey"
    assert "Helen Garrity" in authors.values()


# what search engines ask of each type, and what we promise beyond
REQUIRED = {
    "BlogPosting": {
        *("headline", "image", "datePublished", "dateModified", "author", "publisher"),
        *("url", "mainEntityOfPage", "description", "inLanguage", "wordCount", "isPartOf"),
    },
    "Blog": {"name", "url", "author", "publisher", "inLanguage"},
    "WebSite": {"name", "url"},
    "ProfilePage": {"mainEntity"},
    "Person": {"name"},  # somebody who replied need not have a page
    "Comment": {"text", "datePublished", "author"},
    "Organization": {"name"},
    "ImageObject": {"url", "width", "height"},
    "BreadcrumbList": {"itemListElement"},
    "ListItem": {"position", "name", "item"},
}
URLS = ("url", "@id", "item", "mainEntityOfPage")


def things(value: Any) -> list[dict[str, Any]]:
    """Every thing within a value of JSON-LD."""
    if isinstance(value, list):
        return [thing for item in value for thing in things(item)]
    if not isinstance(value, dict):
        return []
    inside = [thing for item in value.values() for thing in things(item)]
    return [value, *inside] if "@type" in value else inside


def described(blog: Blog) -> dict[str, list[dict[str, Any]]]:
    """What each page says of itself, by path."""
    pattern = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)
    return {
        path: [
            thing for text in pattern.findall(data.decode()) for thing in things(json.loads(text))
        ]
        for path, data in blog.tree().items()
        if path.endswith(".html")
    }


def test_every_thing_described_has_what_its_type_requires(ours: Blog) -> None:
    for path, found in described(ours).items():
        for thing in found:
            if thing.keys() == {"@type", "@id", "name", "url"}:  # a reference
                continue
            assert REQUIRED[thing["@type"]] <= thing.keys(), (path, thing)
            for name in URLS:
                assert str(thing.get(name, "https://")).startswith("https://"), path
            for name in ("datePublished", "dateModified"):
                if name in thing:
                    assert datetime.fromisoformat(thing[name]).tzinfo, path


def test_posts_lists_and_people_have_their_own_types(ours: Blog) -> None:
    kinds = {path: {thing["@type"] for thing in found} for path, found in described(ours).items()}

    assert all({"BlogPosting", "BreadcrumbList"} <= kinds[f"{it}index.html"] for it in posts(ours))
    assert {"Blog", "WebSite"} <= kinds["index.html"]
    assert {"ProfilePage", "Person"} <= kinds["authors/bronagh-lacey/index.html"]
    for path in ("traits/", "traits/listen/", "topics/budget/", "archive/", "2026/"):
        assert kinds[f"{path}index.html"] >= {"BreadcrumbList"}, path
