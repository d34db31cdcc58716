"""Where GitHub Pages will show a repository."""

from __future__ import annotations

import pytest

from generator.config.reading import read_config
from generator.config.settings import SiteConfig
from generator.doctor.repository import RepositoryState, address_problems
from tests.conftest import SITE


def settings(base_url: str, cname: str = "") -> SiteConfig:
    config, _ = read_config(SITE, overrides={"base_url": base_url, "cname": cname})
    assert config
    return config


def reported(base_url: str, remote: str, cname: str = "") -> list[str]:
    """What the doctor reports about an address: the code and the hint."""
    state = RepositoryState("main", "origin/main", 0, (), remote, 0)
    problems = address_problems(settings(base_url, cname), state)
    return [f"{problem.code}: {problem.hint}" for problem in problems]


@pytest.mark.parametrize(
    ("base_url", "remote"),
    [
        ("https://ada.github.io/letters/", "git@github.com:ada/letters.git"),
        ("https://ada.github.io/letters/", "https://github.com/Ada/letters"),
        ("https://ada.github.io/letters/", "https://token@github.com/ada/letters.git"),
        ("https://ada.github.io/", "ssh://git@github.com/ada/Ada.github.io.git"),
        ("https://letters.ada.net/", "git@git.ada.net:ada/letters.git"),
        ("https://letters.ada.net/", ""),
    ],
)
def test_the_right_address_has_no_problem(base_url: str, remote: str) -> None:
    assert reported(base_url, remote) == []


@pytest.mark.parametrize(
    ("base_url", "remote", "expected"),
    [
        (
            "https://ada.github.io/",
            "git@github.com:ada/letters.git",
            'wrong-base-url: Write base_url = "https://ada.github.io/letters/".',
        ),
        (
            "https://ada.github.io/blog/",
            "git@github.com:ada/ada.github.io.git",
            'wrong-base-url: Write base_url = "https://ada.github.io/".',
        ),
        (
            "http://ada.github.io/letters/",
            "git@github.com:ada/letters.git",
            'wrong-base-url: Write base_url = "https://ada.github.io/letters/".',
        ),
        (
            "https://letters.ada.net/",
            "git@github.com:ada/letters.git",
            "other-address: Write that address, or set cname to your domain, unless you publish "
            "elsewhere.",
        ),
    ],
)
def test_a_wrong_address_is_reported_with_the_right_one(
    base_url: str, remote: str, expected: str
) -> None:
    assert reported(base_url, remote) == [expected]


def test_a_custom_domain_must_be_in_both_settings() -> None:
    remote, own = "git@github.com:ada/letters.git", "letters.ada.net"

    assert reported("https://letters.ada.net/", remote, cname=own) == []
    assert reported("https://letters.ada.net/letters/", remote, cname=own) == [
        'wrong-base-url: Write base_url = "https://letters.ada.net/".'
    ]
