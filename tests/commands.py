"""The command line as tests call it: in this process, with all that it prints."""

from __future__ import annotations

import io
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass

import pytest

from generator.cli import main

SUNDAY = {"SOURCE_DATE_EPOCH": "1795348800"}  # 22 November 2026, 12:00 UTC


@dataclass(frozen=True)
class Result:
    """What a command printed, and how it exited."""

    exit_code: int
    stdout: str
    stderr: str


def run(*arguments: str, stdin: str = "", **environment: str) -> Result:
    """Run a command; nobody is at the terminal."""
    stdout, stderr = io.StringIO(), io.StringIO()
    with pytest.MonkeyPatch.context() as patch, redirect_stdout(stdout), redirect_stderr(stderr):
        patch.setattr("sys.stdin", io.StringIO(stdin))
        patch.delenv("SOURCE_DATE_EPOCH", raising=False)
        for name, value in environment.items():
            patch.setenv(name, value)
        with pytest.raises(SystemExit) as ended:
            main(list(arguments))
    return Result(int(ended.value.code or 0), stdout.getvalue(), stderr.getvalue())
