"""From bytes to posts, traits and pages, or to problems with lines."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TypeVar

from generator.config.settings import SiteConfig
from generator.content.files import discover
from generator.content.known_documents import KnownDocuments
from generator.content.not_markdown import may_be_a_post, not_markdown
from generator.content.reading import read_documents
from generator.content.settings import ReadingSettings
from generator.model import Action, Content, Document, PlainPage, Post, Reply, SourceFile, Term
from generator.problems import Problem, Severity
from generator.progress import Progress
from generator.site.page_bundles import owner_of, owners_of, targets_of

Kind = TypeVar("Kind", Post, PlainPage, Term, Reply, Action)


def read_content(
    blog: Path,
    config: SiteConfig,
    *,
    digest_of: Callable[[str], str],
    known: KnownDocuments,
    jobs: int,
    progress: Progress,
) -> tuple[Content, tuple[Problem, ...]]:
    """All documents of a blog, its other files, and every problem with them."""
    tree, unusable = discover(blog, config.taxonomies, digest_of)
    sources = (*tree.posts, *tree.pages, *tree.terms, *tree.actions, *tree.replies)
    settings = ReadingSettings.of(config)
    documents, broken, problems = read_documents(
        blog, sources, settings, known, jobs=jobs, progress=progress
    )
    terms = {source.path for source in tree.terms}
    rejected = [s.path for s in sources if s.path not in documents and s.path not in terms]
    with_errors = {found.at.path for found in problems if found.severity is Severity.ERROR}
    content = Content(
        posts=_of_kind(Post, tree.posts, documents),
        pages=_of_kind(PlainPage, tree.pages, documents),
        terms=_of_kind(Term, tree.terms, documents),
        media=tree.media,
        static=tree.static,
        rejected=tuple(sorted(rejected)),
        replies=_of_kind(Reply, tree.replies, documents),
        actions=_of_kind(Action, tree.actions, documents),
        unread_drafts=tuple(sorted(set(rejected) - with_errors)),
        broken=broken,
    )
    unread = _may_be_posts(content)
    content = content._replace(unread=tuple(sorted((*tree.unread, *unread))))
    return content, (*unusable, *problems, *map(not_markdown, unread))


def _may_be_posts(content: Content) -> tuple[str, ...]:
    """Files that may be meant as posts, since they are not Markdown and belong to no document."""
    suspects = [file.path for file in content.media if may_be_a_post(file.path)]
    if not suspects:
        return ()
    owners = owners_of(content)
    used = {target for document in content.documents for target in targets_of(document)}
    return tuple(path for path in suspects if not owner_of(path, owners) and path not in used)


def _of_kind(
    kind: type[Kind], sources: Sequence[SourceFile], documents: Mapping[str, Document]
) -> tuple[Kind, ...]:
    found = (documents.get(source.path) for source in sources)
    return tuple(document for document in found if isinstance(document, kind))
