"""How letters are written: their length, their questions, whom they speak of, where they lead.

Facts, and no marks: nobody can say how many questions a good letter asks.
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

from generator.model import Body, Entry, PostState

SPAN = 12  # letters that are compared with as many before
FEWEST_WORDS = 100  # below which the formula for the reading age says nothing

# English alone: pronouns of Arabic are endings of words, and the Welsh `i` is `to` as well
_WE = frozenset(["we", "us", "our", "ours", "ourselves"])
_I = frozenset(["i", "me", "my", "mine", "myself"])
_YOU = frozenset(["you", "your", "yours", "yourself", "yourselves"])

_WORD = re.compile(r"\w+(?:['’]\w+)*")
_SENTENCE = re.compile(r"[^\n]+?(?:[.!?…؟]+[\"'”’»)\]]*(?=\s|\Z)|(?=\n|\Z))")
_ASKS = re.compile(r"[?؟][)\]]*$")  # before the end of a quotation, somebody else asks
_NOT_SAID = "pre, script, style, blockquote, table, .footnote-ref, .anchor, .alert-title"
_END = "\x1e"  # the record separator, which no text of a letter holds
_BLOCKS = "p, li, dd, dt, figcaption, h1, h2, h3, h4, h5, h6, br, summary"


class Voice(NamedTuple):
    """How often a letter speaks of whom."""

    i: int
    we: int
    you: int


class LetterStats(NamedTuple):
    """How one letter is written."""

    source: str
    title: str
    day: date
    state: PostState
    words: int
    questions: int  # sentences with a question mark, but not in what is quoted
    links: int  # to other sites
    reading_age: int | None  # in years; None unless it is English and long enough
    voice: Voice | None  # None unless it is English


def stats_of(entries: Iterable[Entry], language: str) -> tuple[LetterStats, ...]:
    """How each letter is written; `language` is that of those which name none."""
    return tuple(_stats(entry, language) for entry in entries)


def _stats(entry: Entry, language: str) -> LetterStats:
    post = entry.post
    tree = _tree(post.body)
    links = sum(_leads_out(node.attributes.get("href")) for node in tree.css("a"))
    sentences = sentences_of(tree)
    is_english = (post.language or language).partition("-")[0].lower() == "en"
    return LetterStats(
        source=post.source,
        title=post.title,
        day=post.published.date(),
        state=entry.state,
        words=post.body.word_count,
        questions=sum(bool(_ASKS.search(sentence)) for sentence in sentences),
        links=links,
        reading_age=reading_age(sentences) if is_english else None,
        voice=voice_of(" ".join(sentences)) if is_english else None,
    )


def questions_of(body: Body) -> tuple[str, ...]:
    """The questions that a letter asks, but not those that it quotes."""
    return tuple(filter(_ASKS.search, sentences_of(_tree(body))))


def _tree(body: Body) -> LexborHTMLParser:
    return LexborHTMLParser(f"<!doctype html><body>{body.html}")


def _leads_out(url: str | None) -> bool:
    return bool(url) and re.match(r"\s*(https?:)?//", url or "", re.IGNORECASE) is not None


def sentences_of(tree: LexborHTMLParser) -> list[str]:
    """What the writer says in a body, by sentence: no code, no table, nobody else's words."""
    for node in tree.css(_NOT_SAID):
        node.decompose()
    for node in tree.css(_BLOCKS):
        node.insert_after(_END)
    text = tree.body.text(deep=True, separator="") if tree.body else ""
    # a writer's editor breaks lines anywhere; only the end of a block ends a sentence
    text = " ".join(re.split(r"[\r\n]+", text)).replace(_END, "\n")
    return [" ".join(part.split()) for part in _SENTENCE.findall(text) if _WORD.search(part)]


