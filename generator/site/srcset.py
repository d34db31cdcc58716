"""The images that a `srcset` attribute lists."""

from __future__ import annotations

import re
from collections.abc import Iterable

Candidate = tuple[str, str]  # a URL with its size, such as 480w or 2x; '' without one


def candidates(srcset: str) -> list[Candidate]:
    """Each image of a `srcset` with its size (HTML Standard, image candidate strings)."""
    parts = (part.split(None, 1) for part in re.split(r",\s+|\s+,|,$", srcset.strip()))
    return [(part[0], part[1] if len(part) > 1 else "") for part in parts if part]


def srcset_of(images: Iterable[Candidate]) -> str:
    """A `srcset` with these images."""
    return ", ".join(f"{url} {size}".strip() for url, size in images)
