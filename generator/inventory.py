"""A blog as its writer sees it: everything in it, even what readers can't see yet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from generator.artifacts import plan
from generator.build.report import BuildOptions
from generator.cache.engine import engine_digest
from generator.cache.file_digests import FileDigests
from generator.cache.store import Cache
from generator.config.settings import SiteConfig
from generator.content import read_content
from generator.content.known_documents import KnownDocuments
from generator.i18n.catalogues import load_messages
from generator.model import Content, Site, Visibility
from generator.problems import Problem
from generator.progress import no_progress
from generator.site.assemble import assemble
from generator.views import Messages


@dataclass(frozen=True)
class Inventory:
    """Everything in a blog, published or not."""

    config: SiteConfig
    content: Content
    problems: tuple[Problem, ...]  # found while reading it
    site: Site  # with drafts and scheduled posts
    messages: Messages

    @cached_property
    def claimed(self) -> Mapping[str, str]:
        """Each path of the whole site in lower case, and its source."""
        artifacts, _ = plan(self.site, self.config, self.messages, (), {})
        return {artifact.path.casefold(): artifact.source for artifact in artifacts}


def take_inventory(config: SiteConfig, options: BuildOptions) -> Inventory:
    """Everything in a blog; it is read with the help of the cache, which does not change."""
    cache = Cache.open(options.blog, options.output, engine_digest())
    digests = FileDigests(options.blog, cache.files, taken_ns=options.started_ns)
    content, problems = read_content(
        options.blog,
        config,
        digest_of=digests.of,
        known=KnownDocuments(cache.documents),
        jobs=options.jobs,
        progress=no_progress,
    )
    messages, _ = load_messages(config.language, ())
    everything = Visibility(drafts=True, future=True)
    site = assemble(content, config, messages, as_of=options.as_of, visibility=everything)
    return Inventory(config, content, problems, site, messages)
