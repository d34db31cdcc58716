"""New posts: a draft to be written, and what a post of any kind begins with."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import count
from typing import NamedTuple

from generator.config.settings import SiteConfig
from generator.content.front_matter import CONTROL
from generator.content.unfinished import ASK, BEGIN, EARLIER
from generator.i18n.sentences import sentences_in
from generator.i18n.words import is_unspaced, words_of
from generator.insights.prompts import Prompt
from generator.insights.weeks import iso_week_of
from generator.model import Content, Term
from generator.problems import Location, Problem, did_you_mean, shortened
from generator.site import permalinks
from generator.site.taxonomies import fold
from generator.views import Conventions
from generator.writing.front_matter_editor import scalar

LONGEST_TITLE = 60  # characters; a note's title is made of its first words

_FRONT_MATTER = """\
---
title: {title}
date: {date}
id: {id}
tags: [{tag}]
{more}---
"""

UNFINISHED = 'summary: ""\ndraft: true\n'  # the last lines of the front matter of a draft

_FIRST_LINES = f"""\
{BEGIN}

**{ASK}**
"""


@dataclass(frozen=True, slots=True)
class NewPost:
    """A post that does not exist yet: its file, and when it will appear."""

    path: str
    text: str
    appears: datetime


class QuotedReply(NamedTuple):
    """A reply that a new post answers."""

    id: str
    words: str  # plain text, '' if they may not be quoted
    name: str  # as its writer agreed to be named


@dataclass(frozen=True, slots=True)
class NewPostContext:
    """What must be known of a blog to create a post."""

    content: Content
    config: SiteConfig
    conventions: Conventions  # of dates, in the site's language
    is_claimed: Callable[[str], bool]  # whether a page of the site has that permalink
    has_path: Callable[[str], bool]  # whether a file or folder of the blog has that path
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
        did_you_mean(fold(asked), by_word, otherwise=f"Write one of {known}." if known else ""),
    )


def trait_mentioned_in(text: str, traits: Sequence[Term]) -> Term | None:
    """The first trait with a tag that occurs in a text, or else the first of all."""
    folded = fold(text)
    words = f" {' '.join(words_of(folded))} "
    for trait in traits:
        for word in map(fold, trait.words):
            # in a script without spaces, a word may be anywhere
            if f" {word} " in words or (is_unspaced(word) and word in folded):
                return trait
    return traits[0] if traits else None


def new_post(
    title: str,
    *,
    prompt: Prompt | None,
    with_whole_prompt: bool,
    appears: datetime,
    context: NewPostContext,
    answers: Sequence[QuotedReply] = (),
) -> NewPost | Problem:
    """A draft that begins with a question of its trait and ends with a question to staff.

    With `with_whole_prompt`, it begins with everything in the prompt; with replies that it answers,
    it begins with their words.
    """
    line = " ".join(title.split())
    if problem := _title_problem(line):
        return problem
    begin = _beginning(prompt, with_whole_prompt=with_whole_prompt)
    more = UNFINISHED
    if answers:
        quotes = (_quote(reply) for reply in answers)
        begin = (begin if with_whole_prompt else "") + "".join(quotes)
        more = f"answers: [{', '.join(scalar(reply.id) for reply in answers)}]\n{more}"
    trait = prompt.trait if prompt else None
    return _post(line, trait, appears, context, more, begin + _FIRST_LINES)


def _title_problem(title: str) -> Problem | None:
    if problem := unshowable(title, "title"):
        return problem
    if not permalinks.slug_of(title):
        message = f"the title '{shortened(title)}' has no letters or digits for a file name"
        return Problem("bad-title", Location("content/posts"), message, "Add a word.")
    return None


def unshowable(text: str, what: str) -> Problem | None:
    """What is wrong with a text that has a character no page can show; None if it has none."""
    found = CONTROL.search(text)
    if found is None:
        return None
    message = f"the {what} has a character that can't be shown (U+{ord(found[0]):04X})"
    return Problem("bad-title", Location("content/posts"), message, "Delete it.")


def _beginning(prompt: Prompt | None, *, with_whole_prompt: bool) -> str:
    """What a post begins with, for the writer to replace: one question, or a whole prompt."""
    if prompt is None:
        return ""
    if not with_whole_prompt:
        return "".join(f"> {question}\n\n" for question in prompt.questions[:1])
    asked = "\n>\n".join(f"> {question}" for question in prompt.questions)
    links = [link_to(entry.post.title, entry.post.source) for entry in prompt.builds_on]
    earlier = f"{EARLIER}{' and '.join(links)}." if links else ""
    return "".join(f"{part}\n\n" for part in (asked, earlier) if part)


def _quote(reply: QuotedReply) -> str:
    """The words of a reply as a quotation; nothing if they may not be quoted."""
    if not reply.words:
        return ""
    lines = [f"> {plain(line)}" for line in reply.words.splitlines() if line.strip()]
    by = [f"> — {plain(reply.name)}"] if reply.name else []
    return "\n>\n".join([*lines, *by]) + "\n\n"


def link_to(title: str, source: str) -> str:
    """A Markdown link from a post to a file of the blog."""
    return f"[{plain(title)}](<{posixpath.relpath(source, 'content/posts')}>)"


def plain(text: str) -> str:
    """A text with escapes, so that Markdown shows it as it is."""
    return re.sub(r"([\\`*_\[\]<>&])", r"\\\1", text)


def first_words(text: str, language: str) -> str:
    """The first sentence of a text, or as many of its words as a title can hold."""
    line = " ".join(text.split())
    sentence = next(iter(sentences_in(line, language)), "")
    if len(sentence) <= LONGEST_TITLE:
        return re.sub(r"(?<![.．])[.。．।]\Z", "", sentence)
    return permalinks.cut_text(line, LONGEST_TITLE, " ").rstrip(" ,;:–-、，") + "…"


def _post(
    title: str,
    trait: Term | None,
    appears: datetime,
    context: NewPostContext,
    more: str,
    body: str,
) -> NewPost:
    slug = free_slug(title, appears, context)
    top = front_matter(title, appears, identity=free_id(appears, context), trait=trait, more=more)
    return NewPost(f"content/posts/{appears.date()}-{slug}.md", f"{top}\n{body}", appears)


def front_matter(
    title: str, appears: datetime, *, identity: str, trait: Term | None, more: str
) -> str:
    """The front matter of a new post; `more` holds its last lines."""
    return _FRONT_MATTER.format(
        title=scalar(title),
        date=f"{appears:%Y-%m-%d %H:%M}",
        id=identity,
        tag=scalar(tag_of(trait)) if trait else "",
        more=more,
    )


def tag_of(trait: Term) -> str:
    """The tag that files a post under a trait."""
    return trait.tags[0].text if trait.tags else trait.slug


def free_slug(title: str, appears: datetime, context: NewPostContext) -> str:
    """A slug made of the title, at which there is neither a page nor a file."""

    def is_free(slug: str) -> bool:
        permalink = permalinks.for_post(context.config.permalink, published=appears, slug=slug)
        path = f"content/posts/{appears.date()}-{slug}"
        is_taken = any(map(context.has_path, (path, f"{path}.md")))
        return not (is_taken or context.is_claimed(permalink))

    slug = permalinks.slug_of_title(title)
    is_typed = any(map(str.isalnum, slug))  # emoji are no name for a file
    return next(filter(is_free, _numbered(slug if is_typed else "note")))


def free_id(appears: datetime, context: NewPostContext) -> str:
    """An id made of the week, such as w2026-48, which outlives titles, slugs and addresses."""
    week = iso_week_of(appears)
    used = {post.id for post in context.content.posts}
    free = (name for name in _numbered(f"w{week.year}-{week.number:02}") if name not in used)
    return next(name for name in free if not context.is_mentioned(name))


def _numbered(name: str) -> Iterator[str]:
    """The name, then the name with a number after it."""
    yield name
    yield from (f"{name}-{number}" for number in count(2))
