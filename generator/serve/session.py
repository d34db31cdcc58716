"""A preview of a site: planned after each change, and each page made when somebody asks for it.

Nothing is written to the output. What stays in memory from one snapshot to the next (documents,
digests, compiled templates) is known by the digest of what it was made from, as in the cache on
disk, so a page of a preview is, byte for byte, the one that a build with the same options writes.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from importlib import import_module
from types import CodeType

from generator.artifacts.recipes import Artifact, Page, PreparedImage
from generator.build import Plan, prepare
from generator.build.mailing import MailChoice, Mailing, Problems, mailing_of
from generator.build.report import BuildOptions, BuildReport
from generator.cache.engine import engine_digest
from generator.cache.file_digests import FileDigest, FileDigests
from generator.cache.store import Cache
from generator.config.settings import SITE_FILE, SiteConfig
from generator.content.known_documents import KnownDocuments
from generator.disk import files_below
from generator.model import Entry
from generator.problems import Problem
from generator.progress import Progress, no_progress
from generator.render import Renderer
from generator.render.template_closures import TemplateClosures
from generator.render.themes import Theme
from generator.site.litter import is_litter


class Preview:
    """A site as it would be built; its pages may be asked for by several threads."""

    def __init__(
        self, plan: Plan, config: SiteConfig, closures: TemplateClosures, renderer: Renderer
    ) -> None:
        self.steady = plan.steady
        self._plan = plan
        self._config = config
        self.is_damaged = False  # whether the cache has lost an image that a page needs
        self._artifacts = {artifact.path: artifact for artifact in plan.artifacts}
        self.examples = tuple(_examples(plan, closures))
        self._renderer = renderer
        self._made: dict[str, bytes | Problem] = {}
        self._making = threading.Lock()

    def __contains__(self, path: str) -> bool:
        """Whether there is a file of the site at that path."""
        return path in self._artifacts

    def page(self, path: str) -> bytes | Problem:
        """The bytes of the file at a path, or what is wrong with its template."""
        with self._making:
            if path not in self._made:
                self._made[path] = self._render(self._artifacts[path])
            return self._made[path]

    def posts(self) -> tuple[Entry, ...]:
        """The posts that are shown, newest first."""
        return self._plan.site.entries

    def mail(self, choice: MailChoice) -> Mailing | Problems:
        """A post as a message, or every problem that prevents it."""
        with self._making:
            return mailing_of(self._plan, self._config, self._renderer, choice)

    def _render(self, artifact: Artifact) -> bytes | Problem:
        made = self._renderer.render(artifact)
        if isinstance(made, Problem) and isinstance(artifact.recipe, PreparedImage):
            self.is_damaged = True
        return made


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A blog at one moment: its preview, and what is wrong with it."""

    preview: Preview | None  # None where errors leave nothing to show
    problems: tuple[Problem, ...]
    read: Mapping[str, str]  # the digest of each file that counts


class PreviewSession:
    """What stays in memory from one snapshot of a blog to the next."""

    def __init__(self, options: BuildOptions) -> None:
        """Begins with what builds of the blog have kept."""
        self._cache = Cache.open(options.blog, options.output, engine_digest())
        self._documents = KnownDocuments(self._cache.documents)
        self._files: Mapping[str, FileDigest] = self._cache.files
        self._templates = dict(self._cache.templates)
        self._compiled: dict[str, CodeType] = {}
        self._tried: dict[str, tuple[str, Problem | None]] = {}
        self._file_digests: tuple[str, ...] = ()

    def snapshot(
        self, config: SiteConfig, options: BuildOptions, progress: Progress = no_progress
    ) -> Snapshot:
        """The site as it is now."""
        digests = FileDigests(options.blog, self._files, taken_ns=options.started_ns)
        with suppress(OSError):
            digests.of(SITE_FILE)
        planned = prepare(config, options, self._cache, digests, self._documents, progress)
        if isinstance(planned, BuildReport):
            return Snapshot(None, planned.problems, _read(digests))
        for path in _files_of(planned.theme):
            with suppress(OSError):
                digests.of(path)
        closures = TemplateClosures(
            planned.theme, lambda path: digests.of(str(path.absolute())), self._templates
        )
        read_image = self._cache.images.read
        renderer = Renderer(planned.theme, closures, options.blog, read_image, self._compiled)
        preview = Preview(planned, config, closures, renderer)
        self._files = digests.taken
        self._templates |= closures.references
        self._file_digests = planned.content.file_digests
        return Snapshot(preview, planned.problems, _read(digests))

    def keep(self) -> None:
        """Write what the first snapshot has read beside what builds have kept, for the next."""
        cache = self._cache
        cache.save(
            documents=dict(cache.documents) | self._documents.to_keep(),
            files=dict(cache.files) | dict(self._files),
            templates=self._templates,
            images=cache.images.to_keep(self._file_digests),
            made=cache.made,
        )

    def get_ready(self) -> None:
        """Load what reading a post needs, before somebody waits for it."""
        import_module("generator.markdown")
        import_module("generator.content.posts")

    def template_problems(self, preview: Preview) -> tuple[Problem, ...]:
        """What is wrong with the templates, as far as one page of each can show it."""
        tried = {}
        for path, template, digest in preview.examples:
            known = self._tried.get(template)
            if known is None or known[0] != digest:
                made = preview.page(path)
                known = digest, made if isinstance(made, Problem) else None
            tried[template] = known
        self._tried = tried
        return tuple(problem for _, problem in tried.values() if problem)


def _examples(plan: Plan, closures: TemplateClosures) -> Iterator[tuple[str, str, str]]:
    """One page of each template: its path, the template, and the digest of all behind it."""
    first: dict[str, Artifact] = {}
    for artifact in plan.artifacts:
        if isinstance(artifact.recipe, Page):
            first.setdefault(artifact.template, artifact)
    for template, artifact in first.items():
        yield artifact.path, template, closures.digest_of(template)


def _files_of(theme: Theme) -> Iterator[str]:
    """Every file of a theme except those that editors leave, since any may be shown."""
    for layer, folder in theme.layers:
        for root in (folder,) if layer else (folder / "templates", folder / "messages"):
            with suppress(OSError):  # too many folders within folders, which nothing shows
                for path in files_below(root.absolute()):
                    name = os.path.basename(path)  # noqa: PTH119 as fast as can be
                    if not is_litter(name):
                        yield path


def _read(digests: FileDigests) -> Mapping[str, str]:
    return {name: found.digest for name, found in digests.taken.items()}
