"""What a command costs from its start to its exit, including every process it starts."""

from __future__ import annotations

import os
import subprocess
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

WARM_UP = 0  # the number of the round that is not counted

Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class Cost:
    """What one run of a command took."""

    wall: float  # seconds
    cpu: float  # seconds, of all processes, in user and system mode
    peak: float  # megabytes resident, of the largest process


class CommandError(Exception):
    """A command that a benchmark depends on failed; the message holds what it printed."""


def run(command: Sequence[str], *, folder: Path, environment: Mapping[str, str]) -> Cost:
    """The cost of running a command to its exit.

    The peak includes the memory of this process at the fork, so keep that small.
    """
    os.sync()  # or the disk would still be writing what the previous run left
    with tempfile.TemporaryFile() as output:
        started = time.perf_counter()
        process = subprocess.Popen(
            command, cwd=folder, env=environment, stdout=output, stderr=subprocess.STDOUT
        )
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - started
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode != 0:
            output.seek(0)
            raise CommandError(f"{command}\n{output.read().decode(errors='replace')}")
    return Cost(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * 1024 / 1e6)


def in_turn(items: Sequence[Item], number: int) -> tuple[Item, ...]:
    """The items in the order of that round: each is first as often as any other.

    The first of a round finds the processor's caches cold.
    """
    first = number % len(items)
    return (*items[first:], *items[:first])
