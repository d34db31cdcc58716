"""Bodies as they are shown: their references turned into URLs, their pictures into choices."""

from __future__ import annotations

import html
import re
from urllib.parse import unquote

from generator.site import references
from generator.views import Picture, Prose

# a picture with formats of its own stays as its writer made it
_PICTURE = re.compile(r"""<picture\b.*?</picture>|<img\b[^>"]*(?:"[^"]*"[^>"]*)*>""", re.DOTALL)
_MARKED = re.compile(rf'(?<=\ssrc="){references.SCHEME}([^"#]*)[^"]*(?=")')


def on_page(prose: Prose, sizes: str = "100vw") -> str:
    """The HTML of a body for a page; `sizes` says how wide its pictures are shown.

    A wide table scrolls, and so needs the keyboard.
    """
    body = _with_pictures(prose, sizes) if prose.pictures else _cut(prose)
    return _resolved(body, prose).replace("<table>", '<table tabindex="0">')


def in_feed(prose: Prose) -> str:
    """The HTML of a body for readers elsewhere, with plain pictures of a sensible size."""
    return _resolved(_with_pictures(prose, "") if prose.pictures else _cut(prose), prose)


def _cut(prose: Prose) -> str:
    whole = str(prose.html)
    return whole[: prose.end] if prose.end else whole


def _resolved(body: str, prose: Prose) -> str:
    return references.resolve(body, dict(prose.urls), root=prose.root)


def _with_pictures(prose: Prose, sizes: str) -> str:
    """The body with the size of each picture; with `sizes`, also its lighter forms."""
    pictures = dict(prose.pictures)
    is_next_first = prose.has_first

    def shown(found: re.Match[str]) -> str:
        nonlocal is_next_first
        tag = found[0]
        target = _MARKED.search(tag)
        picture = pictures.get(unquote(html.unescape(target[1]))) if target else None
        is_first, is_next_first = is_next_first, False
        if picture is None or tag.startswith("<picture"):
            return tag
        sized = _MARKED.sub(lambda _: html.escape(picture.url), tag)[:-1] + _side_attributes(
            tag, picture
        )
        if not sizes:
            return f"{sized}>"
        if not is_first and " loading=" not in tag:
            sized += ' loading="lazy"'
        return _among_sources(f'{sized} decoding="async">', picture, sizes)

    return _PICTURE.sub(shown, _cut(prose))


def _side_attributes(tag: str, picture: Picture) -> str:
    """The sides of a picture, unless its writer has said how large it is to be."""
    if not picture.width or re.search(r"\s(width|height)=", tag):
        return ""
    return f' width="{picture.width}" height="{picture.height}"'


def _among_sources(tag: str, picture: Picture, sizes: str) -> str:
    if not picture.sources:
        return tag
    sources = "".join(
        f'<source type="{source.media_type}" srcset="{html.escape(source.srcset)}" '
        f'sizes="{html.escape(sizes)}">'
        for source in picture.sources
    )
    return f"<picture>{sources}{tag}</picture>"
