"""The page of each series, and of all of them if there are several."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from generator.artifacts.built_in import has_series_index
from generator.artifacts.context import SiteContext, card_of, link_to
from generator.artifacts.feed_links import series_feeds
from generator.artifacts.page_heads import head
from generator.artifacts.recipes import Artifact, page
from generator.artifacts.structured_data import described_place
from generator.config.built_in_pages import SERIES
from generator.i18n.translate import translate
from generator.model import Series
from generator.site import permalinks
from generator.views import Link, SeriesView, TaxonomyView, TermCard, TermLink


def series_pages(context: SiteContext) -> Iterator[Artifact]:
    """A page for each series, and one that lists them if there are more than one."""
    for series in context.site.series:
        permalink = permalinks.for_series(series.slug)
        view = partial(_series_view, series, permalink, context)
        yield page("series.html", permalink, view)
    if has_series_index(context.site):
        yield page("taxonomy.html", SERIES, partial(_index_view, context))


def _series_view(series: Series, permalink: str, context: SiteContext) -> SeriesView:
    feeds = series_feeds(series, context.page)
    summary = translate(context.messages, "series_summary", n=len(series.parts), title=series.title)
    index = (_index_link(context),) if has_series_index(context.site) else ()
    place = described_place(
        (*index, Link(series.title, context.links.url(permalink))), context.page
    )
    return SeriesView(
        site=context.view,
        head=head(context.page, permalink, series.title, summary, feeds=feeds, structured=place),
        title=series.title,
        all_series=index[0].url if index else "",
        posts=tuple(card_of(context.entries[source], context) for source in series.parts),
        feeds=feeds,
    )


def _index_link(context: SiteContext) -> Link:
    return Link(translate(context.messages, "series"), context.links.url(SERIES))


def _index_view(context: SiteContext) -> TaxonomyView:
    link = _index_link(context)
    summary = translate(context.messages, "series_index_summary")
    place = described_place((link,), context.page)
    return TaxonomyView(
        site=context.view,
        head=head(context.page, SERIES, link.title, summary, structured=place),
        name="series",
        title=link.title,
        summary=summary,
        terms=tuple(_series_card(series, context) for series in context.site.series),
    )


def _series_card(series: Series, context: SiteContext) -> TermCard:
    """A series in a list, with the icon of its first part."""
    first, last = (context.entries[series.parts[place]] for place in (0, -1))
    trait = link_to(first, context).trait
    url = context.links.url(permalinks.for_series(series.slug))
    link = TermLink(
        "series",
        series.slug,
        series.title,
        url,
        trait.icon if trait else "",
        trait.colour if trait else "",
    )
    return TermCard(link, "", len(series.parts), link_to(last, context))
