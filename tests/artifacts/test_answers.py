"""The ways to answer a post: below it, and at the end of its entries in feeds."""

from __future__ import annotations

import json
from email.message import EmailMessage
from html import unescape
from urllib.parse import parse_qs, unquote, urlsplit

import feedparser
import pytest
from selectolax.lexbor import LexborHTMLParser

from generator.artifacts.answers import LONGEST_LINK, network_of
from generator.site.message_ids import token
from tests.conftest import SITE, Blog

URL = "https://example.org/blog/2026/hello/"
TOKEN = token("example.org,2026", "2026-11-17-hello")

WAYS = """
[answer]
email = "letters@example.org"

[[answer.ways]]
via = "form"
to = "https://forms.example/r?t={title}&u={url}&id={id}"
title = "Without your name"

[[answer.ways]]
via = "email"

[[answer.ways]]
via = "github"
to = "northmere/letters"
template = "reply.yml"

[[answer.ways]]
via = "copies"
"""


def with_settings(blog: Blog, text: str) -> None:
    blog.write("content/site.toml", SITE + text)


def ways(blog: Blog, path: str = "2026/hello/") -> list[tuple[str, str]]:
    """The links below a post, each with its text."""
    links = LexborHTMLParser(blog.page(path)).css(".answer .actions a")
    return [(link.text(), link.attributes["href"] or "") for link in links]


def read_mail(link: str) -> tuple[str, str, str]:
    """The address, subject and body that a mail program takes from a link (RFC 6068)."""
    assert link.startswith("mailto:")
    address, _, query = link.removeprefix("mailto:").partition("?")
    fields = dict(field.split("=") for field in query.split("&"))
    return unquote(address), unquote(fields["subject"]), unquote(fields.get("body", ""))


def test_the_ways_are_in_the_order_of_the_settings(blog: Blog) -> None:
    with_settings(blog, WAYS)
    copies = (
        "[https://council.social/@helen/114, https://bsky.app/profile/helen.example/post/3l,"
        " https://www.linkedin.com/posts/helen_1, https://letters.example.net/copy/]"
    )
    blog.post("2026-11-17-hello", title='"Yes, no & why?"', syndication=copies)
    blog.build()

    found = ways(blog)
    assert [title for title, _ in found] == [
        "Without your name",
        "Answer by email",
        "Answer on GitHub",
        "Answer on Mastodon",
        "Answer on Bluesky",
        "Answer on LinkedIn",
    ]
    form, mail, issue, *others = [url for _, url in found]
    assert form == (
        "https://forms.example/r?t=Yes%2C%20no%20%26%20why%3F"
        f"&u=https%3A%2F%2Fexample.org%2Fblog%2F2026%2Fhello%2F&id={TOKEN}"
    )
    assert read_mail(mail) == (
        "letters@example.org",
        f"Re: Yes, no & why? [#{TOKEN}]",
        f"\r\n\r\n{URL}",
    )
    assert "," not in mail
    assert parse_qs(urlsplit(issue).query) == {
        "template": ["reply.yml"],
        "title": [f"Re: Yes, no & why? [#{TOKEN}]"],
        "post": [URL],
    }
    assert issue.startswith("https://github.com/northmere/letters/issues/new?")
    assert others == [
        "https://council.social/@helen/114",
        "https://bsky.app/profile/helen.example/post/3l",
        "https://www.linkedin.com/posts/helen_1",
    ]


def test_an_address_alone_is_a_way_to_answer(blog: Blog) -> None:
    with_settings(blog, '[answer]\nemail = "a+b@example.org"\n')
    blog.post("2026-11-17-hello")
    blog.build()

    ((title, link),) = ways(blog)
    assert title == "Answer by email"
    assert link.startswith("mailto:a%2Bb@example.org?")


@pytest.mark.parametrize("title", ["x" * 5000, "ي" * 900, "A, " * 700, "😀" * 400])
def test_a_long_title_leaves_room_for_the_token_and_the_address(blog: Blog, title: str) -> None:
    with_settings(blog, '[answer]\nemail = "letters@example.org"\n')
    blog.post("2026-11-17-hello", title=f'"{title}"')
    blog.build()

    link = ways(blog)[0][1]
    _, subject, body = read_mail(link)
    assert len(link) <= LONGEST_LINK
    assert subject.endswith(f"… [#{TOKEN}]")
    assert subject[4:8] == title[:4]
    assert body.strip() == URL


def test_no_link_to_a_form_is_endless(blog: Blog) -> None:
    with_settings(blog, WAYS)
    blog.post("2026-11-17-hello", title=f'"{"ي" * 5000}"')
    blog.build()

    assert all(len(link) <= LONGEST_LINK for _, link in ways(blog))


