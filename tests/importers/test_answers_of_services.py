"""What services answer, as replies: pure functions, with what strangers can put into an answer."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import suppress
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.importers.bluesky import read_thread
from generator.importers.copies import Copy, Ours, copy_at
from generator.importers.found import FoundReply, Intake, ReaderSettings
from generator.importers.github_issues import read_issues
from generator.importers.json_values import UnreadableJsonError
from generator.importers.mastodon import read_context
from generator.importers.webmention_io import read_mentions
from generator.model import Consent, ReplyKind
from tests.network.answers import BODY, context, issue, mention, mentions, skeet, status, thread

SETTINGS = ReaderSettings("example.org,2026", ZoneInfo("Europe/London"))
PERMALINK = "https://example.org/blog/2026/hello/"
MASTODON = "https://near.example/@ada/1"
BLUESKY = "https://bsky.app/profile/ada.example/post/copy"
OURS = Ours.of(
    "https://example.org/blog/",
    [MASTODON, BLUESKY, "https://www.linkedin.com/posts/ada-1"],
    ["https://www.linkedin.com/in/ada", "https://github.com/ada"],
    {PERMALINK: ["mastodon"]},
)


def at(url: str) -> Copy:
    found = copy_at(url, "2026-11-16-hello")
    assert found
    return found


def of_webmentions(*entries: dict[str, Any]) -> Intake:
    return read_mentions(json.dumps(mentions(*entries)).encode(), SETTINGS, OURS).intake


def of_mastodon(*statuses: dict[str, Any]) -> Intake:
    return read_context(json.dumps(context(*statuses)).encode(), at(MASTODON), SETTINGS, OURS)


def of_bluesky(*replies: Any, **changes: Any) -> Intake:
    data = json.dumps(thread(*replies, **changes)).encode()
    return read_thread(data, at(BLUESKY), SETTINGS, OURS)


def of_github(*issues: dict[str, Any]) -> Intake:
    return read_issues(json.dumps([*issues]).encode(), "northmere/letters", SETTINGS, OURS).intake


def only(intake: Intake) -> FoundReply:
    assert (len(intake.found), intake.set_aside, intake.refused) == (1, (), ())
    return intake.found[0]


def why_not(intake: Intake) -> list[str]:
    assert intake.found == ()
    return [one.reason for one in (*intake.set_aside, *intake.refused)]


def test_a_webmention() -> None:
    reply = only(of_webmentions(mention(7)))

    assert reply.text == "I agree, **7** times."
    assert (reply.name, reply.url) == ("Bob Moss", "https://bob.example/")
    assert (reply.permalink, reply.source) == (PERMALINK, "https://bob.example/7")
    assert (reply.kind, reply.consent) == (ReplyKind.REPLY, Consent.PUBLIC)
    assert f"{reply.received} {reply.published}" == (
        "2026-11-18 10:00:00+00:00 2026-11-18 08:15:00+00:00"
    )


@pytest.mark.parametrize(
    ("property_", "kind"),
    [
        ("like-of", ReplyKind.LIKE),
        ("repost-of", ReplyKind.MENTION),
        ("bookmark-of", ReplyKind.MENTION),
        ("mention-of", ReplyKind.MENTION),
        ("rsvp", ReplyKind.REPLY),
    ],
)
def test_kinds_of_webmentions(property_: str, kind: ReplyKind) -> None:
    """Of a page that only mentions a post, no words are kept: they are somebody's article."""
    reply = only(of_webmentions(mention(7, wm_property=property_)))

    assert (reply.kind, bool(reply.text)) == (kind, not kind.is_reaction)


