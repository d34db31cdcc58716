"""Whether everything that was online still is."""

from __future__ import annotations

import pytest

from generator.checks.published import published_problems
from generator.config.levels import Level
from generator.site.published_urls import read_published

LISTED = read_published("# A note\n/2026/hello/\n/feed.xml\ngone /2026/bye/\n/2026/view.jpg\n")


def test_a_site_that_still_has_every_address_has_no_problem() -> None:
    there = ["2026/hello/index.html", "feed.xml", "2026/view.jpg", "2026/new/index.html"]

    assert not list(published_problems(LISTED, there, {}))


def test_each_address_that_leads_nowhere_is_reported_at_its_line() -> None:
    problems = published_problems(LISTED, ["feed.xml"], {})

    assert [(p.code, str(p.at), p.message) for p in problems] == [
        (
            "vanished-address",
            "content/published.txt:2",
            "/2026/hello/ was online, and would lead nowhere",
        ),
        (
            "vanished-address",
            "content/published.txt:5",
            "/2026/view.jpg was online, and would lead nowhere",
        ),
    ]


@pytest.mark.parametrize(("weight", "severities"), [("warning", {"warning"}), ("allow", set())])
def test_settings_change_its_severity(weight: Level, severities: set[str]) -> None:
    problems = published_problems(LISTED, ["feed.xml"], {"vanished-address": weight})

    assert {str(problem.severity) for problem in problems} == severities


def test_a_whole_section_is_given_up_by_a_pattern() -> None:
    listed = read_published("/reasons/\n/reasons/a/\n/2026/a/\ngone /reasons/*\n")

    assert [str(p.at) for p in published_problems(listed, [], {})] == ["content/published.txt:3"]


@pytest.mark.parametrize(
    ("line", "hint"),
    [
        ("/2026/hello", "The address of this site is written /2026/hello/."),
        ("/caf%C3%A9/", "The address of this site is written /café/."),
        ("/2026/hello/?from=mail#part", "The address of this site is written /2026/hello/."),
        ("https://example.org/blog/2026/hello/", "Write /2026/hello/."),
        ("2026/hello/", "Write /2026/hello/."),
        ("gone 2026/hello/", "Write gone /2026/hello/."),
        ("goen /2026/hello/", "Write gone /2026/hello/."),
        ("/reasons/*", "Write gone /reasons/*."),
    ],
)
def test_an_address_that_is_written_otherwise_is_given_right(line: str, hint: str) -> None:
    there = ["2026/hello/index.html", "café/index.html"]
    listed = read_published(f"{line}\n")

    (problem,) = published_problems(listed, there, {}, "https://example.org/blog/")
    assert problem.hint == hint


def test_a_whole_section_can_be_given_up_in_one_line() -> None:
    """Issue 12, line 17."""
    listed = read_published("/reasons/\n/reasons/a/\n/reasons/b/\n/traits/a/\n/traits/b/\n/x/\n")
    hints = [p.hint for p in published_problems(listed, ["traits/c/index.html"], {})]

    assert ["'gone /reasons/*' in a line of its own" in hint for hint in hints] == [
        *(True, True, True),
        *(False, False, False),
    ]
    followed = read_published("gone /reasons/*\n/reasons/\n/reasons/a/\n/reasons/b/\n")
    assert not list(published_problems(followed, [], {}))
