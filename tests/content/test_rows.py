"""Documents come back from their rows as they were, or not at all."""

from __future__ import annotations

import json
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from generator.content import rows
from generator.content.known_documents import KnownDocuments
from generator.content.rows import StoredDocument, document_of, stored
from generator.model import (
    Action,
    ActionState,
    Answer,
    Body,
    Consent,
    Document,
    Heading,
    Limit,
    PlainPage,
    Post,
    PostState,
    Reference,
    Reply,
    ReplyKind,
    ReplyState,
    Tag,
    Term,
)
from generator.problems import Location

ZONE = ZoneInfo("Europe/London")
PATH = "content/posts/one.md"

BODY = Body(
    html="<p>Words — “quoted”.</p>",
    opening_end=12,
    opening="Words — “quoted”.",
    word_count=2,
    keywords="words quoted",
    vocabulary="quoted words",
    headings=(Heading(2, "one", "One & <two>", (Heading(3, "three", "Three"),)),),
    references=(Reference("content/posts/b.md", "part", Location(PATH, 9, 3), False, "b.md#part"),),
    undescribed=(Tag("a.png", Location(PATH, 10, 1)),),
    unfinished=(Tag("TODO", Location(PATH, 11, 1)),),
    quotes=(Tag("Whom did I hear?", Location(PATH, 12, 3)),),
)

POST = Post(
    source=PATH,
    slug="one",
    title="One",
    published=datetime(2026, 11, 10, 9, 30, tzinfo=ZONE),
    updated=datetime(2026, 7, 10, 9, 30, tzinfo=ZONE),
    tags=(Tag("risk", Location(PATH, 3, 8)), Tag("œuvre", Location(PATH, 3, 14))),
    authors=(Tag("ada", Location(PATH, 4, 9)),),
    summary="In short.",
    status=PostState.PLANNED,
    approved_by=Tag("bronagh", Location(PATH, 7, 14)),
    id="one-and-only",
    aliases=(Tag("/old/", Location(PATH, 5)),),
    image=Reference("content/posts/one.png", "", Location(PATH, 6, 8), True, "one.png"),
    image_alt="A view",
    series=Tag("Notes", Location(PATH, 4, 9)),
    series_order=2,
    language="cy",
    syndication=("https://example.org/1",),
    extra={"colour": "blue", "sizes": (1, 2), "deep": {"none": None, "yes": True}},
    body=BODY,
    has_date=False,
    approved_on=datetime(2026, 11, 20, tzinfo=ZONE),
    places=(Tag("date", Location(PATH, 4, 7)),),
    limits=(
        Limit(Tag("expiryDate", Location(PATH, 8, 1)), datetime(2026, 12, 1, 9, tzinfo=ZONE), True),
    ),
)

BARE_POST = POST._replace(
    published=datetime(2026, 10, 25, 1, 30, tzinfo=ZONE, fold=1),  # the hour that comes twice
    updated=None,
    image=None,
    image_alt=None,
    extra={},
    body=Body("", 0, "", 0, "", "", (), (), ()),
)

DOCUMENTS: dict[str, Document] = {
    "a post": POST,
    "a bare post": BARE_POST,
    "a page": PlainPage(
        PATH, "About", "/about/", "In short.", False, (Tag("/me/", Location(PATH, 3)),), BODY
    ),
    "a trait": Term(
        "traits",
        "listen",
        "Listen",
        -2,
        "I will ask.",
        (Tag("listening", Location(PATH, 4)),),
        ("Whom did I hear?",),
        PATH,
        BODY,
        "ear",
        "blue",
        (Limit(Tag("expires", Location(PATH, 8, 1)), datetime(2026, 12, 1, 9, tzinfo=ZONE), True),),
    ),
    "a reply": Reply(
        source=PATH,
        id="2026-11-18T0915-1a2b3c4d",
        to=Tag("hello", Location(PATH, 2, 5)),
        name="Aoife Brennan",
        role="Service desk",
        url="https://example.net/",
        received=datetime(2026, 11, 18, 9, 15, tzinfo=ZONE),
        published=datetime(2026, 7, 18, 9, 15, tzinfo=ZONE),
        via="email",
        origin="https://example.net/1",
        source_key="0123456789abcdef",
        kind=ReplyKind.QUESTION,
        state=ReplyState.APPROVED,
        consent=Consent.INITIALS,
        answered=Answer("ada", date(2026, 11, 19), "", "*Yes.*", "<p><em>Yes.</em></p>"),
        answered_by=Tag("ada", Location(PATH, 12, 7)),
        answered_in=Tag("hello", Location(PATH, 13, 9)),
        closed="Said by phone.",
        body=BODY,
    ),
    "a bare reply": Reply(
        PATH, "a", None, "", "", "", None, None, "paste", "", "", ReplyKind.REPLY, ReplyState.NEW,
        Consent.PRIVATE, None, None, None, "", BARE_POST.body,
    ),
    "an action": Action(
        PATH, "desk", "The desk", (Tag("hello", Location(PATH, 3, 8)),), ActionState.NO, "Money.",
        Tag("ada", Location(PATH, 5, 5)), date(2026, 11, 20), None,
        (Tag("listen", Location(PATH, 7, 10)),), BODY,
    ),
}  # fmt: skip


