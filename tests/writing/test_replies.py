from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

from generator.content.reading import DocumentReader, document_reader
from generator.content.settings import ReadingSettings
from generator.importers.assignment import PostNames
from generator.importers.found import FoundReply, Refused, source_key
from generator.model import Consent, Reply, ReplyKind
from generator.writing.replies import (
    KnownReplies,
    NewReply,
    Place,
    Plan,
    known_replies,
    plan_replies,
    write_replies,
)
from tests.config.literals import SMALL, good

AUTHORITY = "example.org,2026"
NAMES = PostNames({}, {}, {}, {"hello": "2026-11-16-hello"}, {})
WHEN = datetime(2026, 11, 18, 9, 15, tzinfo=UTC)


@pytest.fixture(scope="module")
def read_document() -> DocumentReader:
    return document_reader(ReadingSettings.of(good(SMALL)))


def found(own: str = "one", **more: object) -> FoundReply:
    reply = FoundReply(
        via="email", text=f"Words of {own}.", source_id=own, position=f"{own}.eml", to_post="hello"
    )
    return reply._replace(received=WHEN)._replace(**more)  # type: ignore[arg-type]


NOTHING = KnownReplies()


def plan(*replies: FoundReply, known: KnownReplies = NOTHING, approve: bool = False) -> Plan:
    return plan_replies(replies, known, NAMES, authority=AUTHORITY, approve=approve)


def key(own: str) -> str:
    return source_key(AUTHORITY, own)


def tos(made: Plan) -> list[str]:
    return [(re.findall("^to: (.*)$", new.text, re.MULTILINE) or [""])[0] for new in made.new]


def test_a_reply_is_a_file_with_only_what_is_known() -> None:
    (new,) = plan(found(name="Aoife: Brennan", role="Desk")).new

    assert new.path == f"content/replies/2026-11-16-hello/2026-11-18T0915-{key('one')[:8]}.md"
    assert new.text == (
        "---\n"
        "to: 2026-11-16-hello\n"
        'name: "Aoife: Brennan"\n'
        "role: Desk\n"
        "received: 2026-11-18T09:15:00+00:00\n"
        "via: email\n"
        f"source_key: {key('one')}\n"
        "kind: reply\n"
        "state: new\n"
        "consent: private\n"
        "---\n"
        "\n"
        "Words of one.\n"
    )


def test_every_field_is_read_as_it_was_written(read_document: DocumentReader) -> None:
    reply = found(
        name="- {no} # 'yes'",
        role="*a*: &b",
        url="https://example.org/#a",
        published=WHEN,
        source="https://example.org/b?c=d",
        kind=ReplyKind.MENTION,
        consent=Consent.INITIALS,
    )
    (new,) = plan(reply).new
    document, problems = read_document(new.path, new.text.encode())

    assert problems == ()
    assert isinstance(document, Reply)
    assert (document.name, document.role, document.url) == (reply.name, reply.role, reply.url)
    assert (document.origin, document.written) == (reply.source, WHEN)
    assert (document.kind, document.consent) == (ReplyKind.MENTION, Consent.INITIALS)
    assert document.source_key == key("one")
    assert document.to is not None
    assert document.to.text == "2026-11-16-hello"


