"""Traits that an old post may be about, from its words and tags; each with the reason."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from generator.model import Term
from generator.site.taxonomies import fold

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
MOST = 3  # traits that are proposed for a post
_LEAST = 2  # times that its words occur


class Suggestion(NamedTuple):
    """A tag that may belong to a post, and why."""

    tag: str
    trait: str
    reason: str


def suggested_tags(
    text: str, tags: Sequence[str], traits: Sequence[Term]
) -> tuple[Suggestion, ...]:
    """The traits whose words a text or its tags have most often; the same text gives the same."""
    found_words = _WORD.findall(unicodedata.normalize("NFC", text).casefold())
    line = f" {' '.join(found_words)} "
    stems: dict[str, Counter[str]] = {}
    for form, count in Counter(found_words).items():
        stems.setdefault(_stem(form), Counter())[form] += count
    given = {fold(tag): tag for tag in tags}
    found: list[tuple[int, int, Suggestion]] = []
    for place, trait in enumerate(traits):
        score = 0
        reasons: list[str] = []
        said: Counter[str] = Counter()
        for word in dict.fromkeys(fold(one) for one in trait.words):
            if word in given:
                score += 5
                reasons.append(f"has the tag '{given[word]}'")
            elif " " in word:
                count = line.count(f" {word} ")
                said.update({word: count} if count else {})
            elif len(word) > 3:
                said |= stems.get(_stem(word), Counter())
        score += sum(said.values())
        reasons += [
            f"says '{form}' {count} times" if count > 1 else f"says '{form}' once"
            for form, count in sorted(said.items(), key=lambda item: (-item[1], item[0]))[:2]
        ]
        if score >= _LEAST:
            tag = trait.tags[0].text if trait.tags else trait.slug
            found.append((-score, place, Suggestion(tag, trait.title, "; ".join(reasons))))
    return tuple(suggestion for _, _, suggestion in sorted(found, key=lambda one: one[:2])[:MOST])


_ENDINGS = ("edly", "ings", "ions", "ness", "ing", "ers", "ion", "ed", "er", "es", "ly", "s")


@lru_cache(100_000)
def _stem(word: str) -> str:
    """The beginning of a word that its forms share: listen, listened, listening."""
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return word[: len(word) - len(ending)].rstrip("e")
    return word.rstrip("e") if len(word) > 4 else word
