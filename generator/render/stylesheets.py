"""Stylesheets as they are sent."""

from __future__ import annotations

import re

_KEPT = rb"""("(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|url\([^)]*\))"""
_COMMENTS = re.compile(_KEPT + rb"|/\*.*?\*/", re.DOTALL)
# a space before a colon may be all that separates an element from what is inside it
_SPACES = re.compile(_KEPT + rb"|\s*([{};,>/])\s*|(:)\s+|\s+", re.DOTALL)
_NEEDLESS = re.compile(_KEPT + rb"|;(?=\})|(?<![\w.#])0(?=\.\d)", re.DOTALL)


def lean(css: bytes) -> bytes:
    """A stylesheet with the same meaning, without comments and needless characters."""
    bare = _COMMENTS.sub(lambda found: found[1] or b" ", css)
    tight = _SPACES.sub(lambda found: found[1] or found[2] or found[3] or b" ", bare)
    return _NEEDLESS.sub(lambda found: found[1] or b"", tight).strip()
