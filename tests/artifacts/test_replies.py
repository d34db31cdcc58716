"""What readers see of replies: below posts, in lists, in feeds; and what came of them."""

from __future__ import annotations

import json
from typing import Any
from xml.etree import ElementTree

import feedparser
import mf2py
import pytest
from selectolax.lexbor import LexborHTMLParser

from tests.conftest import SITE, Blog

PAGE = "https://example.org/blog/2026/hello/"
POST = "2026-11-10-hello"
SLASH = "{http://purl.org/rss/1.0/modules/slash/}"
WFW = "{http://wellformedweb.org/CommentAPI/}"
THREAD = "{http://purl.org/syndication/thread/1.0}"
ATOM = "{http://www.w3.org/2005/Atom}"

ANSWERED = "answered:\n  by: ada\n  at: 2026-11-13\n  words: In *January*."


def reply(blog: Blog, reply_id: str, words: str = "Words.", *lines: str, **head: str) -> None:
    """Write a reply; `lines` are more of its front matter."""
    known = {
        "to": POST,
        "name": "Aoife Brennan",
        "role": "Service desk",
        "received": "2026-11-11T09:00:00+00:00",
        "via": "email",
        "kind": "reply",
        "state": "approved",
        "consent": "public",
    } | head
    text = "".join(f"{key}: {value}\n" for key, value in known.items() if value)
    more = "".join(f"{line}\n" for line in lines)
    blog.write(f"content/replies/{POST}/{reply_id}.md", f"---\n{text}{more}---\n{words}\n")


def action(blog: Blog, slug: str, words: str = "Since Monday.", **head: str) -> None:
    """Write an action."""
    known = {"title": slug.title(), "state": "done", "by": "ada", "since": "2026-11-14"} | head
    text = "".join(f"{key}: {value}\n" for key, value in known.items())
    blog.write(f"content/actions/{slug}.md", f"---\n{text}---\n{words}\n")


@pytest.fixture
def answered(blog: Blog) -> Blog:
    """A blog with two posts; one has a thread, a question, a mention and likes."""
    blog.post(POST)
    blog.post("2026-11-17-quiet")
    reply(blog, "first", "Why <b>not</b>?", kind="question")
    reply(blog, "second", "When?", ANSWERED, kind="question", received="2026-11-12")
    reply(
        blog,
        "third",
        "Good.",
        to="second",
        name="Bo Lind",
        consent="initials",
        url="https://bo.example/",
        source="https://bo.example/1",
        received="2026-11-14",
    )
    reply(blog, "fourth", "Cards.", consent="anonymous", received="2026-11-15")
    where = "https://council.social/@ann/1"
    reply(blog, "mention", "", kind="mention", via="webmention", source=where, name="Ann")
    reply(blog, "like1", "", kind="like", via="mastodon")
    reply(blog, "like2", "", kind="like", via="mastodon")
    return blog


def xml(text: str) -> ElementTree.Element:
    """A feed of ours, read."""
    return ElementTree.fromstring(text)  # noqa: S314 we made it ourselves


def parsed(blog: Blog, path: str = "2026/hello/") -> dict[str, Any]:
    """The entry of a page, as microformats."""
    found = mf2py.parse(doc=blog.page(path), url=f"https://example.org/blog/{path}")
    return dict(found["items"][0]["properties"])


def test_replies_that_nobody_may_see_change_no_byte(blog: Blog) -> None:
    blog.post(POST)
    blog.build()
    before = blog.tree()
    reply(blog, "new", "Unread words.", state="new")
    reply(blog, "hidden", "Hidden words.", state="hidden")
    reply(blog, "spam", "Spam words.", state="spam")
    reply(blog, "private", "Private words.", ANSWERED, consent="private", kind="question")
    blog.build()

    assert blog.tree() == before


def test_replies_are_threads_of_citations(answered: Blog) -> None:
    answered.build()
    entry = parsed(answered)
    first, second, fourth = entry["comment"]

    assert [comment["type"] for comment in entry["comment"]] == [["h-cite"]] * 3
    assert first["properties"]["url"] == [f"{PAGE}#reply-first"]
    assert first["properties"]["in-reply-to"] == [PAGE]
    assert first["properties"]["content"] == ["Why <b>not</b>?"]
    assert first["properties"]["published"] == ["2026-11-11T09:00:00+0000"]
    (author,) = first["properties"]["author"]
    assert author["properties"] == {"name": ["Aoife Brennan"], "job-title": ["Service desk"]}
    assert fourth["properties"]["author"][0]["properties"]["name"] == ["A colleague"]
    _, third = second["properties"]["comment"]
    assert third["properties"]["in-reply-to"] == [f"{PAGE}#reply-second"]
    assert third["properties"]["author"][0]["properties"]["name"] == ["B. L."]
    assert "bo.example" not in answered.page("2026/hello/")


