"""New posts from a skeleton: a letter to be written, or a note that is already."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import count

from generator.config.settings import SiteConfig
from generator.content.front_matter import CONTROL
from generator.i18n.dates import date_view
from generator.insights.prompts import Prompt
from generator.insights.weeks import iso_week_of
from generator.model import Content, Term
from generator.problems import Location, Problem, did_you_mean, shortened
from generator.site import permalinks
from generator.site.taxonomies import fold
from generator.views import Conventions
from generator.writing.front_matter_editor import scalar

LONGEST_SLUG = 50  # characters: four bytes each still leave room in a file's name for the date
LONGEST_TITLE = 60  # of a note, whose title is made of its first words

_LETTER = """\
---
title: {title}
date: {date}
id: {id}
tags: [{tag}]
summary: ""
draft: true
---

{question}Begin with what happened, to whom, and what you make of it.

**What would you like to ask everybody this week?**
"""

_NOTE = """\
---
title: {title}
date: {date}
id: {id}
tags: [{tag}]
{draft}---

{text}
"""


@dataclass(frozen=True, slots=True)
class NewPost:
    """A post that is not there yet: its file, and when it will appear."""

    path: str
    text: str
    appears: datetime


@dataclass(frozen=True, slots=True)
class Desk:
    """What one has to know of a blog to begin a post."""

    content: Content
    config: SiteConfig
    conventions: Conventions  # of dates, in the site's language
    is_claimed: Callable[[str], bool]  # whether a page of the site has that permalink
    holds: Callable[[str], bool]  # whether a file or folder of the blog has that path
    is_mentioned: Callable[[str], bool]  # whether a post that can't be read may have that id


def trait_named(asked: str, traits: Sequence[Term]) -> Term | Problem:
    """The trait with that slug, title or tag."""
    by_word = {fold(word): trait for trait in reversed(traits) for word in trait.words}
    if found := by_word.get(fold(asked)):
        return found
    known = ", ".join(trait.slug for trait in traits)
    return Problem(
        "unknown-trait",
        Location("content/traits"),
        f"there is no trait '{shortened(asked)}'",
        did_you_mean(fold(asked), by_word, otherwise=f"There are {known}." if known else ""),
    )


def trait_spoken_of(text: str, traits: Sequence[Term]) -> Term | None:
    """The first trait of which a text has a tag as a word, else the first of all."""
    spoken = " ".join(re.findall(r"[^\W_]+", fold(text)))
    for trait in traits:
        if any(f" {fold(word)} " in f" {spoken} " for word in trait.words):
            return trait
    return traits[0] if traits else None


def new_letter(
    title: str, *, prompt: Prompt | None, is_whole: bool, appears: datetime, desk: Desk
) -> NewPost | Problem:
    """A draft with a question of its trait to begin with, and a question to staff to end with.

    With `is_whole` it begins with all that the prompt holds.
    """
    line = " ".join(title.split())
    if problem := _title_problem(line):
        return problem
    question = _beginning(prompt, is_whole=is_whole)
    trait = prompt.trait if prompt else None
    return _post(_LETTER, line, trait, appears, desk, question=question)


def _title_problem(title: str) -> Problem | None:
    if problem := _unshowable(title, "title"):
        return problem
    if not permalinks.slug_of(title):
        message = f"the title '{shortened(title)}' has no letter to make a file name of"
        return Problem("bad-title", Location("content/posts"), message, "Give it a word.")
    return None


def _unshowable(text: str, what: str) -> Problem | None:
    found = CONTROL.search(text)
    if found is None:
        return None
    message = f"the {what} holds a character that can't be shown (U+{ord(found[0]):04X})"
    return Problem("bad-title", Location("content/posts"), message, "Leave it out.")


def _beginning(prompt: Prompt | None, *, is_whole: bool) -> str:
    """What a letter begins with: a question, or all of a prompt, to be written over."""
    if prompt is None:
        return ""
    if not is_whole:
        return "".join(f"> {question}\n\n" for question in prompt.questions[:1])
    asked = "\n>\n".join(f"> {question}" for question in prompt.questions)
    links = [link_to(entry.post.title, entry.post.source) for entry in prompt.builds_on]
    earlier = f"Earlier letters about it: {' and '.join(links)}." if links else ""
    return "".join(f"{part}\n\n" for part in (asked, earlier) if part)


def link_to(title: str, source: str) -> str:
    """A link to a file of the blog as Markdown has it, seen from a post."""
    return f"[{plain(title)}](<{posixpath.relpath(source, 'content/posts')}>)"


def plain(text: str) -> str:
    """A text in which Markdown sees nothing but words."""
    return re.sub(r"([\\`*_\[\]<>&])", r"\\\1", text)


def new_note(
    text: str,
    opening: str,
    *,
    trait: Term | None,
    appears: datetime,
    is_draft: bool,
    desk: Desk,
) -> NewPost | Problem:
    """A short post that is whole as it is; its title is made of its first words.

    `opening` is the first paragraph as plain text.
    """
    body = text.strip()
    if not body:
        return Problem("bad-title", Location("content/posts"), "the note is empty", "Write a word.")
    if problem := _unshowable(body, "note"):
        return problem
    title = first_words(opening) or date_view(appears, desk.conventions).long
    draft = "draft: true\n" if is_draft else ""
    return _post(_NOTE, title, trait, appears, desk, draft=draft, text=body)


def first_words(text: str) -> str:
    """The first sentence of a text, or as many of its words as a title can hold."""
    line = " ".join(text.split())
    sentence = re.split(r"(?<=[.!?…。؟])\s", line, maxsplit=1)[0]
    if len(sentence) <= LONGEST_TITLE:
        return sentence.removesuffix(".")
    return _cut(line, LONGEST_TITLE, " ").rstrip(" ,;:–-") + "…"


def _cut(text: str, longest: int, separator: str) -> str:
    """The beginning of a text, up to the last separator before it gets too long."""
    if len(text) <= longest:
        return text
    begin, found, _ = text[: longest + 1].rpartition(separator)
    return begin if found and len(begin) > longest // 2 else text[:longest]


def _post(
    skeleton: str, title: str, trait: Term | None, appears: datetime, desk: Desk, **parts: str
) -> NewPost | Problem:
    day = appears.date()
    slug = _free_slug(title, appears, desk)
    text = skeleton.format(
        title=scalar(title),
        date=f"{day} {appears:%H:%M}",
        id=_free_id(appears, desk),
        tag=scalar(tag_of(trait)) if trait else "",
        **parts,
    )
    return NewPost(f"content/posts/{day}-{slug}.md", text, appears)


def tag_of(trait: Term) -> str:
    """The word by which a post is filed under a trait."""
    return trait.tags[0].text if trait.tags else trait.slug


def _free_slug(title: str, appears: datetime, desk: Desk) -> str:
    def is_free(slug: str) -> bool:
        permalink = permalinks.for_post(desk.config.permalink, published=appears, slug=slug)
        path = f"content/posts/{appears.date()}-{slug}"
        return not (desk.is_claimed(permalink) or desk.holds(f"{path}.md") or desk.holds(path))

    words = re.sub(r"(?<=\w)['’](?=\w)", "", title)  # else "it's" would become it-s
    slug = _cut(permalinks.slug_of(words), LONGEST_SLUG, "-").strip("-")
    return next(filter(is_free, _numbered(slug or "note")))


def _free_id(appears: datetime, desk: Desk) -> str:
    """An id by the week, such as w2026-48: no title, slug or address makes it untrue."""
    week = iso_week_of(appears)
    used = {post.id for post in desk.content.posts}
    free = (name for name in _numbered(f"w{week.year}-{week.number:02}") if name not in used)
    return next(name for name in free if not desk.is_mentioned(name))


def _numbered(name: str) -> Iterator[str]:
    """The name, and then with a number behind it."""
    yield name
    yield from (f"{name}-{number}" for number in count(2))
