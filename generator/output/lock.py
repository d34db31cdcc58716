"""One build at a time."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

try:
    import fcntl
except ModuleNotFoundError:  # Windows has no such locks
    fcntl = None  # type: ignore[assignment]


@contextmanager
def locked(path: Path, *, waiting: Callable[[], None]) -> Iterator[bool]:
    """Hold the lock at `path`; if another process has it, call `waiting` and wait.

    Yields whether it had to wait. The system releases the lock when a process ends, however it
    ends. On a read-only disk, where no file can be created, there is no lock.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    except OSError:
        yield False
        return
    try:
        yield _acquire(handle, waiting)
    finally:
        os.close(handle)


def _acquire(handle: int, waiting: Callable[[], None]) -> bool:
    if fcntl is None:
        return False
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        waiting()
        fcntl.flock(handle, fcntl.LOCK_EX)
        return True
    return False
