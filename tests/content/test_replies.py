"""Replies and actions as they are read: strictly, and with no trust in what people send."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest
from selectolax.lexbor import LexborHTMLParser

from generator.content.harmless import DEEPEST, harmless_name, is_web_address
from generator.content.reading import document_reader
from generator.content.replies import LONGEST_BODY, LONGEST_NAME
from generator.model import (
    Action,
    ActionState,
    Consent,
    Document,
    Reply,
    ReplyKind,
    ReplyState,
)
from generator.problems import in_reading_order
from tests.content.literals import SETTINGS
from tests.messages import Case, Golden, cases

PATH = "content/replies/hello/2026-11-18T0915-1a2b3c4d.md"
LETTERS = "{201 letters}"


def read(text: str, path: str = PATH) -> tuple[Document | None, list[str]]:
    document, problems = document_reader(SETTINGS)(path, text.encode())
    return document, [str(problem) for problem in in_reading_order(problems)]


def good(head: str = "", body: str = "Words.\n") -> Reply:
    document, printed = read(f"---\n{head}---\n{body}")
    assert printed == []
    assert isinstance(document, Reply)
    return document


def html_of(body: str) -> str:
    return good(body=body).body.html


@pytest.mark.parametrize("case", cases("replies.txt"), ids=str)
def test_a_broken_file_is_reported(case: Case, golden: Golden) -> None:
    ((path, text),) = case.files.items()
    document, printed = read(text.replace(LETTERS, "x" * (LONGEST_NAME + 1)), path)

    assert document is None
    golden.check(case, printed)


def test_a_reply_is_read_whole() -> None:
    reply = good(
        """\
to: 2026-11-16-hello
name: Aoife  Brennan
role: Service desk
url: https://example.net/aoife
received: 2026-11-18T09:15:00+00:00
published: 2026-11-17T23:30:00-05:00
via: email
source: https://example.net/said
source_key: 0123456789abcdef
kind: question
state: approved
consent: initials
answered:
  by: ada
  at: 2026-11-19
  words: |
    Yes, *soon*.

    Ask again.
