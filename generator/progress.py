"""What a long run says about itself while it works: its progress, and each change of the disk."""

from __future__ import annotations

from collections.abc import Callable
from typing import TextIO

Progress = Callable[[str, int, int], None]  # what is being done, how many are done, of how many
Step = Callable[[str], None]  # called before each change of the disk, with a name for the change

PATIENCE = 1.0  # seconds before the line appears


def no_progress(what: str, done: int, total: int) -> None:
    """Show no progress."""


def no_step(change: str) -> None:
    """Do nothing before a change."""


class ProgressLine:
    """A progress line on a terminal, shown once a build takes longer than people like to wait."""

    def __init__(self, screen: TextIO, clock: Callable[[], float]) -> None:
        self._screen = screen
        self._clock = clock
        self._began = clock()

    def __call__(self, what: str, done: int, total: int) -> None:
        """Show how much is done; the line disappears when everything is."""
        if self._clock() - self._began < PATIENCE:
            return
        bar = "█" * (20 * done // max(total, 1))
        text = f"{what} {bar:░<20} {done}/{total}" if done < total else ""
        self._screen.write(f"\r\x1b[K{text}")
        self._screen.flush()
