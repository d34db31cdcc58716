"""A function over many items, in as many processes as there are cores."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Callable, Iterator, Sequence
from typing import Any, TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")

CHUNK = 16


def mapped(
    make: Callable[[], Callable[[Item], Result]],
    items: Sequence[Item],
    *,
    jobs: int,
    least: int,
    chunk: int = CHUNK,
) -> Iterator[Result]:
    """The results for all items, in order; `make` returns the function, once in each process.

    A process gets `chunk` items at a time: one, if each is much work.

    With fewer than `least` items, or if it is not safe to fork, everything happens in this
    process: fork starts ten times as fast as other methods and copies everything for free, but
    only while this process has no other threads.
    """
    if not items:
        return iter(())
    if jobs < 2 or len(items) < least or not _can_fork():
        return map(make(), items)
    return _in_pool(make, items, jobs, chunk)


def _can_fork() -> bool:
    return hasattr(os, "fork") and threading.active_count() == 1


_make: Callable[[], Callable[[Any], Any]]  # inherited by each forked process
_function: Callable[[Any], Any]


def _in_pool(
    make: Callable[[], Callable[[Item], Result]], items: Sequence[Item], jobs: int, chunk: int
) -> Iterator[Result]:
    # 30 ms to load, which most builds can do without
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    global _make
    _make = make
    with ProcessPoolExecutor(
        max_workers=min(jobs, -(-len(items) // chunk)),
        mp_context=get_context("fork"),
        initializer=_prepare,
    ) as pool:
        yield from pool.map(_call, items, chunksize=chunk)


def _prepare() -> None:
    global _function
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent process
    _function = _make()


def _call(item: Any) -> Any:
    return _function(item)