""",
        "Will it open?\n",
    )

    assert reply.id == "2026-11-18T0915-1a2b3c4d"
    assert (reply.to and reply.to.text, reply.name, reply.role) == (
        "2026-11-16-hello",
        "Aoife Brennan",
        "Service desk",
    )
    assert (reply.url, reply.origin) == ("https://example.net/aoife", "https://example.net/said")
    assert str(reply.received) == "2026-11-18 09:15:00+00:00"
    assert str(reply.written) == "2026-11-18 04:30:00+00:00"
    assert (reply.via, reply.source_key) == ("email", "0123456789abcdef")
    assert (reply.kind, reply.state, reply.consent) == (
        ReplyKind.QUESTION,
        ReplyState.APPROVED,
        Consent.INITIALS,
    )
    assert reply.answered is not None
    assert reply.answered[:3] == ("ada", date(2026, 11, 19), "")
    assert reply.answered.html == "<p>Yes, <em>soon</em>.</p>\n<p>Ask again.</p>"
    assert reply.body.html == "<p>Will it open?</p>"


def test_a_reply_says_nothing_that_its_file_does_not() -> None:
    reply = good()

    assert (reply.kind, reply.state, reply.consent) == (
        ReplyKind.REPLY,
        ReplyState.NEW,
        Consent.PRIVATE,
    )
    assert (reply.to, reply.written, reply.answered, reply.via) == (None, None, None, "in-person")


def test_a_body_that_is_too_long_is_reported_and_not_rendered() -> None:
    _, printed = read(f"---\nto: hello\n---\n{'x' * LONGEST_BODY}x")

    assert printed == [f"{PATH}:4: the reply has 100,001 bytes. Shorten it to 100,000 at most."]


@pytest.mark.parametrize(
    "body", ["a&#64;example.org", "*aoife*&commat;example.org", "aoife\uff20example.org"]
)
def test_an_address_in_disguise_is_found(body: str) -> None:
    _, printed = read(f"---\nto: hello\n---\n{body}\n")

    assert [line.partition(": ")[2] for line in printed] == [
        "there is an e-mail address here. Delete it: no file of a reply keeps anybody's address."
    ]


@pytest.mark.parametrize("body", ["see @ada", "https://medium.com/@ada", "3 @ 4.50 each", "a@b"])
def test_what_is_no_address_may_stay(body: str) -> None:
    assert good(body=body)


HOSTILE = {
    "a script": "<script>alert(1)</script>",
    "a handler": '<img src=x onerror="alert(1)">',
    "an unclosed tag": "<div><b <p></body></html>",
    "a comment": "<!-- <b> --!> <!--",
    "a script link": "[x](javascript:alert(1))",
    "a script link in disguise": "[x](java\u200bscript:alert(1)) [y](&#106;avascript:alert(1))",
    "a script link in angles": "<javascript:alert(1)> [x]: javascript:1\n\n[x]",
    "data": "[x](data:text/html,<script>alert(1)</script>)",
    "a placeholder of ours": "[x](weekly:content/site.toml) ![x](weekly:content/site.toml)",
    "a file of ours": "[x](../../site.toml) ![x](/icon.png) [y](/../../etc/passwd)",
    "an image that counts readers": "![x](https://example.net/pixel.gif) ![y](//example.net/p.gif)",
    "attributes": "# Title {: #main .h-card onclick=alert(1)}\n\n*x*{: style=color:red #top}",
    "headings": "# One\n\nTwo\n===\n\n###### Six",
    "footnotes": "A[^1] and [^2].\n\n[^1]: Note.\n[^2]: Two.",
    "an alert": "> [!WARNING]\n> Words.",
    "a quote out of the attribute": '[x](https://example.net/"onmouseover="alert(1))',
    "code": "```html\n<script>alert(1)</script>\n```",
    "bidi": "abc\u202edcba\u202c \u2066x\u2069 &#x202e;y",
    "control characters": "a&#155;31m&#x7f; &#27;[31m",
    "zero width": "a\u200bb\u2060c\ufeffd &#8203;",
    "tags that no one sees": "a\U000e0041\U000e0042b",
    "piled marks": "z" + "\u0301" * 5_000,
    "deep quotes": "> " * 2_000 + "x",
    "deep lists": "".join(f"{' ' * 2 * n}- x\n" for n in range(200)),
    "brackets": "[" * 20_000,
    "tasks": "- [x] done\n- [ ] open",
    "a table": "| a | b |\n|---|--:|\n| <b> | `x` |",
}


@pytest.mark.parametrize("body", HOSTILE.values(), ids=HOSTILE)
def test_nothing_in_a_body_runs_loads_or_takes_part_in_the_page(body: str) -> None:
    found = html_of(body)
    tree = LexborHTMLParser(f"<!doctype html><body>{found}")

    assert tree.body is not None
    assert tree.body.inner_html == found
    for node in tree.css("body *"):
        allowed: dict[str, str] = {}
        if node.tag == "a":
            allowed = {"href": r"https?://\S+", "rel": "nofollow ugc noopener"}
        if node.tag == "ol":
            allowed = {"start": r"\d+"}
        assert node.tag in {
            "a", "blockquote", "br", "code", "del", "em", "hr", "li", "ol", "p", "pre", "strong",
            "sub", "sup", "table", "tbody", "td", "th", "thead", "tr", "ul",
        }  # fmt: skip
        for name, value in node.attributes.items():
            assert name in allowed
            assert re.fullmatch(allowed[name], value or "")
    assert not re.search(
        "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]|\u0301{5}",
        found,
    )
    assert "weekly:content" not in found


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (
            "![A view](https://example.net/a.png)",
            '<p><a href="https://example.net/a.png" rel="nofollow ugc noopener">A view</a></p>',
        ),
        (
            "[![A & B](https://example.net/a.png)](https://example.net/)",
            '<p><a href="https://example.net/" rel="nofollow ugc noopener">A &amp; B</a></p>',
        ),
        ("![A view](a.png) [x](b.md)", "<p>A view x</p>"),
        ("## A *title*", "<p><strong>A <em>title</em> </strong></p>"),
        ("A[^1].\n\n[^1]: Note.", "<p>A<sup>1</sup>.</p>\n<ol><li><p>Note. </p>\n</li></ol>"),
        ("- [x] a", "<ul>\n<li>☑ a</li>\n</ul>"),
        ("<b>x</b>", "<p>&lt;b&gt;x&lt;/b&gt;</p>"),
        ("👩\u200d💻 🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f",) * 2,
        ("می\u200cخواهم مرحبا \u202eevil",) * 2,
    ],
)
def test_the_words_of_a_body_stay(body: str, expected: str) -> None:
    if body == expected:
        expected = f"<p>{body}</p>".replace("\u202e", "")
    assert html_of(body) == expected


def test_no_words_are_lost_however_deep_they_are() -> None:
    found = html_of("".join(f"{' ' * 2 * n}- w{n}\n" for n in range(60)))
    depth = max(found[: m.start()].count("<ul>") for m in re.finditer("w", found))

    assert all(f"w{n}" in found for n in range(60))
    assert depth <= DEEPEST


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("Aoife\u202e Brennan\u200b", "Aoife Brennan"),
        ("\u3164\u200d\u2060", ""),
        ("Zoë 😀\ufe0f", "Zoë 😀"),
    ],
)
def test_a_name_has_nothing_that_no_one_sees(typed: str, expected: str) -> None:
    assert harmless_name(typed) == expected
    assert good(f'name: "{typed}"\n').name == expected


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://example.net/a?b=1#c", True),
        ("http://[::1]/", True),
        ("https://user:secret@example.net/", False),
        ("https://", False),
        ("https://[", False),
        ("https:example.net", False),
        ("ftp://example.net", False),
        ("https://example.net/a b", False),
        ('https://example.net/"x', False),
        (f"https://example.net/{'x' * 2_000}", False),
    ],
)
def test_only_pages_of_the_web_are_linked(url: str, *, expected: bool) -> None:
    assert is_web_address(url) == expected


def action(head: str) -> Any:
    document, printed = read(f"---\n{head}---\nWe open at seven.\n", "content/actions/desk.md")
    assert printed == []
    assert isinstance(document, Action)
    return document


def test_an_action_is_read_whole() -> None:
    found = action(
        """\
title: The service desk opens at seven
said: [2026-11-18T0915-1a2b3c4d, 2026-11-16-hello]
state: no
reason: It costs two people's mornings.
by: ada
since: 2026-11-20
updated: 2026-11-27
traits: [listen]
"""
    )

    assert (found.slug, found.title) == ("desk", "The service desk opens at seven")
    assert [tag.text for tag in found.said] == ["2026-11-18T0915-1a2b3c4d", "2026-11-16-hello"]
    assert (found.state, found.reason) == (ActionState.NO, "It costs two people's mornings.")
    assert (found.since, found.updated) == (date(2026, 11, 20), date(2026, 11, 27))
    assert (found.by.text, [tag.text for tag in found.traits]) == ("ada", ["listen"])
    assert found.body.html == "<p>We open at seven.</p>"
