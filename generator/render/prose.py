"""Bodies as they are shown: their references turned into URLs."""

from __future__ import annotations

from generator import links
from generator.model import Prose


def on_page(prose: Prose) -> str:
    """The HTML of a body for a page, where a wide table scrolls and so needs the keyboard."""
    return shown(prose).replace("<table>", '<table tabindex="0">')


def shown(prose: Prose) -> str:
    """The HTML of a body, or of its beginning."""
    html = str(prose.html)
    return links.resolve(
        html[: prose.end] if prose.end else html, dict(prose.urls), root=prose.root
    )
