"""Titles that social images can't show."""

from __future__ import annotations

from collections.abc import Iterator

from generator.config.settings import SiteConfig
from generator.images.font_coverage import drawable
from generator.model import Site
from generator.problems import Location, Problem, Severity


def check_social_images(site: Site, config: SiteConfig) -> Iterator[Problem]:
    """Posts whose social image shows no title; one problem if the font lacks the blog's script."""
    if not config.images.social:
        return
    if not drawable(config.title):
        hint = "Social images show the icon only. To switch them off: social = false in [images]."
        yield _lacks_letters(config.title, config.at(("title",)), hint)
        return
    for entry in site.entries:
        post = entry.post
        if not post.image and not drawable(post.title):
            hint = "The social image shows the icon only. An image for the post would say more."
            yield _lacks_letters(post.title, Location(post.source), hint)


def _lacks_letters(title: str, at: Location, hint: str) -> Problem:
    message = f"the font of social images can't show '{title}'"
    return Problem("social-image-letters", at, message, hint, Severity.WARNING)
