"""Which system an export is of, by the files in it; and all items that are in it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

from generator.importers.bundle import Bundle, suffix_of
from generator.importers.found import ReaderSettings, SetAside
from generator.importers.items import Item
from generator.importers.pictures import SUFFIXES
from generator.importers.posts_wordpress import read_wordpress_posts

Reader = Callable[[Bundle, Sequence[str], ReaderSettings], Iterator[Item]]


SYSTEMS = ("wordpress",)


class Part(NamedTuple):
    """Some files of an export, and the system whose reader takes them."""

    system: str
    names: tuple[str, ...]


def read_export(bundle: Bundle, settings: ReaderSettings, types: Mapping[str, str], system: str = "") -> Iterator[Item]:
    """All items in an export; `system` says which it is, if it should not be recognised."""
    parts = [*recognised(bundle, system)]
    taken = {name for part in parts for name in part.names}
    for part in parts:
        if part.system == "wordpress":
            yield from read_wordpress_posts(bundle, part.names, settings, dict(types))
    for name in bundle.names:
        if name not in taken and suffix_of(name) not in SUFFIXES:
            yield SetAside(bundle.shown(name), "no post, page or reply is read from such a file")


def recognised(bundle: Bundle, system: str = "") -> Iterator[Part]:
    """The parts of an export, each with its system."""
    xml = [n for n in bundle.names if suffix_of(n) in (".xml", ".wxr")]
    if xml:
        yield Part("wordpress", tuple(xml))

