"""The pages that the writer wrote."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from generator.artifacts.context import SiteContext, body_prose
from generator.artifacts.page_heads import head
from generator.artifacts.recipes import Artifact, page
from generator.artifacts.redirects import redirects
from generator.artifacts.shown_posts import contents
from generator.model import PlainPage
from generator.views import PageView


def plain_pages(context: SiteContext) -> Iterator[Artifact]:
    """Each page of `content/pages/`, and redirects from its old addresses."""
    for written in context.site.pages:
        yield page(
            "page.html",
            written.permalink,
            partial(_page_view, written, context),
            source=written.source,
            changed=None if written.is_draft else "",
        )
        yield from redirects(
            written.aliases, written.title, written.permalink, written.source, context
        )


def _page_view(written: PlainPage, context: SiteContext) -> PageView:
    return PageView(
        site=context.view,
        head=head(
            context.page,
            written.permalink,
            written.title,
            written.summary or written.body.opening,
            is_indexed=not written.is_draft,
        ),
        title=written.title,
        headings=contents(written.body),
        html=body_prose(written.body, context),
    )
