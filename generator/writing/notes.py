"""A short post made of a text: its first words, or what the text itself says of title and date."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import NamedTuple

from generator.content.front_matter import Value, is_null, read_front_matter, split
from generator.content.reading import DocumentReader
from generator.content.text_edits import applied
from generator.i18n.dates import date_view
from generator.model import Document, Post, Term
from generator.problems import Location, Problem, has_errors
from generator.writing.front_matter_editor import (
    EditableFrontMatter,
    editable_front_matter,
    with_item,
    with_text,
)
from generator.writing.new_posts import (
    NewPost,
    NewPostContext,
    first_words,
    free_id,
    free_slug,
    front_matter,
    tag_of,
    trait_mentioned_in,
    unshowable,
)

TEXT = "TEXT"  # what problems with a text that is in no file call it
FOLDER = "content/posts"

_FENCE = re.compile(r"[-–—]{2,}[ \t]*(?:yaml)?[ \t]*")
_BELOW_FENCE = re.compile(
    r"\s*(?:#.*\n\s*)*[\"']?[A-Za-z_][\w-]*[\"']?[ \t]*:|\s*\{|-{3}[ \t]*(?:\n|\Z)"
)
# front matter that weekly can't read; a note about a date or an update may begin with that word
_OTHER_FRONT_MATTER = re.compile(
    r"\+{3}[ \t]*\n|\{\s*\"|(?:title|draft|status|tags|week|slug|published):[ \t].*\n"
)
_HEADING = re.compile(
    r" {0,3}#(?:[ \t][^\n]*)?(?:\n|\Z)"
    r"|[^\s>#*+~`<=-][^\n]*\n {0,3}=+[ \t]*(?:\n|\Z)"
    r"|<h1\b[^>\n]*>(?P<html>[^\n]*)</h1>[ \t]*(?:\n|\Z)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class GivenText:
    """A text for a note, in its parts."""

    head: str  # front matter with its fences, '' without one
    values: Mapping[str, Value]  # of its keys, by our names
    heading: str  # the heading of the whole text, as Markdown; '' without one
    body: str


class Wanted(NamedTuple):
    """What somebody asks of a note besides its text."""

    trait: Term | None
    appears: datetime | None
    is_draft: bool


@dataclass(frozen=True, slots=True)
class Note:
    """A note that is not written yet, and what there is to say about it."""

    post: NewPost
    trait: Term | None  # None if the text itself has tags, or there is no trait
    is_draft: bool


def given_text(text: str, rename: Mapping[str, str]) -> GivenText | tuple[Problem, ...]:
    """The parts of a text, or what is wrong with its front matter."""
    text = text.removeprefix("\ufeff").replace("\r\n", "\n")
    if not _begins_with_front_matter(text.lstrip()):
        return GivenText("", {}, *_heading_and_body(text))
    file = split(text, TEXT)
    if isinstance(file, Problem):
        return (file,)
    values, problems = read_front_matter(file)
    if problems:
        return problems
    ours = {rename.get(key, key): value for key, value in values.items()}
    above = "\n" * (file.first_line - 2)  # for the lines of problems
    head = f"{above}---\n{file.front_matter}\n---\n"
    return GivenText(head, ours, *_heading_and_body(file.body))


def _begins_with_front_matter(text: str) -> bool:
    """Whether a text begins with front matter in any form, even one that can't be read."""
    first, _, rest = text.partition("\n")
    is_fenced = _FENCE.fullmatch(first) and _BELOW_FENCE.match(rest)
    return bool(is_fenced or _OTHER_FRONT_MATTER.match(text))


def _heading_and_body(text: str) -> tuple[str, str]:
    """The first-level heading with which a text begins, and the rest."""
    text = re.sub(r"\A(?:[ \t]*\n)+", "", text)
    found = _HEADING.match(text)
    if found is None:
        return "", text
    heading = found[0] if found["html"] is None else f"# {found['html']}\n"
    return heading, text[found.end() :]


def new_note(
    given: GivenText,
    wanted: Wanted,
    *,
    now: datetime,
    traits: Sequence[Term],
    context: NewPostContext,
    read: DocumentReader,
) -> Note | tuple[Problem, ...]:
    """A post that is complete as it is, or what is wrong with its text.

    Its title is that of the front matter or the heading, or else its first words.
    """
    body = given.body.strip()
    if not body:
        message = "the note is empty" if not given.heading else "the note is only a heading"
        return (Problem("bad-title", Location(FOLDER), message, "Write a word."),)
    problems = tuple(filter(None, [unshowable(body, "note"), *_contradictions(given, wanted)]))
    if problems:
        return problems
    shown, found = read(f"{FOLDER}/2000-01-01-note.md", _DRAFT.format(given.heading, body).encode())
    if shown is None or shown.body is None:
        return found
    appears = wanted.appears or now
    heading = _heading_of(shown) if given.heading else ""
    title = heading or first_words(shown.body.opening, context.config.language)
    title = title or date_view(appears, context.conventions).long
    trait = wanted.trait or trait_mentioned_in(f"{given.heading}\n{body}", traits)
    trait = None if _has(given, "tags") else trait
    if not given.head:
        more = "draft: true\n" if wanted.is_draft else ""
        return _plain_note(title, body, trait, appears, context, more)
    return _note_with_head(given, title, heading, trait, wanted, appears, context, read)


