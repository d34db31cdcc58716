"""Titles that the cards for shared links can't show."""

from __future__ import annotations

from collections.abc import Iterator

from generator.config.settings import SiteConfig
from generator.images.font_coverage import drawable
from generator.model import Site
from generator.problems import Location, Problem, Severity

_LACKS = "the font of the cards for shared links lacks a letter of"


def check_cards(site: Site, config: SiteConfig) -> Iterator[Problem]:
    """Posts whose card shows no title; for a blog in a script that the font lacks, one problem."""
    if not config.images.cards:
        return
    if not drawable(config.title):
        hint = "They show icons only. To switch them off: cards = false in [images]."
        message = f"{_LACKS} '{config.title}'"
        yield Problem("card-letters", config.at(("title",)), message, hint, Severity.WARNING)
        return
    for entry in site.entries:
        post = entry.post
        if not post.image and not drawable(post.title):
            hint = "Its card shows the icon only. An image of its own would say more."
            message = f"{_LACKS} '{post.title}'"
            yield Problem("card-letters", Location(post.source), message, hint, Severity.WARNING)
