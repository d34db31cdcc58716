"""Calling git: without questions, and with what it says when it fails."""

from __future__ import annotations

import os
import signal
import subprocess
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path

# what git sets for its hooks would lead a call from a hook to another repository
_SET_BY_HOOKS = ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX", "GIT_COMMON_DIR")
_ALWAYS = {
    "GIT_TERMINAL_PROMPT": "0",  # never ask for a password
    "GIT_ASKPASS": "",
    "SSH_ASKPASS": "",
    "GIT_OPTIONAL_LOCKS": "0",  # reading changes nothing, not even git's index
    "LC_ALL": "C",
}
_SSH = "ssh -o BatchMode=yes"
LIMIT = 900.0  # seconds for one call; a push of a large site over a slow line takes minutes
TOO_LONG = "git did not end"  # how the output of a call begins that was stopped


class GitError(Exception):
    """git is not installed or has failed; `output` is what it printed."""

    def __init__(self, output: str) -> None:
        super().__init__(output)
        self.output = output


@dataclass(frozen=True, slots=True)
class Git:
    """Calls git in a folder, with that environment."""

    folder: Path
    environment: Mapping[str, str] = field(repr=False)
    limit: float = LIMIT

    def __call__(
        self, *arguments: str, given: bytes | Iterable[str] = b"", index: Path | None = None
    ) -> str:
        """What git prints when it gets `given` as input; raises GitError if it fails."""
        entered = given if isinstance(given, bytes) else "".join(given).encode()
        try:
            running = subprocess.Popen(  # noqa: S603 a list of arguments, without a shell
                ["git", *arguments],  # noqa: S607 the git that the user has
                cwd=self.folder,
                env=self._environment(index),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                start_new_session=True,  # without a terminal to ask on
            )
        except FileNotFoundError as error:
            raise GitError("git is not installed") from error
        printed, errors = self._ended(running, entered)
        if running.returncode:
            said = printed + b"\n" + errors  # a hook may have said why in either
            raise GitError(said.decode(errors="replace").strip())
        return printed.decode(errors="surrogateescape").rstrip("\n")

    def _ended(self, running: subprocess.Popen[bytes], entered: bytes) -> tuple[bytes, bytes]:
        """What a call prints until it ends; it is stopped after too long, with its hooks."""
        with running:
            try:
                return running.communicate(entered, timeout=self.limit)
            except subprocess.TimeoutExpired as error:
                said = (error.output or b"") + b"\n" + (error.stderr or b"")
                first = f"{TOO_LONG} within {self.limit / 60:g} minutes"
                raise GitError(f"{first}\n{said.decode(errors='replace').strip()}") from error
            finally:
                if running.returncode is None:  # also if somebody presses Ctrl-C
                    _stop(running)

    def ask(self, *arguments: str) -> str:
        """What git prints, '' if it fails."""
        try:
            return self(*arguments)
        except GitError:
            return ""

    def _environment(self, index: Path | None) -> dict[str, str]:
        kept = {k: v for k, v in self.environment.items() if k not in _SET_BY_HOOKS}
        if index:
            kept["GIT_INDEX_FILE"] = str(index)
        return kept | _ALWAYS

    def quietly_over_ssh(self) -> Git:
        """The same, with ssh failing instead of asking for a password; a user's own ssh is kept."""
        if self.environment.get("GIT_SSH_COMMAND") or self.ask("config", "core.sshCommand"):
            return self
        return replace(self, environment={**self.environment, "GIT_SSH_COMMAND": _SSH})


def _stop(running: subprocess.Popen[bytes]) -> None:
    """End a call and what it has started, which may hold on to its outputs."""
    if hasattr(os, "killpg"):  # not on Windows
        with suppress(ProcessLookupError):
            os.killpg(running.pid, signal.SIGKILL)
    running.kill()
