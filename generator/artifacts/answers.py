"""The line that asks a reader to answer."""

from __future__ import annotations

from urllib.parse import quote

from generator.artifacts.page_context import PageContext
from generator.i18n.translate import translate
from generator.views import AnswerView


def answer(title: str, context: PageContext) -> AnswerView:
    """The line that asks the reader to answer a post of that title."""
    settings = context.config.answer
    subject = translate(context.messages, "reply_subject", title=title)
    return AnswerView(
        text=settings.text or translate(context.messages, "answer_line"),
        page=context.answer_page,
        mailto=_mailto(settings.email, subject) if settings.email else "",
    )


def _mailto(address: str, subject: str) -> str:
    """A link that opens a mail on that subject (RFC 6068)."""
    return f"mailto:{quote(address, safe='@')}?subject={quote(subject, safe='')}"
