"""Another slug for a post, with nothing lost: its old address, its id, the links to it.

Which words in a text are a link is known only to those who read Markdown. So every place where
the old name stands is given a mark, the text is read again, and where a reference now leads to a
mark, there was a link: in Markdown, in a definition, in HTML or in the head. A name in code or
in a sentence leads nowhere, and stays.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import quote

from generator.config.settings import SITE_FILE, SiteConfig
from generator.config.toml_places import string_places
from generator.content.reading import DocumentReader
from generator.content.text_edits import Edit, Span, applied
from generator.model import Content, Document, Post
from generator.problems import Location, Problem
from generator.site import permalinks
from generator.site.page_bundles import references_of, targets_of
from generator.writing.changes import Change, Changes
from generator.writing.find_post import address_of
from generator.writing.front_matter_editor import (
    Head,
    typed_head,
    with_item,
    with_other_items,
    with_text,
)
from generator.writing.readdressing import Readdressed, urls_of

_DATED = re.compile(r"\d{4}-\d{1,2}-\d{1,2}(?:[-_ ]+|$)")
_MARK = "weekly-moved-{}"


@dataclass(frozen=True, slots=True)
class Blog:
    """What one has to know of a blog to change it."""

    content: Content
    config: SiteConfig
    claimed: Mapping[str, str]  # each path of the site in small letters, and who claims it
    read: Callable[[str], bytes]  # the bytes of a file
    read_document: DocumentReader


@dataclass(frozen=True, slots=True)
class Move:
    """The one name in a path that changes: of a post's file, or of its folder."""

    folder: str
    old: str
    new: str

    @property
    def paths(self) -> tuple[str, str]:
        """The path before and after."""
        return f"{self.folder}/{self.old}", f"{self.folder}/{self.new}"

    def leads_to(self, target: str, name: str) -> bool:
        """Whether a path is, or lies in, the one that has that name."""
        return f"{target}/".startswith(f"{self.folder}/{name}/")


def renamed(post: Post, slug: str, blog: Blog, *, was_seen: bool) -> Changes | tuple[Problem, ...]:
    """All that has to change for a post to have that slug, or why it can't have it.

    `was_seen` says that the post is published, so that people may know its address.
    """
    if problem := _slug_problem(post, slug, blog):
        return (problem,)
    move = _move(post, slug)
    changes = Changes((), dict([move.paths]))
    old, new = (address_of(post, blog.config, slug=name) for name in (post.slug, slug))
    page = Readdressed(old, new, blog.config.base_url)
    if problem := _unreadable_mention(move, page, blog):
        return (problem,)
    texts: dict[str, str] = {}
    for document in _documents_to_change(post, move, page, blog):
        text = _text(document.source, blog)
        text = applied(text, _link_edits(document, text, move, blog))
        texts[document.source] = applied(text, _address_edits(document, text, page, blog))
    own = _with_new_head(post, slug, texts[post.source], blog.config, was_seen=was_seen)
    if not isinstance(own, str):
        return own
    texts[post.source] = own
    site_text = _text(SITE_FILE, blog)
    texts[SITE_FILE] = applied(site_text, _setting_edits(site_text, changes))
    files = tuple(
        Change(path, before, text.encode())
        for path, text in sorted(texts.items())
        if (before := blog.read(path)) != text.encode()
    )
    whole = Changes(files, changes.moves)
    del texts[SITE_FILE]
    return tuple(_left_behind(texts, whole, move, blog)) or whole


def _text(path: str, blog: Blog) -> str:
    return blog.read(path).decode("utf-8")


def _slug_problem(post: Post, slug: str, blog: Blog) -> Problem | None:
    plain = permalinks.slug_of(slug)
    if slug != plain:
        message = f"'{slug}' can't be part of an address"
        hint = f"Write {plain}." if plain else "Use letters, digits and hyphens."
        return Problem("bad-slug", Location(post.source), message, hint)
    if slug == post.slug:
        message = f"the slug of this post is '{slug}' already"
        return Problem("bad-slug", Location(post.source), message)
    address = address_of(post, blog.config, slug=slug)
    owner = blog.claimed.get(permalinks.output_path(address).casefold())
    if owner is not None and owner != post.source:
        taken_by = owner or "a page that weekly makes itself"
        message = f"{address} is taken by {taken_by}"
        return Problem("same-url", Location(post.source), message, "Choose another slug.")
    return None


def _move(post: Post, slug: str) -> Move:
    path = post.source
    is_folder = posixpath.splitext(posixpath.basename(path))[0] == "index"
    stem, suffix = (posixpath.dirname(path), "") if is_folder else posixpath.splitext(path)
    folder, name = posixpath.split(stem)
    dated = _DATED.match(name)
    date = (dated[0] if dated[0][-1] in "-_ " else f"{dated[0]}-") if dated else ""
    return Move(folder, name + suffix, date + slug + suffix)


def _unreadable_mention(move: Move, page: Readdressed, blog: Blog) -> Problem | None:
    """A file that can't be read, so that nobody knows whether it has a link to the post."""
    for path in blog.content.rejected:
        text = blog.read(path).decode(errors="replace")
        if move.old in text or page.is_named_in(text):
            message = f"this file has mistakes, and may hold a link to {move.old}"
            return Problem("unreadable", Location(path), message, "Mend it first: weekly check.")
    return None