def test_a_private_webmention_is_for_the_writer_alone() -> None:
    assert only(of_webmentions(mention(7, wm_private=True))).consent is Consent.PRIVATE


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"wm_source": "https://example.org/blog/2026/later/"}, "it is on this blog"),
        ({"url": f"{MASTODON}#x"}, "it is our own copy of the post"),
        ({"author": {"url": "https://linkedin.com/in/ada/"}}, "an author of this blog wrote it"),
        (
            {"wm_source": "https://brid.gy/comment/mastodon/@ada@near.example/1/2"},
            "it is fetched from Mastodon itself",
        ),
        ({"wm_property": "poke-of"}, "it is no webmention"),
        ({"wm_id": "seven"}, "it is no webmention"),
        ({"content": {"html": "<p> </p>"}}, "it has no words"),
        ({"content": {"html": "<div>" * 10_000}}, "its HTML is nested too deeply"),
    ],
)
def test_webmentions_that_are_no_replies(changes: dict[str, Any], reason: str) -> None:
    (found,) = why_not(of_webmentions(mention(7, **changes)))

    assert reason.partition(" nested")[0] in found


def test_a_reply_that_bridgy_brings_from_a_copy_that_no_post_names_is_kept() -> None:
    source = "https://brid.gy/comment/bluesky/ada.example/1/2"

    assert only(of_webmentions(mention(7, wm_source=source))).text


def test_replies_on_mastodon_are_threaded() -> None:
    intake = of_mastodon(status(2), status(3, parent=2))

    first, second = intake.found
    assert (first.text, first.name) == ("Why is it 2?", "Bob Moss")
    assert (first.url, first.source) == ("https://far.example/@bob", "https://far.example/@bob/2")
    assert (first.to_post, first.parent_key) == ("2026-11-16-hello", "")
    assert second.parent_key == SETTINGS.key_of(first.source_id)
    assert f"{first.published}" == "2026-11-18 09:15:00+00:00"
    assert first.consent is Consent.PUBLIC


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"visibility": "private"}, "it is not public there"),
        ({"visibility": "direct"}, "it is not public there"),
        ({"account": {"url": "https://near.example/@ada"}}, "an author of this blog wrote it"),
        ({"account": {"bot": True}}, "an automated account wrote it"),
        ({"account": {"url": None}}, "it is no status of Mastodon"),
        ({"content": "", "media_attachments": [{"type": "image"}]}, "it has no words but files"),
    ],
)
def test_statuses_that_are_no_replies(changes: dict[str, Any], reason: str) -> None:
    assert why_not(of_mastodon(status(2, **changes))) == [reason]


@pytest.mark.parametrize("changes", [{"visibility": "unlisted"}, {"account": {"noindex": True}}])
def test_who_is_quietly_public_on_mastodon_is_not_shown_by_default(
    changes: dict[str, Any],
) -> None:
    assert only(of_mastodon(status(2, **changes))).consent is Consent.PRIVATE


def test_a_reply_below_one_of_ours_begins_a_thread() -> None:
    ours = status(2, account={"url": "https://near.example/@ada"})
    intake = of_mastodon(ours, status(3, parent=2))

    assert [reply.parent_key for reply in intake.found] == [""]


def test_a_warning_comes_before_the_words() -> None:
    reply = only(of_mastodon(status(2, spoiler_text="Budget *again*")))

    assert reply.text == "Budget \\*again\\*\n\nWhy is it 2?"


def test_a_server_that_shows_strangers_only_a_part_says_so() -> None:
    intake = of_mastodon(*(status(number) for number in range(2, 62)))

    assert intake.notes == (f"{MASTODON}: the server shows strangers 60 replies at most",)


def test_a_reply_on_bluesky_with_its_whole_link() -> None:
    words = "Schöne Grüße, see example.net/a/very/lo..."
    first = len("Schöne Grüße, see ".encode())
    facet = {
        "index": {"byteStart": first, "byteEnd": len(words.encode())},
        "features": [{"uri": "https://example.net/a/very/long/address"}],
    }
    reply = only(of_bluesky(skeet("bob", words, record={"facets": [facet]})))

    assert reply.text == "Schöne Grüße, see <https://example.net/a/very/long/address>"
    assert (reply.name, reply.url) == ("Bob Moss", "https://bsky.app/profile/bob.example")
    assert reply.source == "https://bsky.app/profile/bob.example/post/of-bob"
    assert reply.to_post == "2026-11-16-hello"


