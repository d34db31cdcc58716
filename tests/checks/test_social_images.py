"""Titles that social images can't show."""

from __future__ import annotations

from tests.conftest import Blog

SOCIAL_IMAGE = "2026/one/social-card.png"


def test_a_title_that_the_font_can_not_show_is_reported(blog: Blog) -> None:
    blog.post("2026-11-10-one", title="日本")

    assert blog.problems() == [
        "content/posts/2026-11-10-one.md: warning: the font of social images can't show"
        " '日本'. The social image shows the icon only. An image for the post would say more."
    ]
    assert SOCIAL_IMAGE in blog.tree()


def test_a_blog_in_another_script_is_reported_once(blog: Blog) -> None:
    site = (blog.folder / "content/site.toml").read_text(encoding="utf-8")
    blog.write("content/site.toml", site.replace("Letters", "日本"))
    blog.post("2026-11-10-one", title="日本")
    blog.post("2026-11-03-two", title="日本")

    assert blog.problems() == [
        "content/site.toml:1:1: warning: the font of social images can't show "
        "'日本'. Social images show the icon only. To switch them off: social = false in [images]."
    ]
