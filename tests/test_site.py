"""Whole sites: their pages and files, safe, and the same bytes everywhere."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

from selectolax.lexbor import LexborHTMLParser

from tests.conftest import Blog, hrefs, png


def test_a_post_becomes_a_page_at_its_address(blog: Blog) -> None:
    blog.post("2026-11-10-hello", "Good *morning*.\n", title="Hello, all")
    blog.build()

    page = LexborHTMLParser(blog.page("2026/hello/"))
    assert page.css_first("h1").text(strip=True) == "Hello, all"
    assert page.css_first(".e-content em").text() == "morning"
    assert page.css_first("link[rel=canonical]").attributes["href"] == (
        "https://example.org/blog/2026/hello/"
    )


def test_an_empty_blog_is_a_site(blog: Blog) -> None:
    report = blog.build()

    assert report.problems == ()
    assert {"index.html", "feed.xml", "archive/index.html", "404.html"} <= blog.tree().keys()


def test_the_archive_lists_posts_by_year_and_week(blog: Blog) -> None:
    blog.post("2025-12-30-turn")  # Tuesday of ISO week 1 of 2026
    blog.post("2026-01-06-next")
    blog.build()

    assert "/blog/2025/turn/" in hrefs(blog.page("2025/"))
    assert "/blog/2026/next/" not in hrefs(
        LexborHTMLParser(blog.page("2025/")).css_first("main").html or ""
    )
    assert {"/blog/2025/turn/", "/blog/2026/next/"} <= set(hrefs(blog.page("archive/")))


def test_the_files_for_machines_are_there(blog: Blog) -> None:
    blog.set('cname = "letters.example.org"\n')
    blog.post("2026-11-10-one")
    blog.build()
    tree = blog.tree()

    assert tree["CNAME"] == b"letters.example.org\n"
    assert tree[".nojekyll"] == b""
    assert b"Sitemap: https://example.org/blog/sitemap.xml" in tree["robots.txt"]
    assert b"<loc>https://example.org/blog/2026/one/</loc>" in tree["sitemap.xml"]
    assert b"404.html" not in tree["sitemap.xml"]


def test_assets_are_named_for_their_bytes(blog: Blog) -> None:
    blog.build()
    style = next(path for path in blog.tree() if re.match(r"assets/style\.[0-9a-f]{10}\.css", path))

    assert f'href="/blog/{style}"' in blog.page("")


def test_text_from_a_writer_never_becomes_markup(blog: Blog) -> None:
    hostile = '<script>alert(1)</script>" onload="x'
    quoted = "'" + hostile.replace("'", "''") + "'"
    blog.post("2026-11-10-one", title=quoted, summary=quoted, image_alt=quoted, image="a.png")
    blog.write("content/posts/a.png", png())
    blog.build()

    for path, data in blog.tree().items():
        if path.endswith(".html"):
            assert b"<script>alert" not in data, path
            assert b'" onload="x' not in data, path


def test_markup_that_a_writer_left_open_stays_inside_the_post(blog: Blog) -> None:
    blog.post("2026-11-10-one", "<div><b>\n\ntext\n\n</section></main>\n")
    blog.build()

    page = LexborHTMLParser(blog.page("2026/one/"))
    assert page.css_first("main").css_matches(".e-content")
    assert page.css_first("main ~ footer") is not None


def test_nothing_is_loaded_from_another_host(blog: Blog) -> None:
    blog.post("2026-11-10-one")
    blog.build()

    for path, data in blog.tree().items():
        if path.endswith(".html"):
            tree = LexborHTMLParser(data.decode())
            own = "script[type=module][src^='/blog/assets/search.']"
            assert len(tree.css(own)) == (path == "search/index.html"), path
            assert tree.css(f"script[src]:not({own}), iframe, style, [style]") == [], path
            for node in tree.css("[src], link[rel~=stylesheet], link[rel~=icon]"):
                url = node.attributes.get("src") or node.attributes.get("href") or ""
                assert url.startswith("/blog/"), (path, url)


def build_elsewhere(blog: Path, output: Path, **environment: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "generator", "build", "--blog", str(blog), "--output", str(output)],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        cwd=Path(__file__).parents[1],
        env={**os.environ, "SOURCE_DATE_EPOCH": "1795348800", **environment},
    )


def test_two_builds_are_the_same_bytes_on_any_machine(blog: Blog, repository: Path) -> None:
    content = repository / "content"
    paths = sorted(path for path in content.rglob("*") if path.is_file())
    there, back = blog.folder / "there", blog.folder / "back"
    for copy, order in ((there, paths), (back, paths[::-1])):
        for path in order:
            target = copy / "content" / path.relative_to(content)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(path.read_bytes())
    one, two = blog.folder / "one", blog.folder / "two"
    with (
        build_elsewhere(there, one, TZ="UTC", LC_ALL="C", PYTHONHASHSEED="0") as here,
        build_elsewhere(
            back, two, TZ="Pacific/Kiritimati", LC_ALL="C.UTF-8", PYTHONHASHSEED="7"
        ) as far_away,
    ):
        for build in (here, far_away):
            printed, _ = build.communicate()
            assert build.returncode == 0, printed.decode()

    assert blog.tree("one").keys() == blog.tree("two").keys()
    assert blog.tree("one") == blog.tree("two")
    assert len(blog.tree("one")) > 50


def test_titles_and_summaries_have_the_quotes_that_bodies_have(blog: Blog) -> None:
    blog.post("2026-11-10-one", 'It\'s "so".\n', title='It\'s "so"', summary="It's -- so")
    blog.build()
    page = LexborHTMLParser(blog.page("2026/one/"))

    assert page.css_first("h1").text(strip=True) == "It’s “so”"
    assert page.css_first(".e-content p").text() == "It’s “so”."
    assert "It’s – so" in blog.tree()["feed.xml"].decode()
