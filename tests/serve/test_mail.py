"""A post as a message in the preview."""

from __future__ import annotations

import re
from html import unescape

from selectolax.lexbor import LexborHTMLParser

from tests.conftest import Blog
from tests.serve.conftest import Serve


def test_the_newest_post_is_shown_in_each_width_and_scheme(blog: Blog, serve: Serve) -> None:
    blog.post("2026-11-10-one")
    blog.post("2026-11-17-two", "Words & more.\n")
    running = serve()
    page = LexborHTMLParser(running.get("/_weekly/mail/").text)
    frames = page.css("iframe")

    assert [frame.attributes["title"] for frame in frames] == [
        f"{scheme}, {width} pixels"
        for scheme in ("Light", "Dark", "Inverted, as Gmail does it")
        for width in (320, 600)
    ]
    light, dark = (frames[place].attributes["srcdoc"] or "" for place in (0, 2))
    assert "Words &amp; more." in light
    assert "@media not all" in light
    assert "@media all" in dark
    assert "Words & more." in page.css_first("pre").text()
    assert all("allow-scripts" not in str(frame.attributes["sandbox"]) for frame in frames)


def test_another_post_is_shown_by_its_file(blog: Blog, serve: Serve) -> None:
    blog.post("2026-11-10-one", "Old words.\n")
    blog.post("2026-11-17-two")
    running = serve()
    listed = re.findall(r'<li><a href="([^"]+)"', running.get("/_weekly/mail/").text)
    answered = running.get(unescape(listed[1]))

    assert answered.status == 200
    assert "Old words." in answered.text


def test_a_post_that_is_not_there_is_said_to_be_so(blog: Blog, serve: Serve) -> None:
    blog.post("2026-11-17-two")
    answered = serve().get("/_weekly/mail/content/posts/tow.md")

    assert answered.status == 503
    assert "there is no post" in answered.text


def test_an_open_message_is_told_of_a_save(blog: Blog, serve: Serve) -> None:
    post = blog.post("2026-11-17-two", "Old words.\n")
    running = serve()
    seen = running.get("/_weekly/mail/").text.partition('data-seen="')[2].partition('"')[0]
    name = "posts/2026-11-17-two.md"
    running.updates_until(lambda: post.write_text(post.read_text().replace("Old", "New")), name)
    again = running.get("/_weekly/mail/").text

    assert "New words" in again
    assert seen not in again
