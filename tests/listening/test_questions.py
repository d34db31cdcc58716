"""Ages and figures, all counted by hand."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pytest

from generator.listening.ledger import figures_of, newest_record
from generator.listening.questions import questions_of, shown_in
from generator.listening.threads import threads_of
from generator.model import (
    ActionState,
    Answer,
    Consent,
    Question,
    Reply,
    ReplyState,
    ReplyThread,
    ShownAction,
)
from tests.listening.literals import BODY, answer, question, reply

POST = "content/posts/hello.md"


def threads(*replies: Reply) -> tuple[ReplyThread, ...]:
    return threads_of(replies, post=POST, answer_of=lambda reply: reply.answered)


def questions(*replies: Reply) -> Sequence[Question]:
    return questions_of(threads(*replies))


@pytest.mark.parametrize(
    ("asked", "answered", "days"),
    [
        ("2026-11-18 09:15", "2026-11-18", 0),
        ("2026-11-18 23:59", "2026-11-19", 1),
        ("2026-10-12 08:00", "2026-11-25", 44),  # 19 days of October and 25 of November
        ("2026-10-24 22:30", "2026-10-26", 2),  # the clocks go back in between
        ("2028-02-28 12:00", "2028-03-01", 2),  # a leap year
        ("2026-11-20 09:00", "2026-11-19", 0),
    ],
)
def test_days_to_an_answer(asked: str, answered: str, days: int) -> None:
    [found] = questions(question("q", asked, answered=answer(answered)))

    assert (found.days, found.is_open) == (days, False)


def test_a_question_is_open_until_it_is_answered_or_closed() -> None:
    waiting = question("open")
    closed = question("closed", closed="Said by phone.")
    undated = question("undated", answered=Answer("helen", None, "", "Yes.", "<p>Yes.</p>"))

    found = {q.reply.id: (q.is_open, q.days) for q in questions(waiting, closed, undated)}

    assert found == {"open": (True, None), "closed": (False, None), "undated": (False, None)}


def test_only_questions_that_are_shown_are_on_pages() -> None:
    private = question("private", consent=Consent.PRIVATE)
    new = question("new", state=ReplyState.NEW)
    below = question("below", to="hello-reply")

    assert [q.reply.id for q in questions(private, new, reply("hello-reply"), below)] == ["below"]


def test_figures_are_as_of_the_newest_record() -> None:
    shown = threads(
        question("a", "2026-10-01 09:00", answered=answer("2026-10-04")),  # 3 days
        question("b", "2026-10-01 09:00", answered=answer("2026-10-11")),  # 10 days
        question("c", "2026-10-20 09:00"),
        question("d", "2026-10-22 09:00", closed="Said by phone."),
        reply("e", when="2026-11-02 09:00"),
    )
    action = ShownAction(
        "desk", "Desk", ActionState.DONE, "", "", date(2026, 10, 1), date(2026, 11, 9),
        (), (), (), "content/actions/desk.md", BODY,
    )  # fmt: skip

    assert newest_record(shown_in(shown), ()) == date(2026, 11, 2)
    as_of = newest_record(shown_in(shown), (action,))
    assert as_of == date(2026, 11, 9)
    figures = figures_of(questions_of(shown), as_of)

    assert figures is not None
    assert figures.median_days == 6.5
    assert (figures.questions, figures.answered, figures.share_answered) == (4, 2, 0.5)
    assert figures.oldest_open == 20  # 11 days of October and 9 of November


@pytest.mark.parametrize(("days", "median"), [([2], 2.0), ([9, 1, 4], 4.0), ([1, 2, 4, 9], 3.0)])
def test_the_median_of_days(days: list[int], median: float) -> None:
    asked = [
        question(f"q{number}", "2026-11-01 09:00", answered=answer(f"2026-11-{1 + number:02}"))
        for number in days
    ]
    figures = figures_of(questions(*asked), date(2026, 11, 25))

    assert figures is not None
    assert (figures.median_days, figures.oldest_open) == (median, None)


def test_a_blog_without_questions_has_no_figures() -> None:
    assert figures_of((), date(2026, 11, 25)) is None
    assert newest_record((), ()) is None
