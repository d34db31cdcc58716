"""From bytes to posts, traits and pages, or to problems with lines."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TypeVar

from generator.config import SiteConfig
from generator.content.bodies import Renderer
from generator.content.files import discover, read
from generator.content.posts import ReadingSettings, read_page, read_post, read_term
from generator.model import Content, SourceFile
from generator.problems import Problem

Document = TypeVar("Document")
Reader = Callable[
    [str, bytes, ReadingSettings, Renderer], tuple[Document | None, tuple[Problem, ...]]
]


def read_content(blog: Path, config: SiteConfig) -> tuple[Content, tuple[Problem, ...]]:
    """All posts, pages and terms of a blog, its other files, and every problem with them."""
    from generator.content.markdown import MarkdownRenderer

    settings, renderer = ReadingSettings.of(config), MarkdownRenderer(config.markdown)
    tree, problems = discover(blog, config.taxonomies)
    rejected: list[str] = []
    found = list(problems)

    def read_all(sources: Iterable[SourceFile], reader: Reader[Document]) -> tuple[Document, ...]:
        documents = []
        for source in sources:
            data = read(blog, source)
            if isinstance(data, Problem):
                found.append(data)
                rejected.append(source.path)
                continue
            document, wrong = reader(source.path, data, settings, renderer)
            found.extend(wrong)
            if document is None:
                rejected.append(source.path)
            else:
                documents.append(document)
        return tuple(documents)

    terms = read_all(tree.terms, read_term)
    rejected.clear()  # a term is no source of its own: the account counts posts and pages
    posts, pages = read_all(tree.posts, read_post), read_all(tree.pages, read_page)
    content = Content(posts, pages, terms, tree.media, tree.static, tuple(sorted(rejected)))
    return content, tuple(found)
