"""A person who wants to be forgotten: their words and their name go, and threads stay whole.

The file of a reply stays, empty and closed. So replies to it keep their place, and its key still
tells a second import that it is known, so that nothing brings the words back.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from generator.config.settings import SITE_FILE
from generator.content.text_edits import Edit, applied
from generator.model import Reply
from generator.problems import Location, Problem, did_you_mean, has_errors, shortened
from generator.site import permalinks
from generator.writing.changes import Changes
from generator.writing.editable_blog import EditableBlog
from generator.writing.front_matter_editor import scalar

CLOSED = "Removed at the request of the person who wrote it."

_BEGINS_SENTENCE = re.compile(r"(?:^|[.!?]\s+|\n\s*|[>*-]\s+)\Z")
_SENTENCE = re.compile(r"[^.!?\n]+")
_QUOTED_FROM = 5  # words of a sentence; fewer may be anybody's


class Forgotten(NamedTuple):
    """What is changed to forget somebody, and what only a person can change."""

    replies: tuple[Reply, ...]
    changes: Changes
    left: tuple[tuple[Location, str], ...]  # where a trace may be left, and which


def forgotten(asked: str, blog: EditableBlog, *, instead: str) -> Forgotten | tuple[Problem, ...]:
    """What removes a person, who is named as in their replies or by the id of one.

    Where other texts have the whole name, `instead` takes its place.
    """
    replies = _replies_of(asked, blog.content.replies)
    if not replies:
        return (_unknown(asked, blog.content.replies),)
    names = tuple(dict.fromkeys(reply.name for reply in replies if reply.name))
    authors = {_folded(author.name) for author in blog.config.authors}
    if any(_folded(name) in authors for name in names):
        message = f"'{shortened(asked)}' is an author of this blog"
        hint = "Change [[authors]] in site.toml first."
        return (Problem("unknown-reply", Location(SITE_FILE), message, hint),)
    whole_names = [name for name in names if len(name.split()) > 1]  # one word may be anything
    texts = {reply.source: _emptied(reply) for reply in replies}
    left: list[tuple[Location, str]] = []
    for document in blog.content.documents:
        if document.source and document.source not in texts:
            text = blog.text(document.source)
            new = applied(text, _without(whole_names, text, instead))
            if new != text and _is_readable(document.source, new, blog):
                texts[document.source] = new
            left += _traces(document.source, new, names, replies)
    left += _traces(SITE_FILE, blog.text(SITE_FILE), names, replies)
    return Forgotten(replies, Changes(blog.changes(texts)), tuple(left))


def _replies_of(asked: str, replies: Sequence[Reply]) -> tuple[Reply, ...]:
    named = tuple(r for r in replies if r.name and _folded(r.name) == _folded(asked))
    return named or tuple(reply for reply in replies if reply.id == asked)


def _folded(name: str) -> str:
    return " ".join(name.casefold().split())


def _unknown(asked: str, replies: Sequence[Reply]) -> Problem:
    names = {reply.name for reply in replies if reply.name}
    hint = did_you_mean(asked, names, otherwise="Write the name as in the reply, or its id.")
    message = f"no reply is by '{shortened(asked)}'"
    return Problem("unknown-reply", Location("content/replies"), message, hint)


def _emptied(reply: Reply) -> str:
    """The file of a reply without anything of its writer."""
    values = {
        "to": reply.to.text if reply.to else "",
        "received": reply.received.isoformat() if reply.received else "",
        "via": reply.via,
        "source_key": reply.source_key,
        "kind": str(reply.kind),
        "state": "hidden",
        "consent": "private",
        "closed": CLOSED,
    }
    lines = [f"{key}: {_written(key, value)}" for key, value in values.items() if value]
    return "\n".join(["---", *lines, "---", ""])


def _written(key: str, value: str) -> str:
    return value if key == "received" else scalar(value)


def _pattern(name: str) -> re.Pattern[str]:
    words = r"\s+".join(map(re.escape, name.split()))
    return re.compile(rf"(?<![\w-]){words}(?![\w-])", re.IGNORECASE)


def _without(names: Sequence[str], text: str, instead: str) -> Iterator[Edit]:
    """The edits that put something else in the place of names."""
    taken: list[tuple[int, int]] = []
    for name in sorted(names, key=len, reverse=True):
        for found in _pattern(name).finditer(text):
            start, end = found.span()
            if any(start < other_end and begin < end for begin, other_end in taken):
                continue
            taken.append((start, end))
            begins = _BEGINS_SENTENCE.search(text[max(0, start - 40) : start])
            yield Edit(start, end, instead[:1].upper() + instead[1:] if begins else instead)


def _is_readable(path: str, text: str, blog: EditableBlog) -> bool:
    document, problems = blog.read_document(path, text.encode())
    return document is not None and not has_errors(problems)


def _traces(
    path: str, text: str, names: Sequence[str], replies: Sequence[Reply]
) -> Iterator[tuple[Location, str]]:
    """What a text still has of somebody: the name, an address of theirs, or their words."""
    for name in names:
        if found := _pattern(name).search(text):
            yield _place(path, text, found.start()), "has the name"
        elif found := _part_of(name, text):
            yield _place(path, text, found.start()), "has the first or the last name"
        slug = permalinks.slug_of(name)
        if "-" in slug and (slug in path or slug in text):
            at = Location(path) if slug in path else _place(path, text, text.index(slug))
            yield at, "has the name in an address or a file's name"
    for reply in replies:
        for url in filter(None, (reply.url, reply.origin)):
            if url in text:
                yield _place(path, text, text.index(url)), "links to them"
        if quote := _quote_of(reply, text):
            yield _place(path, text, quote), "quotes the words"


def _part_of(name: str, text: str) -> re.Match[str] | None:
    """Where a text has the first or the last word of a name, written as there."""
    words = name.split()
    parts = {word for word in (words[0], words[-1]) if len(words) > 1 and len(word) > 2}
    either = "|".join(map(re.escape, sorted(parts)))
    return re.search(rf"(?<![\w-])(?:{either})(?![\w-])", text) if parts else None


def _quote_of(reply: Reply, text: str) -> int:
    """Where a text has a whole sentence of a reply; 0 for nowhere."""
    if not reply.body.html:
        return 0
    words = re.sub(r"<[^>]*>", " ", reply.body.html)
    for sentence in _SENTENCE.findall(words):
        parts = sentence.split()
        if len(parts) >= _QUOTED_FROM:
            found = re.search(r"[\s>]+".join(map(re.escape, parts)), text)
            if found:
                return found.start()
    return 0


def _place(path: str, text: str, at: int) -> Location:
    return Location(path, text.count("\n", 0, at) + 1)
