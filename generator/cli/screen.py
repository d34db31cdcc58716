"""Text for a reader: wrapped and styled at a terminal, plain and unwrapped in a pipe."""

from __future__ import annotations

import os
import sys
import textwrap
from typing import NamedTuple

from generator.cli.printing import has_colour

MARGIN = 20  # columns for what a line is about
NARROW, WIDE = 60, 100  # columns below which there is no margin, and beyond which lines don't go

_BOLD, _DIM, _PLAIN = "\x1b[1m", "\x1b[2m", "\x1b[0m"


class Screen(NamedTuple):
    """The width of the output, and whether it can be styled."""

    width: int | None = None  # columns; None in a pipe, where lines are not wrapped
    is_shaded: bool = False

    @property
    def is_narrow(self) -> bool:
        """Whether there is too little room for a margin."""
        return self.width is not None and self.width < NARROW

    def bold(self, text: str) -> str:
        """Text that readers look for first."""
        return f"{_BOLD}{text}{_PLAIN}" if self.is_shaded else text

    def dim(self, text: str) -> str:
        """Text that need not draw the eye."""
        return f"{_DIM}{text}{_PLAIN}" if self.is_shaded else text

    def wrapped(self, text: str, *, first: str = "", indent: int = 0) -> str:
        """A text after `first`, with further lines indented by so many columns."""
        if self.width is None:
            return first + text
        return textwrap.fill(
            text,
            self.width,
            initial_indent=first,
            subsequent_indent=" " * indent,
            break_long_words=False,
            break_on_hyphens=False,
        )

    def cut(self, line: str) -> str:
        """A table row, cut at the edge of the screen."""
        if self.width is None or len(line) <= self.width:
            return line
        return f"{line[: self.width - 1].rstrip()}…"

    def about(self, name: str, text: str) -> str:
        """A text beside its name, or below it on a narrow screen."""
        if self.is_narrow:
            return f"{self.bold(name)}\n{self.wrapped(text, first='  ', indent=2)}"
        line = self.wrapped(text, first=f"{name:<{MARGIN}}", indent=MARGIN)
        return self.bold(name) + line.removeprefix(name)


def is_interactive() -> bool:
    """Whether somebody is at the terminal to answer questions."""
    return sys.stdin.isatty() and sys.stdout.isatty()


def screen() -> Screen:
    """The screen that this run prints to."""
    if not sys.stdout.isatty():
        return Screen()
    try:
        columns = os.get_terminal_size(sys.stdout.fileno()).columns
    except OSError:
        columns = 0
    return Screen(min(columns or WIDE, WIDE), has_colour(sys.stdout))
