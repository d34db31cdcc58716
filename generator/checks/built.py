"""A built site as a check takes it, and what a check finds in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple


@dataclass(frozen=True, slots=True)
class BuiltSite:
    """Every file of a site as it is uploaded."""

    base_url: str  # ends with '/'
    paths: frozenset[str]  # of all files, relative to the output folder
    texts: Mapping[str, bytes]  # what is in those that are read: pages, feeds, stylesheets


class Finding(NamedTuple):
    """Something wrong in a built file."""

    code: str  # one of generator.config.levels
    path: str
    line: int  # 0 for the whole file
    message: str
    hint: str = ""
    clues: tuple[str, ...] = ()  # texts by which its place in the source is found
