"""What a page says about itself to browsers, search engines and other sites."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from generator.artifacts.page_context import PageContext
from generator.config.built_in_pages import HOME
from generator.site import permalinks
from generator.views import (
    SOCIAL_IMAGE_HEIGHT,
    SOCIAL_IMAGE_WIDTH,
    AuthorCard,
    FeedLink,
    Head,
    Image,
    Link,
)

_MEDIA_TYPES = {
    "gif": "image/gif",
    "jpeg": "image/jpeg",
    "jpg": "image/jpeg",
    "png": "image/png",
    "webp": "image/webp",
}

SUMMARY_LENGTH = 200  # characters; search engines and cards cut longer ones

Properties = tuple[tuple[str, str], ...]  # names and values of Open Graph


def head(
    context: PageContext,
    permalink: str,
    title: str,
    description: str,
    *,
    kind: str = "website",
    is_indexed: bool = True,
    feeds: tuple[FeedLink, ...] = (),
    image: Image | None = None,
    authors: Iterable[AuthorCard] = (),
    profiles: Iterable[Link] = (),
    properties: Properties = (),
    structured: Mapping[str, Any] | None = None,
    language: str = "",
) -> Head:
    """A page's own head."""
    image = shared_image(image, context) or social_image(permalink, title, kind, context)
    return Head(
        title=title,
        description=cut_at_word(description),
        url=context.links.url(permalink),
        canonical=context.links.absolute(permalink),
        kind=kind,
        is_indexed=is_indexed and not context.view.notice,
        feeds=feeds,
        image=image,
        properties=(
            *_locale(language or context.config.language),
            *(_image_properties(image) if image else ()),
            *properties,
        ),
        creators=tuple(author.fediverse for author in authors if author.fediverse),
        profiles=tuple(link.url for link in profiles),
        structured=structured or {},
    )


def _locale(language: str) -> Properties:
    """A language as Open Graph writes it, `en_GB`; which knows none without a territory."""
    found = re.fullmatch(r"([A-Za-z]{2,3})(?:-[A-Za-z]{4})?-([A-Za-z]{2})", language)
    return (("og:locale", f"{found[1].lower()}_{found[2].upper()}"),) if found else ()


def shared_image(image: Image | None, context: PageContext) -> Image | None:
    """An image in a form that other sites show, which vector images are not."""
    if image is None:
        return None
    url = context.links.absolute_url(image.url)
    return image._replace(url=url) if _ending(url) in _MEDIA_TYPES else None


def social_image(permalink: str, title: str, kind: str, context: PageContext) -> Image | None:
    """The social image of a page: that of the post, or of the site."""
    if not context.config.images.social:
        return None
    path = permalinks.for_social_image(permalink if kind == "article" else HOME)
    url = context.links.absolute(path)
    alt = title if kind == "article" else context.config.title
    return Image(url, alt, SOCIAL_IMAGE_WIDTH, SOCIAL_IMAGE_HEIGHT, ())


def _ending(url: str) -> str:
    return url.rpartition(".")[2].lower()


def _image_properties(image: Image) -> Properties:
    """An image as Open Graph wants it: the size lets others lay out a page before it has loaded."""
    properties = {
        "og:image": image.url,
        "og:image:type": _MEDIA_TYPES[_ending(image.url)],
        "og:image:width": str(image.width or ""),
        "og:image:height": str(image.height or ""),
        "og:image:alt": image.alt,
    }
    return tuple((name, value) for name, value in properties.items() if value)


def cut_at_word(text: str) -> str:
    """`text` up to the last whole word within the length of a summary."""
    if len(text) <= SUMMARY_LENGTH:
        return text
    cut = permalinks.cut_text(text, SUMMARY_LENGTH, " ").rstrip(" ,;:.-–—、，。")
    return f"{cut}…"
