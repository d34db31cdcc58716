from __future__ import annotations

from datetime import UTC, datetime

import pytest

from generator.importers.assignment import PostNames, plain_title, post_names, post_of
from generator.importers.found import FoundReply
from generator.model import Body, Post, PostState, Tag
from generator.problems import Location
from generator.site.message_ids import message_id, token

AUTHORITY = "example.org,2026"
BASE = "https://example.org/blog/"


def post(name: str, title: str, *, alias: str = "", copy: str = "") -> Post:
    return Post(
        source=f"content/posts/{name}.md",
        slug=name[11:],
        title=title,
        published=datetime(2026, 11, 16, tzinfo=UTC),
        updated=None,
        tags=(),
        authors=(),
        summary="",
        status=PostState.READY,
        approved_by="",
        id=f"id-{name}",
        aliases=(Tag(alias, Location("")),) if alias else (),
        image=None,
        image_alt=None,
        series="",
        series_order=0,
        language="",
        syndication=(copy,) if copy else (),
        extra={},
        body=Body("", 0, "", 0, "", "", (), (), ()),
    )


NAMES: PostNames = post_names(
    [
        post("2026-11-16-the-desk", "The desk opens", alias="/2014/old-desk/"),
        post("2026-11-23-trust", "Trust", copy="https://www.linkedin.com/pulse/trust-jo/?trk=x"),
        post("2026-11-30-hello", "Hello"),
        post("2026-12-07-hello", "Hello"),
    ],
    authority=AUTHORITY,
    base_url=BASE,
    permalink_of=lambda post: f"/2026/{post.slug}/",
)
DESK, TRUST = "2026-11-16-the-desk", "2026-11-23-trust"


def named(**says: object) -> str:
    reply = FoundReply(via="email", text="", source_id="", position="")
    return post_of(reply._replace(**says), NAMES)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("says", "name"),
    [
        ({"references": ("<other@m>", message_id(AUTHORITY, f"id-{DESK}"))}, DESK),
        ({"token": token(AUTHORITY, f"id-{DESK}")}, DESK),
        ({"subject": f"Re: x [#{token(AUTHORITY, f'id-{DESK}').upper()}]"}, DESK),
        ({"permalink": f"{BASE}2026/the-desk/"}, DESK),
        ({"permalink": "http://WWW.example.org/blog/2026/the-desk/index.html?utm=x#c"}, DESK),
        ({"permalink": "https://old.example/2014/old-desk"}, DESK),
        ({"permalink": "https://linkedin.com/pulse/trust-jo/"}, TRUST),
        ({"permalink": "https://old.example/archive/the-desk.html"}, DESK),
        ({"permalink": "https://old.example/?p=4"}, ""),
        ({"permalink": "https://example.org/"}, ""),
        ({"permalink": "https://["}, ""),
        ({"subject": "Re: AW: Fwd: the desk opens!"}, DESK),
        ({"subject": "RE[2]: [EXT] The Desk Opens"}, DESK),
        ({"subject": "Answer to: “The desk opens”"}, DESK),
        ({"subject": "Re: The desk op…"}, DESK),
        ({"subject": "Hello"}, ""),
        ({"subject": "Re: About trust"}, ""),
        ({"subject": ""}, ""),
        ({"to_post": "2026-11-16-the-desk"}, DESK),
        ({"to_post": "the-desk"}, DESK),
        ({"to_post": "The desk opens"}, DESK),
        ({"to_post": "../../etc/passwd"}, ""),
    ],
)
def test_a_reply_finds_its_post(says: dict[str, object], name: str) -> None:
    assert named(**says) == name


def test_what_a_mail_answers_counts_before_its_subject() -> None:
    says = {
        "references": (message_id(AUTHORITY, f"id-{TRUST}"),),
        "token": token(AUTHORITY, f"id-{DESK}"),
        "subject": "The desk opens",
    }

    assert named(**says) == TRUST
    assert named(**says | {"references": ()}) == DESK


def test_a_title_is_compared_by_its_words() -> None:
    assert plain_title("Re: Re : SV: [External] “What, now?” [#abcd2345]") == "what now"
    assert plain_title("Re" * 5_000) == "re" * 5_000
