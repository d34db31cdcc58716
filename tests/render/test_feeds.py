"""Feeds, read by a feed reader that is not ours."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from typing import Any

import feedparser
import jsonschema
import pytest

from tests.conftest import Blog, png

# what JSON Feed 1.1 asks of a feed (jsonfeed.org/version/1.1)
AUTHOR = {
    "type": "object",
    "properties": {
        "name": {"type": "string"},
        "url": {"type": "string", "format": "uri"},
        "avatar": {"type": "string", "format": "uri"},
    },
    "minProperties": 1,
    "additionalProperties": False,
}
JSON_FEED = {
    "type": "object",
    "required": ["version", "title", "items"],
    "properties": {
        "version": {"const": "https://jsonfeed.org/version/1.1"},
        "title": {"type": "string"},
        "home_page_url": {"type": "string", "format": "uri"},
        "feed_url": {"type": "string", "format": "uri"},
        "description": {"type": "string"},
        "icon": {"type": "string", "format": "uri"},
        "favicon": {"type": "string", "format": "uri"},
        "language": {"type": "string"},
        "authors": {"type": "array", "items": AUTHOR},
        "items": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["id"],
                "anyOf": [{"required": ["content_html"]}, {"required": ["content_text"]}],
                "properties": {
                    "id": {"type": "string"},
                    "url": {"type": "string", "format": "uri"},
                    "title": {"type": "string"},
                    "content_html": {"type": "string"},
                    "content_text": {"type": "string"},
                    "summary": {"type": "string"},
                    "image": {"type": "string", "format": "uri"},
                    "date_published": {"type": "string", "format": "date-time"},
                    "date_modified": {"type": "string", "format": "date-time"},
                    "authors": {"type": "array", "items": AUTHOR},
                    "tags": {"type": "array", "items": {"type": "string"}},
                    "language": {"type": "string"},
                },
                "additionalProperties": False,
            },
        },
    },
    "additionalProperties": False,
}


@pytest.fixture
def written(blog: Blog) -> Blog:
    blog.post("2026-11-03-one", "First.\n", tags="[listening, courage]", id="w45")
    blog.write("content/posts/2026-11-10-two/us.png", png())
    blog.post(
        "2026-11-10-two/index",
        "See [one](../2026-11-03-one.md), [below](#part), ![us](us.png) & more.\n\n## Part\n\n"
        '<img src="us.png" srcset="us.png 1x, /big.png 2x" alt="">'
        '<video poster="us.png" src="us.png"></video>\n\nNote.[^1]\n\n[^1]: Small.\n',
        title='"Two & <three>"',
        summary="What we saw & did.",
        date="2026-11-10 09:00",
        updated="2026-11-12",
        image="us.png",
        id="w46",
    )
    blog.build()
    return blog


def parsed(blog: Blog, path: str) -> Any:
    feed = feedparser.parse(blog.tree()[path], sanitize_html=False, resolve_relative_uris=False)
    assert not feed.bozo, feed.get("bozo_exception")
    return feed


def test_the_three_formats_tell_the_same(written: Blog) -> None:
    rss, atom = parsed(written, "feed.xml"), parsed(written, "atom.xml")
    items = json.loads(written.tree()["feed.json"])["items"]

    for read in (rss, atom):
        assert read.feed.title == "Letters"
        assert read.feed.link == "https://example.org/blog/"
        assert [entry.title for entry in read.entries] == ["Two & <three>", "One"]
        for entry, item in zip(read.entries, items, strict=True):
            assert entry.id == item["id"]
            assert entry.link == item["url"]
            assert entry.title == item["title"]
            assert entry.summary == item["summary"]
            assert entry.content[0].value == item["content_html"]
            assert [tag.term for tag in entry.tags] == item["tags"]
            assert entry.author == item["authors"][0]["name"] == "Ada Marsh" or (
                "Ada Marsh" in entry.author
            )
            published = datetime(*entry.published_parsed[:6], tzinfo=UTC)
            assert published == datetime.fromisoformat(item["date_published"])


def test_dates_come_from_posts_only(written: Blog) -> None:
    atom = parsed(written, "atom.xml")

    assert atom.feed.updated == "2026-11-12T00:00:00+00:00"
    assert atom.entries[0].updated == "2026-11-12T00:00:00+00:00"
    assert parsed(written, "feed.xml").feed.updated == "Thu, 12 Nov 2026 00:00:00 +0000"


def test_categories_are_the_titles_of_traits(written: Blog) -> None:
    entry = parsed(written, "feed.xml").entries[1]

    assert [tag.term for tag in entry.tags] == ["Listen and learn", "Have an opinion"]


@pytest.mark.parametrize("path", ["feed.xml", "atom.xml", "traits/listen/atom.xml"])
def test_a_feed_names_itself(written: Blog, path: str) -> None:
    own = [link.href for link in parsed(written, path).feed.links if link.rel == "self"]

    assert own == [f"https://example.org/blog/{path}"]


def test_every_url_in_a_feed_is_whole(written: Blog) -> None:
    html = json.loads(written.tree()["feed.json"])["items"][0]["content_html"]
    page = "https://example.org/blog/2026/two/"

    assert f'href="{page}#part"' in html
    assert 'href="https://example.org/blog/2026/one/"' in html
    assert f'src="{page}us.png"' in html
    assert f'srcset="{page}us.png 1x, https://example.org/blog/big.png 2x"' in html
    assert f'poster="{page}us.png"' in html
    assert re.findall(r'(?:href|src|poster)="(?!https://)[^"]*"', html) == []
    assert re.search(rf'href="{page}#[^"]*fn', html)


def test_a_feed_has_no_anchors_of_headings(written: Blog) -> None:
    html = json.loads(written.tree()["feed.json"])["items"][0]["content_html"]

    assert 'class="anchor"' not in html
    assert '<h2 id="part">Part</h2>' in html


def test_an_image_of_a_post_stands_in_all_formats(written: Blog) -> None:
    url = "https://example.org/blog/2026/two/us.png"

    assert json.loads(written.tree()["feed.json"])["items"][0]["image"] == url
    for path in ("feed.xml", "atom.xml"):
        assert parsed(written, path).entries[0].media_content[0]["url"] == url


def test_json_feed_keeps_its_schema(written: Blog) -> None:
    for path, data in written.tree().items():
        if path.endswith("feed.json"):
            jsonschema.validate(json.loads(data), JSON_FEED)


def test_a_json_feed_without_posts_keeps_its_schema(blog: Blog) -> None:
    blog.build()

    jsonschema.validate(json.loads(blog.tree()["feed.json"]), JSON_FEED)


def test_a_feed_holds_whole_posts_or_summaries_as_settings_say(blog: Blog) -> None:
    for day in range(1, 6):
        blog.post(f"2026-11-{day:02}-post-{day}", "One.\n\nTwo.\n")
    settings = (blog.folder / "content/site.toml").read_text(encoding="utf-8")
    blog.write("content/site.toml", settings + "\n[feeds]\nentries = 3\nfull_text = false\n")
    blog.build()

    rss = parsed(blog, "feed.xml")
    assert [entry.title for entry in rss.entries] == ["Post 5", "Post 4", "Post 3"]
    assert "Two." not in blog.tree()["feed.xml"].decode()
    assert rss.entries[0].summary == "One."
    assert json.loads(blog.tree()["feed.json"])["items"][0]["content_text"] == "One."


def test_authors_have_feeds_where_there_are_several(blog: Blog) -> None:
    blog.post("2026-11-03-one")
    blog.build()
    assert "authors/ada/feed.xml" not in blog.tree()

    settings = (blog.folder / "content/site.toml").read_text(encoding="utf-8")
    blog.write("content/site.toml", settings + '\n[[authors]]\nid = "bo"\nname = "Bo Lind"\n')
    blog.post("2026-11-04-two", authors="[bo, ada]")
    blog.build()

    assert [entry.title for entry in parsed(blog, "authors/bo/feed.xml").entries] == ["Two"]
    assert [entry.title for entry in parsed(blog, "authors/ada/feed.xml").entries] == ["Two", "One"]
    assert parsed(blog, "atom.xml").entries[0].authors[0]["name"] == "Bo Lind"


def ids(blog: Blog) -> list[str]:
    found = [entry.id for path in ("feed.xml", "atom.xml") for entry in parsed(blog, path).entries]
    found += [item["id"] for item in json.loads(blog.tree()["feed.json"])["items"]]
    return [*found, parsed(blog, "atom.xml").feed.id]


def test_ids_outlive_slug_title_domain_and_scheme(blog: Blog) -> None:
    blog.post("2026-11-03-one")
    blog.post("2026-11-10-two", id="w46")
    blog.build()
    before = ids(blog)
    blog.post("2026-11-03-one", title="Another", slug="another")
    blog.post("2026-11-10-two", id="w46", title="Also another", slug="also")
    blog.build(base_url="http://other.example/moved/")

    assert ids(blog) == before
    assert "tag:example.org,2026:2026-11-03-one" in before
    assert "tag:example.org,2026:w46" in before


def test_two_posts_with_one_id_are_an_error(blog: Blog) -> None:
    blog.post("2026-11-03-one", id="same")
    blog.post("2026-11-10-two", id="same")

    assert blog.problems() == [
        "content/posts/2026-11-10-two.md: content/posts/2026-11-03-one.md has the same id 'same'. "
        "Feed readers would take them for one post: give this one an id of its own."
    ]


def test_a_page_that_has_a_feed_lets_browsers_find_it(written: Blog) -> None:
    page = written.page("traits/listen/")

    for path in ("traits/listen/feed.xml", "traits/listen/atom.xml", "feed.json"):
        assert re.search(rf'<link rel="alternate"[^>]*href="https://example.org/blog/{path}"', page)


def test_the_follow_page_lists_every_feed_but_those_of_years(written: Blog) -> None:
    page = written.page("follow/")

    for path in written.tree():
        if re.search(r"^(?!\d{4}/).*(feed\.xml|atom\.xml|feed\.json)$", path):
            assert f"https://example.org/blog/{path}" in page


def test_characters_that_xml_cannot_hold_do_not_stop_a_feed(blog: Blog) -> None:
    blog.post("2026-11-03-one", "A &#xfffe; and &#11; and 😀.\n")
    blog.build()

    assert "😀" in parsed(blog, "feed.xml").entries[0].content[0].value


def content_of(blog: Blog, place: int = 0) -> str:
    found: str = json.loads(blog.tree()["feed.json"])["items"][place]["content_html"]
    return found


def test_a_post_in_another_language_says_so_and_its_direction(blog: Blog) -> None:
    """Issue 12, line 23."""
    blog.post("2026-11-01-en", "Hello.\n")
    blog.post("2026-11-02-de", "Hallo.\n", language="de")
    blog.post("2026-11-03-ar", "مرحبا.\n", language="ar")
    blog.build()

    assert content_of(blog, 0).startswith('<div lang="ar" dir="rtl"><p>مرحبا.</p>')
    assert content_of(blog, 1).startswith('<div lang="de" dir="ltr"><p>Hallo.</p>')
    assert content_of(blog, 2).startswith("<p>Hello.</p>")
    atom = blog.tree()["atom.xml"].decode()
    assert re.findall(r'<entry(?: xml:lang="(\w*)")?>', atom) == ["ar", "de", ""]
    rss = blog.tree()["feed.xml"].decode()
    assert re.findall(r"<dc:language>(\w+)</dc:language>", rss) == ["ar", "de"]
    for path in ("feed.xml", "atom.xml"):
        assert parsed(blog, path).entries[0].content[0].value == content_of(blog)


def test_in_a_blog_from_right_to_left_each_post_says_its_direction(blog: Blog) -> None:
    settings = (blog.folder / "content/site.toml").read_text(encoding="utf-8")
    blog.write("content/site.toml", settings.replace('"en-GB"', '"ar"'))
    blog.post("2026-11-02-en", "Hello.\n", language="en")
    blog.post("2026-11-03-ar", "مرحبا.\n")
    blog.build()

    assert content_of(blog, 0).startswith('<div lang="ar" dir="rtl">')
    assert content_of(blog, 1).startswith('<div lang="en" dir="ltr">')


def test_feeds_without_posts_have_a_date_that_can_be_true(blog: Blog) -> None:
    """Issue 12, line 23: it was 1970, the same for all."""
    blog.build()

    assert parsed(blog, "traits/listen/atom.xml").feed.updated == "2026-01-01T00:00:00+00:00"
    assert not [path for path, data in blog.tree().items() if b"1970" in data]


def test_items_say_how_to_answer(blog: Blog) -> None:
    settings = (blog.folder / "content/site.toml").read_text(encoding="utf-8")
    answer = '\n[answer]\ntext = "Tell <me>."\npage = "pages/how.md"\nemail = "cio@example.org"\n'
    blog.write("content/site.toml", settings + answer)
    blog.write("content/pages/how.md", "---\ntitle: How\n---\nWrite.\n")
    blog.post("2026-11-03-one", "Hello.\n", title="A & B")
    blog.build()

    mail = re.search('mailto:[^"]*', content_of(blog))
    assert mail is not None
    assert mail[0].startswith("mailto:cio@example.org?subject=Re%3A%20A%20%26%20B%20%5B%23")
    assert content_of(blog) == (
        "<p>Hello.</p><hr><p>Tell &lt;me&gt;. · "
        f'<a href="{mail[0]}">Answer by email</a> · '
        '<a href="https://example.org/blog/how/">Other ways to answer</a></p>'
    )
    assert parsed(blog, "feed.xml").entries[0].comments == "https://example.org/blog/how/"
    assert parsed(blog, "atom.xml").entries[0].content[0].value == content_of(blog)


def test_no_line_asks_for_answers_where_there_is_no_way(written: Blog) -> None:
    assert "<hr>" not in content_of(written)


def test_the_alignment_of_tables_is_kept(blog: Blog) -> None:
    """Issue 12, line 23: a class means nothing to a feed reader."""
    blog.post("2026-11-03-one", "| a | b | c |\n|:-|:-:|--:|\n| 1 | 2 | `<td class>` |\n")
    blog.build()
    html = content_of(blog)

    assert (
        re.findall(r"<t[dh] ([^>]*)>", html)
        == ['align="left"', 'align="center"', 'align="right"'] * 2
    )
    assert 'class="align-center"' in blog.page("2026/one/")


@pytest.mark.parametrize("full_text", ["true", "false"])
def test_an_entry_without_a_summary_has_no_empty_one(blog: Blog, full_text: str) -> None:
    """Issue 12, line 23: validators warn of it."""
    blog.set(f"feeds.full_text = {full_text}\n")
    blog.post("2026-11-10-one", "| a |\n|---|\n| b |\n")
    blog.build()
    atom = blog.tree()["atom.xml"].decode()

    assert "<title>One</title>" in atom
    assert "<summary" not in atom
