"""How far a long build has come, on a terminal."""

from __future__ import annotations

from collections.abc import Callable
from typing import TextIO

Progress = Callable[[str, int, int], None]  # what is done, how many of it, out of how many

PATIENCE = 1.0  # seconds without a word


def no_progress(what: str, done: int, total: int) -> None:
    """Nobody is watching."""


class ProgressLine:
    """A line that is written over, once a build takes longer than people wait gladly."""

    def __init__(self, screen: TextIO, clock: Callable[[], float]) -> None:
        self._screen = screen
        self._clock = clock
        self._began = clock()

    def __call__(self, what: str, done: int, total: int) -> None:
        """Show how far it is; the line goes away with the last one."""
        if self._clock() - self._began < PATIENCE:
            return
        bar = "█" * (20 * done // max(total, 1))
        text = f"{what} {bar:░<20} {done}/{total}" if done < total else ""
        self._screen.write(f"\r\x1b[K{text}")
        self._screen.flush()