def reading_age(sentences: Sequence[str]) -> int | None:
    """The age at which English is read with ease, by the Automated Readability Index.

    Senter and Smith (1967), AMRL-TR-66-220: a grade of American schools from the letters of a
    word and the words of a sentence, both of which a program can count without being wrong.
    """
    words = [word for sentence in sentences for word in _WORD.findall(sentence)]
    if len(words) < FEWEST_WORDS:
        return None
    letters = sum(map(len, words)) / len(words)
    grade = ceil(4.71 * letters + 0.5 * len(words) / len(sentences) - 21.43)
    return max(1, grade) + 5


def voice_of(text: str) -> Voice:
    """How often an English text speaks of whom; I'm and we've count."""
    words = [re.split("['’]", word)[0] for word in map(str.lower, _WORD.findall(text))]
    return Voice(*(sum(word in known for word in words) for known in (_I, _WE, _YOU)))


class Middle(NamedTuple):
    """The middle values of some letters, each of those in which it was counted."""

    of: str  # `last 12`, `12 before`, or a year
    letters: int
    words: int | None
    reading_age: int | None
    questions: int | None
    i: int | None
    we: int | None
    you: int | None
    links: int | None


def over_time(letters: Iterable[LetterStats]) -> tuple[Middle, ...]:
    """The last published letters beside those before them, and year beside year.

    `letters` are newest first. Nothing is said of what has nothing beside it.
    """
    out = [letter for letter in letters if letter.state is PostState.PUBLISHED]
    spans = {f"last {SPAN}": out[:SPAN]}
    if before := out[SPAN : 2 * SPAN]:
        spans[f"{len(before)} before"] = before
    years = {
        str(year): list(group) for year, group in groupby(out, key=lambda letter: letter.day.year)
    }
    return tuple(
        _middles(of, group)
        for beside in (spans, years)
        if len(beside) > 1
        for of, group in beside.items()
    )


def _middles(of: str, letters: Sequence[LetterStats]) -> Middle:
    voices = [letter.voice for letter in letters if letter.voice]
    return Middle(
        of,
        len(letters),
        words=_middle(letter.words for letter in letters),
        reading_age=_middle(letter.reading_age for letter in letters),
        questions=_middle(letter.questions for letter in letters),
        i=_middle(voice.i for voice in voices),
        we=_middle(voice.we for voice in voices),
        you=_middle(voice.you for voice in voices),
        links=_middle(letter.links for letter in letters),
    )


def _middle(numbers: Iterable[int | None]) -> int | None:
    known = [number for number in numbers if number is not None]
    return median_low(known) if known else None


LATELY = 4  # letters in which a change shows that is worth a sentence


def change_lately(entries: Iterable[Entry], language: str) -> str:
    """What `change_in_words` says of the newest letters, without reading older ones."""
    out = (entry for entry in entries if entry.state is PostState.PUBLISHED)
    return change_in_words(stats_of(islice(out, LATELY + SPAN), language))


def change_in_words(letters: Sequence[LetterStats]) -> str:
    """A sentence about what has changed in the last letters, '' where nothing is worth one."""
    out = [letter for letter in letters if letter.state is PostState.PUBLISHED]
    late, before = out[:LATELY], out[LATELY : LATELY + SPAN]
    if len(late) < LATELY or len(before) < SPAN:
        return ""
    asking = sum(letter.questions > 0 for letter in before)
    if asking > SPAN // 2 and not any(letter.questions for letter in late):
        return f"None of the last {LATELY} letters asks a question; {asking} of {SPAN} before did."
    linking = sum(letter.links > 0 for letter in before)
    if linking > SPAN // 2 and not any(letter.links for letter in late):
        return (
            f"None of the last {LATELY} letters leads to what others say;"
            f" {linking} of {SPAN} before did."
        )
    usual = median_low([letter.words for letter in before])
    if usual and min(letter.words for letter in late) > 1.5 * usual:
        return f"The last {LATELY} letters are longer than they used to be: {usual} words before."
    return ""
