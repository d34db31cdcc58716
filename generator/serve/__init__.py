"""A live preview: it watches the files of a blog, plans the site again, and shows it."""

from __future__ import annotations

import gc
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol
from urllib.parse import urlsplit

from generator import fingerprint, resources
from generator.build.report import BuildOptions
from generator.cache.store import FOLDER
from generator.config.reading import load_config
from generator.config.settings import SiteConfig
from generator.output.lock import locked
from generator.problems import Location, Problem, in_reading_order
from generator.progress import Progress, no_progress
from generator.serve.background import BackgroundCheck, Checked, CheckJob
from generator.serve.server import PreviewServer
from generator.serve.session import PreviewSession, Snapshot
from generator.serve.state import CurrentSite, PreviewState
from generator.serve.watch import Tree, Watch

PATIENCE = 1.0  # seconds in which errors are not shown while somebody goes on writing
IDLE = 0.2  # seconds without a change before work that nobody waits for

_NAMED_BY_BYTES = (".html", ".markdown", ".md", ".toml", ".xml")  # a page changes with these


class Reporter(Protocol):
    """Reports what happens to whoever started the preview; any thread may call."""

    def ready(self, url: str, *, port: int) -> None:
        """The site is shown, at a port that may not be the requested one."""
        ...

    def polling(self, reason: str) -> None:
        """The system reports no changes, for that reason, so the preview polls the files."""
        ...

    def waiting(self) -> None:
        """Another process is building the blog."""
        ...

    def updated(self, changed: tuple[str, ...], problems: tuple[Problem, ...], ms: float) -> None:
        """These files have changed, and the preview shows the result."""
        ...

    def checked(self, found: Checked | None) -> None:
        """The whole site was checked, since nobody has saved for a moment; None after a bug."""
        ...

    def page_failed(self, problem: Problem) -> None:
        """A page can't be rendered, as it turned out when somebody opened it."""
        ...


@dataclass(frozen=True, slots=True)
class PreviewOptions:
    """What the caller of a preview decides."""

    blog: Path
    build_options: Callable[[SiteConfig], BuildOptions]  # for the moment of the call
    port: int
    is_polling: bool = False


