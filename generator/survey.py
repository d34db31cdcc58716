"""A blog as its writer has it: all that it holds, with what readers can't see yet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from generator.artifacts import plan
from generator.assemble import assemble
from generator.build import BuildOptions
from generator.config import SiteConfig
from generator.content import read_content
from generator.content.memo import Memo
from generator.digests import Digests
from generator.engine import engine_digest
from generator.model import Content, Showing, Site, Words
from generator.output.cache import Cache
from generator.problems import Problem
from generator.progress import no_progress
from generator.words.catalogues import load_words


@dataclass(frozen=True)
class Survey:
    """All that a blog holds, published or not."""

    config: SiteConfig
    content: Content
    problems: tuple[Problem, ...]  # with the reading of it
    site: Site  # with drafts and what is to come
    words: Words

    @cached_property
    def claimed(self) -> Mapping[str, str]:
        """Each path of the whole site in small letters, and its source."""
        artifacts, _ = plan(self.site, self.config, self.words, (), {}, is_compared=False)
        return {artifact.path.casefold(): artifact.source for artifact in artifacts}


def survey(config: SiteConfig, options: BuildOptions) -> Survey:
    """What a blog holds, by way of what earlier builds remember; nothing is written."""
    cache = Cache.open(options.blog, options.output, engine_digest())
    digests = Digests(options.blog, cache.digests, taken_ns=options.started_ns)
    content, problems = read_content(
        options.blog,
        config,
        digest_of=digests.of,
        memo=Memo(cache.documents),
        jobs=options.jobs,
        progress=no_progress,
    )
    words, _ = load_words(config.language, ())
    everything = Showing(drafts=True, future=True)
    site = assemble(content, config, words, as_of=options.as_of, showing=everything)
    return Survey(config, content, problems, site, words)
