"""The search: its page, what it knows of every post, and the words of the bodies."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cache, partial
from itertools import groupby

from generator.artifacts.frame import Frame, card, head, term_link, trait_shares
from generator.artifacts.pages import page
from generator.i18n.translate import translate
from generator.model import Artifact, Deferred, Entry, PostState
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

SHARES = 4  # files that the words of a year are spread over, of which one word needs one


def search_files(frame: Frame) -> Iterator[Artifact]:
    """Everything that a search needs, of published posts only, also in a private look."""
    if not frame.config.search.enabled:
        return
    published = tuple(e for e in frame.site.entries if e.state is PostState.PUBLISHED)
    lists = frame.sketches.of_lists
    page_view, about = partial(_search_view, published, frame), partial(_open_search_view, frame)
    yield page("search.html", permalinks.SEARCH, page_view, lists, changed=None)
    yield page("opensearch.xml", permalinks.OPEN_SEARCH, about, lists, changed=None)
    index = Deferred(lists, partial(_index_view, published, frame))
    yield Artifact(permalinks.output_path(permalinks.SEARCH_INDEX), "search-index", index, "")
    for year, entries in groupby(published, key=lambda entry: entry.post.published.year):
        yield from _files_of_words(year, tuple(entries), frame)


def _files_of_words(year: int, entries: Sequence[Entry], frame: Frame) -> Iterator[Artifact]:
    sketch = frame.sketches.of_posts([entry.post.source for entry in entries])
    words = cache(partial(_search_year, entries, frame))
    for share in range(SHARES):
        path = permalinks.output_path(permalinks.for_search_words(year, share))
        view = Deferred(sketch, partial(_words_view, words, share))
        yield Artifact(path, "search-words", view, "")


def _words_view(words: Callable[[], SearchYear], share: int) -> SearchWordsView:
    return SearchWordsView(words(), share, SHARES)


def _index_view(published: Sequence[Entry], frame: Frame) -> SearchIndexView:
    return SearchIndexView(
        posts=tuple(card(entry, frame) for entry in published),
        terms=tuple(_search_terms(published, frame)),
        shares=SHARES,
    )


def _search_view(published: Sequence[Entry], frame: Frame) -> SearchView:
    title = translate(frame.messages, "search")
    return SearchView(
        site=frame.view,
        head=head(frame, permalinks.SEARCH, title, _summary(frame), is_indexed=False),
        address=frame.links.url(permalinks.SEARCH),
        index_url=frame.links.url(permalinks.SEARCH_INDEX),
        open_search=frame.links.url(permalinks.OPEN_SEARCH),
        archive=frame.links.url(permalinks.ARCHIVE),
        traits=trait_shares(published, frame),
    )


def _open_search_view(frame: Frame) -> OpenSearchView:
    icon = frame.view.files.get("favicon.svg", "")
    return OpenSearchView(
        title=frame.config.title,
        description=_summary(frame),
        language=frame.config.language,
        search=frame.links.absolute(permalinks.SEARCH),
        icon=frame.links.absolute_url(icon) if icon else "",
    )


def _summary(frame: Frame) -> str:
    return translate(frame.messages, "search_summary", site=frame.config.title)


def _search_year(entries: Sequence[Entry], frame: Frame) -> SearchYear:
    """The oldest first, so that a new post changes no other's number."""
    return SearchYear(
        tuple(
            SearchBody(frame.links.url(entry.permalink), entry.post.body.vocabulary)
            for entry in reversed(entries)
        )
    )


def _search_terms(entries: Sequence[Entry], frame: Frame) -> Iterator[SearchTerm]:
    """Every term that a published post has, traits first."""
    places: dict[tuple[str, str], list[int]] = {}
    for place, entry in enumerate(entries):
        for term in entry.terms:
            places.setdefault((term.taxonomy, term.slug), []).append(place)
    for taxonomy in frame.site.taxonomies:
        for term in taxonomy.terms:
            if found := places.get((term.taxonomy, term.slug)):
                yield SearchTerm(term_link(term, frame), tuple(found))
