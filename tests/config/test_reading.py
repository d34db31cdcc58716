"""`site.toml`: what is read, and what is printed for each error."""

from __future__ import annotations

import re
from datetime import time
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from generator.config.reading import documented_settings, read_config
from generator.problems import in_reading_order
from tests.config.literals import SMALL, good
from tests.messages import Case, Golden, cases

REPOSITORY = Path(__file__).parents[2]


def printed(text: str) -> list[str]:
    config, problems = read_config(text)
    assert (config is None) == bool(problems)
    return [str(problem) for problem in in_reading_order(problems)]


BROKEN = cases("settings.txt")


@pytest.mark.parametrize("case", BROKEN, ids=str)
def test_broken_settings_are_reported(case: Case, golden: Golden) -> None:
    golden.check(case, printed(case.text))


@pytest.mark.parametrize("case", BROKEN, ids=str)
def test_broken_settings_are_reported_at_a_place_in_the_file(case: Case) -> None:
    own = case.text.split("\n")
    for found in (re.match(r"content/site\.toml:(\d+):(\d+): ", line) for line in case.lines):
        if found:
            assert 1 <= int(found[1]) <= len(own)
            assert 1 <= int(found[2]) <= len(own[int(found[1]) - 1]) + 1


def test_few_settings_are_enough() -> None:
    config = good(SMALL)

    assert config.base_url == "https://example.org/blog/"
    assert config.zone == ZoneInfo("UTC")
    assert config.default_hour == time(0)
    assert list(config.taxonomies) == ["traits"]
    assert config.unknown_tags == "error"


def test_everything_can_be_set() -> None:
    config = good(
        SMALL
        + """\
role = "CIO"
links = [{ title = "x", url = "mailto:jo@example.org" }]

[weekly]
day = "friday"
time = "16:30"

[front_matter]
unknown_keys = "warning"
rename = { excerpt = "summary" }

[[menu]]
title = "All"
to = "archive"

[taxonomies.reasons]
title = "Why"
singular = "reason"
"""
    )

    assert config.default_hour == time(16, 30)
    assert config.front_matter.rename == {"excerpt": "summary"}
    assert config.authors[0].links[0].url == "mailto:jo@example.org"
    assert list(config.taxonomies) == ["traits", "reasons"]


def test_the_traits_may_have_a_title_of_their_own() -> None:
    config = good(SMALL + '[taxonomies.traits]\ntitle = "Promises"\nsingular = "promise"\n')

    assert config.taxonomies["traits"].title == "Promises"


def test_a_byte_order_mark_and_windows_line_ends_do_no_harm() -> None:
    assert good("\ufeff" + SMALL.replace("\n", "\r\n")) == good(SMALL)


def test_the_address_can_be_given_elsewhere() -> None:
    config, problems = read_config(SMALL, overrides={"base_url": "http://localhost:8000"})

    assert problems == ()
    assert config is not None
    assert config.base_url == "http://localhost:8000/"


@pytest.mark.parametrize(
    "text",
    ["x = " + "[" * 100_000, "x = " + "{a=" * 10_000, "x = " + "9" * 10_000],
    ids=["lists", "tables", "number"],
)
def test_hostile_settings_are_reported(text: str) -> None:
    assert printed(text) == [
        "content/site.toml: a value is nested too deeply or too long."
        " Write simple texts, numbers and lists."
    ]


def test_every_setting_is_documented_with_a_sentence() -> None:
    for name, _, sentence in documented_settings():
        assert re.fullmatch(r"[A-Z`].*\.", sentence), name


def test_our_own_settings_have_nothing_wrong_in_them() -> None:
    good((REPOSITORY / "content" / "site.toml").read_text(encoding="utf-8"))


NAMES = [name for name, _, _ in documented_settings()]
PARTS = st.sampled_from(
    [
        *(name for name in NAMES if "." not in name), "weekly", "[weekly]\n", "[[authors]]\n",
        "[[authors.links]]\n", "[authors]\n", "[taxonomies.x]\n", "[front_matter.rename]\n",
        "\n", "\n", " = ", " = ", "=", '"x"', "'y'", "5", "2.5", "true", "[]", "[1, 'a']", "{}",
        '{ title = "x", url = "y" }', '"""\n', "'''", "#", "2026-01-01", "09:00:00", '"\\u0000"',
        "id", "name", "url", "day", "time", '"https://["', '""', "é", ".", ",", "[", "]", "\r\n",
    ]
)  # fmt: skip


@given(text=st.lists(PARTS, max_size=25).map("".join))
@settings(max_examples=400, deadline=None)
@example(text=SMALL.replace("https://example.org/blog", "http://["))
@example(text=SMALL + 'links = [{ title = "x", url = "http://[" }]')
@example(text=SMALL + '[weekly]\ntime = "0٩:٠٠"')
def test_no_settings_raise(text: str) -> None:
    lines = text.split("\n")
    for problem in (*read_config(text)[1], *read_config(SMALL + text)[1]):
        assert "\n" not in str(problem)
        assert problem.at.line <= len(lines) + SMALL.count("\n")
        assert (problem.at.line == 0) == (problem.at.column == 0)
