"""Values that have the right type but make no sense; their messages are in settings.txt."""

from __future__ import annotations

import pytest

from generator.config import rules
from generator.config.reading import read_config
from tests.config.literals import SMALL, good


@pytest.mark.parametrize("name", ["balance", "series"])
def test_a_taxonomy_takes_no_address_of_a_page_that_may_come(name: str) -> None:
    text = SMALL + f'[taxonomies.{name}]\ntitle = "Parts"\nsingular = "part"\n'
    config, problems = read_config(text)

    assert config is None
    assert [problem.code for problem in problems] == ["wrong-setting"]


@pytest.mark.parametrize("url", ["ftp://x", "http://[", "http://x:99999999/", "http://x/'", ""])
def test_an_address_that_is_given_elsewhere_must_be_one_too(url: str) -> None:
    config, problems = read_config(SMALL, overrides={"base_url": url})

    assert config is None
    assert [str(problem.at) for problem in problems] == ["content/site.toml:2:1"]


def test_the_list_of_all_zones_is_read_only_for_a_suggestion(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def forbidden(name: str) -> str:
        raise AssertionError(name)

    monkeypatch.setattr(rules, "_zone_hint", forbidden)

    good(SMALL)
