"""Links and images between files of a blog."""

from __future__ import annotations

import re

import pytest

from tests.conftest import Blog, hrefs


def test_links_between_files_hold_at_any_base_path(blog: Blog) -> None:
    blog.post("2026-11-03-one", "## Part two\n")
    blog.post("2026-11-10-two", "[one](2026-11-03-one.md#part-two) [about](../pages/about.md)\n")
    blog.write(
        "content/pages/about.md", "---\ntitle: About\n---\n[two](../posts/2026-11-10-two.md)"
    )
    blog.build()
    assert "/blog/2026/one/#part-two" in hrefs(blog.page("2026/two/"))
    assert "/blog/2026/two/" in hrefs(blog.page("about/"))

    blog.build(base_url="https://ada.example.org")
    assert "/2026/one/#part-two" in hrefs(blog.page("2026/two/"))


@pytest.mark.parametrize("base_url", ["https://example.org/", "https://example.org/a/b/"])
def test_every_link_of_the_site_leads_to_a_file_of_it(blog: Blog, base_url: str) -> None:
    for day in range(1, 22):
        blog.post(f"2026-10-{day:02}-post-{day}", tags="[listening, courage, Budget]")
    blog.post("2026-11-10-last", "[before](2026-10-03-post-3.md)\n", aliases="[/old/]")
    blog.write("content/pages/about.md", "---\ntitle: About\n---\nMe.\n")
    blog.build(base_url=base_url)
    tree = blog.tree()
    root = "/" + base_url.split("/", 3)[3]

    broken = [
        (path, url)
        for path, data in tree.items()
        if path.endswith(".html")
        for url in re.findall(r'(?:href|src)="([^"]*)"', data.decode())
        if not url.startswith(("#", "mailto:", "https://jsonfeed.org"))
        and _file_of(url.removeprefix(base_url[: -len(root)]), root) not in tree
    ]
    assert broken == []


def _file_of(url: str, root: str) -> str:
    path = url.partition("#")[0]
    if not path.startswith(root):
        return "outside the base path: " + url
    inside = path.removeprefix(root)
    return inside + "index.html" if not inside or inside.endswith("/") else inside


def test_a_broken_link_is_reported_with_its_line_and_the_nearest_file(blog: Blog) -> None:
    blog.post("2026-11-03-one")
    blog.post("2026-11-10-two", "Hello.\n\nSee [one](2026-11-03-oen.md).\n")

    assert blog.problems() == [
        "content/posts/2026-11-10-two.md:7:11: the link '2026-11-03-oen.md' leads to no file. "
        "Did you mean '2026-11-03-one.md'?"
    ]


def test_a_missing_image_is_a_warning_with_its_line(blog: Blog) -> None:
    blog.post("2026-11-10-two", "Hello.\n\n![Us](us.png)\n")

    assert blog.problems() == [
        "content/posts/2026-11-10-two.md:7:7: warning: the image 'us.png' does not exist. "
        "Put the file beside the post."
    ]
    assert "2026/two/index.html" in blog.tree()
