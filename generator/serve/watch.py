"""Notices when files have changed, and waits until nobody is writing to them.

Only the files themselves count: their sizes, times and inodes, which take 2 ms to read for 500
posts. The system's events only say when to read them, so an event that is lost, comes twice, or
means only that somebody has read a file does no harm.
"""

from __future__ import annotations

import errno
import os
import threading
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Self

from watchdog import events
from watchdog.observers import Observer
from watchdog.observers.api import BaseObserver, ObservedWatch

from generator import disk
from generator.cache.file_stamp import FileStamp, stamp_of
from generator.problems import reason_of

Tree = Mapping[str, FileStamp]  # by path

QUIET = 0.001  # seconds without an event before the files are read
DEBOUNCE = 0.04  # the same if more changes are likely to come
LONGEST = 0.06  # seconds after which the files are read even if somebody goes on writing
POLL = 0.25  # seconds between readings if the system sends no events
DOUBT = 2.0  # the same if it does, but may have missed something
GRACE = 0.2  # seconds that an event may come after its change

# reading files causes events of other kinds, which would never end
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
    """The stamp of every file below the folders."""
    found: dict[str, FileStamp] = {}
    waiting = [(str(folder), 0) for folder in folders]
    while waiting:
        folder, depth = waiting.pop()
        try:
            with os.scandir(folder) as entries:
                for entry in entries:
                    if entry.is_dir():
                        if depth < disk.DEEPEST:
                            waiting.append((entry.path, depth + 1))
                    else:
                        found[entry.path] = _stamp(entry)
        except OSError:  # missing, or just removed; the build says what is wrong
            continue
    return found


def _stamp(entry: os.DirEntry[str]) -> FileStamp:
    try:
        return stamp_of(entry.stat())
    except OSError:  # a link that leads nowhere, or a file that was just removed
        return 0, 0, 0, 0


def is_unfinished(before: Tree, after: Tree) -> bool:
    """Whether more changes are likely to come: a file is gone or empty, or several have changed.

    Some editors remove a file for a moment when they save it; copying many files takes a while.
    """
    changed = [path for path, stamp in after.items() if before.get(path) != stamp]
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
        """`begin_polling` is called with the reason if events turn out not to come."""
        self._folders = folders
        self._clock = clock
        self.saved = clock()  # when the newest change was noticed that the last tree has
        self._noticed = self.saved
        self._is_polling = is_polling
        self._begin_polling = begin_polling
        self._heard = threading.Event()
        self._stopped = threading.Event()
        self._observer: BaseObserver | None = None
        self._watched: dict[Path, tuple[int, ObservedWatch]] = {}

    def __enter__(self) -> Self:
        if not self._is_polling:
            self._observe()
        self._heard.set()  # something may have changed before we were listening
        return self

    def __exit__(self, *_: object) -> None:
        self._stop_observing()

    def stop(self) -> None:
        """End all waiting; may be called by any thread."""
        self._stopped.set()
        self._heard.set()

    def tree(self) -> Tree:
        """The files as they are now."""
        return tree_of(self._folders)

    def wait(self, before: Tree, is_time: Callable[[], bool]) -> Tree | None:
        """Wait until the files have changed, or it is time; None after `stop`."""
        heard = self._heard.is_set()
        while not self._stopped.is_set():
            if not heard:
                self._noticed = self._clock()
            tree = self.settled(before)
            if tree != before:
                if not heard and not self._is_polling and not self._heard.wait(GRACE):
                    self._poll("the system did not report a change")
                return tree
            if is_time():
                return tree
            self._follow()
            heard = self._heard.wait(POLL if self._is_polling else DOUBT)
        return None

    def settled(self, before: Tree) -> Tree:
        """The files once nobody is writing to them any more."""
        until = self._clock() + LONGEST
        self._wait_for_quiet(until)
        tree = self._noted_tree()
        while is_unfinished(before, tree) and self._clock() < until:
            is_over = not self._heard.wait(DEBOUNCE)
            self._wait_for_quiet(until)
            last, tree = tree, self._noted_tree()
            if is_over and last == tree:
                break
        self._follow()
        return tree

    def _noted_tree(self) -> Tree:
        """The files as they are now, with the moment of their newest change kept."""
        self.saved = self._noticed  # before they are read: what is noticed from now on is for later
        return self.tree()

    def _notice(self) -> None:
        self._noticed = self._clock()
        self._heard.set()

    def has_moved_on(self, tree: Tree) -> bool:
        """Whether the files have changed since then."""
        return (self._is_polling or self._heard.is_set()) and self.tree() != tree

    def is_idle(self, seconds: float) -> bool:
        """Whether nothing happens for so many seconds."""
        return not self._heard.wait(seconds)

    def _wait_for_quiet(self, until: float) -> None:
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
        """Watch the folders that exist, and those above them for one that may be created."""
        above = {folder.parent for folder in self._folders}
        for folder in (*self._folders, *sorted(above - {*self._folders})):
            try:
                self._watch(folder, is_recursive=folder in self._folders)
            except FileNotFoundError:  # it was just removed
                continue
            except OSError as error:  # no watches left, or a file system without them
                self._poll(_why(error))
                return
            except RecursionError:  # watchdog walks folders so
                self._poll("there are too many folders within folders")
                return

    def _watch(self, folder: Path, *, is_recursive: bool) -> None:
        """Watch a folder, unless it is watched already or does not exist."""
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
                _EventHandler(self._notice),
                os.path.realpath(folder),
                recursive=is_recursive,
                event_filter=_KINDS,
            )
            self._watched[folder] = inode, watch

    def _poll(self, reason: str) -> None:
        self._is_polling = True
        self._stop_observing()
        self._begin_polling(reason)

    def _stop_observing(self) -> None:
        observer, self._observer = self._observer, None
        if observer and observer.is_alive():
            observer.stop()
            observer.join()


class _EventHandler(events.FileSystemEventHandler):
    """Passes every event on."""

    def __init__(self, notice: Callable[[], None]) -> None:
        self._notice = notice

    def dispatch(self, event: events.FileSystemEvent) -> None:
        """Note that there was an event."""
        self._notice()


def _why(error: OSError) -> str:
    """Why the system can't report changes; its own message for a limit speaks of full disks."""
    limit = _LIMITS.get(error.errno or 0)
    return f"the system has reached its limit ({limit})" if limit else reason_of(error)


def _inode(folder: Path) -> int:
    try:
        return folder.stat().st_ino
    except OSError:
        return 0
