"""What the writer has to look at, with ages counted by hand."""

from __future__ import annotations

from datetime import date

import pytest

from generator.listening.waiting import asked_about, open_questions, waiting
from generator.model import Consent, ReplyState
from tests.listening.literals import answer, question, reply


def test_what_is_new_waits_oldest_first() -> None:
    replies = [
        reply("late", when="2026-11-20 09:00", state=ReplyState.NEW),
        reply("approved"),
        reply("undated", when="", state=ReplyState.NEW),
        reply("early", when="2026-11-02 09:00", state=ReplyState.NEW),
        reply("spam", state=ReplyState.SPAM),
    ]

    assert [found.id for found in waiting(replies)] == ["early", "late", "undated"]


def test_the_writer_sees_private_questions_too_oldest_first() -> None:
    replies = [
        question("late", "2026-11-20 09:00"),
        question("private", "2026-10-12 09:00", consent=Consent.PRIVATE),
        question("undated", when=""),
        question("new", state=ReplyState.NEW),
        question("hidden", state=ReplyState.HIDDEN),
        question("closed", closed="Said by phone."),
        question("answered", answered=answer("2026-11-19")),
        question("by-post"),
        reply("reply"),
    ]

    found = open_questions(replies, answered=["by-post"], posts={"late": "hello"})

    assert [(q.reply.id, q.post, q.age(date(2026, 11, 25))) for q in found] == [
        ("private", "", 44),
        ("late", "hello", 5),
        ("undated", "", None),
    ]


@pytest.mark.parametrize(
    ("day", "age"),
    [("2026-11-18", 0), ("2026-11-19", 1), ("2026-12-31", 43), ("2027-11-18", 365)],
)
def test_the_age_of_a_question_is_in_whole_days(day: str, age: int) -> None:
    [found] = open_questions([question("q", "2026-11-18 23:59")], answered=[], posts={})

    assert found.age(date.fromisoformat(day)) == age


def test_questions_of_one_post_are_asked_together() -> None:
    replies = [
        question("a", "2026-10-12 09:00", name="Aoife"),
        question("b", "2026-11-01 09:00", name="AOIFE"),
        question("c", "2026-10-20 09:00", name=""),
        question("d", "2026-10-21 09:00", name=""),
        question("e", "2026-09-01 09:00"),
        question("f", when="", name=""),
    ]
    posts = {"a": "desk", "b": "desk", "c": "desk", "d": "desk", "e": "other", "f": ""}

    found = asked_about(open_questions(replies, answered=[], posts=posts))

    assert [(about.post, about.people, about.since) for about in found] == [
        ("desk", 3, date(2026, 10, 12)),
        ("other", 1, date(2026, 9, 1)),
        ("", 1, None),
    ]
