"""Why an artifact was made, or was not."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from generator.keys import TEMPLATE

_LISTS = frozenset({"cards", "entries", "newest", "posts", "terms", "traits", "years"})

_WORDS = {
    "recipe": "it is made in another way",
    "letter": "front matter of {source} changed",
    "body": "body of {source} changed",
    "html": "text of {source} changed",
    "older": "new neighbour",
    "newer": "new neighbour",
    "related": "other related posts",
    "site": "the frame around every page changed",
    "words": "the words of the interface changed",
    "head": "its title, summary or address changed",
    "digest": "{source} changed",
}


def why_made(
    source: str, before: Mapping[str, str] | None, parts: Mapping[str, str], *, is_first: bool
) -> str:
    """What has changed since an artifact was made; `before` are the parts of its key then."""
    if before is None:
        return "nothing is known of an earlier build" if is_first else "it is new"
    changed = sorted(part for part in {*before, *parts} if before.get(part) != parts.get(part))
    if not changed:
        return "its file in the output was deleted or changed"
    return ", ".join(dict.fromkeys(_words(changed, source)))


def why_kept(path: str, parts: Mapping[str, str] | None) -> str:
    """Why an artifact was not made; `parts` is None for a path that is not of this site."""
    if parts is None:
        return f"{path} is not of this site."
    templates = [part.removeprefix(TEMPLATE) for part in parts if part.startswith(TEMPLATE)]
    fields = [part for part in parts if not part.startswith(TEMPLATE)]
    behind = f", nor its templates ({', '.join(templates)})" if templates else ""
    return f"{path} was kept: nothing it shows has changed ({', '.join(fields)}){behind}."


def _words(changed: list[str], source: str) -> Iterator[str]:
    for part in changed:
        if part.startswith(TEMPLATE):
            yield f"template {part.removeprefix(TEMPLATE)} changed"
        elif part in _LISTS:
            yield "its list of posts changed"
        else:
            yield _WORDS.get(part, f"{part} changed").format(source=source or "a post")
