"""Words for whoever looks: wrapped and shaded at a terminal, plain and whole in a pipe."""

from __future__ import annotations

import os
import sys
from typing import NamedTuple

from generator.cli.printing import has_colour

MARGIN = 20  # columns for what a line is about
NARROW, WIDE = 60, 100  # columns below which there is no margin, and beyond which lines don't go

_BOLD, _DIM, _PLAIN = "\x1b[1m", "\x1b[2m", "\x1b[0m"


class Screen(NamedTuple):
    """Where words appear."""

    width: int | None = None  # columns; None in a pipe, where a line is as long as it is
    is_shaded: bool = False

    @property
    def is_narrow(self) -> bool:
        """Whether there is no room for a margin."""
        return self.width is not None and self.width < NARROW

    def bold(self, text: str) -> str:
        """What is looked for first."""
        return f"{_BOLD}{text}{_PLAIN}" if self.is_shaded else text

    def dim(self, text: str) -> str:
        """What is not there, and need not draw the eye."""
        return f"{_DIM}{text}{_PLAIN}" if self.is_shaded else text

    def wrapped(self, text: str, *, first: str = "", indent: int = 0) -> str:
        """A text behind what it begins with; further lines stand so many columns in."""
        if self.width is None:
            return first + text
        import textwrap

        return textwrap.fill(
            text,
            self.width,
            initial_indent=first,
            subsequent_indent=" " * indent,
            break_long_words=False,
            break_on_hyphens=False,
        )

    def cut(self, line: str) -> str:
        """A row of a table, up to the end of the screen."""
        if self.width is None or len(line) <= self.width:
            return line
        return f"{line[: self.width - 1].rstrip()}…"

    def about(self, name: str, text: str) -> str:
        """A text beside the name of what it is about; on a narrow screen below it."""
        if self.is_narrow:
            return f"{self.bold(name)}\n{self.wrapped(text, first='  ', indent=2)}"
        told = self.wrapped(text, first=f"{name:<{MARGIN}}", indent=MARGIN)
        return self.bold(name) + told.removeprefix(name)


def screen() -> Screen:
    """Where this run's words appear."""
    if not sys.stdout.isatty():
        return Screen()
    try:
        columns = os.get_terminal_size(sys.stdout.fileno()).columns
    except OSError:
        columns = 0
    return Screen(min(columns or WIDE, WIDE), has_colour(sys.stdout))
