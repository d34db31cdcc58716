"""Whole sites: addresses, pages, files, and the same bytes everywhere."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser

from tests.conftest import Blog, png


def hrefs(html: str) -> list[str]:
    return [node.attributes["href"] or "" for node in LexborHTMLParser(html).css("a[href]")]


def test_a_post_becomes_a_page_at_its_address(blog: Blog) -> None:
    blog.post("2026-11-10-hello", "Good *morning*.\n", title="Hello, all")
    blog.build()

    page = LexborHTMLParser(blog.page("2026/hello/"))
    assert page.css_first("h1").text(strip=True) == "Hello, all"
    assert page.css_first(".e-content em").text() == "morning"
    assert page.css_first("link[rel=canonical]").attributes["href"] == (
        "https://example.org/blog/2026/hello/"
    )


def test_the_address_follows_the_pattern_of_the_settings(blog: Blog) -> None:
    blog.set('permalink = "/letters/{year}/{month}/{day}/{slug}/"\n')
    blog.post("2026-11-09-hello")
    blog.build()

    assert "letters/2026/11/09/hello/index.html" in blog.tree()


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


def test_an_image_beside_a_post_is_copied_beside_its_page(blog: Blog) -> None:
    blog.write("content/posts/2026-11-10-two/us.png", png())
    blog.post("2026-11-10-two/index", "![Us](us.png)\n", title="Two", image="us.png")
    blog.build()

    assert blog.tree()["2026/two/us.png"] == png()
    assert 'src="/blog/2026/two/us.png"' in blog.page("2026/two/")
    assert 'src="/blog/2026/two/us.png"' in blog.page("")  # the home page shows it in full
    assert 'content="https://example.org/blog/2026/two/us.png"' in blog.page("2026/two/")


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


def test_the_home_page_shows_the_newest_post_and_cards(blog: Blog) -> None:
    for day in range(1, 13):
        blog.post(f"2026-11-{day:02}-post-{day}", f"Body {day}.\n")
    blog.build()
    home = blog.page("")

    assert "Body 12." in home
    assert all(f"/blog/2026/post-{n}/" in hrefs(home) for n in range(4, 13))
    assert "/blog/2026/post-3/" not in hrefs(home)


def test_pages_behind_the_home_page_stay_as_they_are_when_letters_come(blog: Blog) -> None:
    for day in range(1, 27):
        blog.post(f"2026-10-{day:02}-post-{day}", f"Body {day}.\n")
    blog.build()
    pages = {path: data for path, data in blog.tree().items() if path.startswith("page/")}
    blog.post("2026-11-03-one-more")
    report = blog.build()

    assert [n for n in range(1, 27) if f"/blog/2026/post-{n}/" in hrefs(blog.page("page/1/"))] == (
        list(range(1, 9))
    )
    assert list(pages) == [f"page/{number}/index.html" for number in (1, 2, 3)]
    assert pages.items() <= blog.tree().items()
    assert report.written and not pages.keys() & set(report.written.made)


def test_the_pages_of_letters_lead_from_the_newest_to_the_oldest(blog: Blog) -> None:
    for day in range(1, 19):
        blog.post(f"2026-10-{day:02}-post-{day}", f"Body {day}.\n")
    blog.build()

    def neighbours(path: str) -> dict[str, str]:
        found = re.findall(r'rel="(prev|next)" href="([^"]*)"', blog.page(path))
        return dict(found)

    assert neighbours("") == {"next": "/blog/page/2/"}
    assert neighbours("page/2/") == {"prev": "/blog/", "next": "/blog/page/1/"}
    assert neighbours("page/1/") == {"prev": "/blog/page/2/"}


def test_the_home_page_can_stop_at_more(blog: Blog) -> None:
    blog.post("2026-11-10-long", "Beginning.\n\n<!-- more -->\n\nEnd.\n")
    blog.build()
    assert "End." in blog.page("")

    blog.write(
        "content/site.toml",
        (blog.folder / "content/site.toml").read_text() + ("\n[home]\nfull_newest = false\n"),
    )
    blog.build()
    assert "Beginning." in blog.page("")
    assert "End." not in blog.page("")
    assert "End." in blog.page("2026/long/")


def test_an_empty_blog_is_a_site(blog: Blog) -> None:
    report = blog.build()

    assert report.problems == ()
    assert {"index.html", "feed.xml", "archive/index.html", "404.html"} <= blog.tree().keys()


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


def test_reasons_are_a_second_instance_of_the_same_thing(blog: Blog) -> None:
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


def test_the_archive_lists_posts_by_year_and_week(blog: Blog) -> None:
    blog.post("2025-12-30-turn")  # Tuesday of ISO week 1 of 2026
    blog.post("2026-01-06-next")
    blog.build()

    assert "/blog/2025/turn/" in hrefs(blog.page("2025/"))
    assert "/blog/2026/next/" not in hrefs(
        LexborHTMLParser(blog.page("2025/")).css_first("main").html or ""
    )
    assert {"/blog/2025/turn/", "/blog/2026/next/"} <= set(hrefs(blog.page("archive/")))


def test_the_files_that_machines_ask_for_are_there(blog: Blog) -> None:
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


def test_nothing_is_asked_of_another_host(blog: Blog) -> None:
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


def build_elsewhere(blog: Path, output: Path, **environment: str) -> None:
    subprocess.run(
        [sys.executable, "-m", "generator", "build", "--blog", str(blog), "--output", str(output)],
        check=True,
        capture_output=True,
        cwd=Path(__file__).parents[2],
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
    build_elsewhere(there, blog.folder / "one", TZ="UTC", LC_ALL="C", PYTHONHASHSEED="0")
    build_elsewhere(
        back, blog.folder / "two", TZ="Pacific/Kiritimati", LC_ALL="C.UTF-8", PYTHONHASHSEED="7"
    )

    assert blog.tree("one").keys() == blog.tree("two").keys()
    assert blog.tree("one") == blog.tree("two")
    assert len(blog.tree("one")) > 50


def test_static_files_are_copied_to_the_root_with_well_known_ones(blog: Blog) -> None:
    blog.write("content/static/.well-known/security.txt", "Contact: ada\n")
    blog.write("content/static/.DS_Store", "x")
    blog.write("content/static/form.pdf", b"%PDF")
    blog.build()

    assert blog.tree()[".well-known/security.txt"] == b"Contact: ada\n"
    assert blog.tree()["form.pdf"] == b"%PDF"
    assert ".DS_Store" not in blog.tree()


def test_titles_and_summaries_have_the_quotes_that_bodies_have(blog: Blog) -> None:
    blog.post("2026-11-10-one", 'It\'s "so".\n', title='It\'s "so"', summary="It's -- so")
    blog.build()
    page = LexborHTMLParser(blog.page("2026/one/"))

    assert page.css_first("h1").text(strip=True) == "It’s “so”"
    assert page.css_first(".e-content p").text() == "It’s “so”."
    assert "It’s – so" in blog.tree()["feed.xml"].decode()
