"""The home page and the pages that follow it."""

from __future__ import annotations

import json
import re

from tests.commands import run
from tests.conftest import Blog, hrefs


def test_the_home_page_shows_the_newest_post_and_cards(blog: Blog) -> None:
    for day in range(1, 13):
        blog.post(f"2026-11-{day:02}-post-{day}", f"Body {day}.\n")
    blog.build()
    home = blog.page("")

    assert "Body 12." in home
    assert all(f"/blog/2026/post-{n}/" in hrefs(home) for n in range(4, 13))
    assert "/blog/2026/post-3/" not in hrefs(home)


def test_pages_after_the_home_page_do_not_change_when_posts_come(blog: Blog) -> None:
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


def test_the_pages_of_posts_lead_from_the_newest_to_the_oldest(blog: Blog) -> None:
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


def test_the_opening_on_the_home_page_leads_to_the_posts_own_page(blog: Blog) -> None:
    """A footnote and a part of the post are not on the home page, which shows only its opening."""
    blog.post(
        "2026-11-10-long",
        'A note[^1] and [a part](#end), <a class="x" title="a > b" href="#end">the same</a>, '
        '[here](?q=a), `href="#end"` and <b>[root](/about/)</b>.\n\n<!-- more -->\n\n'
        "## End\n\nWords.\n\n[^1]: So.\n",
    )
    blog.write("content/pages/about.md", "---\ntitle: About\n---\nWords.\n")
    site = (blog.folder / "content/site.toml").read_text()
    blog.write("content/site.toml", f"{site}\n[home]\nfull_newest = false\n")
    blog.build()
    home = blog.page("")
    shown = re.findall(r'href="([^"]*)"', home.partition("A note")[2].partition("</p>")[0])

    own = "/blog/2026/long/"
    assert shown == [
        f"{own}#longfn-1",
        f"{own}#end",
        f"{own}#end",
        f"{own}?q=a",
        "#end",  # in code
        "/blog/about/",
    ]
    assert run("check", "--blog", str(blog.folder), "--now", "2026-11-22").stderr == ""
    assert 'href="#end"' in blog.page("2026/long/")
    feed = json.loads((blog.folder / "output/feed.json").read_text())
    assert f'href="https://example.org{own}#end"' in feed["items"][0]["content_html"]
