"""What a command costs from its start to its exit, with all the processes it starts."""

from __future__ import annotations

import os
import subprocess
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Cost:
    """The cost of one run."""

    wall: float  # seconds
    cpu: float  # seconds, of all processes, in user and system mode
    peak: float  # megabytes resident, of the largest process


class CommandError(Exception):
    """A command that a benchmark can't go on without ended badly; holds what it printed."""


def run(command: Sequence[str], *, folder: Path, environment: Mapping[str, str]) -> Cost:
    """Run a command to its exit.

    The peak can't be less than this process's own memory, so keep that small.
    """
    os.sync()  # else the disk still writes what the run before left behind
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
