"""Links and images between files of a blog."""

from __future__ import annotations

import re

import pytest

from tests.conftest import SITE, Blog, hrefs


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


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("/search/?q=budget", "/blog/search/?q=budget"),
        ("/search/?q=a&b=c%20d#part", "/blog/search/?q=a&b=c%20d#part"),
        ("/a+b,c/@ada/(x)/", "/blog/a+b,c/@ada/(x)/"),
        ("/caf%C3%A9/", "/blog/caf%C3%A9/"),
        ("/a%2Fb/", "/blog/a%2Fb/"),
        ("2026-11-03-one.md?from=mail#part-two", "/blog/2026/one/?from=mail#part-two"),
        ("2026-11-03-one.md#:~:text=Part,two", "/blog/2026/one/#:~:text=Part,two"),
        ("?page=2", "?page=2"),
        ("https://example.com/?a=%20&b#c", "https://example.com/?a=%20&b#c"),
    ],
)
def test_an_address_comes_out_as_it_was_typed(typed: str, shown: str, blog: Blog) -> None:
    """Issue 12, line 18."""
    blog.post("2026-11-03-one", "## Part two\n")
    blog.post("2026-11-10-two", f'[link]({typed})\n\n<blockquote cite="{typed}">x</blockquote>\n')
    blog.build()
    page = blog.page("2026/two/")

    assert shown in hrefs(page)
    assert f'cite="{shown.replace("&", "&amp;")}"' in page


def test_every_kind_of_address_is_whole_in_a_feed(blog: Blog) -> None:
    blog.post(
        "2026-11-10-two",
        '<blockquote cite="/a/">x</blockquote>\n\n'
        '<form action="/search/?q=x"><button formaction="/go/">Go</button></form>\n',
    )
    blog.build()
    feed = blog.page("feed.json")

    for name, url in (("cite", "a/"), ("action", "search/?q=x"), ("formaction", "go/")):
        assert rf"{name}=\"https://example.org/blog/{url}\"" in feed


def test_an_image_keeps_its_view(blog: Blog) -> None:
    svg = '<svg xmlns="http://www.w3.org/2000/svg" width="4" height="2"><view id="v"/></svg>'
    blog.write("content/static/a b.svg", svg)
    blog.post("2026-11-10-two", "![Us](/a%20b.svg#v)\n")
    assert blog.problems() == []

    assert 'src="/blog/a%20b.svg#v"' in blog.page("2026/two/")


@pytest.mark.parametrize(
    ("typed", "hint"),
    [
        ("www.example.com/x", "Write https://www.example.com/x."),
        ("rhys@acme.example", "Write mailto:rhys@acme.example."),
        ("about.md", "Did you mean '../pages/about.md'?"),
        ("About.md", "Did you mean '../pages/about.md'?"),
        ("quite-other.md", "Write the other file's path, relative to this file."),
    ],
)
def test_advice_about_a_broken_link_leads_somewhere(typed: str, hint: str, blog: Blog) -> None:
    """Issue 12, line 14."""
    blog.write("content/pages/about.md", "---\ntitle: About\n---\nMe.\n")
    blog.post("2026-11-10-two", f"[x]({typed})\n")

    (problem,) = blog.problems()
    assert problem.endswith(f"the link '{typed}' leads to no file. {hint}")


def test_settings_keep_the_query_and_part_of_a_page(blog: Blog) -> None:
    blog.write("content/pages/about.md", "---\ntitle: About\n---\n## Team\n")
    blog.write(
        "content/site.toml",
        SITE
        + '[[menu]]\ntitle = "Team"\nto = "pages/about.md#team"\n'
        + '[[menu]]\ntitle = "Budget"\nto = "search?q=budget"\n'
        + '[[menu]]\ntitle = "Wiki"\nto = "https://wiki.example.org/?a=b&c#d"\n'
        + '[answer]\nemail = "ada@example.org"\npage = "pages/about.md?how=mail#team"\n',
    )
    blog.post("2026-11-10-two")
    blog.build()

    links = hrefs(blog.page("2026/two/"))
    assert {
        "/blog/about/#team",
        "/blog/search/?q=budget",
        "https://wiki.example.org/?a=b&c#d",
        "/blog/about/?how=mail#team",
    } <= {*links}


@pytest.mark.parametrize(
    ("typed", "hint"),
    [
        ("/archive/", "Write archive."),
        ("/about/#team", "Write pages/about.md#team."),
        ("content/pages/about.md", "Write pages/about.md."),
        ("/blog/nowhere/", "Known here"),
        ("www.example.com", "Write https://www.example.com."),
    ],
)
def test_a_menu_says_how_to_name_a_page(typed: str, hint: str, blog: Blog) -> None:
    blog.write("content/pages/about.md", "---\ntitle: About\n---\n## Team\n")
    blog.write("content/site.toml", SITE + f'[[menu]]\ntitle = "Team"\nto = "{typed}"\n')

    (problem,) = blog.problems()
    assert f"leads to '{typed}', which does not exist. {hint}" in problem
