"""Documents as plain rows that can be kept, and back.

A row holds texts, numbers, lists and nothing that runs: it may come back from a file that
somebody else has written. The long texts of a body are kept apart, and read only when they are
needed.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from datetime import datetime
from functools import partial
from typing import Any, Protocol, TypeVar
from zoneinfo import ZoneInfo

from generator import fingerprint
from generator.model import (
    Body,
    Document,
    Heading,
    Html,
    Inventory,
    Page,
    Post,
    PostState,
    Prints,
    Reference,
    StoredInventory,
    StoredText,
    Tag,
    Term,
    Texts,
)
from generator.problems import Location

Text = TypeVar("Text", bound=StoredText)


class Store(Protocol):
    """Keeps the rows and texts of earlier builds by the path of their source."""

    def recall(self, path: str, key: str) -> tuple[list[Any], Texts] | None:
        """The row and texts that were kept for a path under that key."""
        ...

    def keep(self, path: str, key: str, row: list[Any], texts: Texts) -> None:
        """Keep a row and texts for later builds."""
        ...


class Memo:
    """The documents that are known; one that was recalled or kept is at hand from then on."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._at_hand: dict[str, tuple[str, Document, Prints]] = {}

    def recall(self, path: str, key: str, zone: ZoneInfo) -> tuple[Document, Prints] | None:
        """The document that was kept for a path under that key, with its prints."""
        known = self._at_hand.get(path)
        if known and known[0] == key:
            return known[1:]
        kept = self._store.recall(path, key)
        try:
            found = (document_of(path, *kept, zone), prints_in(kept[0])) if kept else None
        except (TypeError, ValueError):  # a row that no version of ours has written
            return None
        if found:
            self._at_hand[path] = key, *found
        return found

    def keep(self, path: str, key: str, document: Document, row: list[Any], texts: Texts) -> None:
        """Keep a document, and its row and texts for later builds."""
        self._at_hand[path] = key, document, prints_in(row)
        self._store.keep(path, key, row, texts)


def row_of(document: Document) -> list[Any]:
    """A document as a row, without its long texts, behind its kind and its prints."""
    if isinstance(document, Post):
        kind, values = "post", _post_row(document)
    elif isinstance(document, Page):
        kind, values = "page", _page_row(document)
    else:
        kind, values = "term", _term_row(document)
    return [kind, *_prints_of(values, document), *values]


def _prints_of(values: list[Any], document: Document) -> Prints:
    *front, _ = values
    body = document.body
    if body is None:
        return Prints(fingerprint.of_value(front), fingerprint.of_value(front))
    shown = "" if document.summary else body.opening  # lists have the one for want of the other
    return Prints(
        outline=fingerprint.of_value((front, shown, body.reading_minutes)),
        whole=fingerprint.of_value((values, body.html, body.opening, body.inventory)),
    )


def texts_of(document: Document) -> tuple[str, ...]:
    """The long texts of a document, in the order of `Texts`."""
    body = document.body
    if body is None:
        return ("",) * len(Texts._fields)
    inventory = _inventory_text(body.inventory.read())
    return str(body.html), str(body.vocabulary), str(body.opening), inventory


def texts_at_hand(texts: Iterable[str]) -> Texts:
    """Long texts that need not be fetched from a store."""
    html, *others = texts
    return Texts(at_hand(Html, html), *(at_hand(StoredText, text) for text in others))


def at_hand(kind: type[Text], text: str) -> Text:
    """A text that need not be fetched from a store."""
    return kind(fingerprint.of_bytes(text.encode()), lambda: text)


def inventory_at_hand(inventory: Inventory) -> StoredInventory:
    """An inventory that need not be fetched from a store."""
    text = _inventory_text(inventory)
    return StoredInventory(fingerprint.of_bytes(text.encode()), lambda: inventory)


def prints_in(row: list[Any]) -> Prints:
    """The digests of the document that a row was made from."""
    return Prints(*row[1:3])


def document_of(path: str, row: list[Any], texts: Texts, zone: ZoneInfo) -> Document:
    """The document that a row was made from; raises ValueError or TypeError for a foreign row."""
    kind, _, _, *values = row
    if kind == "post":
        return _post(path, values, texts, zone)
    return _page(path, values, texts) if kind == "page" else _term(path, values, texts)


def _post_row(post: Post) -> list[Any]:
    return [
        post.slug,
        post.title,
        post.published.isoformat(),
        _tag_row(post.tags),
        post.summary,
        post.id,
        {name: value for name, value in _rare_of(post).items() if value},
        _body_row(post.body),
    ]


def _post(path: str, values: list[Any], texts: Texts, zone: ZoneInfo) -> Post:
    slug, title, published, tags, summary, identity, rare, body = values
    post = Post(
        source=path,
        slug=slug,
        title=title,
        published=datetime.fromisoformat(published).astimezone(zone),
        updated=None,
        tags=_tags(path, tags),
        authors=(),
        summary=summary,
        status=PostState.READY,
        approved_by="",
        id=identity,
        aliases=(),
        image=None,
        image_alt=None,
        series="",
        series_order=0,
        language="",
        syndication=(),
        extra={},
        body=_body(path, body, texts),
    )
    return post._replace(**_rare_in(path, rare, zone)) if rare else post


