"""What to write about next, for a given day always the same."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from generator.config.settings import SiteConfig
from generator.insights.prompts import Choice, Prompt, next_trait, prompt, questions
from generator.model import Entry, PostState
from tests.insights.entries import entry, trait
from tests.insights.literals import config

SUNDAY = datetime(2026, 11, 22, 12, tzinfo=UTC)
CONFIG = config()
LISTEN = trait("listen", "Whom did I hear?", "What surprised me?")
COURAGE = trait("courage", *(f"Question {number}?" for number in range(6)))
TRAITS = (LISTEN, COURAGE)


def post(when: str, *traits: object, **others: object) -> Entry:
    return entry(when, *traits, config=CONFIG, as_of=SUNDAY, **others)  # type: ignore[arg-type]


def chosen(*entries: Entry, settings: SiteConfig = CONFIG) -> Choice:
    found = next_trait(entries, TRAITS, settings, as_of=SUNDAY)
    assert found is not None
    return found


def about(*entries: Entry, as_of: datetime = SUNDAY) -> Prompt:
    return prompt(entries, Choice(COURAGE, ""), CONFIG, as_of=as_of)


def test_the_trait_whose_post_is_oldest_comes_next() -> None:
    found = chosen(post("2026-10-06", COURAGE), post("2026-11-17", LISTEN))

    assert found == (
        COURAGE,
        "It has waited longest: its last post is 6 weeks old, "
        "and every other trait has a newer one, published or planned.",
    )


def test_a_trait_without_a_post_comes_first() -> None:
    assert chosen(post("2026-11-17", LISTEN)) == (COURAGE, "No post is about it yet.")


def test_a_planned_post_counts_as_written_and_an_idea_does_not() -> None:
    past = post("2026-10-06", COURAGE), post("2026-11-17", LISTEN)

    assert chosen(*past, post("2026-12-01", COURAGE, status=PostState.PLANNED)).trait is LISTEN
    assert chosen(*past, post("2026-11-20", COURAGE, status=PostState.IDEA)).trait is COURAGE


def test_a_target_counts_more_than_the_wait() -> None:
    settings = config(balance={"listen": 60})
    entries = (
        post("2026-10-06", COURAGE),
        post("2026-10-13", COURAGE),
        post("2026-10-20", COURAGE),
        post("2026-11-17", LISTEN),
    )

    assert chosen(*entries, settings=settings) == (
        LISTEN,
        "You want 60 posts in a hundred to be about it; of the last 4, published or planned, 1 is.",
    )


def test_a_blog_without_traits_proposes_nothing() -> None:
    assert next_trait((), (), CONFIG, as_of=SUNDAY) is None


def test_the_questions_are_the_same_all_week_and_others_in_the_next() -> None:
    monday = SUNDAY + timedelta(days=1)

    assert about().questions == about(as_of=SUNDAY - timedelta(days=6)).questions
    assert set(about().questions).isdisjoint(about(as_of=monday).questions)
    assert about(as_of=monday).questions == about(as_of=monday + timedelta(days=6)).questions


def test_a_question_in_a_recent_post_comes_last() -> None:
    first = about().questions[0]
    asked = post("2026-11-17", COURAGE, html=f"<blockquote><p>{first}</p></blockquote>")

    assert first not in about(asked).questions
    assert len(about(asked).questions) == 3


def test_a_question_is_recognised_with_other_quotes_and_markup() -> None:
    wondered = trait("courage", "What don't I know?", "Who?", "Why?", "When?")
    asked = post("2026-11-17", wondered, html="<p>What don’t <em>I</em> know?</p>")

    assert "What don't I know?" not in questions(wondered, [asked.post], week=0)


def test_a_question_is_recognised_by_whole_words_of_any_script() -> None:
    """Issue 12, lines 19 and 20."""
    asked = trait("courage", "Is it unbelievable?", "เก่า?", "何を学んだ？", "A?", "B?", "C?")
    html = "<p>Is it un<em>believ</em>able? เก้า? 先週、何を学んだ？はい。</p>"

    assert questions(asked, [post("2026-11-17", asked, html=html).post], week=0) == (
        *("เก่า?", "A?", "B?"),
    )


def test_a_trait_with_few_questions_has_fewer() -> None:
    assert set(questions(LISTEN, (), week=7)) == set(LISTEN.questions)
    assert questions(trait("mute"), (), week=7) == ()


def test_it_builds_on_the_newest_post_and_on_one_from_a_year_ago() -> None:
    entries = [
        post("2025-06-03", COURAGE),
        post("2025-11-18", COURAGE),
        post("2026-03-03", COURAGE),
        post("2026-10-06", COURAGE),
        post("2026-11-17", LISTEN),
        post("2026-11-24", COURAGE),  # not published yet
    ]

    assert [each.permalink for each in about(*entries).builds_on] == [
        "/2026-10-06/",
        "/2025-11-18/",
    ]
