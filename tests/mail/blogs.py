"""Messages of blogs on disk."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from generator.build import prepare
from generator.build.mailing import MailChoice, Mailing, mailing, mailing_of
from generator.build.report import BuildOptions, BuildReport
from generator.cache.engine import engine_digest
from generator.cache.file_digests import FileDigests
from generator.cache.store import Cache
from generator.config.reading import load_config
from generator.config.settings import SiteConfig
from generator.content.known_documents import KnownDocuments
from generator.model import PostState, Visibility
from generator.render import Renderer
from generator.render.template_closures import TemplateClosures
from tests.conftest import NOON, Blog


def mail_of(
    blog: Blog, post: str = "", month: str = "", *, now: str = NOON, brings_images: bool = False
) -> Mailing:
    """A message of a blog, which goes well."""
    choice = MailChoice(post, month, brings_images)
    made = mailing(blog.config(), blog.options(now), choice)
    assert isinstance(made, Mailing), [str(problem) for problem in made]
    return made


def problems_of(blog: Blog, post: str = "", month: str = "", *, now: str = NOON) -> list[str]:
    """What prevents a message."""
    made = mailing(blog.config(), blog.options(now), MailChoice(post, month))
    assert not isinstance(made, Mailing)
    return [str(problem) for problem in made]


def mails_of(folder: Path) -> Iterator[Mailing]:
    """Every published post of a blog as a message; the blog must be without errors."""
    config = load_config(folder)
    assert isinstance(config, SiteConfig), config
    now = datetime.now(UTC)
    options = BuildOptions(folder, folder / "output", now, Visibility(), time.time_ns())
    cache = Cache.open(folder, options.output, engine_digest())
    digests = FileDigests(folder, cache.files, taken_ns=options.started_ns)
    planned = prepare(config, options, cache, digests, KnownDocuments(cache.documents))
    assert not isinstance(planned, BuildReport), planned.problems
    closures = TemplateClosures(
        planned.theme, lambda path: digests.of(str(path.absolute())), cache.templates
    )
    renderer = Renderer(planned.theme, closures, folder, cache.images.read)
    for entry in planned.site.entries:
        if entry.state is PostState.PUBLISHED:
            made = mailing_of(planned, config, renderer, MailChoice(entry.post.source))
            assert isinstance(made, Mailing), made
            yield made
