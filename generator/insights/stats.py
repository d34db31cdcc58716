"""How posts are written: their length, questions, links, and who they talk about.

Facts, and no scores: nobody can say how many questions a good post asks.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date
from itertools import groupby, islice
from math import ceil
from statistics import median_low
from typing import NamedTuple

from selectolax.lexbor import LexborHTMLParser

from generator.i18n.sentences import sentences_in
from generator.i18n.words import words_of
from generator.model import Body, Entry, PostState

SPAN = 12  # posts that are compared with as many before
FEWEST_WORDS = 100  # with fewer, the formula for the reading age means nothing

# only in English: Arabic pronouns are endings of words, and the Welsh `i` also means `to`
_WE = frozenset(["we", "us", "our", "ours", "ourselves"])
_I = frozenset(["i", "me", "my", "mine", "myself"])
_YOU = frozenset(["you", "your", "yours", "yourself", "yourselves"])

_ASKS = re.compile(r"[?؟？՞፧‽⁇⁈][)\]]*$")  # before a closing quote, somebody else asks
_NOT_THE_WRITERS = "pre, script, style, blockquote, table, .footnote-ref, .anchor, .alert-title"
_END = "\x1e"  # the record separator, which no post contains
_BLOCKS = (
    "address, article, aside, br, details, dd, div, dl, dt, figcaption, figure, footer, "
    "h1, h2, h3, h4, h5, h6, header, hr, li, main, nav, ol, p, section, summary, ul"
)


class Voice(NamedTuple):
    """How often a post says I, we and you."""

    i: int
    we: int
    you: int


class PostStats(NamedTuple):
    """How one post is written."""

    source: str
    title: str
    day: date | None  # None for a draft without a date
    state: PostState
    words: int
    questions: int  # sentences with a question mark, outside quotations
    links: int  # to other sites
    reading_age: int | None  # in years; None unless it is English and long enough
    voice: Voice | None  # None unless it is English


def stats_of(entries: Iterable[Entry], language: str) -> tuple[PostStats, ...]:
    """How each post is written; `language` is that of posts that name none."""
    return tuple(_stats(entry, language) for entry in entries)


def _stats(entry: Entry, language: str) -> PostStats:
    post = entry.post
    tree = _tree(post.body)
    links = sum(_leads_out(node.attributes.get("href")) for node in tree.css("a"))
    own_language = post.language or language
    sentences = sentences_of(tree, own_language)
    is_english = own_language.partition("-")[0].lower() == "en"
    return PostStats(
        source=post.source,
        title=post.title,
        day=post.published.date() if post.has_date else None,
        state=entry.state,
        words=post.body.word_count,
        questions=sum(bool(_ASKS.search(sentence)) for sentence in sentences),
        links=links,
        reading_age=reading_age(sentences) if is_english else None,
        voice=voice_of(" ".join(sentences)) if is_english else None,
    )


def questions_of(body: Body, language: str) -> tuple[str, ...]:
    """The questions that a post in that language asks, without those that it quotes."""
    return tuple(filter(_ASKS.search, sentences_of(_tree(body), language)))


def _tree(body: Body) -> LexborHTMLParser:
    return LexborHTMLParser(f"<!doctype html><body>{body.html}")


def _leads_out(url: str | None) -> bool:
    return bool(url) and re.match(r"\s*(https?:)?//", url or "", re.IGNORECASE) is not None


def sentences_of(tree: LexborHTMLParser, language: str) -> list[str]:
    """The writer's own sentences in a body: no code, no tables, no quotations."""
    for node in tree.css(_NOT_THE_WRITERS):
        node.decompose()
    for node in tree.css(_BLOCKS):
        node.insert_before(_END)
        node.insert_after(_END)
    text = tree.body.text(deep=True, separator="") if tree.body else ""
    # an editor may break lines anywhere; only the end of a block ends a sentence
    text = " ".join(re.split(r"[\r\n]+", text)).replace(_END, "\n")
    paragraphs = (" ".join(part.split()) for part in text.split("\n"))
    found = (sentence for part in paragraphs for sentence in sentences_in(part, language))
    return [sentence for sentence in found if re.search(r"\w", sentence)]