class LivePreview:
    """A live preview of a blog, from `run` until `stop` or an interrupt."""

    def __init__(
        self, options: PreviewOptions, reporter: Reporter, *, clock: Callable[[], float]
    ) -> None:
        """`clock` returns seconds that never go back."""
        self._options = options
        self._reporter = reporter
        self._clock = clock
        folders = [options.blog / name for name in ("content", "templates", "themes", "messages")]
        self._watch = Watch(
            [folder.absolute() for folder in (*folders, resources.themes_folder())],
            clock=clock,
            is_polling=options.is_polling,
            begin_polling=reporter.polling,
        )
        self._session: PreviewSession | None = None
        self._config: SiteConfig | None = None
        self._job: CheckJob | None = None  # to check what is shown
        self._last = Snapshot(None, (), {})
        self._showing = threading.Lock()
        self._number = 0  # of the last snapshot
        self._in_templates: tuple[Problem, ...] = ()
        self._in_pages: tuple[Problem, ...] = ()  # what only a check of the whole site finds

    def stop(self) -> None:
        """End `run`; may be called by any thread."""
        self._watch.stop()

    def run(self, progress: Progress = no_progress) -> None:
        """Show the site, and update it whenever a file changes."""
        with PreviewServer.at_free_port(self._options.port) as server:
            tree = self._watch.tree()
            self._last = self._first_snapshot(server.origin, progress)
            state = PreviewState(self._options.blog, report=self._reporter.page_failed)
            self._show(state)
            gc.freeze()  # what exists now stays
            checks = BackgroundCheck(lambda number, found: self._take(number, found, state))
            with self._watch, checks:
                server.start(state)
                self._reporter.ready(server.origin + state.current.root, port=server.server_port)
                self._reporter.updated((), self._last.problems, 0)
                self._try_templates(state)
                if self._session:
                    self._session.get_ready()
                self._check_soon(checks)
                self._follow(tree, state, server.origin, checks)

    def _follow(
        self, tree: Tree, state: PreviewState, origin: str, checks: BackgroundCheck
    ) -> None:
        """Update the preview at each change, until it is stopped."""
        known = self._last.read  # the files that were last read
        while (found := self._watch.wait(tree, self._is_outdated)) is not None:
            checks.put_off()
            before, was_outdated = self._last, self._is_outdated()
            tree, self._last = self._settled_snapshot(found, origin)
            if was_outdated or (before.read, before.problems) != (
                self._last.read,
                self._last.problems,
            ):
                self._show(state)
                changed = _changes(known, self._last, self._options.blog)
                known = (
                    {**known, **self._last.read} if self._last.preview is None else self._last.read
                )
                ms = (self._clock() - self._watch.saved) * 1000
                self._reporter.updated(changed, self._last.problems, ms)
                self._try_templates(state)
            self._check_soon(checks)
            if self._watch.is_idle(IDLE):
                gc.collect()

    def _settled_snapshot(self, tree: Tree, origin: str) -> tuple[Tree, Snapshot]:
        """The site and the files behind it, planned again if errors may come from a half-done save.

        A newer save doesn't keep back the site as it was before it: that is planned next.
        """
        until = self._clock() + PATIENCE
        snapshot = self._snapshot(origin)
        while snapshot.preview is None and self._watch.has_moved_on(tree) and self._clock() < until:
            tree = self._watch.settled(tree)
            snapshot = self._snapshot(origin)
        return tree, snapshot

    def _first_snapshot(self, origin: str, progress: Progress) -> Snapshot:
        """The first site, planned before there are threads, so that it may use all cores."""
        with locked(self._options.blog / FOLDER / "lock", waiting=self._reporter.waiting):
            snapshot = self._snapshot(origin, progress)
            if self._session:
                self._session.keep()
            return snapshot

    def _snapshot(self, origin: str, progress: Progress = no_progress) -> Snapshot:
        """The site as it is now, with links that lead to the preview."""
        config = load_config(self._options.blog)
        self._job = None
        if not isinstance(config, SiteConfig):
            return Snapshot(None, config, {})
        options = self._options.build_options(config)
        self._job = CheckJob(0, config, options)
        self._config = config._replace(base_url=origin + urlsplit(config.base_url).path)
        self._session = self._session or PreviewSession(options)
        return self._session.snapshot(self._config, options, progress)

    def _is_outdated(self) -> bool:
        """Whether the site is out of date although no file has changed.

        A post has been published, a year has passed, or somebody has removed the cache.
        """
        if self._last.preview is None or self._config is None:
            return False
        return (
            self._last.preview.is_damaged
            or self._options.build_options(self._config).as_of.timestamp()
            >= self._last.preview.steady[1]
        )

    def _show(self, state: PreviewState) -> None:
        """Show the last site; if it has errors, show the one before with them."""
        root = urlsplit(self._config.base_url).path if self._config else "/"
        snapshot = self._last
        with self._showing:
            self._number += 1
            self._in_templates = ()
            problems = self._problems()
            if snapshot.preview is None:
                site = replace(state.current, root=root, problems=problems, is_behind=True)
            else:
                site = CurrentSite(root, snapshot.preview, problems, _unnamed(snapshot.read))
            state.show(site)

    def _problems(self) -> tuple[Problem, ...]:
        """Everything that is known to be wrong."""
        return in_reading_order((*self._last.problems, *self._in_templates, *self._in_pages))

    def _try_templates(self, state: PreviewState) -> None:
        """Report problems of templates that no open page uses."""
        if self._session is None or self._last.preview is None:
            return
        problems = self._session.template_problems(self._last.preview)
        for problem in problems:
            self._reporter.page_failed(problem)
        if problems:
            with self._showing:
                self._in_templates = problems
                state.show(replace(state.current, problems=self._problems()))

    def _check_soon(self, checks: BackgroundCheck) -> None:
        """Check the whole site once nobody saves; not if its settings are wrong."""
        if self._job:
            checks.soon(self._job._replace(number=self._number))

    def _take(self, number: int, found: Checked | None, state: PreviewState) -> None:
        """Show what a check has found, unless there is a newer site by now."""
        with self._showing:
            if number != self._number:
                return
            if found is None:
                self._reporter.checked(None)
                return
            known = {_what(problem) for problem in (*self._last.problems, *self._in_templates)}
            self._in_pages = tuple(p for p in found.problems if _what(p) not in known)
            if state.current.problems != (problems := self._problems()):
                state.show(replace(state.current, problems=problems))
        self._reporter.checked(found)


def _what(problem: Problem) -> tuple[str, Location, str]:
    """A problem without its severity, which depends on who may see a draft."""
    return problem.code, problem.at, problem.message


def _changes(known: Mapping[str, str], snapshot: Snapshot, blog: Path) -> tuple[str, ...]:
    """The files that were changed, added or removed, by their names in the blog."""
    changed = {name for name, digest in snapshot.read.items() if known.get(name) != digest}
    gone = known.keys() - snapshot.read.keys() if snapshot.preview else set()
    return tuple(sorted(name.removeprefix(f"{blog.absolute()}/") for name in changed | gone))


def _unnamed(read: Mapping[str, str]) -> str:
    """The digest of files of the content that pages show but whose bytes they do not name."""
    return fingerprint.of_value(
        tuple(
            item
            for item in sorted(read.items())
            if item[0].startswith("content/") and not item[0].endswith(_NAMED_BY_BYTES)
        )
    )