def test_an_address_that_is_too_long_is_left_out_of_the_mail(blog: Blog) -> None:
    with_settings(blog, '[answer]\nemail = "letters@example.org"\n')
    blog.post("2026-11-17-hello", slug="ي" * 119)
    blog.set("permalink = '/" + "a" * 90 + "/" + "b" * 200 + "/" + "c" * 200 + "/{slug}/'\n")
    settings = (blog.folder / "content/site.toml").read_text(encoding="utf-8")
    blog.write("content/site.toml", settings + '[answer]\nemail = "letters@example.org"\n')
    blog.build()

    path = next(path for path in blog.tree() if "/ccc" in path and path.endswith("index.html"))
    link = ways(blog, path)[0][1]
    assert len(link) <= LONGEST_LINK
    assert f"[#{TOKEN}]" in read_mail(link)[1]


def test_a_mail_program_reads_subject_and_body_as_they_were(blog: Blog) -> None:
    title = "50% + 1 = \u201cwhy?\u201d #2 / C:\\\\; a@b"
    with_settings(blog, '[answer]\nemail = "letters@example.org"\n')
    blog.post("2026-11-17-hello", title=f'"{title}"')
    blog.build()

    _, subject, _ = read_mail(ways(blog)[0][1])
    mail = EmailMessage()
    mail["Subject"] = subject
    assert str(mail["Subject"]) == f"Re: {title.replace(chr(92) * 2, chr(92))} [#{TOKEN}]"


def test_a_blog_that_cannot_be_answered_does_not_ask(blog: Blog) -> None:
    with_settings(blog, '[answer]\ntext = "Tell me."\n')
    blog.post("2026-11-17-hello")
    blog.build()

    assert "Tell me." not in blog.page("2026/hello/") + blog.page("")
    assert "and answer" not in blog.page("2026/hello/")
    assert "_reply_url" not in blog.page("feed.json")


@pytest.mark.parametrize("address", ["", "letters@example.org"])
def test_a_page_about_answering_is_no_way_to_answer(blog: Blog, address: str) -> None:
    blog.write("content/pages/how.md", "---\ntitle: How\npermalink: /how/\n---\nSo.\n")
    answer = f'text = "Tell me."\nemail = "{address}"\npage = "pages/how.md"\n'
    with_settings(blog, f"[answer]\n{answer}")
    blog.post("2026-11-17-hello")
    blog.build()

    for path, of_the_footer in (("2026/hello/", 1), ("", 1), ("feed.xml", 0), ("feed.json", 0)):
        assert (blog.page(path).count("/how/") > of_the_footer) is bool(address), path
    assert ("Tell me." in blog.page("2026/hello/")) is bool(address)


def test_feeds_end_each_entry_with_the_ways_to_answer(blog: Blog) -> None:
    blog.write("content/pages/how.md", "---\ntitle: How\npermalink: /how/\n---\nSo.\n")
    with_settings(blog, '[answer]\nemail = "letters@example.org"\npage = "pages/how.md"\n')
    blog.post("2026-11-17-hello", "Hello.\n")
    blog.build()

    (item,) = json.loads(blog.page("feed.json"))["items"]
    (_, mail), _ = ways(blog)
    assert item["_reply_url"] == mail
    assert unescape(item["content_html"]) == (
        "<p>Hello.</p><hr><p>What do you think? Answer back. · "
        f'<a href="{mail}">Answer by email</a> · '
        '<a href="https://example.org/blog/how/">Other ways to answer</a></p>'
    )
    for name in ("feed.xml", "atom.xml"):
        entry = feedparser.parse(
            blog.tree()[name], sanitize_html=False, resolve_relative_uris=False
        ).entries[0]
        assert entry.content[0].value == item["content_html"]


def test_a_feed_of_summaries_has_the_address_only(blog: Blog) -> None:
    with_settings(blog, '[feeds]\nfull_text = false\n[answer]\nemail = "letters@example.org"\n')
    blog.post("2026-11-17-hello", summary="In short.")
    blog.build()

    (item,) = json.loads(blog.page("feed.json"))["items"]
    assert item["content_text"] == "In short."
    assert item["_reply_url"].startswith("mailto:letters@example.org?")


def test_a_blog_without_posts_can_be_answered(blog: Blog) -> None:
    with_settings(blog, '[answer]\nemail = "letters@example.org"\n')
    blog.build()

    assert blog.page("").count("mailto:letters@example.org") == 0  # nothing to answer yet


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("https://hachyderm.io/@ada/1", "Mastodon"),
        ("https://social.example/@ada@other.example/1/", "Mastodon"),
        ("https://medium.com/@ada/a-post-1", ""),
        ("https://bsky.app/profile/ada.example/post/3l", "Bluesky"),
        ("https://uk.linkedin.com/posts/ada", "LinkedIn"),
        ("https://linkedin.com.example/posts/ada", ""),
        ("http://hachyderm.io/@ada/1", ""),
        ("javascript:alert(1)//https://hachyderm.io/@ada/1", ""),
    ],
)
def test_a_copy_is_known_by_its_address(url: str, name: str) -> None:
    assert network_of(url) == name
