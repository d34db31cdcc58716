"""Documents with errors as they might be without them, so that their pages can be checked."""

from __future__ import annotations

from datetime import datetime
from pathlib import PurePosixPath

from generator.model import Action, Content, Document, PlainPage, Post, Reply, Term


def with_stand_ins(content: Content, *, as_of: datetime) -> Content:
    """The content with its broken documents among the others; no such site may be published."""
    mended = [_whole(broken.document, as_of) for broken in content.broken]
    return content._replace(
        posts=(*content.posts, *(each for each in mended if isinstance(each, Post))),
        pages=(*content.pages, *(each for each in mended if isinstance(each, PlainPage))),
        terms=(*content.terms, *(each for each in mended if isinstance(each, Term))),
    )


def _whole(document: Document, as_of: datetime) -> Document:
    if isinstance(document, Reply | Action):  # which has no page of its own
        return document
    title = document.title or PurePosixPath(document.source).stem
    if isinstance(document, Post):
        published = document.published if document.has_date else as_of
        return document._replace(title=title, published=published, has_date=True)
    return document._replace(title=title)
