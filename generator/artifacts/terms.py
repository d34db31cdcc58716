"""The page of all traits, reasons or topics, and the page of each."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from generator.artifacts.context import (
    SiteContext,
    body_prose,
    earlier,
    link_to,
    newest,
    term_link,
)
from generator.artifacts.feed_links import term_feeds
from generator.artifacts.listening import action_links
from generator.artifacts.page_heads import head
from generator.artifacts.recipes import Artifact, page
from generator.artifacts.structured_data import described_place
from generator.model import Entry, Taxonomy, Term
from generator.site import permalinks
from generator.views import Link, TaxonomyView, TermCard, TermView


def term_pages(context: SiteContext) -> Iterator[Artifact]:
    """For each taxonomy its own page and one for each of its terms."""
    for taxonomy in context.site.taxonomies:
        permalink = permalinks.for_taxonomy(taxonomy.name)
        whole = partial(_taxonomy_view, taxonomy, permalink, context)
        changed = None if taxonomy.is_hidden else ""
        yield page("taxonomy.html", permalink, whole, changed=changed)
        for term in taxonomy.terms:
            permalink = permalinks.for_term(taxonomy.name, term.slug)
            view = partial(_term_view, term, taxonomy, permalink, context)
            yield page("term.html", permalink, view, source=term.source, changed=changed)


def _taxonomy_view(taxonomy: Taxonomy, permalink: str, context: SiteContext) -> TaxonomyView:
    place = described_place((Link(taxonomy.title, context.links.url(permalink)),), context.page)
    return TaxonomyView(
        site=context.view,
        head=head(
            context.page,
            permalink,
            taxonomy.title,
            taxonomy.summary,
            structured=place,
            is_indexed=not taxonomy.is_hidden,
        ),
        name=taxonomy.name,
        title=taxonomy.title,
        summary=taxonomy.summary,
        terms=tuple(_term_card(term, context) for term in taxonomy.terms),
    )


def _term_view(term: Term, taxonomy: Taxonomy, permalink: str, context: SiteContext) -> TermView:
    feeds = term_feeds(term, context.page) if taxonomy.has_feeds else ()
    group = Link(taxonomy.title, context.links.url(permalinks.for_taxonomy(taxonomy.name)))
    link = term_link(term, context)
    entries = _entries_of(term, context)
    place = described_place((group, Link(link.title, link.url)), context.page)
    return TermView(
        site=context.view,
        head=head(
            context.page,
            permalink,
            term.title,
            term.summary,
            feeds=feeds,
            structured=place,
            is_indexed=not taxonomy.is_hidden,
        ),
        taxonomy=group,
        singular=taxonomy.singular,
        link=link,
        summary=term.summary,
        questions=term.questions,
        html=body_prose(term.body, context) if term.body else None,
        post_count=len(entries),
        posts=newest(entries, context),
        earlier=earlier(entries, context),
        feeds=feeds,
        actions=action_links(
            (action for action in context.site.actions if term in action.terms), context.page
        ),
    )


def _term_card(term: Term, context: SiteContext) -> TermCard:
    entries = _entries_of(term, context)
    return TermCard(
        link=term_link(term, context),
        summary=term.summary,
        post_count=len(entries),
        newest=link_to(entries[0], context) if entries else None,
    )


def _entries_of(term: Term, context: SiteContext) -> tuple[Entry, ...]:
    return context.by_term.get((term.taxonomy, term.slug), ())
