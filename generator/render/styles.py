"""Stylesheets as they are sent."""

from __future__ import annotations

import re

_KEPT = rb"""("(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|url\([^)]*\))"""
_COMMENTS = re.compile(_KEPT + rb"|/\*.*?\*/", re.DOTALL)
_SPACES = re.compile(_KEPT + rb"|\s*([{};,])\s*|\s+", re.DOTALL)


def lean(css: bytes) -> bytes:
    """A stylesheet that means the same, without comments and with no more spaces than it needs."""
    bare = _COMMENTS.sub(lambda found: found[1] or b" ", css)
    return _SPACES.sub(lambda found: found[1] or found[2] or b" ", bare).strip()
