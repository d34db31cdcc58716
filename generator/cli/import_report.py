"""The account of an import, for people and for programs."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator

from generator.writing.import_account import Account, Entry, ImageEntry, ReplyEntry

_LISTED = 20  # lines of a kind; the rest is counted


def as_json(account: Account) -> dict[str, object]:
    """How many there are of each kind, and the list behind each number below `lists`."""
    return {
        **account.counts,
        "written": account.is_written,
        "lists": {
            "posts": [_entry(one) for one in account.posts],
            "drafts": [_entry(one) for one in account.drafts],
            "pages": [_entry(one) for one in account.pages],
            "replies": [_reply(one) for one in account.replies],
            "images": [_image(one) for one in account.images],
            "set_aside": [one._asdict() for one in account.set_aside],
            "refused": [one._asdict() for one in account.refused],
        },
        "notes": account.notes,
    }


def _entry(entry: Entry) -> dict[str, object]:
    return {
        "position": entry.position,
        "title": entry.title,
        "id": entry.id,
        "path": entry.path,
        "status": entry.status,
        "losses": [{"reason": loss.reason, "advice": loss.advice} for loss in entry.losses],
        "suggested_tags": [
            {"tag": one.tag, "trait": one.trait, "reason": one.reason} for one in entry.suggested
        ],
    }


def _reply(entry: ReplyEntry) -> dict[str, object]:
    return {
        "position": entry.found.position,
        "path": entry.path,
        "status": entry.status,
        "kind": str(entry.found.kind),
        "approved_there": entry.found.approved,
    }


def _image(entry: ImageEntry) -> dict[str, object]:
    return {
        "position": entry.position,
        "address": entry.address,
        "path": entry.path,
        "status": entry.status,
    }


def lines_of(account: Account) -> Iterator[str]:
    """The account for people: first each loss with its places, last the sum."""
    yield from _losses(account)
    for name, found in (("set aside", account.set_aside), ("refused", account.refused)):
        for one in found[:_LISTED]:
            yield f"{one.position}: {name}: {one.reason}"
        if len(found) > _LISTED:
            yield f"… and {len(found) - _LISTED:,} more {name}; --format json lists all."
    missing = [one for one in account.images if not one.path]
    for image in missing[:_LISTED]:
        yield f"{image.position}: picture not in the export: {image.address[:200]}"
    if len(missing) > _LISTED:
        yield f"… and {len(missing) - _LISTED:,} more pictures that are not in the export."
    suggested = [one for one in account.documents if one.suggested]
    for entry in suggested[:_LISTED]:
        for tag in entry.suggested:
            yield f"{entry.position}: may be about '{tag.trait}' (tag {tag.tag}): {tag.reason}"
    if len(suggested) > _LISTED:
        yield f"… and suggestions for {len(suggested) - _LISTED:,} more posts."
    yield from account.notes
    yield _sum(account)


def _losses(account: Account) -> Iterator[str]:
    """Each loss once, with how many posts have it and where the first is."""
    places: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for entry in account.documents:
        for loss in entry.losses:
            places[loss.reason, loss.advice].append(entry.position)
    for (reason, advice), positions in list(places.items())[: 5 * _LISTED]:
        more = f" (and {len(positions) - 1:,} more)" if len(positions) > 1 else ""
        yield f"{positions[0]}{more}: {reason}. {advice}".rstrip()
    if len(places) > 5 * _LISTED:
        yield f"… and {len(places) - 5 * _LISTED:,} other losses; --format json lists all."


def _sum(account: Account) -> str:
    counts = account.counts
    items = counts.pop("items")
    parts = ", ".join(f"{number:,} {name.replace('_', ' ')}" for name, number in counts.items())
    states = Counter(entry.status for entry in account.documents)
    shown = ", ".join(f"{number:,} {state}" for state, number in sorted(states.items()))
    return f"{items:,} items: {parts}." + (f" Of the posts and pages: {shown}." if shown else "")
