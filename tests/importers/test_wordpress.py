from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from generator.importers.wordpress import read_wordpress
from generator.model import Consent, ReplyKind
from tests.importers.literals import SETTINGS, comment, only, reasons, wxr

SAMPLE = Path(__file__).parents[3] / "shared/samples/comments/wordpress.xml"


def read(text: str):  # type: ignore[no-untyped-def]
    return read_wordpress(text.encode(), "w.xml", SETTINGS)


def test_a_comment_is_a_reply_without_its_writers_addresses() -> None:
    found = only(read(wxr(comment(3, "Well <b>said</b>.\nBy all."))))

    assert found.text == "Well **said**.\\\nBy all."
    assert (found.name, found.url) == ("Aoife Brennan", "https://aoife.example/")
    assert found.published == datetime(2019, 3, 4, 10, tzinfo=UTC)
    assert (found.subject, found.permalink) == ("Hello", "https://old.example/2019/hello/")
    assert found.source == "https://old.example/2019/hello/#comment-3"
    assert (found.via, found.consent, found.approved) == ("wordpress", Consent.PUBLIC, True)
    assert "aoife@" not in str(found)
    assert "192.0.2.7" not in str(found)


def test_entities_in_names_and_titles_are_read() -> None:
    name = "Tom &amp; <b>O&#8217;Brien</b>"
    found = only(read(wxr(comment(1, "I&#8217;m &lt;3", name=name), title="A &amp;#8211; B")))

    assert (found.name, found.subject, found.text) == ("Tom & O’Brien", "A – B", "I’m \\<3")


def test_the_time_of_the_blog_counts_where_wordpress_gives_no_other() -> None:
    found = only(read(wxr(comment(3, gmt="0000-00-00 00:00:00"))))

    assert found.published == datetime(2019, 3, 4, 10, tzinfo=UTC)


def test_threads_stay_whole_where_a_comment_between_is_left_out() -> None:
    intake = read(
        wxr(
            comment(1),
            comment(2, parent=1, approved="spam"),
            comment(3, parent=2),
            comment(4, parent=9),
        )
    )
    first, below, other = intake.found

    assert below.parent_key == SETTINGS.key_of(first.source_id)
    assert other.parent_key == first.parent_key == ""


def test_comments_below_each_other_in_a_circle_have_no_parent_beyond_it() -> None:
    intake = read(
        wxr(comment(1, parent=1), comment(2, parent=3, approved="trash"), comment(3, parent=2))
    )

    assert [found.parent_key for found in intake.found] == ["", ""]


@pytest.mark.parametrize(
    ("approved", "kind", "reason"),
    [
        ("spam", "", "it is marked as spam there"),
        ("trash", "", "it is in the trash there"),
        ("1", "order_note", "it is no comment but 'order_note'"),
    ],
)
def test_what_is_no_comment_is_set_aside(approved: str, kind: str, reason: str) -> None:
    (found,) = reasons(read(wxr(comment(1, approved=approved, kind=kind))))

    assert found.endswith(reason)
    assert found.startswith("w.xml:6: ")


def test_a_comment_without_words_is_set_aside() -> None:
    assert reasons(read(wxr(comment(1, " <p> </p> ")))) == ["w.xml:6: it has no words"]


def test_a_pingback_is_a_mention() -> None:
    found = only(read(wxr(comment(1, "", kind="pingback", name="A page"))))

    assert (found.kind, found.source) == (ReplyKind.MENTION, "https://aoife.example/")


def test_one_that_nobody_approved_there_is_found() -> None:
    assert not only(read(wxr(comment(1, approved="0")))).approved


def test_a_file_that_ends_within_a_comment_loses_only_that_one_and_says_so() -> None:
    text = wxr(comment(1), comment(2), comment(3))
    intake = read(text[: text.index("comment_id>3") + 200])

    assert [found.source_id[-1] for found in intake.found] == ["1", "2"]
    assert reasons(intake) == ["w.xml:8: the file ends within it"]


def test_every_comment_of_a_broken_file_is_accounted_for() -> None:
    text = wxr(comment(1), comment(2), comment(3)).replace("<item>", "<item>" + "<x>" * 260)
    intake = read(text)

    assert len(intake.found) == 0
    assert (
        reasons(intake)
        == ["w.xml:5: the XML can't be read to its end: excessive depth in document: 256"] * 3
    )


def test_the_same_comment_of_two_exports_has_one_key() -> None:
    before = only(read(wxr(comment(1))))
    after = only(read(wxr(comment(1, "Corrected."), title="Hello again")))

    assert before.source_id == after.source_id


@pytest.mark.skipif(not SAMPLE.exists(), reason="the samples are not here")
def test_a_real_export_is_read() -> None:
    intake = read_wordpress(SAMPLE.read_bytes(), "w.xml", SETTINGS)

    assert (len(intake.found), reasons(intake)) == (8, [])
    assert len({SETTINGS.key_of(found.source_id) for found in intake.found}) == 8
    assert sum(bool(found.parent_key) for found in intake.found) == 3
    assert "When you have a comment with multiple lines:\\\nWordPress exports it like this." in {
        found.text for found in intake.found
    }