def reading_age(sentences: Sequence[str]) -> int | None:
    """The age at which English is read with ease, by the Automated Readability Index.

    Senter and Smith (1967), AMRL-TR-66-220: an American school grade, from the number of letters
    in a word and of words in a sentence, which a program can count reliably.
    """
    words = [word for sentence in sentences for word in words_of(sentence)]
    if len(words) < FEWEST_WORDS:
        return None
    length = sum(map(len, words)) / len(words)
    grade = ceil(4.71 * length + 0.5 * len(words) / len(sentences) - 21.43)
    return max(1, grade) + 5


def voice_of(text: str) -> Voice:
    """How often an English text says I, we and you; I'm and we've count."""
    words = [re.split("['’]", word)[0] for word in map(str.lower, words_of(text))]
    return Voice(*(sum(word in known for word in words) for known in (_I, _WE, _YOU)))


class Medians(NamedTuple):
    """The medians of some posts, each over the posts in which it could be counted."""

    of: str  # `last 12`, `12 before`, or a year
    posts: int
    words: int | None
    reading_age: int | None
    questions: int | None
    i: int | None
    we: int | None
    you: int | None
    links: int | None


def over_time(posts: Iterable[PostStats]) -> tuple[Medians, ...]:
    """The medians of the last published posts and of those before them, and of each year.

    `posts` are newest first. A span or year with nothing to compare it with is left out.
    """
    out = [post for post in posts if post.state is PostState.PUBLISHED and post.day]
    spans = {f"last {SPAN}": out[:SPAN]}
    if before := out[SPAN : 2 * SPAN]:
        spans[f"{len(before)} before"] = before
    years = {year: list(group) for year, group in groupby(out, key=lambda post: f"{post.day:%Y}")}
    return tuple(
        _medians(of, group)
        for beside in (spans, years)
        if len(beside) > 1
        for of, group in beside.items()
    )


def _medians(of: str, posts: Sequence[PostStats]) -> Medians:
    voices = [post.voice for post in posts if post.voice]
    return Medians(
        of,
        len(posts),
        words=_median(post.words for post in posts),
        reading_age=_median(post.reading_age for post in posts),
        questions=_median(post.questions for post in posts),
        i=_median(voice.i for voice in voices),
        we=_median(voice.we for voice in voices),
        you=_median(voice.you for voice in voices),
        links=_median(post.links for post in posts),
    )


def _median(numbers: Iterable[int | None]) -> int | None:
    known = [number for number in numbers if number is not None]
    return median_low(known) if known else None


LATELY = 4  # posts; a change in as many is worth a sentence


def change_lately(entries: Iterable[Entry], language: str) -> str:
    """What `change_in_words` says of the newest posts, without reading older ones."""
    out = (entry for entry in entries if entry.state is PostState.PUBLISHED)
    return change_in_words(stats_of(islice(out, LATELY + SPAN), language))


def change_in_words(posts: Sequence[PostStats]) -> str:
    """A sentence about what has changed in the last posts; '' if nothing is worth one."""
    out = [post for post in posts if post.state is PostState.PUBLISHED]
    late, before = out[:LATELY], out[LATELY : LATELY + SPAN]
    if len(late) < LATELY or len(before) < SPAN:
        return ""
    asking = sum(post.questions > 0 for post in before)
    if asking > SPAN // 2 and not any(post.questions for post in late):
        return f"None of the last {LATELY} posts asks a question; {asking} of {SPAN} before did."
    linking = sum(post.links > 0 for post in before)
    if linking > SPAN // 2 and not any(post.links for post in late):
        return (
            f"None of the last {LATELY} posts links to what others say;"
            f" {linking} of {SPAN} before did."
        )
    usual = median_low([post.words for post in before])
    if usual and min(post.words for post in late) > 1.5 * usual:
        return f"The last {LATELY} posts are longer than they used to be: {usual} words before."
    return ""