def test_a_reply_that_is_no_longer_shown_leaves_its_place(answered: Blog) -> None:
    reply(answered, "second", "Gone words.", state="hidden")
    answered.build()

    page = LexborHTMLParser(answered.page("2026/hello/"))
    assert "Gone words" not in answered.page("2026/hello/")
    assert page.css_first(".reply-gone").text() == "This reply is no longer shown."
    assert page.css_first(".reply-gone + .threads #reply-third") is not None
    (third,) = (it for it in parsed(answered)["comment"] if it["value"].endswith("#reply-third"))
    assert third["properties"]["in-reply-to"] == [PAGE]
    items = json.loads(answered.page("replies/feed.json"))["items"]
    assert [item["url"].partition("#")[2] for item in items] == [
        "reply-fourth",
        "reply-third",
        "reply-first",
    ]


def test_a_question_may_be_closed_with_a_reason(answered: Blog) -> None:
    reply(answered, "first", "Why?", "closed: Said by phone.", kind="question")
    answered.build()

    assert sections(answered, "questions/") == {"Answered": ["When?", "Why?"]}
    assert "Closed: Said by phone." in answered.page("2026/hello/")


def test_the_answer_of_the_blog_is_shown_as_such(answered: Blog) -> None:
    answered.build()
    answer = parsed(answered)["comment"][1]["properties"]["comment"][0]

    assert answer["properties"]["content"] == ["In January."]
    assert answer["properties"]["in-reply-to"] == [f"{PAGE}#reply-second"]
    (author,) = answer["properties"]["author"]
    assert author["properties"]["url"] == ["https://example.org/blog/authors/ada/"]
    text = LexborHTMLParser(answered.page("2026/hello/")).css_first(".reply-answer").text()
    assert " ".join(text.split()) == "Ada Marsh answered 13 Nov 2026 In January."


def test_a_post_answers_a_question(answered: Blog) -> None:
    answered.post("2026-11-18-because", title="Because", answers="[first]")
    answered.build()

    (link,) = LexborHTMLParser(answered.page("2026/hello/")).css(
        "#reply-first .reply-answer .u-url"
    )[1:]
    assert (link.text(), link.attributes["href"]) == ("Because", "/blog/2026/because/")


def test_mentions_and_likes_are_one_line(answered: Blog) -> None:
    answered.build()
    replies = LexborHTMLParser(answered.page("2026/hello/")).css_first("#w-replies .margin .meta")

    assert " ".join(replies.text().split()) == "2 likes Mentioned by Ann"
    assert replies.css_first("a").attributes["href"] == "https://council.social/@ann/1"
    assert parsed(answered)["mention"] == ["https://council.social/@ann/1"]


def test_reactions_alone_are_no_replies(blog: Blog) -> None:
    blog.post(POST)
    reply(blog, "like", "", kind="like", via="mastodon")
    blog.build()

    assert "1 like" in blog.page("2026/hello/")
    assert "0 replies" not in blog.page("2026/hello/")
    assert not any("replies/" in path for path in blog.tree())
    assert "slash:" not in blog.page("feed.xml")


def test_only_posts_with_replies_say_how_many(answered: Blog) -> None:
    answered.build()

    for path in ("", "archive/", "2026/", "traits/listen/", "authors/ada/"):
        links = LexborHTMLParser(answered.page(path)).css("a[href$='#w-replies']")
        expected = [("4 replies", "/blog/2026/hello/#w-replies")]
        assert [(it.text(), it.attributes["href"]) for it in links] == expected, path


def test_feeds_count_the_replies(answered: Blog) -> None:
    answered.build()
    quiet, replied = xml(answered.page("feed.xml")).iter("item")

    assert replied.findtext(f"{SLASH}comments") == "4"
    assert replied.findtext(f"{WFW}commentRss") == f"{PAGE}replies/feed.xml"
    assert replied.findtext("comments") == f"{PAGE}#w-replies"
    assert quiet.find(f"{SLASH}comments") is None
    entries = xml(answered.page("atom.xml")).findall(f"{ATOM}entry")
    assert entries[0].find(f"{ATOM}link[@rel='replies']") is None
    links = entries[1].findall(f"{ATOM}link[@rel='replies']")
    assert [(it.get("type"), it.get("href"), it.get(f"{THREAD}count")) for it in links] == [
        ("text/html", f"{PAGE}#w-replies", "4"),
        ("application/atom+xml", f"{PAGE}replies/atom.xml", "4"),
    ]
    assert entries[1].findtext(f"{THREAD}total") == "4"


