"""Which posts are like which, and why."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from itertools import pairwise, permutations

from generator.model import Entry, Part, Post, Term

RELATED_COUNT = 3
WIDESPREAD = 16  # a word that more posts have than this does not make two of them alike
# for each word, divided by how many posts have it: 500 for the rarest, 62 at most
WORD_WEIGHT = 1000
SERIES_WEIGHT = 400  # what it counts to stand near each other in a series
TERM_WEIGHT = 100  # what it counts to follow each other within a trait, and to share one
# what it counts to be of the same week; half as much a week apart, nothing after a year
RECENT = 52

SAID = 3  # words that are named as a reason
MONTH = 4  # weeks


def related_posts(
    shown: Sequence[Post],
    terms: Mapping[str, tuple[Term, ...]],
    parts: Mapping[str, Part],
) -> dict[str, tuple[str, ...]]:
    """For each post the posts most like it: by rare words, series, terms and time.

    A word counts the more the fewer posts have it (inverse document frequency); one that
    many posts have says nothing. Posts that follow each other within a trait are candidates
    too, so that a post without a rare word has company. The parts before and after a post in its
    series are none, since the post leads to them anyway.
    """
    scores: list[dict[int, int]] = [defaultdict(int) for _ in shown]
    for places in _holders(post.body.keywords.split() for post in shown).values():
        if 1 < len(places) <= WIDESPREAD:
            weight = WORD_WEIGHT // len(places)
            for place, other in permutations(places, 2):
                scores[place][other] += weight
    holders = _holders([(t.taxonomy, t.slug) for t in terms[post.source]] for post in shown)
    for places in holders.values():
        _add_neighbours(scores, places, weight=TERM_WEIGHT)
    for places in _in_series(shown, parts):
        for place, other in pairwise(places):  # the letter leads to these as parts of its series
            scores[place].pop(other, None)
            scores[other].pop(place, None)
        for every_second in (places[::2], places[1::2]):
            _add_neighbours(scores, every_second, weight=SERIES_WEIGHT)
    filed = _as_bits(holders.values(), len(shown))
    weeks = [post.published.toordinal() // 7 for post in shown]
    return {
        post.source: tuple(
            [shown[other].source for other in _nearest(scores[place], place, filed, weeks)]
        )
        for place, post in enumerate(shown)
    }


def _holders(features: Iterable[Iterable[Hashable]]) -> dict[Hashable, list[int]]:
    """Where each feature stands, in ascending order."""
    holders: dict[Hashable, list[int]] = defaultdict(list)
    for place, group in enumerate(features):
        for feature in group:
            holders[feature].append(place)
    return holders


def _as_bits(groups: Iterable[Iterable[int]], count: int) -> list[int]:
    """For each place the groups that it is in, a bit for each group."""
    bits = [0] * count
    for number, places in enumerate(groups):
        for place in places:
            bits[place] |= 1 << number
    return bits


def _in_series(shown: Sequence[Post], parts: Mapping[str, Part]) -> Iterator[list[int]]:
    """The places of the posts of each series, in the order of reading."""
    places = {post.source: place for place, post in enumerate(shown) if post.source in parts}
    series = {part.series.slug: part.series for part in parts.values()}
    for one in series.values():
        yield [places[source] for source in one.parts]


def _add_neighbours(
    scores: Sequence[dict[int, int]], places: Iterable[int], *, weight: int
) -> None:
    for place, other in pairwise(places):
        scores[place][other] += weight
        scores[other][place] += weight


def _nearest(
    scores: Mapping[int, int], place: int, filed: Sequence[int], weeks: Sequence[int]
) -> list[int]:
    """The places of the best: their score in common, what shared terms add, and what time does."""
    mine, week = filed[place], weeks[place]
    ranked = sorted(
        [
            (
                -score
                - TERM_WEIGHT * (mine & filed[other]).bit_count()
                - RECENT // (1 + abs(weeks[other] - week)),
                abs(other - place),
                other,
            )
            for other, score in scores.items()
        ]
    )
    return [other for _, _, other in ranked[:RELATED_COUNT]]


def why_related(entry: Entry, entries: Sequence[Entry]) -> Iterator[str]:
    """For each post that a post is said to be like, its title and what the two have in common."""
    places = {other.post.source: other for other in entries}
    spread = Counter(word for other in entries for word in _words(other))
    for source in entry.related:
        other = places[source]
        yield f"{other.post.title} ({'; '.join(_in_common(entry, other, spread))})"


def _in_common(entry: Entry, other: Entry, spread: Mapping[str, int]) -> Iterator[str]:
    if entry.part and other.part and entry.part.series == other.part.series:
        yield "same series"
    words = {word for word in _words(entry) & _words(other) if spread[word] <= WIDESPREAD}
    if words:
        rarest = sorted(words, key=lambda word: (spread[word], word))[:SAID]
        yield f"rare words in common: {', '.join(rarest)}"
    terms = [term.title for term in entry.terms if term in other.terms]
    if terms:
        yield f"both about {', '.join(terms)}"
    weeks = abs(entry.post.published - other.post.published).days // 7
    if weeks <= MONTH:
        yield "written within a month"


def _words(entry: Entry) -> frozenset[str]:
    return frozenset(entry.post.body.keywords.split())
