"""Why an artifact was made, or was not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from generator.cache.keys import AROUND, TEMPLATE

# parts of a key, and fields of views, of which "its … changed" would say too little
WORDS = {
    "actions": "its list of actions changed",
    "answer": "the line that asks for an answer changed",
    "answered": "its list of answered questions changed",
    "archive": "the address of the archive changed",
    "author": "the author changed",
    "balance": "the address of the page about the balance changed",
    "body": "body of {source} changed",
    "cards": "its list of posts changed",
    "digest": "{source} changed",
    "earlier": "its list of posts changed",
    "entries": "its list of posts changed",
    "follow": "the address of the page about feeds changed",
    "head": "its title, summary, address or length changed",
    "home": "the address of the home page changed",
    "html": "text of {source} changed",
    "lately": "its list of posts changed",
    "link": "its name, address, icon or colour changed",
    "messages": "the messages of the interface changed",
    "newer": "new neighbour",
    "newest": "its list of posts changed",
    "older": "new neighbour",
    "open": "its list of open questions changed",
    "part": "its series changed",
    "post": "front matter of {source} changed",
    "post_count": "its number of posts changed",
    "posts": "its list of posts changed",
    "recipe": "the way it is made changed",
    "related": "other related posts",
    "reply_counts": "the numbers of replies changed",
    "search": "the address of the search page changed",
    "self_url": "its address changed",
    "site": "what surrounds every page changed",
    "terms": "its list of traits, reasons or topics changed",
    "traits": "its traits or their numbers of posts changed",
    "updated": "the date of its last change changed",
    "word_count": "its number of words changed",
    "year": "the words of its posts changed",
    "years": "its list of posts changed",
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
        if part.startswith(AROUND):
            continue  # reported for the site
        if part.startswith(TEMPLATE):
            yield f"template {part.removeprefix(TEMPLATE)} changed"
        elif part == "site" and around:
            yield f"{WORDS[part]} ({around})"
        else:
            yield WORDS.get(part, f"its {part.replace('_', ' ')} changed").format(
                source=source or "a post"
            )
