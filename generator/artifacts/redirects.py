"""Pages at old addresses, which lead to the new ones."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial

from generator.artifacts.context import SiteContext
from generator.artifacts.recipes import Artifact, page
from generator.model import Tag
from generator.site import permalinks
from generator.views import RedirectView


def redirects(
    aliases: Iterable[Tag], title: str, target: str, source: str, context: SiteContext
) -> Iterator[Artifact]:
    """A page at each old address that leads to the new one."""
    for alias in aliases:
        old = permalinks.for_alias(alias.text)
        if old.casefold() != target.casefold():
            absolute, language = context.links.absolute(target), context.config.language
            view = partial(RedirectView, title, absolute, language, context.messages)
            yield page("redirect.html", old, view, source=source, changed=None)
