"""The page that a server shows when there is none at an address."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from generator.artifacts.context import SiteContext, link_to
from generator.artifacts.page_heads import head
from generator.artifacts.recipes import Artifact, page
from generator.i18n.translate import translate
from generator.site import permalinks
from generator.views import NotFoundView

NEWEST = 5  # posts that the page offers


def not_found_pages(context: SiteContext) -> Iterator[Artifact]:
    """The page, which the sitemap leaves out."""
    view = partial(_not_found_view, context)
    yield page("not-found.html", permalinks.NOT_FOUND, view, changed=None)


def _not_found_view(context: SiteContext) -> NotFoundView:
    return NotFoundView(
        site=context.view,
        head=head(
            context.page,
            permalinks.NOT_FOUND,
            translate(context.messages, "not_found"),
            translate(context.messages, "not_found_summary"),
            is_indexed=False,
        ),
        newest=tuple(link_to(entry, context) for entry in context.site.entries[:NEWEST]),
    )
