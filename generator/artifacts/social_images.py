"""Social images: what other sites show beside a link to a page."""

from __future__ import annotations

from collections.abc import Iterator

from generator.artifacts.context import SiteContext
from generator.artifacts.page_heads import shared_image
from generator.artifacts.recipes import Artifact, SocialImage
from generator.artifacts.shown_posts import ShownPost, names_of
from generator.config.built_in_pages import HOME
from generator.images.font_coverage import drawable
from generator.site import permalinks
from generator.site.icons import DRAWINGS
from generator.views import CardView


def card_files(context: SiteContext) -> Iterator[Artifact]:
    """A card of the site, and one of each post that has no image for it."""
    if not context.config.images.cards:
        return
    yield _card(HOME, _site_card(context), "")
    for entry in context.site.entries:
        shown = context.shown[entry.post.source]
        if not shared_image(shown.image, context.page):
            yield _card(entry.permalink, _post_card(shown, context), entry.post.source)


def _card(permalink: str, view: CardView, source: str) -> Artifact:
    path = permalinks.output_path(permalinks.for_card(permalink))
    return Artifact(path, SocialImage(view), source)


def _site_card(context: SiteContext) -> CardView:
    """The name of the site over the icon of its first trait."""
    icon = context.view.icons[0].path if context.view.icons else ""
    title, author = drawable(context.config.title), drawable(context.view.author.name)
    return CardView(title, label="", author=author, site="", icon=icon, colour="")


def _post_card(shown: ShownPost, context: SiteContext) -> CardView:
    trait = next(iter(shown.traits), None)
    return CardView(
        title=drawable(shown.post.title),
        label=drawable(trait.title) if trait else "",
        author=drawable(names_of(shown.authors)),
        site=drawable(context.config.title),
        icon=DRAWINGS[trait.icon] if trait else "",
        colour=trait.colour if trait else "",
    )
