"""Calling git: without questions, and with what it says when it fails."""

from __future__ import annotations

import subprocess
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
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

    def __call__(
        self, *arguments: str, given: bytes | Iterable[str] = b"", index: Path | None = None
    ) -> str:
        """What git prints when it gets `given` as input; raises GitError if it fails."""
        entered = given if isinstance(given, bytes) else "".join(given).encode()
        try:
            ran = subprocess.run(  # noqa: S603 a list of arguments, without a shell
                ["git", *arguments],  # noqa: S607 the git that the user has
                cwd=self.folder,
                env=self._environment(index),
                input=entered,
                capture_output=True,
                check=False,
            )
        except FileNotFoundError as error:
            raise GitError("git is not installed") from error
        if ran.returncode:
            said = ran.stdout + b"\n" + ran.stderr  # a hook may have said why in either
            raise GitError(said.decode(errors="replace").strip())
        return ran.stdout.decode(errors="surrogateescape").rstrip("\n")

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
        return Git(self.folder, {**self.environment, "GIT_SSH_COMMAND": _SSH})
