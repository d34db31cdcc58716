"""Replies on Bluesky to the copy of a post: the thread that its public API shows everybody.

Who asks not to be shown to people without an account is left out, name and words, since a page of
ours is seen by just those.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from generator.importers.clean import clean_text
from generator.importers.copies import Copy, Ours
from generator.importers.dates import read_date
from generator.importers.finishing import Result, finished
from generator.importers.found import FoundReply, Intake, ReaderSettings, Refused, SetAside
from generator.importers.json_values import (
    UnreadableJsonError,
    list_at,
    number_at,
    read_json,
    text_at,
    value_at,
)
from generator.importers.plain_text import paragraphs
from generator.model import Consent

NOT_FOR_STRANGERS = "!no-unauthenticated"
_HIDDEN = frozenset({"!hide", "!takedown", "spam"})
_MOST = 5_000  # replies in one thread


class _Node(NamedTuple):
    value: Any
    parent_key: str  # of the nearest reply above that is kept


def read_thread(data: bytes, copy: Copy, settings: ReaderSettings, ours: Ours) -> Intake:
    """The replies to a copy, however deep; raises UnreadableJsonError."""
    root = value_at(read_json(data), "thread")
    if not text_at(root, "post", "uri"):
        raise UnreadableJsonError("it has no post in it")
    leader = text_at(root, "post", "author", "did")
    hidden = frozenset(
        uri
        for uri in list_at(root, "threadgate", "record", "hiddenReplies")
        if isinstance(uri, str)
    )
    return Intake.of(_results(root, leader, hidden, copy, settings, ours))


def _results(
    root: Any,
    leader: str,
    hidden: frozenset[str],
    copy: Copy,
    settings: ReaderSettings,
    ours: Ours,
) -> Iterator[Result]:
    waiting = [_Node(reply, "") for reply in reversed(list_at(root, "replies"))]
    number = 0
    while waiting and number < _MOST:
        node = waiting.pop()
        number += 1
        position = f"{copy.url}: reply {number}"
        result = _result(node.value, position, leader, hidden, copy, settings, ours)
        key = node.parent_key
        if isinstance(result, FoundReply):
            result = result._replace(parent_key=key)
            key = settings.key_of(result.source_id)
        yield result
        waiting += [_Node(reply, key) for reply in reversed(list_at(node.value, "replies"))]


def _result(
    node: Any,
    position: str,
    leader: str,
    hidden: frozenset[str],
    copy: Copy,
    settings: ReaderSettings,
    ours: Ours,
) -> Result:
    if value_at(node, "notFound") is True:
        return SetAside(position, "it was deleted there")
    if value_at(node, "blocked") is True:
        return SetAside(position, "its writer and the author of the copy have blocked each other")
    post = value_at(node, "post")
    uri, author = text_at(post, "uri"), value_at(post, "author")
    did = text_at(author, "did")
    if not uri.startswith("at://") or not did:
        return Refused(position, "it is no post of Bluesky")
    if NOT_FOR_STRANGERS in _labels(author):
        return SetAside(position, "its writer asks not to be shown to strangers")
    if did == leader:
        return SetAside(position, "an author of this blog wrote it")
    if uri in hidden or _HIDDEN & (_labels(post) | _labels(author)):
        return SetAside(position, "it is hidden there")
    profile = f"https://bsky.app/profile/{_handle(author)}"
    url = f"{profile}/post/{uri.rpartition('/')[2]}"
    if reason := ours.why(url, profile):
        return SetAside(position, reason)
    record = value_at(post, "record")
    text, removed = paragraphs(clean_text(_with_whole_links(record)))
    return finished(
        FoundReply(
            via="bluesky",
            text=text,
            source_id=uri,
            position=position,
            to_post=copy.post,
            name=text_at(author, "displayName") or _handle(author),
            url=profile,
            published=read_date(
                text_at(record, "createdAt") or text_at(post, "indexedAt"), settings.zone
            ),
            source=url,
            consent=Consent.PUBLIC,
            removed=removed,
            attachments=_attachments(post),
        )
    )


def _labels(value: Any) -> frozenset[str]:
    """The labels on a post or an account that are in force."""
    return frozenset(
        text_at(label, "val")
        for label in list_at(value, "labels")
        if value_at(label, "neg") is not True
    )


def _handle(author: Any) -> str:
    """The name of an account, which is its domain; its id if that domain is gone."""
    handle = text_at(author, "handle")
    return handle if handle and handle != "handle.invalid" else text_at(author, "did")


def _with_whole_links(record: Any) -> str:
    """The words, with the addresses of links, which are shown without their ends."""
    data = text_at(record, "text").encode()
    links = []
    for facet in list_at(record, "facets"):
        first, end = (number_at(facet, "index", f"byte{name}") for name in ("Start", "End"))
        target = next(filter(None, (text_at(f, "uri") for f in list_at(facet, "features"))), "")
        if target and 0 <= first < end <= len(data):
            links.append((first, end, target))
    for first, end, target in sorted(links, reverse=True):
        shown = data[first:end].decode(errors="replace")
        if shown.endswith(("...", "…")) or target.endswith(shown):
            data = data[:first] + target.encode() + data[end:]
    return data.decode(errors="replace")


def _attachments(post: Any) -> tuple[str, ...]:
    kind = text_at(post, "embed", "$type")
    return ("image",) if "images" in kind else ("video",) if "video" in kind else ()
