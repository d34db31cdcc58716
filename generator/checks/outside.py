"""Links to other sites, judged by what those sites have said."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple
from urllib.parse import urldefrag

from generator.checks.built import Finding


class Answer(NamedTuple):
    """What a site said of an address."""

    asked: float  # seconds since 1970
    fault: str  # why it can't be read, '' when it can or nobody knows
    moved_to: str = ""  # its new address, if it has moved for good


def outside_findings(
    outside: Mapping[str, tuple[Finding, ...]], answers: Mapping[str, Answer]
) -> Iterator[Finding]:
    """Links to other sites that are dead or have moved, wherever they stand."""
    for url, places in outside.items():
        answer = answers.get(urldefrag(url).url)
        if answer is None:
            continue
        for place in places:
            if answer.fault:
                message = f"the link '{url}' seems dead: {answer.fault}"
                yield place._replace(code="external-link", message=message)
            elif answer.moved_to:
                message = f"what the link '{url}' leads to has moved for good"
                hint = f"Write {answer.moved_to}."
                yield place._replace(code="external-moved", message=message, hint=hint)
