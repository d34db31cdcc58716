"""Bodies as they are shown: references turned into URLs, and images into choices of formats."""

from __future__ import annotations

import html
import re

from generator.site import references
from generator.views import Image, Prose

# an image with formats of its own stays as its writer made it
_IMAGE = re.compile(r"""<picture\b.*?</picture>|<img\b[^>"]*(?:"[^"]*"[^>"]*)*>""", re.DOTALL)
_TABLE = re.compile(r"""<table(?=[\s>])[^>"]*(?:"[^"]*"[^>"]*)*>""")
_MARKED = re.compile(rf'(?<=\ssrc="){references.SCHEME}([^"#]*)#?([^"]*)(?=")')


def on_page(prose: Prose, sizes: str = "100vw") -> str:
    """The HTML of a body for a page; `sizes` says how wide its images are shown.

    A wide table scrolls, and so needs the keyboard.
    """
    body = _resolved(_with_images(prose, sizes) if prose.images else _cut(prose), prose)
    if prose.page:
        body = references.from_elsewhere(body, page=prose.page)
    return _TABLE.sub(_reached_by_keyboard, body) if "<table" in body else body


def _reached_by_keyboard(table: re.Match[str]) -> str:
    tag = table[0]
    return tag if " tabindex=" in tag else f'<table tabindex="0"{tag.removeprefix("<table")}'


def in_feed(prose: Prose) -> str:
    """The HTML of a body for readers elsewhere, with plain images of a sensible size."""
    return _resolved(_with_images(prose, "") if prose.images else _cut(prose), prose)


def in_mail(prose: Prose, page: str, shown: int | None = None) -> str:
    """The HTML of a body as mail programs can show it, up to that many paragraphs and the like.

    `page` is the absolute URL of the page of the post.
    """
    from generator.mail.bodies import for_mail

    return for_mail(references.absolutise(in_feed(prose), page=page), page=page, blocks=shown)


def _cut(prose: Prose) -> str:
    return prose.html[: prose.end] if prose.end else prose.html


def _resolved(body: str, prose: Prose) -> str:
    return references.resolve(body, dict(prose.urls), root=prose.root)


def _with_images(prose: Prose, sizes: str) -> str:
    """The body with the size of each image; with `sizes`, also its lighter variants."""
    images = dict(prose.images)
    is_next_first = prose.has_first

    def shown(found: re.Match[str]) -> str:
        nonlocal is_next_first
        tag = found[0]
        target = _MARKED.search(tag)
        path, suffix = references.parts_of(*target.groups()) if target else ("", "")
        image = images.get(path)
        is_first, is_next_first = is_next_first, False
        if image is None or tag.startswith("<picture"):
            return tag
        sized = _MARKED.sub(lambda _: html.escape(image.url + suffix), tag)[:-1] + _side_attributes(
            tag, image
        )
        if not sizes:
            return f"{sized}>"
        if not is_first and " loading=" not in tag:
            sized += ' loading="lazy"'
        return _among_sources(f'{sized} decoding="async">', image, sizes)

    return _IMAGE.sub(shown, _cut(prose))


def _side_attributes(tag: str, image: Image) -> str:
    """The sides of an image, unless its writer has said how large it should be."""
    if not image.width or re.search(r"\s(width|height)=", tag):
        return ""
    return f' width="{image.width}" height="{image.height}"'


def _among_sources(tag: str, image: Image, sizes: str) -> str:
    if not image.sources:
        return tag
    sources = "".join(
        f'<source type="{source.media_type}" srcset="{html.escape(source.srcset)}" '
        f'sizes="{html.escape(sizes)}">'
        for source in image.sources
    )
    return f"<picture>{sources}{tag}</picture>"
