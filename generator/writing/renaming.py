"""Another slug for a post, which keeps its old address, its id and the links to it.

Only reading Markdown tells which words in a text are a link. So every occurrence of the old name is
replaced by a placeholder, and the text is read again. Where a reference now leads to a placeholder,
there was a link: in Markdown, in a definition, in HTML or in the front matter. A name in code or in
a sentence leads nowhere, and stays.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import quote

from generator.config.settings import SITE_FILE, SiteConfig
from generator.config.toml_places import string_places
from generator.content.files import MARKDOWN_SUFFIXES
from generator.content.text_edits import Edit, Span, applied
from generator.model import Document, Post
from generator.problems import Location, Problem
from generator.site import permalinks
from generator.site.page_bundles import references_of, targets_of
from generator.site.references import without_suffix
from generator.writing.changes import Changes
from generator.writing.editable_blog import EditableBlog
from generator.writing.find_post import address_of
from generator.writing.front_matter_editor import (
    EditableFrontMatter,
    editable_front_matter,
    with_item,
    with_other_items,
    with_text,
)
from generator.writing.named_posts import folder_moves, with_other_name
from generator.writing.readdressing import Readdressed, urls_of

_DATED = re.compile(r"\d{4}-\d{1,2}-\d{1,2}(?:[-_ ]+|$)")
_PLACEHOLDER = "weekly-moved-{}"


@dataclass(frozen=True, slots=True)
class Move:
    """The change of one name in a path: of a post's file, or of its folder."""

    folder: str
    old: str
    new: str

    @property
    def paths(self) -> tuple[str, str]:
        """The path before and after."""
        return f"{self.folder}/{self.old}", f"{self.folder}/{self.new}"

    @property
    def new_name(self) -> str:
        """The name after it, by which replies and actions know the post."""
        return posixpath.splitext(self.new)[0] if self.new.endswith(MARKDOWN_SUFFIXES) else self.new

    def leads_to(self, target: str, name: str) -> bool:
        """Whether a path is the file or folder of that name, or in it."""
        return f"{target}/".startswith(f"{self.folder}/{name}/")


def renamed(
    post: Post, slug: str, blog: EditableBlog, *, was_published: bool
) -> Changes | tuple[Problem, ...]:
    """The changes that give a post that slug, or why it can't have it.

    `was_published` says whether the post is online, so that people may know its address.
    """
    if problem := _slug_problem(post, slug, blog):
        return (problem,)
    move = _move(post, slug)
    moves = dict([move.paths]) | folder_moves(post.name, move.new_name, blog)
    changes = Changes((), moves)
    old, new = (address_of(post, blog.config, slug=name) for name in (post.slug, slug))
    page = Readdressed(old, new, blog.config.base_url)
    if problem := _unreadable_mention(move, page, blog):
        return (problem,)
    texts: dict[str, str] = {}
    for document in _documents_to_change(post, move, page, blog):
        text = blog.text(document.source)
        text = applied(text, _link_edits(document, text, move, blog))
        texts[document.source] = applied(text, _address_edits(document, text, page, blog))
    texts |= with_other_name(post.name, move.new_name, texts, blog)
    own = _with_new_slug(post, slug, texts[post.source], blog, was_published=was_published)
    if not isinstance(own, str):
        return own
    texts[post.source] = own
    if problems := tuple(_remaining_links(texts, changes, move, blog)):
        return problems
    settings = blog.text(SITE_FILE)
    texts[SITE_FILE] = applied(settings, _setting_edits(settings, changes))
    return Changes(blog.changes(texts), changes.moves)


def _slug_problem(post: Post, slug: str, blog: EditableBlog) -> Problem | None:
    plain = permalinks.slug_of(slug)
    if slug != plain:
        message = f"'{slug}' can't be part of an address"
        hint = f"Write {plain}." if plain else "Use letters, digits and hyphens."
        return Problem("bad-slug", Location(post.source), message, hint)
    if slug == post.slug:
        message = f"the slug of this post is already '{slug}'"
        return Problem("bad-slug", Location(post.source), message)
    address = address_of(post, blog.config, slug=slug)
    owner = blog.claimed.get(permalinks.output_path(address).casefold())
    if owner is not None and owner != post.source:
        taken_by = owner or "a page that weekly creates itself"
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


def _unreadable_mention(move: Move, page: Readdressed, blog: EditableBlog) -> Problem | None:
    """A problem with a file that can't be read and may have a link to the post."""
    for path in blog.content.rejected:
        text = blog.read(path).decode(errors="replace")
        if move.old in text or page.is_mentioned_in(text):
            message = f"this file has errors, and may have a link to {move.old}"
            return Problem("unreadable", Location(path), message, "Fix it first: weekly check.")
    return None


def _documents_to_change(
    post: Post, move: Move, page: Readdressed, blog: EditableBlog
) -> Iterator[Document]:
    yield post
    for document in blog.content.documents:
        if document is not post and (
            any(move.leads_to(target, move.old) for target in targets_of(document))
            or page.is_mentioned_in(blog.text(document.source))
        ):
            yield document


