"""The place of each setting in site.toml."""

from __future__ import annotations

import pytest

from generator.config.toml_places import KeyPath
from tests.config.literals import SMALL, good


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
def test_each_setting_has_its_place(key: KeyPath, place: str) -> None:
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
