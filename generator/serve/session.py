"""A site for a private look: planned after each change, and a page made when somebody asks for it.

Nothing is written here. What stays in memory from one look to the next (documents, digests,
compiled templates) is known by the digest of what it was made of, as in a cache on disk, so a page
of a preview is, byte for byte, the one that a build with the same options would write.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from importlib import import_module
from types import CodeType
from typing import Any

from generator import fingerprint
from generator.build import AtHand, BuildOptions, BuildReport, Plan, prepare
from generator.cache.damage import CacheDamagedError
from generator.cache.engine import engine_digest
from generator.cache.file_digests import Digests, Row
from generator.cache.store import Cache, Documents
from generator.config.settings import SITE_FILE, SiteConfig
from generator.content.rows import Memo, texts_at_hand
from generator.model import Artifact, Texts
from generator.problems import Location, Problem
from generator.progress import Progress, no_progress
from generator.render import Renderer
from generator.render.template_closures import Closures
from generator.render.themes import Theme
from generator.site.related import Relations


class Preview:
    """A site as it would be built; its pages may be asked for by several threads."""

    def __init__(self, plan: Plan, closures: Closures, renderer: Renderer) -> None:
        self.steady = plan.steady
        self.is_damaged = False  # whether the cache has lost what a page needs
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

    def _render(self, artifact: Artifact) -> bytes | Problem:
        try:
            return self._renderer.render(artifact)
        except CacheDamagedError:
            self.is_damaged = True
            message = "what builds have put aside for this is not there any more"
            return Problem("unreadable", Location(artifact.source or artifact.path), message)


@dataclass(frozen=True, slots=True)
class Look:
    """What a look at a blog has found."""

    preview: Preview | None  # None where errors leave nothing to show
    problems: tuple[Problem, ...]
    read: Mapping[str, str]  # the digest of each file that counts


class Desk:
    """What is at hand from one look at a blog to the next."""

    def __init__(self, options: BuildOptions) -> None:
        """Begins with what the builds of the blog have found out."""
        self._place = options.blog, options.output, engine_digest()
        self._begin(Cache.open(*self._place))

    def begin_anew(self) -> None:
        """Forget everything, as when somebody has removed what lay on the disk."""
        self._begin(Cache.empty(*self._place))

    def _begin(self, cache: Cache) -> None:
        self._cache = cache
        self._at_hand = AtHand(Memo(_InMemory(self._cache.documents)), Relations({}))
        self._digests: dict[str, Row] = self._cache.digests
        self._references = dict(self._cache.references)
        self._compiled: dict[str, CodeType] = {}
        self._tried: dict[str, tuple[str, Problem | None]] = {}

    def look(
        self, config: SiteConfig, options: BuildOptions, progress: Progress = no_progress
    ) -> Look:
        """The site as it is now."""
        digests = Digests(options.blog, self._digests, taken_ns=options.started_ns)
        with suppress(OSError):
            digests.of(SITE_FILE)
        planned = prepare(config, options, self._cache, digests, progress, self._at_hand)
        if isinstance(planned, BuildReport):
            return Look(None, planned.problems, _read(digests))
        for path in _files_of(planned.theme):
            with suppress(OSError):
                digests.of(path)
        closures = Closures(
            planned.theme, lambda path: digests.of(str(path.absolute())), self._references
        )
        renderer = Renderer(planned.theme, closures, options.blog, self._compiled)
        preview = Preview(planned, closures, renderer)
        self._digests = digests.rows
        self._references |= closures.references
        return Look(preview, planned.problems, _read(digests))

    def keep(self) -> None:
        """Put what the first look has read beside what builds have found out, for the next."""
        cache = self._cache
        cache.save(
            digests=cache.digests | self._digests,
            related=cache.related,
            references=self._references,
            made=cache.made,
        )

    def get_ready(self) -> None:
        """Load what reading a post needs, before somebody waits for it."""
        import_module("generator.markdown")
        import_module("generator.content.posts")

    def mistakes(self, preview: Preview) -> tuple[Problem, ...]:
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


def _examples(plan: Plan, closures: Closures) -> Iterator[tuple[str, str, str]]:
    """One page of each template: its path, the template, and the digest of all behind it."""
    first: dict[str, Artifact] = {}
    for artifact in plan.artifacts:
        first.setdefault(artifact.recipe, artifact)
    for recipe, artifact in first.items():
        kind, _, template = recipe.partition(":")
        if kind == "page":
            digest = fingerprint.of_value(tuple(closures.of(template).items()))
            yield artifact.path, template, digest


def _files_of(theme: Theme) -> Iterator[str]:
    """Every file of a theme but those that editors leave, for any of them may be shown."""
    for layer, folder in theme.layers:
        for root in (folder,) if layer else (folder / "templates", folder / "messages"):
            for inside, _, names in os.walk(root.absolute()):
                for name in names:
                    if not name.startswith(".") and not name.endswith("~"):
                        yield os.path.join(inside, name)  # noqa: PTH118 as fast as can be


class _InMemory:
    """Documents whose texts are read once, as another build may replace the store meanwhile."""

    def __init__(self, documents: Documents) -> None:
        self._documents = documents

    def recall(self, path: str, key: str) -> tuple[list[Any], Texts] | None:
        """The row and texts that were kept for a path under that key."""
        try:
            kept = self._documents.recall(path, key)
            return kept and (kept[0], texts_at_hand(map(str, kept[1])))
        except CacheDamagedError:
            return None

    def keep(self, path: str, key: str, row: list[Any], texts: Texts) -> None:
        """Keep a row and texts for the next builds."""
        self._documents.keep(path, key, row, texts)


def _read(digests: Digests) -> Mapping[str, str]:
    return {name: str(row[-2]) for name, row in digests.rows.items()}
