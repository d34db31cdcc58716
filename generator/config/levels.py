"""How serious a problem is, unless the settings say otherwise.

`[checks]` in site.toml changes the level of a problem, except for those in `ALWAYS_ERRORS`: a file
that a program can't read is not a matter of taste.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from generator.problems import Severity

Level = Literal["error", "warning", "note", "allow"]  # what a setting makes of a problem


def severity_of(level: Level) -> Severity | None:
    """The severity of a problem at that level; None if it is allowed."""
    return None if level == "allow" else Severity(level)


DEFAULT_LEVELS: dict[str, Level] = {
    # links
    "dead-link": "error",
    "dead-fragment": "error",
    "missing-file": "error",
    "wrong-case": "error",
    "outside-base": "error",
    "indirect-link": "note",
    "bad-address": "error",
    "script-link": "error",
    "insecure-link": "warning",
    "mixed-content": "error",
    "third-party": "error",
    "refused-inline": "warning",
    "bad-srcset": "error",
    "orphan-page": "warning",
    "external-link": "warning",
    "external-moved": "note",
    # the head of a page
    "no-doctype": "error",
    "no-charset": "error",
    "no-language": "error",
    "no-title": "error",
    "same-title": "note",
    "no-viewport": "error",
    "no-zoom": "error",
    "wrong-canonical": "error",
    "no-feed-link": "warning",
    "wrong-feed-link": "error",
    # for readers who can't see the page, or use no mouse
    "main-heading": "error",
    "heading-order": "warning",
    "empty-heading": "error",
    "no-main": "error",
    "no-alt": "error",
    "empty-link": "error",
    "empty-button": "error",
    "no-label": "error",
    "no-table-header": "warning",
    "no-frame-title": "error",
    "duplicate-id": "error",
    "dead-reference": "error",
    "forced-order": "warning",
    # HTML
    "broken-tag": "error",
    "unclosed-tag": "error",
    "stray-tag": "error",
    "misnested-tag": "error",
    "misplaced-tag": "error",
    "nested-link": "error",
    "repeated-attribute": "error",
    # feeds and the sitemap
    "malformed-file": "error",
    "wrong-feed": "error",
    "wrong-self-link": "error",
    "same-entry-id": "error",
    "relative-address": "error",
    "hidden-in-sitemap": "warning",
    "not-in-sitemap": "warning",
    # what the writer left out
    "missing-summary": "note",
    "unread-markdown": "warning",
    "lost-markdown": "warning",
    "long-title": "warning",
    "unfinished-text": "error",
    # dates that are probably typing errors
    "date-in-name": "warning",
    "distant-date": "warning",
    "update-before-date": "warning",
    "future-update": "warning",
    # what is not the writer's own yet: an error in what is to be published
    "placeholder": "warning",
    "example-address": "warning",
    # addresses that were online before
    "vanished-address": "error",
    # the output folder, checked with --built
    "stale-output": "warning",
}

ALWAYS_ERRORS = frozenset({"malformed-file", "wrong-feed", "same-entry-id", "wrong-self-link"})


def severity_by(levels: Mapping[str, Level], code: str) -> Severity | None:
    """The severity of a problem by the settings; None if they allow it."""
    return severity_of(levels.get(code, DEFAULT_LEVELS[code]))
