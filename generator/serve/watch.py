"""Tells when files have changed, and waits until nobody is writing to them.

What counts is what stands on the disk: sizes, times and inodes of all files, which take 2 ms to
look at for 500 posts. The events of the system only say when to look, so that one that is lost,
comes twice, or tells of a mere reading does no harm.
"""

from __future__ import annotations

import errno
import os
import threading
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

from watchdog import events
from watchdog.observers import Observer
from watchdog.observers.api import BaseObserver, ObservedWatch

from generator.cache.file_stamp import FileStamp, stamp_of
from generator.problems import reason_of

Tree = Mapping[str, FileStamp]  # what tells a file from its next version, by path

QUIET = 0.001  # seconds without an event after which a look is worth its while
PATIENCE = 0.12  # the same where more is likely to come
LONGEST = 1.0  # seconds after which what is there is shown, even if somebody goes on writing
POLL = 0.25  # seconds between looks where the system tells of nothing
DOUBT = 2.0  # the same where it does, but may have missed something
GRACE = 0.2  # seconds that an event may come after the change that it tells of
DEEPEST = 40  # folders in folders; below that they are links in a circle

# mere reading makes events of other kinds, and they would go round in circles
_KINDS: list[type[events.FileSystemEvent]] = [
    events.DirCreatedEvent,
    events.DirDeletedEvent,
    events.DirMovedEvent,
    events.FileAttribEvent,
    events.FileClosedEvent,
    events.FileCreatedEvent,
    events.FileDeletedEvent,
    events.FileModifiedEvent,
    events.FileMovedEvent,
]

_LIMITS = {
    errno.ENOSPC: "fs.inotify.max_user_watches",
    errno.EMFILE: "fs.inotify.max_user_instances",
}


def tree_of(folders: Sequence[Path]) -> Tree:
    """Every file below the folders, with what tells it from its next version."""
    found: dict[str, FileStamp] = {}
    waiting = [(str(folder), 0) for folder in folders]
    while waiting:
        folder, depth = waiting.pop()
        try:
            with os.scandir(folder) as entries:
                for entry in entries:
                    if entry.is_dir():
                        if depth < DEEPEST:
                            waiting.append((entry.path, depth + 1))
                    else:
                        found[entry.path] = _marks(entry)
        except OSError:  # not there, or gone meanwhile; the build says what is wrong
            continue
    return found


def _marks(entry: os.DirEntry[str]) -> FileStamp:
    try:
        return stamp_of(entry.stat())
    except OSError:  # a link that leads nowhere, or a file that is gone
        return 0, 0, 0, 0


def is_unfinished(before: Tree, after: Tree) -> bool:
    """Whether more is likely to come: a file is gone or empty, or several have changed.

    Some editors take a file away for a moment to save it; a copy of many files takes a while.
    """
    changed = [path for path, marks in after.items() if before.get(path) != marks]
    is_any_empty = any(not after[path] or after[path][0] == 0 for path in changed)
    return len(changed) > 1 or is_any_empty or not before.keys() <= after.keys()


