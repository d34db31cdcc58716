"""Asks each source for new replies, and remembers in `.weekly/` how far it has been read."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from generator import disk
from generator.importers.found import Intake
from generator.importers.json_values import UnreadableJsonError, value_at
from generator.network.client import UnansweredError
from generator.network.sources import Source
from generator.progress import Progress, no_progress

NAME = "replies.json"  # in `.weekly/`
_UNTIL = "not before"  # seconds since 1970: a server asked to be left alone


class Failure(NamedTuple):
    """Why a source could not be read to its end."""

    source: str
    reason: str


class Fetched(NamedTuple):
    """What all sources gave, how far each has been read, and what went wrong."""

    intake: Intake
    marks: Mapping[str, Mapping[str, Any]]
    failures: tuple[Failure, ...]


def fetch(
    sources: Iterable[Source],
    marks: Mapping[str, Mapping[str, Any]],
    *,
    now: float,
    progress: Progress = no_progress,
) -> Fetched:
    """What is new at each source since its mark; a source that fails stops no other."""
    asked = (*sources,)
    intakes: list[Intake] = []
    failures: list[Failure] = []
    fresh = {**marks}
    for number, source in enumerate(asked):
        progress("Asking for replies", number, len(asked))
        until = value_at(marks.get(source.name), _UNTIL)
        if isinstance(until, int | float) and until > now:
            reason = f"it asked to be left alone for {until - now:,.0f} seconds more"
            failures.append(Failure(source.name, reason))
            continue
        mark = {key: value for key, value in fresh.get(source.name, {}).items() if key != _UNTIL}
        try:
            for batch in source.batches(mark):
                intakes.append(batch.intake)
                mark = {**batch.mark}
        except UnansweredError as error:
            failures.append(Failure(source.name, str(error)))
            if error.wait:
                mark[_UNTIL] = now + error.wait
        except UnreadableJsonError as error:
            failures.append(Failure(source.name, str(error)))
        fresh[source.name] = mark
    progress("Asking for replies", len(asked), len(asked))
    return Fetched(Intake.joined(intakes), fresh, tuple(failures))


def read_marks(folder: Path) -> dict[str, Mapping[str, Any]]:
    """How far each source has been read; nothing if that is not known."""
    try:
        marks = json.loads(disk.read_bytes(folder / NAME))
    except (OSError, ValueError, RecursionError):
        return {}
    if not isinstance(marks, dict):
        return {}
    return {name: mark for name, mark in marks.items() if isinstance(mark, dict)}


def keep_marks(folder: Path, marks: Mapping[str, Mapping[str, Any]]) -> None:
    """Remember how far each source has been read; without it the next run reads all again."""
    text = json.dumps(marks, ensure_ascii=False, indent=1, sort_keys=True)
    try:
        folder.mkdir(exist_ok=True)
        disk.write_bytes(folder / NAME, text.encode())
    except OSError:
        return
