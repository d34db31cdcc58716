"""A few figures of how a blog answers, as of its newest record and not of today."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from generator.listening.questions import days_between
from generator.model import ListeningFigures, Question, ShownAction, ShownReply


def newest_record(replies: Iterable[ShownReply], actions: Iterable[ShownAction]) -> date | None:
    """The day of the newest reply, answer or action; None if none has a date."""
    days = [action.at for action in actions]
    for reply in replies:
        if reply.written:
            days.append(reply.written.date())
        if reply.answer and reply.answer.at:
            days.append(reply.answer.at)
    return max(days, default=None)


def figures_of(questions: Sequence[Question], as_of: date) -> ListeningFigures | None:
    """How the questions were answered, as of that day; None without a question.

    A question that was closed without an answer counts as a question, and not as answered.
    """
    if not questions:
        return None
    waiting = [q.asked for q in questions if q.is_open and q.asked]
    return ListeningFigures(
        questions=len(questions),
        answered=sum(bool(question.reply.answer) for question in questions),
        median_days=_median(sorted(q.days for q in questions if q.days is not None)),
        oldest_open=days_between(min(waiting), as_of) if waiting else None,
        as_of=as_of,
    )


def _median(days: Sequence[int]) -> float | None:
    if not days:
        return None
    middle = len(days) // 2
    return float(days[middle] if len(days) % 2 else (days[middle - 1] + days[middle]) / 2)
