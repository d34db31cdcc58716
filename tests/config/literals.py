"""Small settings, and settings that must be right."""

from __future__ import annotations

from generator.config.reading import read_config
from generator.config.settings import SiteConfig

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