@pytest.mark.parametrize("owner", ["replies/", "2026/hello/replies/"])
def test_replies_have_feeds(answered: Blog, owner: str) -> None:
    answered.build()
    feed = feedparser.parse(answered.tree()[f"{owner}atom.xml"], sanitize_html=False)

    assert not feed.bozo
    assert [entry.title for entry in feed.entries] == [
        "A colleague: Hello",
        "B. L.: Hello",
        "Aoife Brennan: Hello",
        "Aoife Brennan: Hello",
    ]
    assert [entry.link for entry in feed.entries[1:3]] == [
        f"{PAGE}#reply-third",
        f"{PAGE}#reply-second",
    ]
    assert feed.entries[2].updated == "2026-11-13T00:00:00+00:00"
    assert "<em>January</em>" in feed.entries[2].content[0].value
    entries = xml(answered.page(f"{owner}atom.xml")).findall(f"{ATOM}entry")
    parents = [entry.find(f"{THREAD}in-reply-to") for entry in entries]
    assert [parent.get("ref") for parent in parents if parent is not None] == [
        "tag:example.org,2026:2026-11-10-hello",
        "tag:example.org,2026:reply/second",
        "tag:example.org,2026:2026-11-10-hello",
        "tag:example.org,2026:2026-11-10-hello",
    ]
    rss = feedparser.parse(answered.tree()[f"{owner}feed.xml"])
    assert [entry.id for entry in rss.entries] == [entry.id for entry in feed.entries]


def test_a_reply_without_a_date_is_in_feeds_as_old_as_its_post(blog: Blog) -> None:
    blog.post(POST)
    reply(blog, "undated", received="")
    blog.build()

    (item,) = json.loads(blog.page("replies/feed.json"))["items"]
    assert item["date_published"] == "2026-11-10T00:00:00+00:00"
    assert LexborHTMLParser(blog.page("2026/hello/")).css_first("#reply-undated time") is None


def test_replies_are_comments_in_structured_data(answered: Blog) -> None:
    answered.build()
    script = LexborHTMLParser(answered.page("2026/hello/")).css_first("script[type*='ld+json']")
    posting = json.loads(script.text())["@graph"][0]
    first, second, fourth = posting["comment"]

    assert posting["commentCount"] == 4
    assert first["text"] == "Why <b>not</b>?"
    assert first["author"] == {
        "@type": "Person",
        "name": "Aoife Brennan",
        "jobTitle": "Service desk",
    }
    assert fourth["author"]["name"] == "A colleague"
    assert [(it["text"], it["author"]["name"]) for it in second["comment"]] == [
        ("In January .", "Ada Marsh"),
        ("Good.", "B. L."),
    ]


def sections(blog: Blog, path: str) -> dict[str, list[str]]:
    """The headings of a page's sections, each with the words of its replies."""
    found = LexborHTMLParser(blog.page(path)).css("section.frame")
    return {
        section.css_first("h2").text(): [it.text() for it in section.css(".reply > .prose")]
        for section in found
        if section.css(".reply")
    }


def test_questions_have_a_page(answered: Blog) -> None:
    answered.set('menu = [{ title = "Asked", to = "questions" }]\n')
    answered.build()

    assert sections(answered, "questions/") == {
        "Waiting for an answer": ["Why <b>not</b>?"],
        "Answered": ["When?"],
    }
    text = " ".join(LexborHTMLParser(answered.page("questions/")).css_first("main").text().split())
    assert "Answered after 1 day" in text
    assert "About Hello" in text
    # the newest record is the reply of 15 November; the open question is of the 11th
    assert "Usual time to an answer1 day" in text.replace("answer 1", "answer1")
    assert "1 of 2" in text
    assert "4 days" in text
    assert "As of 15 Nov 2026" in text
    assert 'href="/blog/questions/">Asked' in answered.page("")


