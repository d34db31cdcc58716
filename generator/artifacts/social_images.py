"""Cards: the images that stand for pages where somebody shares a link to them."""

from __future__ import annotations

from collections.abc import Iterator

from generator.artifacts.frame import Frame, image_of, shared_image
from generator.config.settings import TRAITS
from generator.images.font_coverage import drawable
from generator.model import Artifact, Entry
from generator.site import permalinks
from generator.site.icons import DRAWINGS
from generator.views import CardView

RECIPE = "card:cards.toml"  # where a theme says which colours cards have


def card_files(frame: Frame) -> Iterator[Artifact]:
    """A card of the site, and one of each post that has no image for it."""
    if not frame.config.images.cards:
        return
    yield _card(permalinks.HOME, _site_card(frame), "")
    for entry in frame.site.entries:
        if not shared_image(image_of(entry, frame), frame):
            yield _card(entry.permalink, _post_card(entry, frame), entry.post.source)


def _card(permalink: str, view: CardView, source: str) -> Artifact:
    path = permalinks.output_path(permalinks.for_card(permalink))
    return Artifact(path, RECIPE, view, source)


def _site_card(frame: Frame) -> CardView:
    """The name of the site over the icon of its first trait."""
    icon = frame.view.icons[0].path if frame.view.icons else ""
    title, author = drawable(frame.config.title), drawable(frame.view.author.name)
    return CardView(title, label="", author=author, site="", icon=icon, colour="")


def _post_card(entry: Entry, frame: Frame) -> CardView:
    trait = next((term for term in entry.terms if term.taxonomy == TRAITS), None)
    return CardView(
        title=drawable(entry.post.title),
        label=drawable(trait.title) if trait else "",
        author=drawable(", ".join(frame.authors[author].name for author in entry.authors)),
        site=drawable(frame.config.title),
        icon=DRAWINGS[trait.icon] if trait else "",
        colour=trait.colour if trait else "",
    )
