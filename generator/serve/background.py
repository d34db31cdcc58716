"""The check of the whole site, which takes too long to wait for: later, in another process."""

from __future__ import annotations

import os
import pickle
import signal
import threading
import zoneinfo
from collections.abc import Callable, Sequence
from contextlib import suppress
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import NamedTuple, Self

from generator.build.report import BuildOptions
from generator.config.settings import SiteConfig
from generator.model import PostState, Visibility
from generator.problems import Problem, in_reading_order

QUIET = 0.5  # seconds without a save before a check begins
_MILD = 10  # by how much a check is nicer than the preview


class CheckJob(NamedTuple):
    """What to check: a blog as `weekly check` sees it, and as the preview shows it."""

    number: int  # of the state of the blog
    config: SiteConfig
    options: BuildOptions


class Checked(NamedTuple):
    """What a check has found, and in how much."""

    problems: tuple[Problem, ...]
    pages: int
    feeds: int
    links: int


class BackgroundCheck:
    """Checks a blog when nobody has saved for a moment, from `with` to its end.

    A save ends the check that is running, since nobody needs to know what was wrong before it.
    """

    def __init__(self, report: Callable[[int, Checked | None], None]) -> None:
        """`report` is called by another thread with the number of the job, and its result.

        The result is None if the check has stopped with a bug.
        """
        self._report = report
        self._change = threading.Condition()
        self._job: CheckJob | None = None
        self._is_closed = False
        self._process: BaseProcess | None = None
        self._thread = threading.Thread(target=self._follow, name="checks", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        with self._change:
            self._is_closed = True
        self.put_off()
        self._thread.join()

    def put_off(self) -> None:
        """End the check that is running, and begin none until the next job."""
        self.soon(None)

    def soon(self, job: CheckJob | None) -> None:
        """Check that, and nothing else, as soon as it is quiet."""
        with self._change:
            self._job = job
            if self._process:
                self._process.kill()
            self._change.notify_all()

    def _follow(self) -> None:
        if hasattr(signal, "pthread_sigmask"):  # the processes inherit it: Ctrl-C is for us
            signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
        while job := self._next_job():
            found: list[Checked | None] = []
            with suppress(EOFError, OSError):  # it was ended, or could not begin
                if receiver := self._start(job):
                    with receiver:
                        found.append(receiver.recv())
            self._end()
            for result in found:
                self._report(job.number, result)

    def _next_job(self) -> CheckJob | None:
        """The newest job, once it is quiet; None at the end."""
        with self._change:
            while not self._is_closed:
                if self._job is None:
                    self._change.wait()
                elif not self._change.wait(QUIET):  # nobody has asked for anything else
                    return self._job
            return None

    def _start(self, job: CheckJob) -> Connection | None:
        with self._change:
            if self._job is not job:
                return None
            self._job = None
            # not forked: this process has threads, and may hold a lock in any of them
            context = get_context("spawn")
            receiver, sender = context.Pipe(duplex=False)
            given = zoneinfo.TZPATH, pickle.dumps(job)
            process = context.Process(target=_check, args=(sender, *given), daemon=True)
            with sender:
                process.start()
            self._process = process
            return receiver

    def _end(self) -> None:
        with self._change:
            process, self._process = self._process, None
        if process:
            process.join()
            process.close()


def _check(sender: Connection, zones: Sequence[str], pickled: bytes) -> None:
    """Check a blog in this process, and send what was found."""
    from generator.check import check

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if hasattr(os, "nice"):
        os.nice(_MILD)
    zoneinfo.reset_tzpath(to=zones)
    job: CheckJob = pickle.loads(pickled)  # noqa: S301 our own
    options = job.options._replace(jobs=1)
    try:
        public = check(job.config, options._replace(visibility=Visibility()))
        is_all = public.account and not any(
            hidden.state is not PostState.ERROR for hidden in public.account.withheld
        )
        shown = public if is_all else check(job.config, options)
        known = {(problem.code, problem.at, problem.message) for problem in shown.problems}
        # an error in a draft is a warning for readers, who do not see it
        more = (p for p in public.problems if (p.code, p.at, p.message) not in known)
        found = in_reading_order((*shown.problems, *more))
        sender.send(Checked(found, shown.pages, shown.feeds, shown.links))
    except OSError:  # a file has just gone, which is a save; or nobody listens any more
        return
    except Exception:  # the command reports the bug better than this process
        sender.send(None)