def test_the_figures_do_not_depend_on_the_clock(answered: Blog) -> None:
    answered.build("2026-11-22T12:00:00+00:00")
    before = answered.page("questions/")
    answered.build("2027-11-22T12:00:00+00:00")

    assert answered.page("questions/") == before


def test_what_was_said_and_done_has_a_page_and_feeds(answered: Blog) -> None:
    action(answered, "lamps", title="New lamps", said="[second]", traits="[listening]")
    action(
        answered,
        "desk",
        "We tried.",
        title="An open desk",
        state="no",
        reason="It costs too much.",
        by="The board",
        since="2026-11-15",
        said=f"[{POST}]",
    )
    answered.build()

    page = LexborHTMLParser(answered.page("actions/"))
    no, done = page.css(".action")
    assert (no.css_first("h2").text(), no.css_first(".action-state").text()) == (
        "An open desk",
        "No",
    )
    assert [it.text() for it in no.css("h3")] == ["No, because"]
    assert [it.text() for it in no.css(".e-content p")] == ["It costs too much.", "We tried."]
    assert no.css_first(".p-author").text() == "The board"
    assert [it.text() for it in done.css("h3")] == ["What you said", "What we did"]
    assert done.css_first(".said .p-content").text().strip() == "When?"
    assert done.css_first(".said .u-url").attributes["href"] == "/blog/2026/hello/#reply-second"
    feed = feedparser.parse(answered.tree()["actions/atom.xml"], sanitize_html=False)
    assert [entry.title for entry in feed.entries] == ["No: An open desk", "Done: New lamps"]
    assert feed.entries[0].summary == "It costs too much."
    assert "<p>When?</p>" in feed.entries[1].content[0].value
    assert feed.entries[1].link == "https://example.org/blog/actions/#action-lamps"


def test_actions_are_on_the_posts_and_traits_that_they_belong_to(answered: Blog) -> None:
    action(answered, "lamps", title="New lamps", said="[second]", traits="[listening]")
    answered.build()

    link = '<a href="/blog/actions/#action-lamps" dir="auto">New lamps</a>'
    paths = ("2026/hello/", "2026/quiet/", "traits/listen/", "traits/courage/")
    assert [link in answered.page(path) for path in paths] == [True, False, True, False]


def test_no_action_leads_to_a_hidden_taxonomy(answered: Blog) -> None:
    action(answered, "lamps", said="[second]", traits="[listening, people]")
    answered.write(
        "content/reasons/people.md", "---\ntitle: Meet people\norder: 1\ntags: [people]\n---\nMe.\n"
    )
    settings = '[taxonomies.reasons]\ntitle = "Why"\nsingular = "reason"\nhidden = true\n'
    answered.write("content/site.toml", SITE + settings)
    answered.build()

    for name in ("actions/index.html", "actions/feed.json"):
        assert "Listen and learn" in answered.page(name), name
        assert "Meet people" not in answered.page(name), name


def test_the_same_heading_in_two_actions_has_two_anchors(blog: Blog) -> None:
    blog.post(POST)
    for slug in ("one", "two"):
        action(blog, slug, 'See [below](#why).\n\n## Why\n\nA `<h2 id="why">`.', said=f"[{POST}]")
    blog.build()

    text = blog.page("actions/")
    for slug in ("one", "two"):
        assert text.count(f'id="action-{slug}-why"') == 1
        assert f'href="#action-{slug}-why"' in text
    assert text.count("&lt;h2 id=") == 2


def test_feeds_of_replies_and_actions_are_listed(answered: Blog) -> None:
    action(answered, "lamps", said="[second]")
    answered.build()

    follow = answered.page("follow/")
    assert "https://example.org/blog/replies/feed.xml" in follow
    assert "https://example.org/blog/actions/feed.xml" in follow
    head = LexborHTMLParser(answered.page("2026/hello/")).head
    assert head is not None
    assert head.css_first(f"link[href='{PAGE}replies/feed.xml']") is not None


def test_the_interface_speaks_the_language_of_the_site(answered: Blog) -> None:
    action(answered, "lamps", said="[second]")
    answered.write("content/site.toml", SITE.replace('"en-GB"', '"fr"'))
    answered.build()

    assert "4 réponses" in answered.page("2026/hello/")
    assert "Ada Marsh a répondu" in " ".join(
        LexborHTMLParser(answered.page("2026/hello/")).css_first("main").text().split()
    )
    assert "Ce que vous avez dit" in answered.page("actions/")
    assert "Questions et réponses" in answered.page("questions/")
