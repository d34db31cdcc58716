"""The values of the options that several commands share."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple


class SharedOptions(NamedTuple):
    """The values of the shared options; a command that lacks one of them has its default."""

    blog: Path = Path()
    quiet: bool = False
    verbose: bool = False
    base_url: str = ""
    now: str | None = None
    drafts: bool = False
    future: bool = False
    output: Path | None = None
    jobs: int = 0  # 0 stands for all cores
    format: str = "text"
