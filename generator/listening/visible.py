"""Which replies everybody may see, and under which name."""

from __future__ import annotations

import re

from generator.model import Answer, Consent, Reply, ReplyKind, ReplyState, ShownReply

_WORD = re.compile(r"[^\W\d_]")


def may_be_shown(reply: Reply) -> bool:
    """Whether a moderator has approved a reply, and its writer agreed to its words being shown."""
    return reply.state is ReplyState.APPROVED and reply.consent is not Consent.PRIVATE


def shown_name(reply: Reply) -> str:
    """The name to show, as its writer agreed; '' for one who is not named."""
    if reply.consent is Consent.PUBLIC:
        return reply.name
    return initials(reply.name) if reply.consent is Consent.INITIALS else ""


def initials(name: str) -> str:
    """The first letter of each part of a name: 'Aoife Brennan' is 'A. B.'."""
    letters = (_WORD.search(part) for part in name.split())
    return " ".join(f"{letter[0].upper()}." for letter in letters if letter)


def shown_reply(reply: Reply, *, post: str, answer: Answer | None) -> ShownReply:
    """A reply as everybody may see it, below the post of that source.

    A link would name somebody who is not to be named, so it is shown only with the whole name; a
    role is shown with a name or initials.
    """
    is_public = reply.consent is Consent.PUBLIC
    return ShownReply(
        id=reply.id,
        name=shown_name(reply),
        role="" if reply.consent is Consent.ANONYMOUS else reply.role,
        url=reply.url if is_public else "",
        written=reply.written,
        via=reply.via,
        origin=reply.origin if is_public else "",
        kind=reply.kind,
        html=reply.body.html,
        answer=answer,
        closed=reply.closed,
        post=post,
        anchor=f"reply-{reply.id}",
    )


def no_longer_shown(post: str) -> ShownReply:
    """What holds the place of a reply that is not shown, while replies to it are."""
    return ShownReply("", "", "", "", None, "", "", ReplyKind.REPLY, "", None, "", post, "")
