"""What builds remember, and what one that was killed has left."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from generator.cache.database import is_whole
from generator.cache.store import FOLDER, NAME
from generator.doctor.problems import complaint
from generator.output.writer import STAGE
from generator.problems import Problem

LARGE = 1_000_000_000  # bytes

_DELETE = f"Delete the folder {FOLDER}: the next build takes longer, and that is all."


def memory_complaints(blog: Path) -> Iterator[Problem]:
    """What is wrong with what builds keep."""
    output, kept = blog / "output", blog / FOLDER
    if (output / STAGE).is_dir():
        message = "a build was cut short, and the site may be half of it"
        yield complaint("cut-short", f"output/{STAGE}", message, "Finish it: weekly build.")
    if not kept.is_dir():
        return
    if not os.access(kept, os.R_OK | os.W_OK | os.X_OK):
        message = "what builds remember can't be read or written, so that each begins from nothing"
        hint = "Give yourself the right to, or delete the folder."
        yield complaint("closed-memory", FOLDER, message, hint)
        return
    if (kept / NAME).is_file() and not is_whole(kept / NAME):
        message = "this is damaged; the next build reads again what it held"
        yield complaint("damaged-memory", f"{FOLDER}/{NAME}", message, _DELETE)
    size = sum(path.stat().st_size for path in kept.rglob("*") if path.is_file())
    if size > LARGE:
        message = f"what builds remember takes {size / 1_000_000:,.0f} MB"
        yield complaint("large-memory", FOLDER, message, _DELETE)
