"""What git refuses, in plain words."""

from __future__ import annotations

import re
from collections.abc import Iterable

from generator.problems import Location, Problem, did_you_mean

_LOCKED_OUT = re.compile(
    r"could not read (Username|Password)|Authentication failed|Permission denied|Host key "
    r"|returned error: 40[13]|Write access|terminal prompts disabled",
)
_TELLING = re.compile(r"(?:fatal|error|remote: error): ?|(?=ssh: |! \[)")
_OVERTAKEN = re.compile(r"\[rejected\]|non-fast-forward|fetch first|cannot lock ref|stale info")


def refused(said: str, remote: str) -> Problem:
    """Why a remote could not be read or written, as far as git's words tell."""
    if _OVERTAKEN.search(said):
        return trouble(
            "overtaken",
            "somebody else has published to this branch in the meantime",
            "Nothing was lost. Run this command again to publish on top of that.",
        )
    if _LOCKED_OUT.search(said):
        return trouble(
            "locked-out",
            f"the remote '{remote}' does not let you in",
            "Sign in to it as for any other git push; nobody is asked for a password here.",
        )
    return trouble(
        "remote",
        f"the remote '{remote}' does not take it: {gist(said)}",
        "Look at its address with: git remote -v.",
    )


def no_repository(said: str) -> Problem:
    if said == "git is not installed":
        hint = "Install git, or put the output folder online by other means."
        return trouble("no-git", said, hint)
    if "not a git repository" in said:
        hint = "Make one with: git init. Or put the output folder online by other means."
        return trouble("no-repository", "this blog is in no git repository", hint)
    return trouble("git", f"git can't read this repository: {gist(said)}")


def no_remote(remote: str, known: Iterable[str]) -> Problem:
    hint = did_you_mean(
        remote,
        known,
        otherwise=f"Name one with --remote, or add it: git remote add {remote} ADDRESS.",
    )
    return trouble("no-remote", f"there is no remote '{remote}'", hint)


def no_author(said: str) -> Problem:
    if "identity" not in said and "user.email" not in said and "ident name" not in said:
        return trouble("git", f"git could not make the commit: {gist(said)}")
    hint = 'Say it once: git config --global user.name "Your Name", and likewise user.email.'
    return trouble("no-author", "git does not know who you are", hint)


def gist(said: str) -> str:
    """The line of what git has printed that says what is wrong."""
    lines = [line.strip() for line in said.splitlines() if line.strip()]
    telling = [line for line in lines if _TELLING.match(line)]
    first = (telling or lines or ["it does not say why"])[0]
    return _TELLING.sub("", first).rstrip(".")


def trouble(code: str, message: str, hint: str = "") -> Problem:
    """A problem with the repository, which has no line."""
    return Problem(code, Location("git"), message, hint)
