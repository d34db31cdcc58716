"""Replies as new files: each where it belongs, known ones left alone, the same bytes every time."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from generator import disk
from generator.content.reading import DocumentReader
from generator.importers.assignment import PostNames, post_of
from generator.importers.found import FoundReply, Refused, source_key
from generator.model import ReplyState
from generator.writing.changes import create
from generator.writing.front_matter_editor import scalar

FOLDER = "content/replies"
UNASSIGNED = "unassigned"

_HEAD_ENDS = re.compile(r"^(?:---|\.\.\.)[ \t]*$", re.MULTILINE)
_KEY = re.compile(r"^source_key:[ \t]*[\"']?([0-9a-f]{16})[\"']?[ \t]*$", re.MULTILINE)


class Place(NamedTuple):
    """Where a reply is: its id, and the name of the post in whose folder it lies."""

    id: str
    post: str


@dataclass(frozen=True, slots=True)
class KnownReplies:
    """The replies that a blog has, whatever state they are in."""

    by_key: Mapping[str, Place] = field(default_factory=dict)
    ids: frozenset[str] = frozenset()


class NewReply(NamedTuple):
    """A reply that becomes a file."""

    path: str
    text: str
    found: FoundReply


class Plan(NamedTuple):
    """What becomes of replies that were found."""

    new: tuple[NewReply, ...]
    known: tuple[FoundReply, ...]


def known_replies(blog: Path) -> KnownReplies:
    """The replies in a blog's folder, those with errors too; a file that can't be read is none."""
    by_key: dict[str, Place] = {}
    ids: set[str] = set()
    try:
        paths = [PurePosixPath(path) for path in disk.files_below(blog / FOLDER)]
    except OSError:
        paths = []
    for path in paths:
        ids.add(path.stem)
        try:
            text = disk.read_text(path, errors="replace")
        except OSError:
            continue
        ends = [found.start() for found in _HEAD_ENDS.finditer(text)][:2]
        if found := _KEY.search(text[: ends[-1]] if ends else ""):
            by_key[found[1]] = Place(path.stem, path.parent.name)
    return KnownReplies(by_key, frozenset(ids))


def plan_replies(
    found: Sequence[FoundReply],
    known: KnownReplies,
    names: PostNames,
    *,
    authority: str,
    approve: bool = False,
) -> Plan:
    """Which replies are new, and their files; `approve` approves those that others approved."""
    keyed: dict[str, FoundReply] = {}
    repeated: list[FoundReply] = []
    for reply in found:
        key = source_key(authority, reply.source_id)
        if key in keyed and keyed[key].text != reply.text:  # somebody else's id, by chance or not
            key = source_key(authority, f"{reply.source_id} {reply.text}")
        if key in known.by_key or key in keyed:
            repeated.append(reply)
        else:
            keyed[key] = reply
    places = _places(keyed, known, names, authority)
    new = [
        NewReply(
            f"{FOLDER}/{places[key].place.post or UNASSIGNED}/{places[key].place.id}.md",
            reply_text(reply, key, to=places[key].to, approve=approve),
            reply,
        )
        for key, reply in keyed.items()
    ]
    return Plan(tuple(new), tuple(repeated))


class _Assigned(NamedTuple):
    place: Place
    to: str


def _places(
    keyed: Mapping[str, FoundReply], known: KnownReplies, names: PostNames, authority: str
) -> dict[str, _Assigned]:
    """Where each new reply goes: below the reply that it answers, else to its post."""
    ids = _ids(keyed, known)
    above: dict[str, str] = {}
    for key, reply in keyed.items():
        answered = (source_key(authority, f"mail {one}") for one in reply.references)
        candidates = [one for one in (reply.parent_key, *answered) if one and one != key]
        above[key] = next((c for c in candidates if c in keyed or c in known.by_key), "")
    assigned: dict[str, _Assigned] = {}
    for key in keyed:
        path: dict[str, None] = {}
        at = key
        while at in keyed and at not in assigned and at not in path:
            path[at] = None
            at = above[at]
        if at in path:  # replies to each other in a circle: the circle is cut here
            above[at] = ""
        for one in reversed(path):
            parent = above[one]
            own = post_of(keyed[one], names)
            if parent in known.by_key:
                place = known.by_key[parent]
                post = "" if place.post == UNASSIGNED else place.post
                assigned[one] = _Assigned(Place(ids[one], post), place.id)
            elif parent in assigned:
                assigned[one] = _Assigned(Place(ids[one], assigned[parent].place.post), ids[parent])
            else:
                assigned[one] = _Assigned(Place(ids[one], own), own)
    return assigned


def _ids(keyed: Mapping[str, FoundReply], known: KnownReplies) -> dict[str, str]:
    taken = {*known.ids}
    ids: dict[str, str] = {}
    for key, reply in keyed.items():
        moment = reply.received or reply.published
        time = f"{moment.astimezone(UTC):%Y-%m-%dT%H%M}" if moment else "undated"
        own = f"{time}-{key[:8]}"
        ids[key] = own if own not in taken else f"{time}-{key}"
        taken.add(ids[key])
    return ids


def reply_text(reply: FoundReply, key: str, *, to: str, approve: bool = False) -> str:
    """The file of a reply: front matter with only what is known, and the words."""
    state = ReplyState.APPROVED if approve and reply.approved else ReplyState.NEW
    values = {
        "to": scalar(to) if to else "",
        "name": _scalar(reply.name),
        "role": _scalar(reply.role),
        "url": _scalar(reply.url),
        "received": _moment(reply.received),
        "published": _moment(reply.published),
        "via": reply.via,
        "source": _scalar(reply.source),
        "source_key": f'"{key}"' if key.isdecimal() else key,
        "kind": str(reply.kind),
        "state": str(state),
        "consent": str(reply.consent),
    }
    lines = [f"{name}: {value}" for name, value in values.items() if value]
    return "\n".join(["---", *lines, "---", "", reply.text, ""]).rstrip("\n") + "\n"


def _scalar(text: str) -> str:
    return scalar(text) if text else ""


def _moment(moment: datetime | None) -> str:
    return moment.astimezone(UTC).isoformat(timespec="seconds") if moment else ""


def write_replies(
    new: Iterable[NewReply], blog: Path, read_document: DocumentReader
) -> Iterator[NewReply | Refused]:
    """Writes each reply that can be read again without a problem; says why one was not written."""
    for reply in new:
        data = reply.text.encode()
        _, problems = read_document(reply.path, data)
        problem = next(iter(problems), None) or create(blog / reply.path, data, shown=reply.path)
        if problem:
            yield Refused(reply.found.position, f"{problem.message}. {problem.hint}".rstrip(" ."))
        else:
            yield reply