def _link_edits(document: Document, text: str, move: Move, blog: EditableBlog) -> list[Edit]:
    """The edits that change a document's links from the old name to the new one."""
    spellings = "|".join(re.escape(name) for name in dict.fromkeys([move.old, quote(move.old)]))
    pattern = re.compile(rf"(?<![\w-])(?:{spellings})(?![\w-])")
    places = [
        Edit(*found.span(), found[0])
        for begin, end in _parts_with_links(document, text)
        for found in pattern.finditer(text, begin, end)
    ]
    placeholders = [_PLACEHOLDER.format(number) for number in range(len(places))]
    read = _read_with(placeholders, places, document, text, blog)
    targets = targets_of(read) if read else ()
    return [
        place._replace(text=move.new if place.text == move.old else quote(move.new))
        for place, placeholder in zip(places, placeholders, strict=True)
        if any(move.leads_to(target, placeholder) for target in targets)
    ]


def _address_edits(
    document: Document, text: str, page: Readdressed, blog: EditableBlog
) -> list[Edit]:
    """The edits that change a document's links from the old address to the new one."""
    places = [
        place for part in _parts_with_links(document, text) for place in page.edits(text, part)
    ]
    placeholders = [f"/{_PLACEHOLDER.format(number)}/." for number in range(len(places))]
    read = _read_with(placeholders, places, document, text, blog) if places else None
    urls = [*urls_of(read)] if read else []
    return [
        place
        for place, placeholder in zip(places, placeholders, strict=True)
        if any(placeholder in url for url in urls)
    ]


def _read_with(
    placeholders: Sequence[str],
    places: Sequence[Edit],
    document: Document,
    text: str,
    blog: EditableBlog,
) -> Document | None:
    """A document as it reads with a placeholder at each of these places."""
    edits = [place._replace(text=new) for place, new in zip(places, placeholders, strict=True)]
    return blog.read_document(document.source, applied(text, edits).encode())[0]


def _parts_with_links(document: Document, text: str) -> Iterator[Span]:
    """The parts of a file that may have links: the image in its front matter, and its body."""
    found = editable_front_matter(text.encode(), document.source)
    if isinstance(found, EditableFrontMatter):
        image = found.values.get("image")
        if image:
            yield found.span(image.node)
        yield found.line_starts[found.last_line], len(text)


def _with_new_slug(
    post: Post, slug: str, text: str, blog: EditableBlog, *, was_published: bool
) -> str | tuple[Problem, ...]:
    """A post's text with its new slug, its old address among the aliases, and its id."""
    found = editable_front_matter(text.encode(), post.source)
    if not isinstance(found, EditableFrontMatter):
        return found
    key = {name: blog.written_key(name, found.values) for name in ("slug", "id", "aliases")}
    edits: list[Edit | Problem] = []
    if key["slug"] in found.values:
        edits.append(with_text(found, key["slug"], slug))
    if key["id"] not in found.values:
        edits.append(_id_edit(found, post))
    edits += _alias_edits(found, key["aliases"], post, slug, blog.config, was_published)
    problems = tuple(edit for edit in edits if isinstance(edit, Problem))
    return problems or applied(text, (edit for edit in edits if isinstance(edit, Edit)))


def _id_edit(found: EditableFrontMatter, post: Post) -> Edit | Problem:
    """The edit that writes down the id that came from the file's name."""
    if permalinks.is_identity(post.id):
        return with_text(found, "id", post.id)
    message = f"the post's id is '{post.id}', after its file name, and can't be written down"
    hint = "Give it an id of letters, digits and hyphens; feeds will show it as new."
    return Problem("bad-id", Location(post.source), message, hint)


def _alias_edits(
    found: EditableFrontMatter,
    key: str,
    post: Post,
    slug: str,
    config: SiteConfig,
    was_published: bool,
) -> list[Edit | Problem]:
    old, new = (permalinks.for_alias(address_of(post, config, slug=s)) for s in (post.slug, slug))
    known = [permalinks.for_alias(alias.text) for alias in post.aliases]
    is_needed = was_published and old not in known
    if new not in known:
        return [with_item(found, key, old)] if is_needed else []

    def without_new(alias: str) -> str | None:
        """The old address instead of the new one, which is not an alias any more."""
        if permalinks.for_alias(alias) != new:
            return alias
        return old if is_needed else None

    return [*with_other_items(found, key, without_new)]


def _setting_edits(text: str, changes: Changes) -> Iterator[Edit]:
    """The edits of menu entries and other settings with the path of the post's file."""
    for key, place in string_places(text).items():
        value = text[slice(*place)][1:-1]
        name = without_suffix(value)
        suffix = value[len(name) :]
        moved = changes.moved(f"content/{name}").removeprefix("content/") + suffix
        if key[-1] in ("to", "page") and moved != value:
            yield Edit(place[0] + 1, place[1] - 1, moved)


def _remaining_links(
    texts: Mapping[str, str], changes: Changes, move: Move, blog: EditableBlog
) -> Iterator[Problem]:
    """Problems with links that were not found, such as one written with an entity."""
    for path, text in texts.items():
        document, problems = blog.read_document(changes.moved(path), text.encode())
        yield from problems if document is None else ()
        for reference in references_of(document) if document else ():
            if move.leads_to(reference.target, move.old):
                yield Problem(
                    "broken-link",
                    Location(path, reference.at.line, reference.at.column),
                    f"the link '{reference.as_written}' is written in a way that can't be changed",
                    "Write it in plain letters, and run the command again.",
                )