def _rare_of(post: Post) -> dict[str, Any]:
    """What most posts have not."""
    return {
        "updated": post.updated and post.updated.isoformat(),
        "authors": _tag_row(post.authors),
        "status": "" if post.status is PostState.READY else str(post.status),
        "approved_by": post.approved_by,
        "aliases": _tag_row(post.aliases),
        "image": post.image and _reference_row(post.image),
        "image_alt": None if post.image_alt is None else [post.image_alt],
        "series": post.series,
        "series_order": post.series_order,
        "language": post.language,
        "syndication": post.syndication,
        "extra": post.extra,
    }


def _rare_in(path: str, rare: dict[str, Any], zone: ZoneInfo) -> dict[str, Any]:
    readers: dict[str, Callable[[Any], Any]] = {
        "updated": lambda text: datetime.fromisoformat(text).astimezone(zone),
        "authors": partial(_tags, path),
        "status": PostState,
        "aliases": partial(_tags, path),
        "image": partial(_reference, path),
        "image_alt": lambda row: row[0],
        "syndication": tuple,
        "extra": _frozen,
    }
    return {name: readers.get(name, _as_it_is)(value) for name, value in rare.items()}


def _as_it_is(value: Any) -> Any:
    return value


def _page_row(page: Page) -> list[Any]:
    return [
        page.title,
        page.permalink,
        page.summary,
        page.is_draft,
        _tag_row(page.aliases),
        _body_row(page.body),
    ]


def _page(path: str, values: list[Any], texts: Texts) -> Page:
    title, permalink, summary, is_draft, aliases, body = values
    return Page(
        path, title, permalink, summary, is_draft, _tags(path, aliases), _body(path, body, texts)
    )


def _term_row(term: Term) -> list[Any]:
    return [
        term.taxonomy,
        term.slug,
        term.title,
        term.order,
        term.summary,
        _tag_row(term.tags),
        term.questions,
        _body_row(term.body) if term.body else None,
        term.icon,
        term.colour,
    ]


def _term(path: str, values: list[Any], texts: Texts) -> Term:
    taxonomy, slug, title, order, summary, tags, questions, body, icon, colour = values
    return Term(
        taxonomy,
        slug,
        title,
        order,
        summary,
        _tags(path, tags),
        tuple(questions),
        path,
        _body(path, body, texts),
        icon,
        colour,
    )


def _body_row(body: Body) -> list[Any]:
    return [
        body.opening_end,
        body.word_count,
        body.keywords,
        body.targets,
        body.images,
        _tag_row(body.undescribed),
    ]


def _body(path: str, row: list[Any], texts: Texts) -> Body:
    opening_end, word_count, keywords, targets, images, undescribed = row
    return Body(
        texts.html,
        opening_end,
        texts.opening,
        word_count,
        keywords,
        texts.vocabulary,
        tuple(targets),
        tuple(images),
        StoredInventory(texts.inventory.digest, partial(_inventory_in, path, texts.inventory)),
        _tags(path, undescribed),
    )


def _inventory_text(inventory: Inventory) -> str:
    headings = [_heading_row(heading) for heading in inventory.headings]
    references = [_reference_row(reference) for reference in inventory.references]
    return json.dumps([headings, references], ensure_ascii=False)


def _heading_row(heading: Heading) -> list[Any]:
    children = [_heading_row(child) for child in heading.children]
    return [heading.level, heading.anchor, heading.title, children]


def _inventory_in(path: str, text: StoredText) -> Inventory:
    headings, references = json.loads(str(text))
    return Inventory(
        headings=tuple(_heading(row) for row in headings),
        references=tuple(_reference(path, row) for row in references),
    )


def _heading(row: list[Any]) -> Heading:
    level, anchor, title, children = row
    return Heading(level, anchor, title, tuple(_heading(child) for child in children))


def _reference_row(reference: Reference) -> list[Any]:
    target, fragment, at, is_image, as_written = reference
    return [target, fragment, at.line, at.column, is_image, as_written]


def _reference(path: str, row: list[Any]) -> Reference:
    target, fragment, line, column, is_image, as_written = row
    return Reference(target, fragment, Location(path, line, column), is_image, as_written)


def _tag_row(tags: Iterable[Tag]) -> list[Any]:
    """All of them in one list: the fewer lists, the sooner they are read."""
    row: list[Any] = []
    for text, at in tags:
        row += text, at.line, at.column
    return row


def _tags(path: str, row: list[Any]) -> tuple[Tag, ...]:
    if not row:
        return ()
    each = [iter(row)] * 3
    return tuple(
        [Tag(text, Location(path, line, column)) for text, line, column in zip(*each, strict=True)]
    )


def _frozen(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _frozen(item) for key, item in value.items()}
    return tuple(_frozen(item) for item in value) if isinstance(value, list) else value
