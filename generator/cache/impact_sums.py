"""How often posts were read, by day: on the writer's machine only, and never in the site."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date
from pathlib import Path

from generator import disk
from generator.insights.impact import MEASURES, DailySum

NAME = "impact.json"  # in `.weekly/`


def read_sums(folder: Path) -> tuple[DailySum, ...]:
    """The sums that were imported; none if there are none, or they can't be read."""
    try:
        rows = json.loads(disk.read_bytes(folder / NAME))
        return tuple(_sum(*row) for row in rows)
    except (OSError, ValueError, TypeError, RecursionError):
        return ()


def _sum(post: str, measure: str, day: str, count: int) -> DailySum:
    if measure not in MEASURES:
        raise ValueError(measure)
    return DailySum(str(post), measure, date.fromisoformat(day), int(count))


def merged(known: Iterable[DailySum], new: Iterable[DailySum]) -> tuple[DailySum, ...]:
    """Both, where a day counts once: exports may overlap, and one may begin within a day."""
    counts: dict[tuple[str, str, date], int] = {}
    for each in (*known, *new):
        key = each[:3]
        counts[key] = max(counts.get(key, 0), each.number)
    return tuple(sorted(DailySum(*key, count) for key, count in counts.items()))


def keep_sums(folder: Path, sums: Iterable[DailySum]) -> None:
    """Write them; raises OSError."""
    rows = [[each.post, each.measure, str(each.day), each.number] for each in sums]
    folder.mkdir(exist_ok=True)
    text = json.dumps(rows, ensure_ascii=False, separators=(",", ":")).replace("],[", "],\n[")
    disk.write_bytes(folder / NAME, text.encode())
