"""`site.toml`: what is read, and what is printed of each mistake."""

from __future__ import annotations

import re
from datetime import time
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from generator.config import settings as reading
from generator.config.settings import SiteConfig, documented_settings, read_config
from generator.problems import in_reading_order
from tests.messages import Case, Golden, cases

REPOSITORY = Path(__file__).parents[2]

SMALL = """\
title = "Letters"
base_url = "https://example.org/blog"
authority = "example.org,2026"

[[authors]]
id = "jo"
name = "Jo"
"""


def good(text: str) -> SiteConfig:
    config, problems = read_config(text)
    assert problems == ()
    assert config is not None
    return config


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
unknown_keys = "warn"
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


@pytest.mark.parametrize("name", ["balance", "series"])
def test_a_taxonomy_takes_no_address_of_a_page_that_may_come(name: str) -> None:
    text = SMALL + f'[taxonomies.{name}]\ntitle = "Parts"\nsingular = "part"\n'
    config, problems = read_config(text)

    assert config is None
    assert [problem.code for problem in problems] == ["wrong-setting"]


def test_a_byte_order_mark_and_windows_line_ends_do_no_harm() -> None:
    assert good("\ufeff" + SMALL.replace("\n", "\r\n")) == good(SMALL)


def test_the_address_can_be_given_elsewhere() -> None:
    config, problems = read_config(SMALL, overrides={"base_url": "http://localhost:8000"})

    assert problems == ()
    assert config is not None
    assert config.base_url == "http://localhost:8000/"


@pytest.mark.parametrize("url", ["ftp://x", "http://[", "http://x:99999999/", "http://x/'", ""])
def test_an_address_that_is_given_elsewhere_must_be_one_too(url: str) -> None:
    config, problems = read_config(SMALL, overrides={"base_url": url})

    assert config is None
    assert [str(problem.at) for problem in problems] == ["content/site.toml:2:1"]


@pytest.mark.parametrize(
    ("key", "place"),
    [
        (("title",), "1:1"),
        (("authors", 0), "5:1"),
        (("authors", 0, "name"), "7:1"),
        (("authors", 0, "links", 1), "13:3"),
        (("authors", 0, "links", 1, "url"), "15:3"),
        (("authors", 1, "id"), "17:1"),
        (("authors", 1, "links", 0, "url"), "20:1"),
        (("weekly", "day"), "25:1"),
        (("weekly", "time"), "22:1"),
        (("home",), "28:2"),
        (("home", "cards"), "29:3"),
    ],
)
def test_each_setting_has_its_place(key: reading.KeyPath, place: str) -> None:
    text = (
        SMALL
        + '''  [[authors.links]]
  title = "x"
  url = "https://x.org"


  [[authors.links]]
  title = "y"
  url = "https://y.org"
[[authors]]
id = "kim"
name = """
[[authors]]"""
links = [{ title = "z", url = "https://z.org" }]
[weekly] # [
"time" = '10:00'

# day = "monday"
day = "friday"


 [home]
  cards = 3
'''
    )

    assert str(good(text).at(key)) == f"content/site.toml:{place}"


def test_the_place_of_a_setting_that_is_not_there_is_the_table_around_it() -> None:
    config = good(SMALL + "[home]\ncards = 2\n")

    assert str(config.at(("home", "full_newest"))) == "content/site.toml:8:1"
    assert str(config.at(("theme",))) == "content/site.toml"


def test_the_list_of_all_zones_is_read_only_for_a_suggestion(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def forbidden(name: str) -> str:
        raise AssertionError(name)

    monkeypatch.setattr(reading, "_zone_hint", forbidden)

    good(SMALL)


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
