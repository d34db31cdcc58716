"""Which posts are like which."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from itertools import pairwise, permutations

from generator.model import Post, Term

RELATED_COUNT = 3
WIDESPREAD = 16  # a word that more posts have than this does not make two of them alike
TERM_WEIGHT = 100  # what a shared trait counts beside a rare word's 500 and a common one's 62


def related_posts(
    shown: Sequence[Post], terms: Mapping[str, tuple[Term, ...]]
) -> dict[str, tuple[str, ...]]:
    """For each post the posts most like it, by rare words and terms in common.

    A word counts the more the fewer posts have it (inverse document frequency); one that
    many posts have says nothing. Posts that follow each other within a trait are candidates
    too, so that a post without a rare word has company.
    """
    scores: list[Counter[int]] = [Counter() for _ in shown]
    for places in _holders(post.body.keywords.split() for post in shown).values():
        if len(places) <= WIDESPREAD:
            _add_pairs(scores, places, weight=1000 // len(places))
    shared = _holders([(t.taxonomy, t.slug) for t in terms[post.source]] for post in shown)
    for places in shared.values():
        for place, other in pairwise(places):
            _add_pairs(scores, [place, other], weight=TERM_WEIGHT)
    return {
        post.source: tuple(shown[other].source for other in _nearest(scores[place], place))
        for place, post in enumerate(shown)
    }


def _holders(features: Iterable[Iterable[Hashable]]) -> dict[Hashable, list[int]]:
    """Where each feature stands, in ascending order."""
    holders: dict[Hashable, list[int]] = defaultdict(list)
    for place, group in enumerate(features):
        for feature in group:
            holders[feature].append(place)
    return holders


def _add_pairs(scores: Sequence[Counter[int]], places: Iterable[int], *, weight: int) -> None:
    for place, other in permutations(places, 2):
        scores[place][other] += weight


def _nearest(scores: Counter[int], place: int) -> list[int]:
    ranked = sorted(scores, key=lambda other: (-scores[other], abs(other - place), other))
    return ranked[:RELATED_COUNT]
