"""What a check of the built site can find, and how much each finding weighs.

The weight is that of a site whose settings say nothing; `[checks]` in site.toml changes it, except
for what is in `FIXED`: a file that a program can't read is no matter of taste.
"""

from __future__ import annotations

from typing import Literal

Weight = Literal["error", "warn", "note", "allow"]

FINDINGS: dict[str, Weight] = {
    # links
    "dead-link": "error",
    "dead-fragment": "error",
    "missing-file": "error",
    "wrong-case": "error",
    "outside-base": "error",
    "indirect-link": "note",
    "bad-address": "error",
    "script-link": "error",
    "insecure-link": "warn",
    "mixed-content": "error",
    "third-party": "error",
    "refused-inline": "warn",
    "bad-srcset": "error",
    "orphan-page": "warn",
    "external-link": "warn",
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
    "no-feed-link": "warn",
    "wrong-feed-link": "error",
    # what a reader who can't see, or has no mouse, meets
    "main-heading": "error",
    "heading-order": "warn",
    "empty-heading": "error",
    "no-main": "error",
    "no-alt": "error",
    "empty-link": "error",
    "empty-button": "error",
    "no-label": "error",
    "no-table-header": "warn",
    "no-frame-title": "error",
    "duplicate-id": "error",
    "dead-reference": "error",
    "forced-order": "warn",
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
    "hidden-in-sitemap": "warn",
    "not-in-sitemap": "warn",
    # what the writer left out
    "missing-summary": "note",
    "unread-markdown": "warn",
    "long-title": "warn",
    # what was online before
    "vanished-address": "error",
    # the folder that is checked with --built
    "stale-output": "warn",
}

FIXED = frozenset({"malformed-file", "wrong-feed", "same-entry-id", "wrong-self-link"})
