"""What goes wrong with git, in plain English."""

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


def refused(output: str, remote: str) -> Problem:
    """Why a remote could not be read or written, as far as git says."""
    if _OVERTAKEN.search(output):
        return git_problem(
            "overtaken",
            "somebody else has published to this branch in the meantime",
            "Nothing was lost. Run this command again to publish on top of theirs.",
        )
    if _LOCKED_OUT.search(output):
        return git_problem(
            "locked-out",
            f"the remote '{remote}' does not let you in",
            "Sign in to it as for any other git push; weekly never asks for a password.",
        )
    return git_problem(
        "remote",
        f"git could not use the remote '{remote}': {summary(output)}",
        "Check its address: git remote -v.",
    )


def no_repository(output: str) -> Problem:
    """Why git found no repository to work in."""
    if output == "git is not installed":
        hint = "Install git, or put the output folder online by other means."
        return git_problem("no-git", output, hint)
    if "not a git repository" in output:
        hint = "Make one with: git init. Or put the output folder online by other means."
        return git_problem("no-repository", "this blog is not in a git repository", hint)
    return git_problem("git", f"git can't read this repository: {summary(output)}")


def no_remote(remote: str, known: Iterable[str]) -> Problem:
    """That there is no such remote, with those that are known."""
    hint = did_you_mean(
        remote,
        known,
        otherwise=f"Name one with --remote, or add it: git remote add {remote} ADDRESS.",
    )
    return git_problem("no-remote", f"there is no remote '{remote}'", hint)


def no_author(output: str) -> Problem:
    """Why git made no commit."""
    if "identity" not in output and "user.email" not in output and "ident name" not in output:
        return git_problem("git", f"git could not make the commit: {summary(output)}")
    hint = 'Set it once: git config --global user.name "Your Name", and the same for user.email.'
    return git_problem("no-author", "git does not know who you are", hint)


def summary(output: str) -> str:
    """The line of git's output that says what is wrong."""
    lines = [line.strip() for line in output.splitlines() if line.strip()]
    telling = [line for line in lines if _TELLING.match(line)]
    first = (telling or lines or ["it does not say why"])[0]
    return _TELLING.sub("", first).rstrip(".")


def git_problem(code: str, message: str, hint: str = "") -> Problem:
    """A problem with the repository, which has no file and line."""
    return Problem(code, Location("git"), message, hint)
