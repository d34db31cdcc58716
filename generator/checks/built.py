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


class Token(NamedTuple):
    """An element of a page, as it can be found again in the source."""

    tag: str  # its start tag, see generator.checks.markup.start_tag
    number: int  # how many elements like it come before it on the page
    of: int  # how many like it the page has


class UnplacedProblem(NamedTuple):
    """A problem in a built file, whose place in the source is still to be found."""

    code: str  # one of generator.config.levels
    at: Location  # in the output folder
    message: str
    hint: str = ""
    clues: tuple[str, ...] = ()  # texts that lead to its place in the source
    token: Token | None = None  # the element that it is about; None if any with a clue is wrong
    in_text: str = ""  # the hint for whoever typed it in a post or page, if it is another one