def test_who_asks_not_to_be_shown_to_strangers_is_dropped_without_a_trace() -> None:
    label = {"src": "did:plc:shy", "val": "!no-unauthenticated", "cts": "2026-01-01T00:00:00Z"}
    shy = skeet("shy", "Between us", skeet("bob"), author={"labels": [label]})
    intake = of_bluesky(shy)

    (aside,) = intake.set_aside
    assert aside.reason == "its writer asks not to be shown to strangers"
    assert aside.position == f"{BLUESKY}: reply 1"
    assert "shy" not in str(intake)
    assert [(reply.name, reply.parent_key) for reply in intake.found] == [("Bob Moss", "")]


@pytest.mark.parametrize(
    ("reply", "reason"),
    [
        (skeet("ada", "One more thing"), "an author of this blog wrote it"),
        (skeet("bob", labels=[{"val": "spam"}]), "it is hidden there"),
        ({"uri": "at://x/y/z", "notFound": True}, "it was deleted there"),
        (
            {"uri": "at://x/y/z", "blocked": True},
            "its writer and the author of the copy have blocked each other",
        ),
        ({"uri": "at://x/y/z"}, "it is no post of Bluesky"),
        ("no post at all", "it is no post of Bluesky"),
    ],
)
def test_what_is_no_reply_on_bluesky(reply: Any, reason: str) -> None:
    assert why_not(of_bluesky(reply)) == [reason]


def test_what_the_author_of_the_copy_hid_on_bluesky() -> None:
    gate = {"record": {"hiddenReplies": ["at://did:plc:bob/app.bsky.feed.post/of-bob"]}}

    assert why_not(of_bluesky(skeet("bob"), threadgate=gate)) == ["it is hidden there"]


def test_a_thread_on_bluesky_however_deep() -> None:
    nested = skeet("bob")
    for _ in range(90):
        nested = skeet("bob", "Deeper", nested)

    assert len(of_bluesky(nested).found) == 91


def test_an_issue_of_the_form() -> None:
    reply = only(of_github(issue(4)))

    assert reply.text == "The **desk** opens too late."
    assert (reply.permalink, reply.consent) == (PERMALINK, Consent.INITIALS)
    assert (reply.name, reply.url) == ("bob", "https://github.com/bob")
    assert reply.source == "https://github.com/northmere/letters/issues/4"


@pytest.mark.parametrize(
    ("choice", "consent"),
    [
        ("With my name", Consent.PUBLIC),
        ("Without my name", Consent.ANONYMOUS),
        ("No", Consent.PRIVATE),
        ("_No response_", Consent.PRIVATE),
    ],
)
def test_consent_in_an_issue(choice: str, consent: Consent) -> None:
    body = BODY.replace("With my initials", choice)
    reply = only(of_github(issue(4, body=body, body_html="")))

    assert reply.consent is consent
    assert reply.text == "The \\*\\*desk\\*\\* opens too late."  # without HTML, as it was typed


def test_an_issue_without_a_form_is_private() -> None:
    body = f"{PERMALINK}\r\n\r\nThank you."
    html = f'<p><a href="{PERMALINK}">{PERMALINK}</a></p><p>Thank you.</p>'
    reply = only(of_github(issue(4, body=body, body_html=html)))

    assert (reply.text, reply.permalink) == ("Thank you.", PERMALINK)
    assert reply.consent is Consent.PRIVATE


