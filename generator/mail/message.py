"""A message: its parts and headers as bytes (RFC 5322, RFC 2045)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP
from hashlib import blake2b
from typing import NamedTuple

from generator.mail.headers import (
    LONGEST_LINE,
    addresses_field,
    date_field,
    id_field,
    links_field,
    list_id_field,
    text_field,
    token_field,
)

# parts are made with short lines; written with long ones, no header of theirs is broken apart
_WRITTEN = SMTP.clone(max_line_length=LONGEST_LINE)


class MailImage(NamedTuple):
    """An image that a message brings along."""

    cid: str  # how the HTML names it: `cid:` and this
    name: str  # of the file
    media_type: str  # 'image/png'
    data: bytes
    alt: str


class MailParts(NamedTuple):
    """What a message says, to whomever it goes."""

    subject: str
    html: str
    text: str
    images: tuple[MailImage, ...] = ()


class Envelope(NamedTuple):
    """Who sends a message, and how one answers it or gets no more; '' leaves a header out.

    `message` raises `headers.HeaderError` for a value that its header can't have; the `check_`
    functions of `headers` say so before.
    """

    sender: str = ""  # 'Ada Byron <ada@example.org>'
    reply_to: str = ""
    list_id: str = ""  # 'The open line <open-line.example.org>'
    unsubscribe_mailto: str = ""  # 'mailto:leave@example.org'
    unsubscribe_url: str = ""  # of this recipient, for one click (RFC 8058)
    message_id: str = ""  # in angle brackets
    date: datetime | None = None
    in_reply_to: str = ""  # in angle brackets


def message(parts: MailParts, envelope: Envelope, *, to: str = "", is_draft: bool = False) -> bytes:
    """The message to one recipient, or a draft, which mail programs open for somebody to send.

    A draft says neither when it was sent nor by which machine, since a person is to send it.
    The same arguments give the same bytes.
    """
    headers = _headers(parts.subject, envelope, to, is_draft)
    return b"".join([*headers, _body(parts).as_bytes(policy=_WRITTEN)])


def _headers(subject: str, envelope: Envelope, to: str, is_draft: bool) -> Iterator[bytes]:
    if envelope.sender:
        yield addresses_field("From", [envelope.sender])
    if to:
        yield addresses_field("To", [to])
    if envelope.reply_to:
        yield addresses_field("Reply-To", [envelope.reply_to])
    yield text_field("Subject", subject)
    if is_draft:
        yield token_field("X-Unsent", "1")  # classic Outlook opens it as a draft
    else:
        yield from _headers_of_sent(envelope)


def _headers_of_sent(envelope: Envelope) -> Iterator[bytes]:
    if envelope.date:
        yield date_field("Date", envelope.date)
    if envelope.message_id:
        yield id_field("Message-ID", envelope.message_id)
    if envelope.in_reply_to:
        yield id_field("In-Reply-To", envelope.in_reply_to)
        yield id_field("References", envelope.in_reply_to)
    if envelope.list_id:
        yield list_id_field(envelope.list_id)
    if links := [url for url in (envelope.unsubscribe_url, envelope.unsubscribe_mailto) if url]:
        yield links_field("List-Unsubscribe", links)
    if envelope.unsubscribe_url:
        yield token_field("List-Unsubscribe-Post", "List-Unsubscribe=One-Click")
    yield token_field("Auto-Submitted", "auto-generated")
    yield token_field("Precedence", "list" if envelope.list_id else "bulk")


def _body(parts: MailParts) -> EmailMessage:
    """The text, and the HTML with its images, as alternatives."""
    body = EmailMessage(SMTP)
    body.set_content(parts.text, cte="quoted-printable")
    body.add_alternative(parts.html, subtype="html", cte="quoted-printable")
    html = list(body.iter_parts())[-1]
    for image in parts.images:
        maintype, _, subtype = image.media_type.partition("/")
        html.add_related(
            image.data,
            maintype,
            subtype,
            cte="base64",
            cid=f"<{image.cid}>",
            disposition="inline",
            filename=image.name,
        )
    if parts.images:
        html.set_param("type", "text/html")  # what the others are related to (RFC 2387)
    _set_boundaries(body, parts)
    return body


def _set_boundaries(body: EmailMessage, parts: MailParts) -> None:
    """Give multiparts a boundary that follows from what they hold, instead of a random one."""
    digest = blake2b(repr(parts).encode("utf-8", "replace"), digest_size=16).hexdigest()
    with_images = [part for part in body.iter_parts() if part.is_multipart()]
    for number, part in enumerate([body, *with_images]):
        part.set_boundary(f"=_{digest}_{number}")  # `=_` is never in quoted-printable or base64
