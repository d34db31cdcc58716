"""Why an artifact was made, or was not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from generator.cache.keys import AROUND, TEMPLATE

_LISTS = frozenset(
    {
        "cards",
        "earlier",
        "entries",
        "lately",
        "newest",
        "posts",
        "terms",
        "traits",
        "weeks",
        "years",
    }
)

_WORDS = {
    "recipe": "the way it is made changed",
    "post": "front matter of {source} changed",
    "body": "body of {source} changed",
    "html": "text of {source} changed",
    "older": "new neighbour",
    "newer": "new neighbour",
    "related": "other related posts",
    "part": "its series changed",
    "messages": "the messages of the interface changed",
    "head": "its title, summary, address or length changed",
    "answer": "the line that asks for an answer changed",
    "post_count": "its number of posts changed",
    "word_count": "its number of words changed",
    "digest": "{source} changed",
}

AROUND_PAGES = {  # the fields of `SiteView`, causes before what follows from them
    "title": "the site's title",
    "tagline": "the site's tagline",
    "home": "base_url",
    "language": "the language",
    "direction": "the direction of writing",
    "messages": "the messages of the interface",
    "menu": "the menu",
    "footer": "the links at its foot",
    "stylesheets": "static files of the theme",
    "files": "static files of the theme",
    "manifest": "base_url",
    "feeds": "the site's feeds",
    "author": "the author",
    "icons": "the icons of traits",
    "notice": "the notice of a preview",
    "coming": "the calendar",
}


def why_all(*, is_outdated: bool) -> str:
    """Why all artifacts are made, if no list of earlier ones can be used."""
    if is_outdated:
        return "weekly or one of its libraries changed since the last build"
    return "there is no record of an earlier build"


def changed_around(before: Mapping[str, str], parts: Mapping[str, str]) -> str:
    """What changed around every page, by the parts of the home page."""
    changed = _changed(before, parts) if before else ()
    changes = (words for name, words in AROUND_PAGES.items() if AROUND + name in changed)
    return ", ".join(dict.fromkeys(changes))


def why_made(
    source: str, before: Mapping[str, str] | None, parts: Mapping[str, str], around: str
) -> str:
    """What has changed since an artifact was made; `before` are the parts of its key then.

    `around` is what changed around every page.
    """
    if before is None:
        return "it is new"
    changed = _changed(before, parts)
    if not changed:
        return "its file in the output was deleted or changed"
    return ", ".join(dict.fromkeys(_words(changed, source, around)))


def _changed(before: Mapping[str, str], parts: Mapping[str, str]) -> list[str]:
    return sorted(part for part in {*before, *parts} if before.get(part) != parts.get(part))


def why_kept(path: str, parts: Mapping[str, str] | None, withheld: str = "") -> str:
    """Why an artifact was not made; `parts` is None for a path that is not in this site.

    `withheld` is why a source has no page.
    """
    if parts is None:
        return f"{path} is not in this site{f': {withheld}' if withheld else ''}."
    templates = [part.removeprefix(TEMPLATE) for part in parts if part.startswith(TEMPLATE)]
    fields = [part for part in parts if not part.startswith((AROUND, TEMPLATE))]
    behind = f", nor its templates ({', '.join(templates)})" if templates else ""
    return f"{path} was kept: nothing it shows has changed ({', '.join(fields)}){behind}."


def _words(changed: Iterable[str], source: str, around: str) -> Iterator[str]:
    for part in changed:
        if part == "site":
            behind = f" ({around})" if around else ""
            yield f"what surrounds every page changed{behind}"
        elif part.startswith(AROUND):
            continue  # reported for the site
        elif part.startswith(TEMPLATE):
            yield f"template {part.removeprefix(TEMPLATE)} changed"
        elif part in _LISTS:
            yield "its list of posts changed"
        else:
            yield _WORDS.get(part, f"{part} changed").format(source=source or "a post")
