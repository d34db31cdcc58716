"""Questions to somebody at a terminal."""

from __future__ import annotations

import sys

from generator.problems import Problem

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import TypeVar

    Answer = TypeVar("Answer")


def is_answered() -> bool:
    """Whether somebody is there to answer."""
    return sys.stdin.isatty() and sys.stdout.isatty()


def ask(question: str, default: str, accept: Callable[[str], Answer | Problem]) -> Answer:
    """What `accept` makes of an answer; it is asked again until it makes something of it.

    Enter alone means the default, and the end of the input is like Ctrl-C.
    """
    prompt = f"{question} [{default}] " if default else f"{question} "
    while True:
        try:
            found = accept(input(prompt).strip() or default)
        except EOFError:
            raise KeyboardInterrupt from None
        if not isinstance(found, Problem):
            return found
        print(f"{found.message[:1].upper()}{found.message[1:]}. {found.hint}".rstrip())
