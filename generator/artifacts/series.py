"""The page of each series, and of all of them where there are several."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from generator.artifacts.built_in import has_series_index
from generator.artifacts.frame import Frame, card, head, line, series_feeds
from generator.artifacts.pages import page
from generator.artifacts.structured_data import described_place
from generator.i18n.translate import translate
from generator.model import Artifact, Series
from generator.site import permalinks
from generator.views import Link, SeriesView, TaxonomyView, TermCard, TermLink


def series_pages(frame: Frame) -> Iterator[Artifact]:
    """A page for each series, and one that lists them if there are more than one."""
    lists = frame.sketches.of_lists
    for series in frame.site.series:
        permalink = permalinks.for_series(series.slug)
        view = partial(_series_view, series, permalink, frame)
        yield page("series.html", permalink, view, lists)
    if has_series_index(frame.site):
        yield page("taxonomy.html", permalinks.SERIES, partial(_index_view, frame), lists)


def _series_view(series: Series, permalink: str, frame: Frame) -> SeriesView:
    feeds = series_feeds(series, frame)
    summary = translate(frame.messages, "series_summary", n=len(series.parts), title=series.title)
    index = (_index_link(frame),) if has_series_index(frame.site) else ()
    place = described_place((*index, Link(series.title, frame.links.url(permalink))), frame)
    return SeriesView(
        site=frame.view,
        head=head(frame, permalink, series.title, summary, feeds=feeds, structured=place),
        title=series.title,
        all_series=index[0].url if index else "",
        posts=tuple(card(frame.entries[source], frame) for source in series.parts),
        feeds=feeds,
    )


def _index_link(frame: Frame) -> Link:
    return Link(translate(frame.messages, "series"), frame.links.url(permalinks.SERIES))


def _index_view(frame: Frame) -> TaxonomyView:
    link = _index_link(frame)
    summary = translate(frame.messages, "series_index_summary")
    place = described_place((link,), frame)
    return TaxonomyView(
        site=frame.view,
        head=head(frame, permalinks.SERIES, link.title, summary, structured=place),
        name="series",
        title=link.title,
        summary=summary,
        terms=tuple(_series_card(series, frame) for series in frame.site.series),
    )


def _series_card(series: Series, frame: Frame) -> TermCard:
    """A series in a list, with the icon of its first part."""
    first, last = (frame.entries[series.parts[place]] for place in (0, -1))
    trait = line(first, frame).trait
    url = frame.links.url(permalinks.for_series(series.slug))
    link = TermLink(
        "series",
        series.slug,
        series.title,
        url,
        trait.icon if trait else "",
        trait.colour if trait else "",
    )
    return TermCard(link, "", len(series.parts), line(last, frame))
