"""What pages elsewhere said when they were last asked, kept in `.weekly/` for some weeks."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from generator import disk

NAME = "mentions.json"  # in `.weekly/`
FRESH = 30 * 24 * 3600.0  # seconds for which it counts that a page does not want to be told
FRESH_FAILURE = 7 * 24 * 3600.0  # the same for a page that can't be read


class Silence(NamedTuple):
    """That a page could not be told, and when it was asked."""

    asked: float  # seconds since 1970
    failure: str  # why; '' for a page that has no endpoint

    def lasts(self, now: float) -> bool:
        """Whether it need not be asked again yet."""
        return 0 <= now - self.asked < (FRESH_FAILURE if self.failure else FRESH)


def silences_in(folder: Path) -> dict[str, Silence]:
    """The pages that were asked in vain, by address."""
    try:
        rows = json.loads(disk.read_bytes(folder / NAME))
        return {url: Silence(float(at), str(why)) for url, (at, why) in rows.items()}
    except (OSError, ValueError, TypeError, AttributeError, RecursionError):
        return {}


def keep_silences(folder: Path, silences: Mapping[str, Silence]) -> None:
    """Remember them; without that, the next run just asks again."""
    text = json.dumps(silences, ensure_ascii=False, indent=0, sort_keys=True)
    try:
        folder.mkdir(exist_ok=True)
        disk.write_bytes(folder / NAME, text.encode())
    except OSError:
        return
