"""A whole message as plain text."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial

from generator.i18n.translate import translate
from generator.mail.plain_text import columns_of, plain_text, wrapped
from generator.views import AnswerView, MailPost, MailReply, MailView, Messages

RULE = "-" * 24

Translate = Callable[..., str]


def text_part(view: MailView, bodies: Mapping[str, str]) -> str:
    """A message as plain text; `bodies` has those of its posts as HTML for mail, by address."""
    say = partial(translate, view.messages)
    blocks = [
        *wrapped(view.title),
        "",
        *(line for post in view.posts for line in _post(post, bodies.get(post.url, ""), say)),
        *_asked(view, say),
        *_answer(view.answer, view.messages),
        RULE,
        "",
        f"{say('mail_in_browser')}:",
        f"<{view.url}>",
        "",
        *wrapped(view.why),
    ]
    if view.leave:
        blocks += wrapped(f"{say('mail_leave')}: <{view.leave.removeprefix('mailto:')}>")
    return "\n".join(blocks) + "\n"


def _post(post: MailPost, body: str, say: Translate) -> Iterator[str]:
    title = wrapped(post.title)
    yield from title
    yield "=" * max(map(columns_of, title))
    yield " · ".join(filter(None, [post.date.long, post.trait and post.trait.title, *post.authors]))
    yield ""
    if post.lead or not body:
        yield from wrapped(" ".join((post.lead or post.summary).split()))
        yield ""
    if post.image and post.image.alt:
        yield from wrapped(f"[{say('mail_image', alt=post.image.alt)}]")
        yield ""
    if body:
        yield plain_text(body, lambda alt: say("mail_image", alt=alt))
    else:
        yield f"<{post.url}>"
    yield ""


def _asked(view: MailView, say: Translate) -> Iterator[str]:
    if not view.asked:
        return
    yield from _headed(say("mail_asked"))
    for reply in view.asked:
        yield from _reply(reply, say)


def _reply(reply: MailReply, say: Translate) -> Iterator[str]:
    name = reply.name or say("reply_by_colleague")
    yield from wrapped(f"{', '.join(filter(None, [name, reply.role]))}: {reply.post.title}")
    yield from (f"> {line}" for line in wrapped(reply.words))
    if reply.answered_by:
        yield from wrapped(f"{say('reply_answered', author=reply.answered_by)} {reply.answer}")
    if reply.answered_in:
        post = f"{reply.answered_in.title} <{reply.answered_in.url}>"
        yield from wrapped(say("reply_answered_in", post=post))
    yield f"<{reply.url}>"
    yield ""


def _answer(answer: AnswerView, messages: Messages) -> Iterator[str]:
    if not answer.text:
        return
    yield from _headed(translate(messages, "answer_back"))
    yield from wrapped(answer.text)
    for way in answer.ways:
        yield from wrapped(f"{way.title}: <{way.url}>")
    if answer.page:
        name = translate(messages, "answer_other_ways" if answer.ways else "answer_how")
        yield from wrapped(f"{name}: <{answer.page}>")
    yield ""


def _headed(title: str) -> Iterator[str]:
    yield title
    yield "-" * columns_of(title)
