"""How problems are printed, sorted and judged."""

from __future__ import annotations

import pytest

from generator.problems import (
    Location,
    Problem,
    Severity,
    did_you_mean,
    has_errors,
    in_reading_order,
)


def problem(line: int = 0, column: int = 0, **others: str) -> Problem:
    at = Location(others.pop("path", "a.md"), line, column)
    return Problem("some-code", at, "wrong", "Fix it.")


@pytest.mark.parametrize(
    ("place", "printed"),
    [
        (Location("content/a.md", 3, 7), "content/a.md:3:7"),
        (Location("content/a.md", 3), "content/a.md:3"),
        (Location("content/a.md"), "content/a.md"),
    ],
)
def test_a_place_is_printed_as_editors_read_it(place: Location, printed: str) -> None:
    assert str(place) == printed


def test_a_problem_is_printed_on_one_line() -> None:
    assert str(problem(3, 7)) == "a.md:3:7: wrong. Fix it."


def test_a_problem_without_a_suggestion_ends_with_its_full_stop() -> None:
    assert str(Problem("code", Location("a.md"), "wrong")) == "a.md: wrong."


def test_a_warning_says_so() -> None:
    warning = Problem("code", Location("a.md", 1), "odd", severity=Severity.WARNING)

    assert str(warning) == "a.md:1: warning: odd."


def test_problems_are_read_from_the_top_of_the_first_file_and_only_once() -> None:
    problems = [
        problem(10, 1),
        problem(2, 9, path="b.md"),
        problem(9, 1),
        problem(9, 1),
        problem(9, 10),
        problem(9, 2),
        problem(),
    ]

    assert [str(found.at) for found in in_reading_order(problems)] == [
        "a.md", "a.md:9:1", "a.md:9:2", "a.md:9:10", "a.md:10:1", "b.md:2:9",
    ]  # fmt: skip


def test_only_errors_stop_a_build() -> None:
    warning = Problem("code", Location("a.md"), "odd", severity=Severity.WARNING)

    assert not has_errors([])
    assert not has_errors([warning])
    assert has_errors([warning, problem()])


@pytest.mark.parametrize(
    ("word", "suggestion"),
    [
        ("titel", "Did you mean 'title'?"),
        ("TITLE", "Did you mean 'title'?"),
        ("tag", "Did you mean 'Tags'?"),
        ("quite other", "Known: title."),
        ("", "Known: title."),
    ],
)
def test_the_nearest_known_word_is_suggested(word: str, suggestion: str) -> None:
    assert did_you_mean(word, {"title", "Tags", "date"}, otherwise="Known: title.") == suggestion


def test_nothing_is_suggested_where_nothing_is_near() -> None:
    assert did_you_mean("xyz", ["title"]) == ""


def test_what_was_typed_is_never_suggested() -> None:
    assert did_you_mean("title", {"title", "titles"}) == "Did you mean 'titles'?"
    assert did_you_mean("title", {"title"}, otherwise="Look.") == "Look."
