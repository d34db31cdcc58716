"""Asks each source for new replies, and remembers in `.weekly/` how far it has been read."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from generator import disk
from generator.importers.found import Intake
from generator.importers.json_values import UnreadableJsonError, value_at
from generator.network.client import UnansweredError
from generator.network.sources import Source

NAME = "replies.json"  # in `.weekly/`
_UNTIL = "not before"  # seconds since 1970: a server asked to be left alone


class Failure(NamedTuple):
    """Why a source could not be read to its end."""

    source: str
    reason: str


class Fetched(NamedTuple):
    """What a source gave, how far it has been read with that, and what went wrong."""

    intake: Intake
    mark: Mapping[str, Any]
    failure: Failure | None


def fetch(source: Source, mark: Mapping[str, Any], *, now: float) -> Fetched:
    """What is new at a source since its mark; also what it gave before it failed."""
    until = value_at(mark, _UNTIL)
    if isinstance(until, int | float) and until > now:
        reason = f"it asked to be left alone for {until - now:,.0f} seconds more"
        return Fetched(Intake(), mark, Failure(source.name, reason))
    intakes: list[Intake] = []
    failure = None
    reached = {key: value for key, value in mark.items() if key != _UNTIL}
    try:
        for batch in source.batches(reached):
            intakes.append(batch.intake)
            reached = {**batch.mark}
    except (UnansweredError, UnreadableJsonError) as error:
        failure = Failure(source.name, str(error))
        if isinstance(error, UnansweredError) and error.wait:
            reached[_UNTIL] = now + error.wait
    return Fetched(Intake.joined(intakes), reached, failure)


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
