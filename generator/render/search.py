"""What the script of the search page reads: an index of posts, and files of words by year.

The index is JSON. A file of words has three lines: the stamp of its year's posts, sorted words,
and for each word a hexadecimal number whose lowest bit stands for the year's first post. Index
and words can come from two builds, when a browser keeps one of them: the stamp shows that.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from itertools import groupby

from generator import fingerprint
from generator.views import PostLink, SearchIndexView, SearchYear, TermLink

STAMP_LENGTH = 8  # hexadecimal digits


def index(view: SearchIndexView) -> bytes:
    """Titles, addresses, dates and summaries of all posts, newest first; and their terms."""
    places = {term.link.url: place for place, term in enumerate(view.terms)}
    years = groupby(view.posts, key=lambda post: post.date.iso[:4])
    content = {
        "shares": view.shares,
        "years": [_year(year, [post.url for post in posts]) for year, posts in years],
        "terms": [_term(*term) for term in view.terms],
        "posts": [
            _post(post, summary, places)
            for post, summary in zip(view.posts, view.summaries, strict=True)
        ],
    }
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def _year(year: str, newest_first: list[str]) -> list[object]:
    return [year, len(newest_first), _stamp(reversed(newest_first))]


def _post(post: PostLink, summary: str, places: Mapping[str, int]) -> list[object]:
    """A post, with the place of the trait whose colour it has among the terms; -1 without one."""
    trait = places[post.trait.url] if post.trait else -1
    return [post.title, post.url, post.date.iso[:10], post.date.short, summary, trait]


def _term(link: TermLink, posts: tuple[int, ...]) -> list[object]:
    return [link.title, link.url, link.icon, link.colour, posts]


def _stamp(urls: Iterable[str]) -> str:
    return fingerprint.of_value(tuple(urls))[:STAMP_LENGTH]


def shares_of(year: SearchYear, count: int) -> tuple[bytes, ...]:
    """The words of a year's posts, spread over so many files by their first letter."""
    posts: defaultdict[str, int] = defaultdict(int)
    bit = 1
    for body in year.posts:
        for word in body.vocabulary.split():
            posts[word] |= bit
        bit <<= 1
    stamp = _stamp(body.url for body in year.posts)
    shares: list[list[str]] = [[] for _ in range(count)]
    for word in sorted(posts):
        shares[ord(word[0]) % count].append(word)
    return tuple(
        f"{stamp}\n{' '.join(words)}\n{' '.join(f'{posts[word]:x}' for word in words)}\n".encode()
        for words in shares
    )
