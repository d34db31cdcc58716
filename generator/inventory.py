"""A blog as its writer has it: all that it holds, with what readers can't see yet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, partial
from pathlib import Path
from typing import Any

from generator.artifacts import plan
from generator.build import BuildOptions, with_cache
from generator.cache.damage import CacheDamagedError
from generator.cache.file_digests import Digests
from generator.cache.store import Cache, Documents
from generator.config.settings import SiteConfig
from generator.content import read_content
from generator.content.reading import document_reader
from generator.content.rows import Memo, texts_of
from generator.content.settings import ReadingSettings
from generator.i18n.catalogues import load_messages
from generator.model import Content, Html, Showing, Site, StoredText, Texts
from generator.problems import Problem
from generator.progress import no_progress
from generator.site.assemble import assemble
from generator.views import Messages


@dataclass(frozen=True)
class Survey:
    """All that a blog holds, published or not."""

    config: SiteConfig
    content: Content
    problems: tuple[Problem, ...]  # with the reading of it
    site: Site  # with drafts and what is to come
    messages: Messages

    @cached_property
    def claimed(self) -> Mapping[str, str]:
        """Each path of the whole site in small letters, and its source."""
        artifacts, _ = plan(self.site, self.config, self.messages, (), {}, is_compared=False)
        return {artifact.path.casefold(): artifact.source for artifact in artifacts}


def survey(config: SiteConfig, options: BuildOptions) -> Survey:
    """What a blog holds, by way of what earlier builds remember, as far as that is whole."""
    return with_cache(options, lambda cache: _survey(config, options, cache))


def _survey(config: SiteConfig, options: BuildOptions, cache: Cache) -> Survey:
    digests = Digests(options.blog, cache.digests, taken_ns=options.started_ns)
    store = _Rereading(cache.documents, options.blog, ReadingSettings.of(config))
    content, problems = read_content(
        options.blog,
        config,
        digest_of=digests.of,
        memo=Memo(store),
        jobs=options.jobs,
        progress=no_progress,
    )
    messages, _ = load_messages(config.language, ())
    everything = Showing(drafts=True, future=True)
    site = assemble(content, config, messages, as_of=options.as_of, showing=everything)
    return Survey(config, content, problems, site, messages)


class _Rereading:
    """Documents of earlier builds; a text that is lost, or moved meanwhile, is read anew."""

    def __init__(self, documents: Documents, blog: Path, settings: ReadingSettings) -> None:
        self._documents = documents
        self._blog = blog
        self._settings = settings

    def recall(self, path: str, key: str) -> tuple[list[Any], Texts] | None:
        """The row and texts that were kept for a path under that key."""
        kept = self._documents.recall(path, key)
        if kept is None:
            return None
        row, texts = kept
        html, *others = (
            (text.digest, partial(self._read, path, place, text))
            for place, text in enumerate(texts)
        )
        return row, Texts(Html(*html), *(StoredText(*other) for other in others))

    def keep(self, path: str, key: str, row: list[Any], texts: Texts) -> None:
        """Nothing is kept by who only looks."""

    def _read(self, path: str, place: int, text: StoredText) -> str:
        try:
            return str(text)
        except CacheDamagedError:
            data = (self._blog / path).read_bytes()
            document, _ = document_reader(self._settings)(path, data)
            if document is None:  # it has just become wrong
                raise
            return texts_of(document)[place]
