"""Entries of a site for the tests of insights."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from generator.config.settings import SiteConfig
from generator.model import Body, Entry, Post, PostState, Term
from generator.site.assemble import state_of
from tests.insights.literals import moment


def trait(slug: str, *questions: str) -> Term:
    """A trait with its guiding questions."""
    return Term(
        "traits", slug, slug.title(), 0, "", (), questions, f"content/traits/{slug}.md", None
    )


def entry(
    when: str,
    *traits: Term,
    config: SiteConfig,
    as_of: datetime,
    html: str = "",
    status: PostState = PostState.READY,
    title: str = "",
    **others: Any,
) -> Entry:
    """A post that appears at that moment, `2026-11-24 09:00`, in the zone of the blog."""
    name = when[:10]
    post = Post(
        source=f"content/posts/{name}.md",
        slug=name,
        title=title or f"Letter of {name}",
        published=moment(when, config),
        updated=None,
        tags=(),
        authors=(),
        summary="",
        status=status,
        approved_by=None,
        id=name,
        aliases=(),
        image=None,
        image_alt=None,
        series=None,
        series_order=0,
        language="",
        syndication=(),
        extra={},
        body=_body(html),
    )
    post = post._replace(**others)
    return Entry(
        post,
        state_of(post, config, as_of),
        permalink=f"/{name}/",
        terms=traits,
        authors=("ada",),
        older="",
        newer="",
        related=(),
        part=None,
    )


def _body(html: str) -> Body:
    return Body(html, 0, "", 0, "", "", (), (), ())
