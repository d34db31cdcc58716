"""Links to other sites, judged by what those sites answer."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

from generator.checks.addresses import UrlProblem


class LinkStatus(NamedTuple):
    """What another site answered about an address."""

    asked: float  # seconds since 1970
    failure: str  # why the address can't be read, '' if it can or nobody knows
    moved_to: str = ""  # its new address, if it has moved permanently


Ask = Callable[[Iterable[str]], Mapping[str, LinkStatus]]  # the status of each address, if known


def ask_nobody(urls: Iterable[str]) -> Mapping[str, LinkStatus]:
    """No status: other sites are left alone."""
    return {}


def external_problem(url: str, status: LinkStatus) -> UrlProblem | None:
    """What is wrong with a link to that address, if anything."""
    if status.failure:
        return UrlProblem("external-link", f"the link '{url}' seems dead: {status.failure}")
    if status.moved_to:
        message = f"the page that the link '{url}' leads to has moved permanently"
        return UrlProblem("external-moved", message, f"Write {status.moved_to}.")
    return None