def _documents_to_change(
    post: Post, move: Move, page: Readdressed, blog: Blog
) -> Iterator[Document]:
    yield post
    for document in blog.content.documents:
        if document is not post and (
            any(move.leads_to(target, move.old) for target in targets_of(document))
            or page.is_named_in(_text(document.source, blog))
        ):
            yield document


def _link_edits(document: Document, text: str, move: Move, blog: Blog) -> list[Edit]:
    """The edits that make a document's links to the old name links to the new one."""
    spellings = "|".join(re.escape(name) for name in dict.fromkeys([move.old, quote(move.old)]))
    pattern = re.compile(rf"(?<![\w-])(?:{spellings})(?![\w-])")
    places = [
        Edit(*found.span(), found[0])
        for begin, end in _where_links_stand(document, text)
        for found in pattern.finditer(text, begin, end)
    ]
    marks = [_MARK.format(number) for number in range(len(places))]
    read = _read_with(marks, places, document, text, blog)
    targets = targets_of(read) if read else ()
    return [
        place._replace(text=move.new if place.text == move.old else quote(move.new))
        for place, mark in zip(places, marks, strict=True)
        if any(move.leads_to(target, mark) for target in targets)
    ]


def _address_edits(document: Document, text: str, page: Readdressed, blog: Blog) -> list[Edit]:
    """The edits that make a document's links to the old address links to the new one."""
    places = [
        place for part in _where_links_stand(document, text) for place in page.places(text, part)
    ]
    marks = [f"/{_MARK.format(number)}/." for number in range(len(places))]
    read = _read_with(marks, places, document, text, blog) if places else None
    urls = [*urls_of(read)] if read else []
    return [
        place for place, mark in zip(places, marks, strict=True) if any(mark in url for url in urls)
    ]


def _read_with(
    marks: Sequence[str], places: Sequence[Edit], document: Document, text: str, blog: Blog
) -> Document | None:
    """A document as it reads with a mark at each of some places."""
    marked = applied(text, [place._replace(text=m) for place, m in zip(places, marks, strict=True)])
    return blog.read_document(document.source, marked.encode())[0]


def _where_links_stand(document: Document, text: str) -> Iterator[Span]:
    """The parts of a file in which there may be links: the image of its head, and its body."""
    head = typed_head(text.encode(), document.source)
    if isinstance(head, Head):
        image = head.values.get("image")
        if image:
            yield head.span(image.node)
        yield head.line_starts[head.last_line], len(text)


def _with_new_head(
    post: Post, slug: str, text: str, config: SiteConfig, *, was_seen: bool
) -> str | tuple[Problem, ...]:
    """A post's text with its new slug, its old address among the aliases, and its id."""
    head = typed_head(text.encode(), post.source)
    if not isinstance(head, Head):
        return head
    ours = {name: key for key, name in config.front_matter.rename.items() if key in head.values}
    edits: list[Edit | Problem] = []
    if "slug" in head.values or "slug" in ours:
        edits.append(with_text(head, ours.get("slug", "slug"), slug))
    if "id" not in head.values and "id" not in ours:
        edits.append(_id_edit(head, post))
    edits += _alias_edits(head, ours.get("aliases", "aliases"), post, slug, config, was_seen)
    problems = tuple(edit for edit in edits if isinstance(edit, Problem))
    return problems or applied(text, (edit for edit in edits if isinstance(edit, Edit)))


def _id_edit(head: Head, post: Post) -> Edit | Problem:
    """The id that came from the file's name, written down."""
    if re.fullmatch(r"[\w.~-]+", post.id):
        return with_text(head, "id", post.id)
    message = f"the post's id is '{post.id}', by its file's name, and can't be written in its head"
    hint = "Give it an id of letters, digits and hyphens; feeds will show it as new."
    return Problem("bad-id", Location(post.source), message, hint)


def _alias_edits(
    head: Head, key: str, post: Post, slug: str, config: SiteConfig, was_seen: bool
) -> list[Edit | Problem]:
    old, new = (permalinks.for_alias(address_of(post, config, slug=s)) for s in (post.slug, slug))
    known = [permalinks.for_alias(alias.text) for alias in post.aliases]
    is_needed = was_seen and old not in known
    if new not in known:
        return [with_item(head, key, old)] if is_needed else []

    def without_new(alias: str) -> str | None:
        """The old address in the place of the new one, which is no alias any more."""
        if permalinks.for_alias(alias) != new:
            return alias
        return old if is_needed else None

    return [*with_other_items(head, key, without_new)]


def _setting_edits(text: str, changes: Changes) -> Iterator[Edit]:
    """The edits of menu entries and other settings that name the post's file."""
    for key, place in string_places(text).items():
        value = text[slice(*place)][1:-1]
        moved = changes.moved(f"content/{value}").removeprefix("content/")
        if key[-1] in ("to", "page") and moved != value:
            yield Edit(place[0] + 1, place[1] - 1, moved)


def _left_behind(
    texts: Mapping[str, str], changes: Changes, move: Move, blog: Blog
) -> Iterator[Problem]:
    """Links in a spelling that was not found, such as with an entity, and other surprises."""
    for path, text in texts.items():
        document, problems = blog.read_document(changes.moved(path), text.encode())
        yield from problems if document is None else ()
        for reference in references_of(document) if document else ():
            if move.leads_to(reference.target, move.old):
                yield Problem(
                    "broken-link",
                    Location(path, reference.at.line, reference.at.column),
                    f"the link '{reference.as_written}' is written in a way that can't be changed",
                    "Write it with plain letters, and run the command again.",
                )
