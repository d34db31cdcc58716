"""The search: its page, what it knows about every post, and the words of the bodies."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cache, partial
from itertools import groupby
from typing import NamedTuple

from generator.artifacts.context import SiteContext, link_to, term_link, trait_shares
from generator.artifacts.page_heads import head
from generator.artifacts.recipes import Artifact, Lazy, SearchIndex, SearchWords, page
from generator.config.built_in_pages import ARCHIVE, SEARCH
from generator.i18n.translate import translate
from generator.model import Entry, Post, PostState
from generator.site import permalinks
from generator.views import (
    OpenSearchView,
    SearchBody,
    SearchIndexView,
    SearchTerm,
    SearchView,
    SearchWordsView,
    SearchYear,
)

SHARES = 4  # files for the words of a year; to look up one word takes one of them


def search_files(context: SiteContext) -> Iterator[Artifact]:
    """Everything that a search needs; published posts only, even in a preview."""
    if not context.config.search.enabled:
        return
    published = tuple(e for e in context.site.entries if e.state is PostState.PUBLISHED)
    page_view, about = (
        partial(_search_view, published, context),
        partial(_open_search_view, context),
    )
    yield page("search.html", SEARCH, page_view, changed=None)
    yield page("opensearch.xml", permalinks.OPEN_SEARCH, about, changed=None)
    index = SearchIndex(Lazy(partial(_index_view, published, context)))
    yield Artifact(permalinks.output_path(permalinks.SEARCH_INDEX), index, "")
    for _, entries in groupby(published, key=lambda entry: entry.post.published.year):
        yield from _files_of_words(tuple(entries), context)


class YearInputs(NamedTuple):
    """Everything that the words of a year are made from, the oldest post first."""

    urls: tuple[str, ...]
    posts: tuple[Post, ...]


def _files_of_words(entries: Sequence[Entry], context: SiteContext) -> Iterator[Artifact]:
    """The files of one year; the oldest post comes first, so that a new one changes no number."""
    inputs = YearInputs(
        urls=tuple([context.links.url(entry.permalink) for entry in reversed(entries)]),
        posts=tuple([entry.post for entry in reversed(entries)]),
    )
    year = cache(partial(_search_year, inputs))
    permalink = partial(permalinks.for_search_words, entries[0].post.published.year)
    for share in range(SHARES):
        words = SearchWords(Lazy(partial(_words_view, year, share), inputs))
        yield Artifact(permalinks.output_path(permalink(share)), words, "")


def _search_year(inputs: YearInputs) -> SearchYear:
    bodies = zip(inputs.urls, inputs.posts, strict=True)
    return SearchYear(tuple(SearchBody(url, post.body.vocabulary) for url, post in bodies))


def _words_view(year: Callable[[], SearchYear], share: int) -> SearchWordsView:
    return SearchWordsView(year(), share, SHARES)


def _index_view(published: Sequence[Entry], context: SiteContext) -> SearchIndexView:
    return SearchIndexView(
        posts=tuple([link_to(entry, context) for entry in published]),
        summaries=tuple([context.shown[entry.post.source].summary for entry in published]),
        terms=tuple(_search_terms(published, context)),
        shares=SHARES,
    )


def _search_view(published: Sequence[Entry], context: SiteContext) -> SearchView:
    title = translate(context.messages, "search")
    return SearchView(
        site=context.view,
        head=head(context.page, SEARCH, title, _summary(context), is_indexed=False),
        address=context.links.url(SEARCH),
        index_url=context.links.url(permalinks.SEARCH_INDEX),
        open_search=context.links.url(permalinks.OPEN_SEARCH),
        archive=context.links.url(ARCHIVE),
        traits=trait_shares(published, context),
    )


def _open_search_view(context: SiteContext) -> OpenSearchView:
    icon = context.view.files.get("favicon.svg", "")
    return OpenSearchView(
        title=context.config.title,
        description=_summary(context),
        language=context.config.language,
        search=context.links.absolute(SEARCH),
        icon=context.links.absolute_url(icon) if icon else "",
    )


def _summary(context: SiteContext) -> str:
    return translate(context.messages, "search_summary", site=context.config.title)


def _search_terms(entries: Sequence[Entry], context: SiteContext) -> Iterator[SearchTerm]:
    """Every term that a published post has, traits first."""
    places: dict[tuple[str, str], list[int]] = {}
    for place, entry in enumerate(entries):
        for term in entry.terms:
            places.setdefault((term.taxonomy, term.slug), []).append(place)
    for taxonomy in context.site.taxonomies:
        for term in () if taxonomy.is_hidden else taxonomy.terms:
            if found := places.get((term.taxonomy, term.slug)):
                yield SearchTerm(term_link(term, context), tuple(found))
