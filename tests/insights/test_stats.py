"""How posts are written, in numbers."""

from __future__ import annotations

from datetime import date

import pytest
from selectolax.lexbor import LexborHTMLParser

from generator.insights.stats import (
    PostStats,
    Voice,
    change_in_words,
    over_time,
    reading_age,
    sentences_of,
    stats_of,
    voice_of,
)
from generator.model import PostState
from tests.insights.entries import entry
from tests.insights.literals import config, moment

CONFIG = config()
NOW = moment("2026-11-22 12:00", CONFIG)
BY_YEAR = ((2026, 700), (2026, 500), (2026, 100), (2024, 300))


def sentences(html: str) -> list[str]:
    return sentences_of(LexborHTMLParser(f"<!doctype html><body>{html}"), "en")


def test_sentences_are_the_writer_s_own() -> None:
    html = (
        "<h2>Why now</h2><p>It is late. “Is it?” she asked… yes!</p>"
        "<blockquote><p>Who wrote this?</p></blockquote><ul><li>One</li><li>Two</li></ul>"
        "<pre><code>x = 1</code></pre>"
    )

    assert sentences(html) == [
        "Why now", "It is late.", "“Is it?”", "she asked… yes!", "One", "Two",
    ]  # fmt: skip


def test_the_reading_age_is_that_of_the_index() -> None:
    # 4.71 × 4 letters a word + 0.5 × 10 words a sentence - 21.43 = 2.41: the third grade
    assert reading_age([" ".join(["word"] * 10)] * 10) == 8
    assert reading_age([" ".join(["word"] * 10)] * 9) is None


def test_pronouns_count_with_what_is_joined_to_them() -> None:
    assert voice_of("I'm glad we’ve asked you. Yours is mine; US, it is.") == Voice(2, 2, 2)


def test_a_post_is_counted_in_its_language() -> None:
    html = '<p>What do you think? See <a href="https://a.org">A</a> and <a href="/b/">B</a>.</p>'
    english, welsh = stats_of(
        [
            entry("2026-11-17 09:00", config=CONFIG, as_of=NOW, html=html),
            entry("2026-11-10 09:00", config=CONFIG, as_of=NOW, html=html, language="cy"),
        ],
        "en-GB",
    )

    assert (english.questions, english.links, english.voice) == (1, 1, Voice(0, 0, 1))
    assert (welsh.questions, welsh.links, welsh.voice, welsh.reading_age) == (1, 1, None, None)


def post(words: int = 500, questions: int = 1, links: int = 1) -> PostStats:
    return PostStats(
        "content/posts/one.md", "One", date(2026, 11, 17), PostState.PUBLISHED, words, questions,
        links, 10, Voice(1, 2, 3),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("late", "sentence"),
    [
        (post(), ""),
        (post(questions=0), "None of the last 4 posts asks a question; 12 of 12 before did."),
        (
            post(links=0),
            "None of the last 4 posts links to what others say; 12 of 12 before did.",
        ),
        (
            post(words=800),
            "The last 4 posts are longer than they used to be: 500 words before.",
        ),
    ],
)
def test_only_a_change_is_worth_a_sentence(late: PostStats, sentence: str) -> None:
    assert change_in_words([late] * 4 + [post()] * 12) == sentence
    assert change_in_words([late] * 4 + [post()] * 11) == ""


def test_posts_are_compared_with_as_many_before() -> None:
    last, before = over_time([post(600)] * 12 + [post(400)] * 12 + [post(1)] * 12)

    assert (last.of, last.posts, last.words, last.we) == ("last 12", 12, 600, 2)
    assert (before.of, before.posts, before.words, before.we) == ("12 before", 12, 400, 2)


def test_years_are_compared_newest_first() -> None:
    years = [post(words)._replace(day=date(year, 6, 2)) for year, words in BY_YEAR]

    assert [each[:3] for each in over_time(years)] == [("2026", 3, 500), ("2024", 1, 300)]


def test_a_quoted_question_is_not_a_question_of_the_post() -> None:
    html = (
        "<p>“Why can’t I just say it?” She asked “Does anybody mind?”</p>"
        "<p>Do you (or your team)? What is “ready”?</p>"
    )
    (found,) = stats_of([entry("2026-11-17", config=CONFIG, as_of=NOW, html=html)], "en")

    assert found.questions == 2


def test_a_line_break_ends_no_sentence() -> None:
    assert sentences(
        "<p>What would you\nstop\r\n doing?</p>\n<ul>\n<li>One</li>\n<li>Two</li>"
    ) == [
        "What would you stop doing?",
        "One",
        "Two",
    ]


def test_a_span_with_nothing_to_compare_is_left_out() -> None:
    draft = post(9000)._replace(state=PostState.DRAFT, day=date(2024, 6, 2))

    assert over_time([draft, post()]) == ()


def test_what_is_counted_in_no_post_has_no_median() -> None:
    welsh = post()._replace(voice=None, reading_age=None)
    last, _ = over_time([welsh] * 13)

    assert (last.reading_age, last.we, last.words) == (None, None, 500)


def test_abbreviations_end_no_sentence_and_other_scripts_ask_too() -> None:
    """Issue 12, line 22."""
    assert sentences("<p>Dr. Smith has joined us. Really?</p>") == [
        "Dr. Smith has joined us.",
        "Really?",
    ]
    body = LexborHTMLParser("<!doctype html><body><p>彼は言った。そうですか？はい。</p>")
    assert sentences_of(body, "ja") == ["彼は言った。", "そうですか？", "はい。"]


def test_every_kind_of_block_ends_a_sentence() -> None:
    """Issue 12, line 20."""
    html = "a<div>One</div>two<section>three<ul><li>four<ul><li>five</ul></ul></section><dl><dt>six"
    assert sentences(html) == ["a", "One", "two", "three", "four", "five", "six"]
