"""Taxonomies: traits, reasons, topics, and any other ways to group posts."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache

from generator.config.settings import DEFAULT_TRAITS, TOPICS, TRAITS, SiteConfig, TaxonomySettings
from generator.i18n.translate import translate
from generator.model import Post, Tag, Taxonomy, Term
from generator.site import permalinks
from generator.site.icons import with_icons
from generator.views import Messages


@cache
def fold(tag: str) -> str:
    """A tag without differences that don't matter: case, spaces, hyphens, the form of quotes.

    Nor do accents of Latin and Greek letters. Any other combining mark makes another letter or
    word, as in Thai, Hindi, Japanese or Russian.
    """
    if tag.isascii():
        return " ".join(tag.lower().replace("-", " ").replace("_", " ").split())
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", tag).casefold())
    letters = unicodedata.normalize("NFC", _ACCENTED.sub(r"\1", _UNSEEN.sub("", plain)))
    return " ".join(letters.translate(_SAME_SIGNS).split())


# letters of Latin and Greek with accents, once taken apart
_ACCENTED = re.compile("([a-z\u00c0-\u02af\u0370-\u03ff\u1e00-\u1fff])[\u0300-\u036f]+")
# soft hyphens, joiners, and signs that choose among the forms of a character
_UNSEEN = re.compile("[\u00ad\u200d\u2060\ufe00-\ufe0f\ufeff]")
_SAME_SIGNS = str.maketrans("-_‐‑–‘’‚“”„«»「」", '     \'\'\'"""""""')


def taxonomies_of(
    terms: Sequence[Term], shown: Iterable[Post], config: SiteConfig, messages: Messages
) -> tuple[Taxonomy, ...]:
    """The traits, every taxonomy with a table in the settings, and the topics."""
    declared = tuple(
        Taxonomy(
            name=name,
            title=settings.title,
            singular=settings.singular,
            summary=settings.summary,
            has_feeds=True,
            terms=with_icons(
                sorted(
                    (term for term in terms if term.taxonomy == name),
                    key=lambda term: (term.order, term.slug),
                )
            ),
            is_hidden=settings.hidden,
        )
        for name, settings in _named(config.taxonomies, messages)
    )
    topics = Taxonomy(
        TOPICS,
        title=translate(messages, "topics"),
        singular=translate(messages, "topic"),
        summary="",
        has_feeds=False,
        terms=_topics(shown, declared, config),
    )
    return (*declared, topics) if topics.terms else declared


def traits_in(taxonomies: Iterable[Taxonomy]) -> tuple[Term, ...]:
    """The traits among all terms, in their order."""
    return next((taxonomy.terms for taxonomy in taxonomies if taxonomy.name == TRAITS), ())


def _named(
    taxonomies: Mapping[str, TaxonomySettings], messages: Messages
) -> Iterator[tuple[str, TaxonomySettings]]:
    """The taxonomies; traits without a title are named in the blog's language."""
    default = TaxonomySettings(
        title=translate(messages, "traits"), singular=translate(messages, "trait")
    )
    for name, settings in taxonomies.items():
        yield name, default if settings == DEFAULT_TRAITS else settings


def _topics(
    shown: Iterable[Post], declared: Iterable[Taxonomy], config: SiteConfig
) -> tuple[Term, ...]:
    """The topics of the settings, and unknown tags where these are allowed."""
    titles = {fold(title): title for title in config.topics}
    if config.unknown_tags != "error":
        known = terms_by_tag(declared)
        for post in sorted(shown, key=lambda post: post.source):
            for tag in post.tags:
                if fold(tag.text) not in known:
                    titles.setdefault(fold(tag.text), tag.text)
    by_slug: dict[str, list[str]] = defaultdict(list)
    for _, title in sorted(titles.items()):
        by_slug[permalinks.slug_of(title)].append(title)
    at = config.at(("topics",))
    # several with one slug are errors; they are kept as one, so that nothing else is reported
    return tuple(
        Term(TOPICS, slug, first, 0, "", tuple(Tag(one, at) for one in others), (), "", None)
        for slug, (first, *others) in by_slug.items()
        if slug
    )


def terms_by_tag(taxonomies: Iterable[Taxonomy]) -> dict[str, tuple[Term, ...]]:
    """The terms that each folded tag means, in the order of the taxonomies."""
    by_tag: dict[str, list[Term]] = defaultdict(list)
    for taxonomy in taxonomies:
        for term in taxonomy.terms:
            for word in dict.fromkeys(fold(word) for word in term.words):
                by_tag[word].append(term)
    return {tag: tuple(terms) for tag, terms in by_tag.items()}


def terms_of(post: Post, by_tag: Mapping[str, tuple[Term, ...]]) -> tuple[Term, ...]:
    """The terms that a post's tags mean: traits first, each taxonomy in the order of the tags."""
    found = {
        (term.taxonomy, term.slug): term
        for tag in post.tags
        for term in by_tag.get(fold(tag.text), ())
    }
    return tuple(sorted(found.values(), key=lambda term: (term.taxonomy != TRAITS, term.taxonomy)))
