"""Webmentions that webmention.io has received, as its API gives them (JF2)."""

from __future__ import annotations

from typing import Any, NamedTuple
from urllib.parse import urlsplit

from generator.importers.clean import clean_text
from generator.importers.copies import Ours
from generator.importers.dates import read_date
from generator.importers.finishing import Result, finished
from generator.importers.found import FoundReply, Intake, ReaderSettings, Refused, SetAside
from generator.importers.html_text import Text, UnreadableHtmlError, markdown_of
from generator.importers.json_values import (
    UnreadableJsonError,
    list_at,
    number_at,
    read_json,
    text_at,
    value_at,
)
from generator.importers.plain_text import paragraphs
from generator.model import Consent, ReplyKind

_KINDS = {
    "in-reply-to": ReplyKind.REPLY,
    "rsvp": ReplyKind.REPLY,
    "like-of": ReplyKind.LIKE,
    "repost-of": ReplyKind.MENTION,
    "bookmark-of": ReplyKind.MENTION,
    "mention-of": ReplyKind.MENTION,
}


class MentionPage(NamedTuple):
    """One page of an answer."""

    intake: Intake
    entries: int
    oldest: int  # the lowest id on it, 0 without any
    newest: int  # the highest


def read_mentions(data: bytes, settings: ReaderSettings, ours: Ours) -> MentionPage:
    """The webmentions on a page; raises UnreadableJsonError."""
    page = read_json(data)
    if text_at(page, "type") != "feed" or value_at(page, "children") is None:
        raise UnreadableJsonError("it is no list of webmentions")
    entries = list_at(page, "children")
    ids = [number_at(entry, "wm-id") for entry in entries]
    results = [_result(entry, settings, ours) for entry in entries]
    return MentionPage(Intake.of(results), len(entries), min(ids, default=0), max(ids, default=0))


def _result(entry: Any, settings: ReaderSettings, ours: Ours) -> Result:
    own, source = number_at(entry, "wm-id"), text_at(entry, "wm-source")
    position = f"webmention.io: {own}"
    kind = _KINDS.get(text_at(entry, "wm-property"))
    if not own or not source or kind is None:
        return Refused(position, "it is no webmention")
    url = text_at(entry, "url") or source
    author, target = text_at(entry, "author", "url"), text_at(entry, "wm-target")
    if reason := ours.why(source, author) or ours.why(url):
        return SetAside(position, reason)
    if (network := _fetched_there(source, kind)) and ours.has_copy_at(network, target):
        return SetAside(position, f"it is fetched from {network.title()} itself")
    try:
        text = Text("", 0) if kind.is_reaction else _text(entry)
    except UnreadableHtmlError as error:
        return Refused(position, str(error))
    return finished(
        FoundReply(
            via="webmention",
            text=text.markdown,
            source_id=f"webmention {own}",
            position=position,
            permalink=target,
            name=text_at(entry, "author", "name"),
            url=author,
            received=read_date(text_at(entry, "wm-received"), settings.zone),
            published=read_date(text_at(entry, "published"), settings.zone),
            source=url,
            kind=kind,
            consent=Consent.PRIVATE if value_at(entry, "wm-private") else Consent.PUBLIC,
            removed=text.removed,
        )
    )


def _fetched_there(source: str, kind: ReplyKind) -> str:
    """The network whose reply Bridgy passes on, if replies are fetched from there, too."""
    try:
        parts = urlsplit(source)
    except ValueError:
        return ""
    if parts.hostname != "brid.gy" or kind is not ReplyKind.REPLY:
        return ""
    return next((name for name in ("mastodon", "bluesky") if f"/{name}/" in parts.path), "")


def _text(entry: Any) -> Text:
    """The words of a reply, which may be HTML, text or both."""
    content = value_at(entry, "content")
    if html := text_at(content, "html"):
        return markdown_of(html)
    plain = content if isinstance(content, str) else text_at(content, "text")
    plain = plain or text_at(entry, "summary", "value") or text_at(entry, "name")
    return Text(*paragraphs(clean_text(plain)))
