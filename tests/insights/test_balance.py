"""Traits by month, counted by hand."""

from __future__ import annotations

from datetime import date

from generator.insights.balance import Balance, FiledPost, balance
from tests.insights.entries import trait

TRAITS = (trait("listen"), trait("courage"), trait("vision"))
POSTS = (
    FiledPost(date(2025, 12, 30), ("vision",)),
    FiledPost(date(2026, 1, 6), ("listen",)),
    FiledPost(date(2026, 1, 13), ("listen", "courage")),
    FiledPost(date(2026, 2, 3), ("courage",)),
    FiledPost(date(2026, 3, 3), ("courage",)),
    FiledPost(date(2026, 3, 10), ()),
    FiledPost(date(2026, 4, 7), ("vision",)),
)


def counted(**targets: int) -> Balance:
    return balance(POSTS, TRAITS, since=date(2026, 1, 20), until=date(2026, 3, 31), targets=targets)


def test_posts_are_counted_by_trait_and_month() -> None:
    found = counted()

    assert found.months == (date(2026, 1, 1), date(2026, 2, 1), date(2026, 3, 1))
    assert found.posts == (2, 1, 2)
    assert [(each.trait.slug, each.counts) for each in found.traits] == [
        ("listen", (2, 0, 0)),
        ("courage", (1, 1, 1)),
        ("vision", (0, 0, 0)),
    ]


def test_a_share_is_of_all_posts_in_the_span() -> None:
    assert [each.share for each in counted().traits] == [40, 60, 0]


def test_a_target_shows_how_much_is_missing() -> None:
    found = counted(vision=25, courage=50)

    assert [(each.target, each.shortfall) for each in found.traits] == [
        (None, 0),
        (50, 0),
        (25, 25),
    ]


def test_drift_compares_the_first_half_with_the_second() -> None:
    # January has two posts, both about listening and one also about courage;
    # March has two, of which one is about courage
    assert [each.drift for each in counted().traits] == [-100, 0, 0]


def test_the_newest_post_may_be_older_than_the_span() -> None:
    found = counted()

    assert [each.newest for each in found.traits] == [
        date(2026, 1, 13),
        date(2026, 3, 3),
        date(2025, 12, 30),
    ]
    assert found.longest_waiting is not None
    assert found.longest_waiting.trait.slug == "vision"


def test_a_trait_without_posts_has_waited_longest() -> None:
    found = balance(POSTS[1:3], TRAITS, since=date(2026, 1, 1), until=date(2026, 1, 31))

    assert found.longest_waiting is not None
    assert (found.longest_waiting.trait.slug, found.longest_waiting.newest) == ("vision", None)
    assert [each.drift for each in found.traits] == [None, None, None]


def test_a_blog_without_posts_has_no_shares() -> None:
    found = balance((), TRAITS, since=date(2026, 12, 1), until=date(2027, 1, 5))

    assert found.months == (date(2026, 12, 1), date(2027, 1, 1))
    assert [each.share for each in found.traits] == [0, 0, 0]
    assert balance((), (), since=date(2026, 1, 1), until=date(2026, 1, 1)).longest_waiting is None
