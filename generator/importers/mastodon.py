"""Replies on Mastodon to the copy of a post: what its API gives as the context of a status."""

from __future__ import annotations

import re
from typing import Any

from generator.importers.clean import clean_text
from generator.importers.copies import Copy, Ours
from generator.importers.dates import read_date
from generator.importers.finishing import Result, finished, surviving
from generator.importers.found import FoundReply, Intake, ReaderSettings, Refused, SetAside
from generator.importers.html_text import Text, UnreadableHtmlError, markdown_of
from generator.importers.json_values import (
    UnreadableJsonError,
    list_at,
    read_json,
    text_at,
    value_at,
)
from generator.importers.plain_text import paragraphs
from generator.model import Consent

MOST_TO_STRANGERS = 60  # replies that a server shows without an account

_ADDRESSED = re.compile(r"^(?:\[@[^\]\n]*\]\([^)\n]*\)[ \t]*)+(?=\S)")
_EMOJI = re.compile(r":[a-zA-Z0-9_]{2,}:")


def read_context(data: bytes, copy: Copy, settings: ReaderSettings, ours: Ours) -> Intake:
    """The replies to a copy; raises UnreadableJsonError."""
    answer = read_json(data)
    if value_at(answer, "descendants") is None:
        raise UnreadableJsonError("it has no replies in it")
    statuses = list_at(answer, "descendants")
    results = {
        text_at(status, "id") or f"no id {number}": _result(status, number, copy, settings, ours)
        for number, status in enumerate(statuses, start=1)
    }
    parents = {
        text_at(status, "id"): text_at(status, "in_reply_to_id")
        for status in statuses
        if text_at(status, "id")
    }
    kept = {own for own, result in results.items() if isinstance(result, FoundReply)}
    placed: list[Result] = []
    for own, result in results.items():
        parent = results.get(surviving(parents.get(own, ""), parents, kept - {own}))
        if isinstance(result, FoundReply) and isinstance(parent, FoundReply):
            result = result._replace(parent_key=settings.key_of(parent.source_id))
        placed.append(result)
    is_cut = len(statuses) >= MOST_TO_STRANGERS
    note = f"{copy.url}: the server shows strangers {MOST_TO_STRANGERS} replies at most"
    return Intake.of(placed, *([note] if is_cut else []))


def _result(status: Any, number: int, copy: Copy, settings: ReaderSettings, ours: Ours) -> Result:
    position = f"{copy.url}: reply {number}"
    account, url = value_at(status, "account"), text_at(status, "url") or text_at(status, "uri")
    profile = text_at(account, "url")
    if not text_at(status, "id") or not url or not profile:
        return Refused(position, "it is no status of Mastodon")
    visibility = text_at(status, "visibility")
    if visibility not in ("public", "unlisted"):
        return SetAside(position, "it is not public there")
    own = ours._replace(profiles=ours.profiles | Ours.of("", (), [copy.profile], {}).profiles)
    if reason := own.why(url, profile):
        return SetAside(position, reason)
    if value_at(account, "bot") is True:
        return SetAside(position, "an automated account wrote it")
    try:
        text = _text(status)
    except UnreadableHtmlError as error:
        return Refused(position, str(error))
    is_shy = visibility == "unlisted" or value_at(account, "noindex") is True
    return finished(
        FoundReply(
            via="mastodon",
            text=text.markdown,
            source_id=f"page {url}",
            position=position,
            to_post=copy.post,
            name=_name(account),
            url=profile,
            published=read_date(text_at(status, "created_at"), settings.zone),
            source=url,
            consent=Consent.PRIVATE if is_shy else Consent.PUBLIC,
            removed=text.removed,
            attachments=tuple(
                text_at(each, "type")[:20] for each in list_at(status, "media_attachments")
            ),
        )
    )


def _text(status: Any) -> Text:
    """The words, after the warning that their writer put before them."""
    words = markdown_of(text_at(status, "content"))
    text = _ADDRESSED.sub("", words.markdown)
    warning, removed = paragraphs(clean_text(text_at(status, "spoiler_text")))
    return Text("\n\n".join(filter(None, (warning, text))), words.removed + removed)


def _name(account: Any) -> str:
    """The name that somebody chose, without pictures; else that of the account."""
    shown = " ".join(_EMOJI.sub(" ", text_at(account, "display_name")).split())
    return shown or text_at(account, "username")