@pytest.mark.parametrize("kind", DOCUMENTS)
def test_a_document_comes_back_from_its_row_as_it_was(kind: str) -> None:
    found = document_of(stored(DOCUMENTS[kind], "key"), ZONE)

    assert found == DOCUMENTS[kind]
    assert repr(found) == repr(DOCUMENTS[kind])


def _changed(change: Any) -> StoredDocument:
    """The row of a post after a change of the JSON in it."""
    kept = stored(POST, "key")
    row = json.loads(kept.row)
    change(row[2])
    return kept._replace(row=json.dumps(row).encode())


def _set(place: int, value: Any) -> Any:
    def change(row: list[Any]) -> None:
        row[place] = value

    return change


FIELDS = {name: place for place, name in enumerate(Post._fields)}


@pytest.mark.parametrize(
    "kept",
    [
        *(
            StoredDocument("key", row, b"", b"")
            for row in (b"", b"[", b"[]", b"null", b"\xff", b'["Post"]')
        ),
        *(
            StoredDocument("key", row, b"", b"")
            for row in (b'["Post", "a.md", []]', b'["Poem", "a.md", [1]]')
        ),
        StoredDocument("key", b"[" * 100_000, b"", b""),
        _changed(lambda row: row.pop()),
        _changed(lambda row: row.append(1)),
        _changed(_set(FIELDS["title"], 1)),
        _changed(_set(FIELDS["title"], None)),
        _changed(_set(FIELDS["series_order"], True)),
        _changed(_set(FIELDS["published"], "yesterday")),
        _changed(_set(FIELDS["published"], 12)),
        _changed(_set(FIELDS["status"], "finished")),
        _changed(_set(FIELDS["tags"], [["risk"]])),
        _changed(_set(FIELDS["tags"], [["risk", "3", 8]])),
        _changed(_set(FIELDS["tags"], "risk")),
        _changed(_set(FIELDS["extra"], [])),
        _changed(_set(FIELDS["image"], [])),
        _changed(_set(FIELDS["body"], [])),
    ],
)
def test_a_row_of_another_shape_is_no_document(kept: StoredDocument) -> None:
    assert document_of(kept, ZONE) is None


def test_a_mistake_in_the_decoding_is_not_taken_for_a_damaged_row(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def broken(row: object, zone: ZoneInfo) -> datetime:
        return row.isoformat()  # type: ignore[attr-defined, no-any-return]

    monkeypatch.setattr(rows, "_moment", broken)

    with pytest.raises(AttributeError):
        document_of(stored(POST, "key"), ZONE)


def test_a_type_that_cannot_be_kept_is_a_mistake_of_ours() -> None:
    with pytest.raises(TypeError, match="can't be kept"):
        rows._decoder_of(set[str], ZONE)


def test_a_document_is_given_under_its_key_only() -> None:
    known = KnownDocuments({PATH: stored(POST, "key")})

    assert known.recall(PATH, "another key", ZONE) is None
    assert known.recall("content/posts/two.md", "key", ZONE) is None
    assert known.recall(PATH, "key", ZONE) == POST


def test_a_memo_has_what_it_was_given_at_hand() -> None:
    known = KnownDocuments({})
    known.keep(PATH, "key", POST)

    assert known.recall(PATH, "key", ZONE) is POST
    assert known.to_keep() == {PATH: stored(POST, "key")}


def test_a_memo_forgets_what_nobody_asked_for() -> None:
    known = KnownDocuments({PATH: stored(POST, "key"), "gone.md": stored(POST, "key")})
    known.recall(PATH, "key", ZONE)

    assert known.to_keep().keys() == {PATH}


def test_only_the_very_document_that_was_read_has_a_key() -> None:
    known = KnownDocuments({PATH: stored(POST, "key")})
    recalled = known.recall(PATH, "key", ZONE)
    assert isinstance(recalled, Post)

    assert known.key_of(recalled) == "key"
    assert known.key_of(recalled._replace(title="Other")) == ""
    assert known.key_of(recalled._replace(source="other.md")) == ""