@pytest.mark.parametrize("digits", ["0123456789012345", "1234567890123e10", "00000000000000e1"])
def test_a_key_that_looks_like_a_number_stays_text(
    digits: str, read_document: DocumentReader, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("generator.writing.replies.source_key", lambda *_: digits)
    (new,) = plan(found()).new
    document, problems = read_document(new.path, new.text.encode())

    assert problems == ()
    assert isinstance(document, Reply)
    assert document.source_key == digits


def test_a_reply_without_post_and_date_waits_unassigned() -> None:
    (new,) = plan(found(to_post="", received=None)).new

    assert new.path == f"content/replies/unassigned/undated-{key('one')[:8]}.md"
    assert tos(plan(found(to_post=""))) == [""]


def test_threads_are_kept_in_any_order() -> None:
    made = plan(
        found("c", parent_key=key("b"), to_post=""),
        found("b", parent_key=key("a"), to_post=""),
        found("a"),
        found("d", parent_key=key("lost")),
    )
    ids = [Path(new.path).stem for new in made.new]

    assert tos(made) == [ids[1], ids[2], "2026-11-16-hello", "2026-11-16-hello"]
    assert {Path(new.path).parent.name for new in made.new} == {"2026-11-16-hello"}


def test_a_circle_of_replies_is_cut() -> None:
    made = plan(found("a", parent_key=key("b")), found("b", parent_key=key("a")))
    own = plan(found("a", parent_key=key("a")))

    assert sorted(tos(made))[0] == "2026-11-16-hello"
    assert tos(own) == ["2026-11-16-hello"]


def test_a_mail_that_answers_another_mail_is_below_it() -> None:
    made = plan(found("mail <1@m>"), found("mail <2@m>", references=("<0@m>", "<1@m>"), to_post=""))

    assert tos(made)[1] == Path(made.new[0].path).stem


def test_what_is_known_is_left_alone_and_new_replies_to_it_find_it() -> None:
    known = KnownReplies({key("a"): Place("2026-11-01T0000-aaaaaaaa", "moved")}, frozenset())
    made = plan(found("a"), found("b", parent_key=key("a"), to_post=""), known=known)

    assert [reply.source_id for reply in made.known] == ["a"]
    assert made.new[0].path.startswith("content/replies/moved/")
    assert tos(made) == ["2026-11-01T0000-aaaaaaaa"]


def test_the_same_reply_twice_is_one_but_a_forged_id_hides_nothing() -> None:
    made = plan(found("a"), found("a"), found("a", text="Something else."))

    assert [new.found.text for new in made.new] == ["Words of a.", "Something else."]
    assert len(made.known) == 1
    assert len({new.path for new in made.new}) == 2


def test_a_file_of_that_name_is_never_overwritten() -> None:
    taken = f"2026-11-18T0915-{key('one')[:8]}"
    (new,) = plan(found(), known=KnownReplies({}, frozenset({taken}))).new

    assert Path(new.path).stem == f"2026-11-18T0915-{key('one')}"


def test_only_what_was_approved_elsewhere_is_approved_and_only_if_asked() -> None:
    replies = (found("a", approved=True), found("b"))

    def states(made: Plan) -> list[str]:
        return re.findall("^state: (.*)$", "".join(new.text for new in made.new), re.MULTILINE)

    assert states(plan(*replies)) == ["new", "new"]
    assert states(plan(*replies, approve=True)) == ["approved", "new"]


def test_known_replies_are_found_wherever_they_lie_and_whatever_is_wrong_with_them(
    tmp_path: Path,
) -> None:
    folder = tmp_path / "content/replies/hello"
    folder.mkdir(parents=True)
    (folder / "a.md").write_text('---\nstate: nonsense\nsource_key: "1111111111111111"\n---\n')
    (folder / "b.md").write_text("---\nto: x\n---\nsource_key: 2222222222222222\n")
    (folder / "c.md").write_bytes(b"\xff\x00---")
    known = known_replies(tmp_path)

    assert known.by_key == {"1111111111111111": Place("a", "hello")}
    assert known.ids == {"a", "b", "c"}
    assert known_replies(tmp_path / "nowhere") == KnownReplies({}, frozenset())


def test_what_could_not_be_read_again_is_refused(
    tmp_path: Path, read_document: DocumentReader
) -> None:
    replies = (found("a", url="javascript:alert(1)"), found("b"))
    results = [*write_replies(plan(*replies).new, tmp_path, read_document)]

    assert isinstance(results[0], Refused)
    assert "is not the address of a page" in results[0].reason
    assert isinstance(results[1], NewReply)
    assert [path.name for path in tmp_path.rglob("*.md")] == [Path(results[1].path).name]
