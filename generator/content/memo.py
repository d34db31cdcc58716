"""Documents as plain rows that can be kept, and back.

A row holds texts, numbers, lists and nothing that runs: it may come back from a file that
somebody else has written. The long texts of a body are kept apart, and read only when they are
needed.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
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
    Page,
    Post,
    Prints,
    Reference,
    Status,
    StoredHeadings,
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
    return [kind, *_prints_of(values, document.body), *values]


def _prints_of(values: list[Any], body: Body | None) -> Prints:
    *front, _ = values
    if body is None:
        return Prints(fingerprint.of_value(front), fingerprint.of_value(front))
    return Prints(
        outline=fingerprint.of_value((front, body.opening, body.reading_minutes)),
        whole=fingerprint.of_value((values, body.html, body.opening, body.headings)),
    )


def texts_of(document: Document) -> tuple[str, ...]:
    """The long texts of a document, in the order of `Texts`."""
    body = document.body
    if body is None:
        return ("",) * len(Texts._fields)
    headings = _text_of(body.headings.read())
    return str(body.html), str(body.vocabulary), str(body.opening), headings


def texts_at_hand(texts: Iterable[str]) -> Texts:
    """Long texts that need not be fetched from a store."""
    html, *others = texts
    return Texts(at_hand(Html, html), *(at_hand(StoredText, text) for text in others))


def at_hand(kind: type[Text], text: str) -> Text:
    """A text that need not be fetched from a store."""
    return kind(fingerprint.of_bytes(text.encode()), lambda: text)


def headings_at_hand(headings: tuple[Heading, ...]) -> StoredHeadings:
    """Headings that need not be fetched from a store."""
    return StoredHeadings(fingerprint.of_bytes(_text_of(headings).encode()), lambda: headings)


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
        post.updated and post.updated.isoformat(),
        _tag_rows(post.tags),
        _tag_rows(post.authors),
        post.summary,
        str(post.status),
        post.approved_by,
        post.id,
        _tag_rows(post.aliases),
        post.image and _reference_row(post.image),
        post.image_alt,
        post.series,
        post.series_order,
        post.language,
        post.syndication,
        post.extra,
        _body_row(post.body),
    ]


def _post(path: str, values: list[Any], texts: Texts, zone: ZoneInfo) -> Post:
    (
        slug,
        title,
        published,
        updated,
        tags,
        authors,
        summary,
        status,
        approved_by,
        identity,
        aliases,
        image,
        image_alt,
        series,
        series_order,
        language,
        syndication,
        extra,
        body,
    ) = values
    return Post(
        path,
        slug,
        title,
        datetime.fromisoformat(published).astimezone(zone),
        datetime.fromisoformat(updated).astimezone(zone) if updated else None,
        _tags(path, tags),
        _tags(path, authors),
        summary,
        Status(status),
        approved_by,
        identity,
        _tags(path, aliases),
        _reference(path, image) if image else None,
        image_alt,
        series,
        series_order,
        language,
        tuple(syndication),
        _frozen(extra),
        _body(path, body, texts),
    )


def _page_row(page: Page) -> list[Any]:
    return [
        page.title,
        page.permalink,
        page.summary,
        page.is_draft,
        _tag_rows(page.aliases),
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
        _tag_rows(term.tags),
        term.questions,
        _body_row(term.body) if term.body else None,
        term.mark,
        term.tone,
    ]


def _term(path: str, values: list[Any], texts: Texts) -> Term:
    taxonomy, slug, title, order, summary, tags, questions, body, mark, tone = values
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
        mark,
        tone,
    )


def _body_row(body: Body) -> list[Any]:
    return [
        body.opening_end,
        body.word_count,
        body.keywords,
        [_reference_row(reference) for reference in body.references],
        _tag_rows(body.undescribed),
    ]


def _body(path: str, row: list[Any], texts: Texts) -> Body:
    opening_end, word_count, keywords, references, undescribed = row
    return Body(
        texts.html,
        opening_end,
        texts.opening,
        word_count,
        keywords,
        texts.vocabulary,
        StoredHeadings(texts.headings.digest, partial(_headings_in, texts.headings)),
        tuple([_reference(path, reference) for reference in references]),
        _tags(path, undescribed),
    )


def _text_of(headings: tuple[Heading, ...]) -> str:
    return json.dumps([_heading_row(heading) for heading in headings], ensure_ascii=False)


def _heading_row(heading: Heading) -> list[Any]:
    children = [_heading_row(child) for child in heading.children]
    return [heading.level, heading.anchor, heading.title, children]


def _headings_in(text: StoredText) -> tuple[Heading, ...]:
    return tuple(_heading(row) for row in json.loads(str(text)))


def _heading(row: list[Any]) -> Heading:
    level, anchor, title, children = row
    return Heading(level, anchor, title, tuple(_heading(child) for child in children))


def _reference_row(reference: Reference) -> list[Any]:
    at = reference.at
    return [
        reference.target,
        reference.fragment,
        at.line,
        at.column,
        reference.is_picture,
        reference.as_written,
    ]


def _reference(path: str, row: list[Any]) -> Reference:
    target, fragment, line, column, is_picture, as_written = row
    return Reference(target, fragment, Location(path, line, column), is_picture, as_written)


def _tag_rows(tags: Iterable[Tag]) -> list[Any]:
    return [[tag.text, tag.at.line, tag.at.column] for tag in tags]


def _tags(path: str, rows: list[list[Any]]) -> tuple[Tag, ...]:
    if not rows:
        return ()
    return tuple([Tag(text, Location(path, line, column)) for text, line, column in rows])


def _frozen(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _frozen(item) for key, item in value.items()}
    return tuple(_frozen(item) for item in value) if isinstance(value, list) else value
