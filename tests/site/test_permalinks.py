"""The addresses of posts and pages, and clashes between them."""

from __future__ import annotations

from tests.conftest import Blog


def test_the_address_follows_the_pattern_of_the_settings(blog: Blog) -> None:
    blog.set('permalink = "/letters/{year}/{month}/{day}/{slug}/"\n')
    blog.post("2026-11-09-hello")
    blog.build()

    assert "letters/2026/11/09/hello/index.html" in blog.tree()


def test_an_old_address_leads_to_the_new_one(blog: Blog) -> None:
    blog.post("2026-11-10-new-name", aliases="[/2026/old-name/, /legacy.html]")
    blog.build()

    target = "https://example.org/blog/2026/new-name/"
    assert f"url={target}" in blog.page("2026/old-name/")
    assert f"url={target}" in blog.page("legacy.html")


def test_two_things_at_one_address_are_an_error_that_names_both(blog: Blog) -> None:
    blog.post("2026-11-03-hello")
    blog.post("2026-11-10-b", slug="Hello")
    blog.post("2026-11-11-c", aliases="[/archive/]")

    assert blog.problems() == [
        "content/posts/2026-11-03-hello.md: this and content/posts/2026-11-10-b.md would both be "
        "at /2026/hello/. Give one of them another slug, permalink or date.",
        "content/posts/2026-11-11-c.md: this and a page that weekly makes itself would both be at "
        "/archive/. Give one of them another slug, permalink or date.",
    ]


def test_a_file_where_a_folder_must_be_is_an_error(blog: Blog) -> None:
    blog.post("2026-11-03-hello")
    blog.write("content/static/2026", "a file\n")

    assert [line.partition(".")[0] for line in blog.problems()] == [
        "content/posts/2026-11-03-hello",
        "content/static/2026: this and a page that weekly makes itself would both be at /2026",
    ]
