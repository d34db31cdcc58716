"""Posts and pages that are a folder: which images belong to which."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping

from generator.model import Content, Document, Post, Reference

STATIC = "content/static/"


def owners_of(content: Content) -> dict[str, str]:
    """The folder of each post or page that is a folder, with the file in it that is read."""
    sources = [*(document.source for document in content.documents), *content.rejected]
    return {
        posixpath.dirname(source): source
        for source in sources
        if source.rpartition("/")[2].startswith("index.")
    }


def owner_of(path: str, owners: Mapping[str, str]) -> str:
    """The post that an image stands beside, '' for a shared one."""
    folder = posixpath.dirname(path)
    while folder and folder not in owners:
        folder = posixpath.dirname(folder)
    return owners.get(folder, "")


def references_of(document: Document) -> tuple[Reference, ...]:
    """The references of a document: those in its body, and its image."""
    body = document.body.references if document.body else ()
    image = document.image if isinstance(document, Post) else None
    return (*body, image) if image else body


def targets_of(document: Document) -> tuple[str, ...]:
    """The files that a document refers to, some of them twice."""
    return _with_image(document.body.targets if document.body else (), document)


def images_of(document: Document) -> tuple[str, ...]:
    """The files that a document shows as images, some of them twice."""
    return _with_image(document.body.images if document.body else (), document)


def _with_image(targets: tuple[str, ...], document: Document) -> tuple[str, ...]:
    image = document.image if isinstance(document, Post) else None
    return (*targets, image.target) if image else targets


def file_of(target: str) -> str:
    """The file behind what an image names; `/view.png` is one of `content/static/`."""
    return STATIC + target[1:] if target.startswith("/") else target
