"""A preview that follows what is written: watch, look, show."""

from __future__ import annotations

import gc
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol
from urllib.parse import urlsplit

from generator import fingerprint, resources
from generator.build import BuildOptions, load_config
from generator.cache.store import FOLDER
from generator.config.settings import SiteConfig
from generator.output.lock import locked
from generator.problems import Problem
from generator.progress import Progress, no_progress
from generator.serve.server import PreviewServer
from generator.serve.session import PreviewSession, Snapshot
from generator.serve.state import Board, Shown
from generator.serve.watch import LONGEST, Tree, Watch

IDLE = 0.2  # seconds without a change after which there is time for what nobody waits for

_NAMED_BY_BYTES = (".html", ".markdown", ".md", ".toml", ".xml")  # a page differs when they do


class Reporter(Protocol):
    """Says what happens, to whoever started it; any thread may call."""

    def ready(self, url: str, *, port: int) -> None:
        """The site can be looked at, at a port that may not be the one asked for."""
        ...

    def polling(self, reason: str) -> None:
        """The system tells of no changes, for that reason, so we look ourselves."""
        ...

    def waiting(self) -> None:
        """Another process is building the blog."""
        ...

    def looked(self, changed: tuple[str, ...], problems: tuple[Problem, ...], ms: float) -> None:
        """These files have changed, and what came of it can be seen."""
        ...

    def wrong(self, problem: Problem) -> None:
        """A page can't be made, as turns out when it is looked at."""
        ...


@dataclass(frozen=True, slots=True)
class Wishes:
    """What the caller of a preview decides."""

    blog: Path
    options: Callable[[SiteConfig], BuildOptions]  # of a look that is taken now
    port: int
    is_polling: bool = False


class Serving:
    """A preview of a blog, from `run` until `stop` or an interrupt."""

    def __init__(self, wishes: Wishes, reporter: Reporter, *, clock: Callable[[], float]) -> None:
        """`clock` gives seconds that only ever go on."""
        self._wishes = wishes
        self._reporter = reporter
        self._clock = clock
        folders = [wishes.blog / name for name in ("content", "templates", "themes", "messages")]
        self._watch = Watch(
            [folder.absolute() for folder in (*folders, resources.themes_folder())],
            clock=clock,
            is_polling=wishes.is_polling,
            begin_polling=reporter.polling,
        )
        self._session: PreviewSession | None = None
        self._config: SiteConfig | None = None
        self._last = Snapshot(None, (), {})

    def stop(self) -> None:
        """End `run`; may be called by any thread."""
        self._watch.stop()

    def run(self, progress: Progress = no_progress) -> None:
        """Show the site, and look again whenever something changes."""
        with PreviewServer.at_free_port(self._wishes.port) as server:
            tree = self._watch.tree()
            self._last = self._first_look(server.origin, progress)
            board = Board(self._wishes.blog, tell=self._reporter.wrong)
            self._show(board)
            gc.freeze()  # what is here stays
            with self._watch:
                server.start(board)
                self._reporter.ready(server.origin + board.shown.root, port=server.server_port)
                self._reporter.looked((), self._last.problems, 0)
                self._try_templates(board)
                if self._session:
                    self._session.get_ready()
                self._follow(tree, board, server.origin)

    def _follow(self, tree: Tree, board: Board, origin: str) -> None:
        """Look again at each change, until we are stopped."""
        known = self._last.read  # the files as far as the last looks came
        while (found := self._watch.wait(tree, self._is_over)) is not None:
            before, was_over = self._last, self._is_over()
            tree, self._last = self._settled_look(found, origin)
            if was_over or (before.read, before.problems) != (self._last.read, self._last.problems):
                self._show(board)
                changed = _changes(known, self._last, self._wishes.blog)
                known = (
                    {**known, **self._last.read} if self._last.preview is None else self._last.read
                )
                ms = (self._clock() - self._watch.began) * 1000
                self._reporter.looked(changed, self._last.problems, ms)
                self._try_templates(board)
            if self._watch.is_idle(IDLE):
                gc.collect()

    def _settled_look(self, tree: Tree, origin: str) -> tuple[Tree, Snapshot]:
        """The site, and the files of which it is; what changed meanwhile is looked at again."""
        until = self._clock() + LONGEST
        look = self._look(origin)
        while self._watch.has_moved_on(tree) and self._clock() < until:
            tree = self._watch.settled(tree)
            look = self._look(origin)
        return tree, look

    def _first_look(self, origin: str, progress: Progress) -> Snapshot:
        """A look before any thread is there, so that it may use all cores, and what it found."""
        with locked(self._wishes.blog / FOLDER / "lock", waiting=self._reporter.waiting):
            look = self._look(origin, progress)
            if self._session:
                self._session.keep()
            return look

    def _look(self, origin: str, progress: Progress = no_progress) -> Snapshot:
        """The site as it is, with links that lead to the preview."""
        config = load_config(self._wishes.blog)
        if not isinstance(config, SiteConfig):
            return Snapshot(None, config, {})
        options = self._wishes.options(config)
        self._config = replace(config, base_url=origin + urlsplit(config.base_url).path)
        self._session = self._session or PreviewSession(options)
        return self._session.snapshot(self._config, options, progress)

    def _is_over(self) -> bool:
        """Whether what was last found does not hold any more, although no file has changed.

        A post has come out, a year has passed, or somebody has removed the cache.
        """
        if self._last.preview is None or self._config is None:
            return False
        return (
            self._last.preview.is_damaged
            or self._wishes.options(self._config).as_of.timestamp() >= self._last.preview.steady[1]
        )

    def _show(self, board: Board) -> None:
        """Show what was found; where that is nothing, what is shown stays, with what is wrong."""
        root = urlsplit(self._config.base_url).path if self._config else "/"
        look = self._last
        if look.preview is None:
            board.show(replace(board.shown, root=root, problems=look.problems))
        else:
            board.show(Shown(root, look.preview, look.problems, _unnamed(look.read)))

    def _try_templates(self, board: Board) -> None:
        """Say what is wrong with templates that nobody looks at just now."""
        if self._session is None or self._last.preview is None:
            return
        problems_of_templates = self._session.template_problems(self._last.preview)
        for problem in problems_of_templates:
            self._reporter.wrong(problem)
        if problems_of_templates:
            board.show(
                replace(board.shown, problems=(*board.shown.problems, *problems_of_templates))
            )


def _changes(known: Mapping[str, str], look: Snapshot, blog: Path) -> tuple[str, ...]:
    """The files that differ from what is known, came or went, as the writer calls them."""
    changed = {name for name, digest in look.read.items() if known.get(name) != digest}
    gone = known.keys() - look.read.keys() if look.preview else set()
    return tuple(sorted(name.removeprefix(f"{blog.absolute()}/") for name in changed | gone))


def _unnamed(read: Mapping[str, str]) -> str:
    """The digest of the files of the content that pages show without naming their bytes."""
    return fingerprint.of_value(
        tuple(
            item
            for item in sorted(read.items())
            if item[0].startswith("content/") and not item[0].endswith(_NAMED_BY_BYTES)
        )
    )
