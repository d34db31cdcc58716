"""A built site as a check takes it, and the problems that a check finds in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from generator.problems import Location


@dataclass(frozen=True, slots=True)
class BuiltSite:
    """Every file of a site as it is uploaded."""

    base_url: str  # ends with '/'
    paths: frozenset[str]  # of all files, relative to the output folder
    texts: Mapping[str, bytes]  # the content of those that are read: pages, feeds, stylesheets


class UnplacedProblem(NamedTuple):
    """A problem in a built file, whose place in the source is still to be found."""

    code: str  # one of generator.config.levels
    at: Location  # in the output folder
    message: str
    hint: str = ""
    clues: tuple[str, ...] = ()  # texts that lead to its place in the source
    in_text: str = ""  # the hint for whoever typed it in a post or page, if it is another one