def test_an_issue_is_found_by_the_token_in_its_title() -> None:
    reply = only(of_github(issue(4, title="Re: Hello [#abcdefgh]", body="Yes.", body_html="")))

    assert (reply.token, reply.text) == ("abcdefgh", "Yes.")


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"pull_request": {"url": "x"}}, "it is a pull request"),
        ({"user": {"login": "bot", "type": "Bot"}}, "an automated account wrote it"),
        ({"user": {"html_url": "https://github.com/Ada"}}, "an author of this blog wrote it"),
        ({"body": "The build fails.", "body_html": ""}, "it names no post of this blog"),
        ({"html_url": None}, "it is no issue"),
    ],
)
def test_issues_that_are_no_replies(changes: dict[str, Any], reason: str) -> None:
    assert why_not(of_github(issue(4, **changes))) == [reason]


READERS: list[Callable[[bytes], object]] = [
    lambda data: read_mentions(data, SETTINGS, OURS),
    lambda data: read_context(data, at(MASTODON), SETTINGS, OURS),
    lambda data: read_thread(data, at(BLUESKY), SETTINGS, OURS),
    lambda data: read_issues(data, "northmere/letters", SETTINGS, OURS),
]


@pytest.mark.parametrize("read", READERS)
@pytest.mark.parametrize(
    "data",
    [b"", b"null", b"[[]", b'"text"', b"{}", b"\xff\xfe{", b"[" * 100_000, b"1" * 10_000, b"<p>"],
)
def test_an_answer_that_is_none_says_so(read: Callable[[bytes], object], data: bytes) -> None:
    with pytest.raises(UnreadableJsonError):
        read(data)


@pytest.mark.parametrize("value", [None, 1, "x", [], {}, [[]], {"a": None}, 10**30, "\ud800"])
def test_any_value_anywhere_is_read_without_an_exception(value: Any) -> None:
    """Each key of each answer once with something else: refused, set aside, or kept without it."""
    for make, read in (
        (mention(7), of_webmentions),
        (status(2), of_mastodon),
        (skeet("bob"), of_bluesky),
        (issue(4), of_github),
    ):
        for key in make:
            read(make | {key: value})
        for inner in ("author", "account", "post", "user", "content"):
            for key in make.get(inner, ()):
                if isinstance(make[inner], dict):
                    read(make | {inner: make[inner] | {key: value}})


ANY_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)


@given(ANY_JSON, st.sampled_from(READERS), st.booleans())
def test_any_json_at_all_is_read_or_refused(
    value: Any, read: Callable[[bytes], object], is_inside: bool
) -> None:
    if is_inside:  # where each of the services puts its entries
        listed = value if isinstance(value, list) else [value]
        value = {"type": "feed", "children": listed, "descendants": listed}
        value["thread"] = skeet("ada", "A copy", *listed)
    with suppress(UnreadableJsonError):
        read(json.dumps(value).encode())


HOSTILE = [
    "half a letter \ud800",
    "<script>alert(1)</script>",
    '<a href="javascript:alert(1)">x</a>',
    '<img src=x onerror="alert(1)">',
    "mail me: bob@example.com",
    "I am at 203.0.113.7",
    "turned \u202egnort\u202c around",
    "zero\u200bwidth",
    "a\x00b\x1b[31m",
]


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_words_do_no_harm_from_anywhere(words: str) -> None:
    replies = [
        *of_webmentions(mention(7, content={"html": words}, author={"name": words})).found,
        *of_mastodon(status(2, content=words, account={"display_name": words})).found,
        *of_bluesky(skeet("bob", words, author={"displayName": words})).found,
        *of_github(issue(4, title="[#abcdefgh]", body=words, body_html=words)).found,
    ]
    for reply in replies:
        texts = f"{reply.text} {reply.name}"
        assert "bob@example.com" not in texts
        assert "203.0.113.7" not in texts
        assert not {*"\u202e\u202c\u200b\x00\x1b"} & {*texts}
        assert "](javascript:" not in texts
        assert str(reply).encode()
        assert "<script>" not in reply.text.replace("\\<", "")
