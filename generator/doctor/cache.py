"""The cache of builds, and what a killed build has left behind."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from generator.cache.database import is_whole
from generator.cache.store import FOLDER, NAME
from generator.disk import files_below, is_there
from generator.doctor.problems import doctor_problem
from generator.output.writer import STAGE
from generator.problems import Problem, reason_of

LARGE = 1_000_000_000  # bytes

_DELETE = f"Delete the folder {FOLDER}: the next build only takes longer."


def cache_problems(blog: Path) -> Iterator[Problem]:
    """What is wrong with the cache, and whether a build was killed."""
    output, kept = blog / "output", blog / FOLDER
    if (output / STAGE).is_dir():
        message = "a build was cut short, so the site may be incomplete"
        yield doctor_problem("cut-short", f"output/{STAGE}", message, "Finish it: weekly build.")
    if not kept.is_dir():
        return
    if not os.access(kept, os.R_OK | os.W_OK | os.X_OK):
        message = "the cache can't be read or written, so every build starts from scratch"
        hint = "Give yourself permission, or delete the folder."
        yield doctor_problem("unusable-cache", FOLDER, message, hint)
        return
    if is_there(kept / NAME) and not is_whole(kept / NAME):
        message = "the cache is damaged; the next build makes it again"
        yield doctor_problem("damaged-cache", f"{FOLDER}/{NAME}", message, _DELETE)
    try:
        size = sum(os.lstat(path).st_size for path in files_below(kept))
    except OSError as error:
        message = f"this can't be read: {reason_of(error)}"
        yield doctor_problem("unusable-cache", FOLDER, message, _DELETE)
        return
    if size > LARGE:
        message = f"the cache takes up {size / 1_000_000:,.0f} MB"
        yield doctor_problem("large-cache", FOLDER, message, _DELETE)
