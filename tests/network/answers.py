"""The documented answers of the services, as small as they still are true."""

from __future__ import annotations

from typing import Any

TOKEN = "ask-no-stranger"  # noqa: S105
WHEN = "2026-11-18T09:15:00.000Z"


def mention(number: int, **changes: Any) -> dict[str, Any]:
    """A webmention in JF2."""
    return {
        "type": "entry",
        "author": {"type": "card", "name": "Bob Moss", "photo": "", "url": "https://bob.example/"},
        "url": f"https://bob.example/{number}",
        "published": "2026-11-18T09:15:00+01:00",
        "wm-received": "2026-11-18T10:00:00Z",
        "wm-id": number,
        "wm-source": f"https://bob.example/{number}",
        "wm-target": "https://example.org/blog/2026/hello/",
        "content": {"html": f"<p>I agree, <b>{number}</b> times.</p>", "text": "I agree."},
        "in-reply-to": "https://example.org/blog/2026/hello/",
        "wm-property": "in-reply-to",
        "wm-private": False,
    } | {name.replace("_", "-"): value for name, value in changes.items()}


def mentions(*entries: dict[str, Any]) -> dict[str, Any]:
    """A page of them."""
    return {"type": "feed", "name": "Webmentions", "children": [*entries]}


def status(number: int, parent: int = 1, **changes: Any) -> dict[str, Any]:
    """A status of Mastodon."""
    account = {
        "username": "bob",
        "acct": "bob@far.example",
        "display_name": "Bob Moss :verified:",
        "url": "https://far.example/@bob",
        "bot": False,
        "noindex": False,
    } | changes.pop("account", {})
    return {
        "id": str(number),
        "created_at": WHEN,
        "in_reply_to_id": str(parent),
        "sensitive": False,
        "spoiler_text": "",
        "visibility": "public",
        "uri": f"https://far.example/users/bob/statuses/{number}",
        "url": f"https://far.example/@bob/{number}",
        "content": f'<p><span class="h-card"><a href="https://near.example/@ada" class="u-url '
        f'mention">@<span>ada</span></a></span> Why is it {number}?</p>',
        "account": account,
        "media_attachments": [],
    } | changes


def context(*statuses: dict[str, Any]) -> dict[str, Any]:
    """What Mastodon gives as the context of a status."""
    return {"ancestors": [], "descendants": [*statuses]}


def skeet(name: str, words: str = "Thank you!", *replies: Any, **changes: Any) -> dict[str, Any]:
    """A reply on Bluesky, with those below it."""
    author = {
        "did": f"did:plc:{name}",
        "handle": f"{name}.example",
        "displayName": f"{name.title()} Moss",
        "labels": [],
    } | changes.pop("author", {})
    record = {"$type": "app.bsky.feed.post", "text": words, "createdAt": WHEN}
    return {
        "$type": "app.bsky.feed.defs#threadViewPost",
        "post": {
            "uri": f"at://did:plc:{name}/app.bsky.feed.post/of-{name}",
            "cid": "bafy",
            "author": author,
            "record": record | changes.pop("record", {}),
            "labels": [],
            "indexedAt": WHEN,
        }
        | changes,
        "replies": [*replies],
    }


def thread(*replies: Any, **changes: Any) -> dict[str, Any]:
    """The thread below the copy of a post."""
    root = skeet("ada", "A copy", *replies)
    return {"thread": root | changes}


BODY = """### Letter

https://example.org/blog/2026/hello/

### Your answer

The **desk** opens too late.

### May it appear under the letter?

With my initials
"""
HTML = """<h3 dir="auto">Letter</h3>
<p dir="auto"><a href="https://example.org/blog/2026/hello/">https://example.org/blog/2026/hello/</a></p>
<h3 dir="auto">Your answer</h3>
<p dir="auto">The <strong>desk</strong> opens too late.</p>
<h3 dir="auto">May it appear under the letter?</h3>
<p dir="auto">With my initials</p>"""


def issue(number: int, **changes: Any) -> dict[str, Any]:
    """An issue of GitHub that came from the form."""
    return {
        "number": number,
        "title": "Re: Hello",
        "body": BODY,
        "body_html": HTML,
        "html_url": f"https://github.com/northmere/letters/issues/{number}",
        "user": {"login": "bob", "type": "User", "html_url": "https://github.com/bob"},
        "created_at": "2026-11-18T09:15:00Z",
        "updated_at": f"2026-11-18T{number % 24:02}:15:00Z",
        "state": "open",
    } | changes
