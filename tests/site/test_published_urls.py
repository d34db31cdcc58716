"""The list of addresses that readers may know."""

from __future__ import annotations

import pytest

from generator.site.published_urls import (
    Published,
    addresses_of,
    list_text,
    meant_entry,
    online_list,
    read_published,
)

HOME = "https://example.org/blog/"


def test_pages_feeds_and_images_count_and_generated_files_do_not() -> None:
    kept = [
        ".well-known/security.txt",
        "index.html",
        "2026/hello/index.html",
        "2026/hello/view.jpg",
        "feed.xml",
        "old.html",
        "plan.pdf",
    ]
    not_kept = [
        ".nojekyll",
        "404.html",
        "2026/hello/social-card.png",
        "2026/hello/view.800.webp",
        "CNAME",
        "assets/style.0123456789.css",
        "page/2/index.html",
        "robots.txt",
        "search/2026-0.txt",
        "sitemap.xml",
    ]

    assert addresses_of([*kept, *not_kept]) == (
        "/",
        "/.well-known/security.txt",
        "/2026/hello/",
        "/2026/hello/view.jpg",
        "/feed.xml",
        "/old.html",
        "/plan.pdf",
    )


def test_a_list_is_read_as_it_was_written() -> None:
    text = list_text(read_published("gone /a/\n/b/\n"), Published(), ["/c/"])

    assert text.splitlines()[-3:] == ["gone /a/", "/b/", "/c/"]
    assert online_list(text, HOME) == read_published(text)
    assert list_text(read_published(text), Published(), []) == text


def test_an_error_page_is_not_a_list() -> None:
    assert online_list("<h1>Sign in</h1>\n/2026/hello/\n", HOME) == Published(
        unreadable=((1, "<h1>Sign in</h1>"),)
    )


def test_comments_for_people_are_kept() -> None:
    mine = read_published("/b/\n# Moved to the wiki:\ngone /a/\n")
    text = list_text(mine, Published(), [])

    assert text.splitlines()[-3:] == ["# Moved to the wiki:", "gone /a/", "/b/"]
    assert list_text(read_published(text), Published(), []) == text


def test_an_address_that_is_back_is_not_gone() -> None:
    text = list_text(read_published("gone /a/\n"), Published(), ["/a/"])

    assert text.splitlines()[-1] == "/a/"


def test_an_address_that_is_gone_in_one_list_is_gone() -> None:
    text = list_text(read_published("gone /a/"), read_published("/a/\n/b/\n"), [])

    assert text.splitlines()[-2:] == ["gone /a/", "/b/"]


def test_line_numbers_and_lines_that_are_not_an_address() -> None:
    listed = read_published("# A note\n\n/a/\nhttps://example.org/b/\n")

    assert listed.lines == {"/a/": 3}
    assert listed.unreadable == ((4, "https://example.org/b/"),)


def test_a_pattern_stays_and_stands_for_what_it_covers() -> None:
    mine = read_published("gone\t/reasons/*\n/reasons/a/\n")
    text = list_text(mine, read_published("/reasons/b/\n/b/\n"), ["/reasons/c/"])

    assert text.splitlines()[2:] == ["/b/", "gone /reasons/*"]
    assert list_text(read_published(text), Published(), []) == text


@pytest.mark.parametrize(
    ("line", "address"),
    [
        ("https://example.org/blog/old/", "/old/"),
        ("HTTP://Example.org/blog/old.html", "/old.html"),
        ("https://example.org/blog/caf%C3%A9/", "/café/"),
        ("https://example.org/blog/", "/"),
        ("https://example.org/blog", "/"),
        ("/a b.pdf", "/a b.pdf"),
        ("/100%/", "/100%/"),
        ("/a:b/", "/a:b/"),
    ],
)
def test_a_whole_url_on_this_site_is_its_path(line: str, address: str) -> None:
    assert online_list(f"{line}\n", HOME).lines == {address: 1}
    assert online_list(f"gone {line}\n", HOME).gone == {address}


@pytest.mark.parametrize(
    ("line", "right"),
    [
        ("//evil/old", ""),
        ("/../old", "/old"),
        ("/./old/", "/old/"),
        ("/old#p", "/old"),
        ("/old/?x=1", "/old/"),
        ("/a//b/", "/a/b/"),
        ("/caf%C3%A9/", "/café/"),
        ("2020/old/", "/2020/old/"),
        ("https://example.org/blog/old/?x=1#p", "/old/"),
        ("https://example.org/blog?x=1", "/"),
        ("https://example.org/blog/../old", "/old"),
        ("https://example.org/blogs/old/", ""),
        ("https://example.org/old/", ""),
        ("https://evil.net/blog/old/", ""),
        ("https://example.org@evil.net/blog/old/", ""),
        ("https://[evil/blog/", ""),
        ("javascript:alert(1)", ""),
        ("<a href='/x/'>", ""),
        ("Sign in", ""),
    ],
)
def test_what_is_not_an_address_is_refused_with_the_right_one(line: str, right: str) -> None:
    for before in ("", "gone "):
        found = online_list(f"/a/\n{before}{line}\n", HOME)

        assert found == Published(unreadable=((2, f"{before}{line}"),))
        assert meant_entry(f"{before}{line}", HOME) == (f"{before}{right}" if right else "")


@pytest.mark.parametrize("line", ["//evil/old", "/../old", "/a/..", "gone /./a"])
def test_the_list_itself_has_only_paths_inside_the_site(line: str) -> None:
    assert read_published(f"{line}\n").unreadable == ((1, line),)


def test_our_own_list_has_the_names_of_files() -> None:
    text = list_text(Published(), Published(), ["/what?.pdf", "/c#/", "/50%25.txt"])

    assert online_list(text, HOME).lines.keys() == {"/what?.pdf", "/c#/", "/50%25.txt"}
