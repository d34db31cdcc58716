"""Messages for services that send mail, as drafts: a person looks at them there, and sends them."""

from __future__ import annotations

import json
import re
from base64 import b64encode
from collections.abc import Callable, Mapping
from typing import NamedTuple
from urllib.parse import quote

from generator.config.settings import ListmonkSettings
from generator.mail.delivery import Delivery
from generator.mail.message import MailParts
from generator.mail.smtp import Answer, Unusable

GRAPH = "https://graph.microsoft.com/v1.0"
BUTTONDOWN = "https://api.buttondown.com/v1/emails"

_BROUGHT_ALONG = re.compile(r'<img\b[^>]*\ssrc="cid:[^"]*"[^>]*>')
_COMMANDS = re.compile(r"\{(?=[{%#])")  # of the services' templates


class Request(NamedTuple):
    """What is to be posted, and where."""

    url: str
    headers: Mapping[str, str]
    body: bytes


class Reply(NamedTuple):
    """What a service answered."""

    status: int  # 0 if there was no answer
    body: bytes = b""
    failure: str = ""  # why there was none, in plain English
    has_left: bool = True  # whether the service may have got the request


Post = Callable[[Request], Reply]


def listmonk_draft(
    parts: MailParts, listmonk: ListmonkSettings, sender: str, token: str
) -> Request:
    """A campaign, which listmonk keeps as a draft; `token` is `user:token`."""
    draft = {
        "name": parts.subject,
        "subject": _shown_by_go(parts.subject),
        "lists": list(listmonk.lists),
        "type": "regular",
        "content_type": "html",
        "body": _plain_braces(_without_images(parts.html)),
        "altbody": _shown_by_go(parts.text),
        "messenger": "email",
    } | ({"from_email": sender} if sender else {})
    url = f"{listmonk.url.rstrip('/')}/api/campaigns"
    return _json_request(url, f"token {token}", draft)


def buttondown_draft(parts: MailParts, key: str) -> Request:
    """An email as a draft; without that status, Buttondown would send it."""
    html = _plain_braces(_without_images(parts.html))
    draft = {
        "subject": parts.subject,
        "body": f"<!-- buttondown-editor-mode: fancy -->{html}",
        "status": "draft",
    }
    return _json_request(BUTTONDOWN, f"Token {key}", draft)


def graph_draft(mime: bytes, mailbox: str, token: str) -> Request:
    """A draft in a mailbox of Microsoft 365."""
    return _graph_request("messages", mime, mailbox, token)


class GraphMailer:
    """Sends messages from a mailbox of Microsoft 365."""

    def __init__(self, post: Post, mailbox: str, token: str) -> None:
        """`post` makes a request."""
        self._post = post
        self._mailbox = mailbox
        self._token = token

    def connect(self) -> None:
        """Nothing: each request has its own connection."""

    def close(self) -> None:
        """Nothing, likewise."""

    def deliver(self, to: str, data: bytes, before_the_end: Callable[[], None]) -> Answer:
        """Send a message to the address in its header; raises Unusable."""
        before_the_end()
        reply = self._post(_graph_request("sendMail", data, self._mailbox, self._token))
        said = said_by(reply)
        if reply.status // 100 == 2:
            return Answer(Delivery.ACCEPTED)
        if reply.status in (401, 403, 404):
            raise Unusable(f"Microsoft 365 refuses: {said}", GRAPH_HINT)
        if reply.status == 429:
            return Answer(Delivery.UNSENT, said)
        if reply.status // 100 == 4:
            return Answer(Delivery.REFUSED, said)
        if not reply.has_left:
            return Answer(Delivery.UNSENT, said, is_closed=True)
        return Answer(Delivery.UNKNOWN, said)


GRAPH_HINT = (
    "The token in WEEKLY_GRAPH_TOKEN needs the right Mail.Send, or Mail.ReadWrite for a draft."
)


def said_by(reply: Reply) -> str:
    """What a service answered, on one line."""
    if not reply.status:
        return reply.failure
    words = re.sub(r"\S+@\S+", "…", " ".join(_reason_in(reply.body).split()))
    plain = "".join(c if c.isprintable() else " " for c in words)
    return f"{reply.status} {plain[:200]}".rstrip(" .")


def _reason_in(body: bytes) -> str:
    """The sentence in an answer: services have it in one of these keys."""
    try:
        found = json.loads(body)
    except ValueError:
        return ""
    while isinstance(found, dict):
        found = next(
            (found[key] for key in ("error", "message", "detail", "code") if key in found), ""
        )
    return found if isinstance(found, str) else ""


def _graph_request(what: str, mime: bytes, mailbox: str, token: str) -> Request:
    owner = f"users/{quote(mailbox)}" if mailbox else "me"
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "text/plain"}
    return Request(f"{GRAPH}/{owner}/{what}", headers, b64encode(mime))


def _json_request(url: str, authorization: str, value: object) -> Request:
    headers = {"Authorization": authorization, "Content-Type": "application/json"}
    return Request(url, headers, json.dumps(value, ensure_ascii=False).encode())


def _without_images(html: str) -> str:
    """HTML without the images that only a message itself can bring along: icons."""
    return _BROUGHT_ALONG.sub("", html)


def _plain_braces(html: str) -> str:
    """HTML in which no template language finds a command: a brace as a character reference.

    Styles, which know no such references, get a space instead.
    """
    pieces = re.split(r"(?is)(<style\b.*?</style>)", html)
    return "".join(
        _COMMANDS.sub("{ ", piece) if index % 2 else _COMMANDS.sub("&#123;", piece)
        for index, piece in enumerate(pieces)
    )


def _shown_by_go(text: str) -> str:
    """Text in which a Go template shows two braces as they are."""
    return text.replace("{{", '{{ "{{" }}')
