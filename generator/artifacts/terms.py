"""The page of all traits, reasons or topics, and the page of each."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from generator.artifacts.frame import (
    Frame,
    earlier,
    head,
    line,
    newest,
    prose,
    term_feeds,
    term_link,
)
from generator.artifacts.pages import page
from generator.artifacts.structured_data import described_place
from generator.model import Artifact, Entry, Taxonomy, Term
from generator.site import permalinks
from generator.views import Link, TaxonomyView, TermCard, TermView


def term_pages(frame: Frame) -> Iterator[Artifact]:
    """For each taxonomy its own page and one for each of its terms."""
    for taxonomy in frame.site.taxonomies:
        permalink = permalinks.for_taxonomy(taxonomy.name)
        whole = partial(_taxonomy_view, taxonomy, permalink, frame)
        yield page("taxonomy.html", permalink, whole, frame.sketches.of_lists)
        for term in taxonomy.terms:
            permalink = permalinks.for_term(taxonomy.name, term.slug)
            view = partial(_term_view, term, taxonomy, permalink, frame)
            sketch = frame.sketches.of_lists
            yield page("term.html", permalink, view, sketch, source=term.source)


def _taxonomy_view(taxonomy: Taxonomy, permalink: str, frame: Frame) -> TaxonomyView:
    place = described_place((Link(taxonomy.title, frame.links.url(permalink)),), frame)
    return TaxonomyView(
        site=frame.view,
        head=head(frame, permalink, taxonomy.title, taxonomy.summary, structured=place),
        name=taxonomy.name,
        title=taxonomy.title,
        summary=taxonomy.summary,
        terms=tuple(_term_card(term, frame) for term in taxonomy.terms),
    )


def _term_view(term: Term, taxonomy: Taxonomy, permalink: str, frame: Frame) -> TermView:
    feeds = term_feeds(term, frame) if taxonomy.has_feeds else ()
    group = Link(taxonomy.title, frame.links.url(permalinks.for_taxonomy(taxonomy.name)))
    link = term_link(term, frame)
    entries = _entries_of(term, frame)
    place = described_place((group, Link(link.title, link.url)), frame)
    return TermView(
        site=frame.view,
        head=head(frame, permalink, term.title, term.summary, feeds=feeds, structured=place),
        taxonomy=group,
        singular=taxonomy.singular,
        link=link,
        summary=term.summary,
        questions=term.questions,
        html=prose(term.body, frame) if term.body else None,
        post_count=len(entries),
        posts=newest(entries, frame),
        earlier=earlier(entries, frame),
        feeds=feeds,
    )


def _term_card(term: Term, frame: Frame) -> TermCard:
    entries = _entries_of(term, frame)
    return TermCard(
        link=term_link(term, frame),
        summary=term.summary,
        post_count=len(entries),
        newest=line(entries[0], frame) if entries else None,
    )


def _entries_of(term: Term, frame: Frame) -> tuple[Entry, ...]:
    return frame.by_term.get((term.taxonomy, term.slug), ())