class Watch:
    """Watches some folders, from `with` to its end."""

    def __init__(
        self,
        folders: Sequence[Path],
        *,
        clock: Callable[[], float],
        is_polling: bool = False,
        begin_polling: Callable[[str], None] = lambda reason: None,
    ) -> None:
        """`begin_polling` is called with the reason when events turn out not to come."""
        self._folders = folders
        self._clock = clock
        self.began = clock()  # when that was heard for which the last wait ended
        self._is_polling = is_polling
        self._begin_polling = begin_polling
        self._heard = threading.Event()
        self._stopped = threading.Event()
        self._observer: BaseObserver | None = None
        self._watched: dict[Path, tuple[int, ObservedWatch]] = {}

    def __enter__(self) -> Self:
        if not self._is_polling:
            self._observe()
        self._heard.set()  # for what may have changed before anybody listened
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._observe_no_more()

    def stop(self) -> None:
        """Let whoever waits here go; may be called by any thread."""
        self._stopped.set()
        self._heard.set()

    def tree(self) -> Tree:
        """The files as they are now."""
        return tree_of(self._folders)

    def wait(self, before: Tree, is_time: Callable[[], bool]) -> Tree | None:
        """Wait until the files are not as they were, or it is time; None when it was stopped."""
        heard = self._heard.is_set()
        while not self._stopped.is_set():
            tree = self.settled(before)
            if tree != before:
                if not heard and not self._is_polling and not self._heard.wait(GRACE):
                    self._poll("the system did not tell of a change")
                return tree
            if is_time():
                return tree
            self._follow()
            heard = self._heard.wait(POLL if self._is_polling else DOUBT)
            self.began = self._clock()
        return None

    def settled(self, before: Tree) -> Tree:
        """The files once nobody is writing to them any more."""
        until = self._clock() + LONGEST
        self._let_it_settle(until)
        tree = self.tree()
        while is_unfinished(before, tree) and self._clock() < until:
            is_over = not self._heard.wait(PATIENCE)
            self._let_it_settle(until)
            last, tree = tree, self.tree()
            if is_over and last == tree:
                break
        self._follow()
        return tree

    def has_moved_on(self, tree: Tree) -> bool:
        """Whether the files have changed since they were like that."""
        return (self._is_polling or self._heard.is_set()) and self.tree() != tree

    def is_idle(self, seconds: float) -> bool:
        """Whether nothing happens for so long."""
        return not self._heard.wait(seconds)

    def _let_it_settle(self, until: float) -> None:
        """Wait for a moment without an event."""
        self._heard.clear()
        while self._heard.wait(QUIET) and self._clock() < until and not self._stopped.is_set():
            self._heard.clear()

    def _observe(self) -> None:
        self._observer = Observer()
        try:
            self._observer.start()
        except OSError as error:
            self._poll(_why(error))
        self._follow()

    def _follow(self) -> None:
        """Watch the folders that are there, and those above them for one that is to come."""
        above = {folder.parent for folder in self._folders}
        for folder in (*self._folders, *sorted(above - {*self._folders})):
            try:
                self._watch(folder, is_recursive=folder in self._folders)
            except FileNotFoundError:  # it went meanwhile
                continue
            except OSError as error:  # no watches left, or a file system that has none
                self._poll(_why(error))
                return

    def _watch(self, folder: Path, *, is_recursive: bool) -> None:
        """Watch a folder, unless that is done or it is not there."""
        if self._observer is None:
            return
        inode, known = _inode(folder), self._watched.get(folder)
        if known and known[0] == inode:
            return
        if known:
            del self._watched[folder]
            self._observer.unschedule(known[1])
        if inode:
            watch = self._observer.schedule(
                _Bell(self._heard),
                os.path.realpath(folder),
                recursive=is_recursive,
                event_filter=_KINDS,
            )
            self._watched[folder] = inode, watch

    def _poll(self, reason: str) -> None:
        self._is_polling = True
        self._observe_no_more()
        self._begin_polling(reason)

    def _observe_no_more(self) -> None:
        observer, self._observer = self._observer, None
        if observer and observer.is_alive():
            observer.stop()
            observer.join()


class _Bell(events.FileSystemEventHandler):
    """Rings for every event."""

    def __init__(self, heard: threading.Event) -> None:
        self._heard = heard

    def dispatch(self, event: events.FileSystemEvent) -> None:
        """Ring."""
        self._heard.set()


def _why(error: OSError) -> str:
    """Why the system can't tell of changes; its own words for a limit speak of full disks."""
    limit = _LIMITS.get(error.errno or 0)
    return f"the system watches no more for you ({limit})" if limit else reason_of(error)


def _inode(folder: Path) -> int:
    try:
        return folder.stat().st_ino
    except OSError:
        return 0
