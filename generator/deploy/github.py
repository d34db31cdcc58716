"""What the address of a repository on GitHub says."""

from __future__ import annotations

import re

_GITHUB = re.compile(
    r"(?:https://(?:[^/@]+@)?github\.com/|(?:ssh://)?git@github\.com[:/])"
    r"(?P<owner>[^/]+)/(?P<name>[^/]+?)(?:\.git)?/?"
)


def pages_url(remote: str) -> str:
    """Where GitHub Pages shows the repository with that address; '' if it is elsewhere."""
    found = _GITHUB.fullmatch(remote)
    if not found:
        return ""
    owner, name = found["owner"].lower(), found["name"]
    host = f"{owner}.github.io"
    return f"https://{host}/" if name.lower() == host else f"https://{host}/{name}/"
