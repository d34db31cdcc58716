"""Links to other sites, judged by what those sites have said."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

from generator.checks.addresses import Fault


class Answer(NamedTuple):
    """What a site said of an address."""

    asked: float  # seconds since 1970
    fault: str  # why it can't be read, '' when it can or nobody knows
    moved_to: str = ""  # its new address, if it has moved for good


Ask = Callable[[Iterable[str]], Mapping[str, Answer]]  # what other sites say of their addresses


def ask_nobody(urls: Iterable[str]) -> Mapping[str, Answer]:
    """No answers: other sites are left alone."""
    return {}


def fault_of(url: str, answer: Answer) -> Fault | None:
    """What is wrong with a link to that address, if anything is."""
    if answer.fault:
        return Fault("external-link", f"the link '{url}' seems dead: {answer.fault}")
    if answer.moved_to:
        message = f"what the link '{url}' leads to has moved for good"
        return Fault("external-moved", message, f"Write {answer.moved_to}.")
    return None