_DRAFT = "---\ntitle: note\ntags: []\ndraft: true\n---\n{}\n{}"


def _has(given: GivenText, *keys: str) -> bool:
    """Whether one of the keys has a value; an empty text or list is none."""
    nodes = [given.values[key].node for key in keys if key in given.values]
    return any(not is_null(node) and node.value for node in nodes)


def _contradictions(given: GivenText, wanted: Wanted) -> list[Problem]:
    """Options that say something else than the text."""
    asked: list[tuple[str, bool, Collection[str]]] = [
        ("--trait", wanted.trait is not None, ("tags",)),
        ("--date", wanted.appears is not None, ("date", "week")),
        ("--draft", wanted.is_draft, ("draft", "status")),
    ]
    return [
        Problem(
            "option-clash",
            given.values[key].key_at,
            f"the text has '{key}' in its own front matter, and there is {option} as well",
            f"Delete that line, or leave out {option}.",
        )
        for option, is_given, keys in asked
        for key in keys
        if is_given and _has(given, key)
    ]


def _heading_of(shown: Document) -> str:
    return shown.body.headings[0].title if shown.body and shown.body.headings else ""


def _plain_note(
    title: str,
    body: str,
    trait: Term | None,
    appears: datetime,
    context: NewPostContext,
    more: str,
) -> Note:
    identity = free_id(appears, context)
    top = front_matter(title, appears, identity=identity, trait=trait, more=more)
    return Note(_post(title, f"{top}\n{body}\n", appears, context), trait, bool(more))


def _note_with_head(
    given: GivenText,
    title: str,
    heading: str,
    trait: Term | None,
    wanted: Wanted,
    appears: datetime,
    context: NewPostContext,
    read: DocumentReader,
) -> Note | tuple[Problem, ...]:
    """A note with the front matter of its text, to which what is missing is added."""
    missing = {} if _has(given, "title") else {"title": title}
    if not _has(given, "date", "week"):
        missing["date"] = f"{appears:%Y-%m-%d %H:%M}"
    missing |= {"tags": tag_of(trait)} if trait else {}
    missing |= {"draft": "true"} if wanted.is_draft else {}
    head = _with(given.head, missing)
    if isinstance(head, Problem):
        return (head,)
    body = given.body.strip()
    post, problems = read(f"{FOLDER}/note.md", f"{head}\n{body}\n".encode())
    if not isinstance(post, Post) or has_errors(problems):
        return tuple(replace(found, at=found.at._replace(path=TEXT)) for found in problems)
    appears = post.published if post.has_date else appears
    if given.heading and _plain(heading) != _plain(post.title):
        body = f"{_second_level(given.heading)}\n\n{body}"
    head = head if _has(given, "id") else _with(head, {"id": free_id(appears, context)})
    if isinstance(head, Problem):
        return (head,)
    text = f"{head.lstrip()}\n{body}\n"
    made = _post(post.title, text, appears, context)
    return Note(made, trait, post.is_draft)


def _second_level(heading: str) -> str:
    """A heading below the title, as Markdown, made of one of the first level."""
    line = heading.strip().split("\n")[0]
    return f"#{line}" if line.startswith("#") else f"## {line}"


def _plain(text: str) -> str:
    """A title without what a renderer or a typist may change in it."""
    return re.sub(r"[\W_]+", " ", text).strip().casefold()


def _with(head: str, missing: Mapping[str, str]) -> str | Problem:
    """Front matter with more keys."""
    for key, value in missing.items():
        file = editable_front_matter(head.encode(), TEXT)
        if not isinstance(file, EditableFrontMatter):
            return file[0]
        edit = with_item(file, key, value) if key == "tags" else with_text(file, key, value)
        if isinstance(edit, Problem):
            return edit
        head = applied(head, [edit])
    return head


def _post(title: str, text: str, appears: datetime, context: NewPostContext) -> NewPost:
    name = f"{appears.date()}-{free_slug(title, appears, context)}"
    return NewPost(f"{FOLDER}/{name}.md", text, appears)
