"""What goes wrong with git, in plain English."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterable

from generator.deploy.git import TOO_LONG
from generator.problems import Location, Problem, Severity, did_you_mean

_LOCKED_OUT = re.compile(
    r"could not read (Username|Password)|Authentication failed|Permission denied|Host key "
    r"|returned error: 40[13]|Write access|terminal prompts disabled",
)
_TELLING = re.compile(r"(?:fatal|error|remote: error): ?|(?=ssh: |! \[)")
_OVERTAKEN = re.compile(r"\[rejected\]|non-fast-forward|fetch first|cannot lock ref|stale info")
_REJECTED = re.compile(r"^\s*! \[(?:rejected|remote rejected|remote failure|no match)\]", re.M)
_DECLINED = re.compile(r"! \[remote rejected\].*\((?P<why>.+)\)")
_OF_GIT = re.compile(  # what git adds to the words of a hook
    r"error: failed to push some refs|error: hook declined to update |hint: |To \S|! \[re"
    r"|fatal: (?:ref updates aborted by hook|the remote end hung up)|send-pack: "
)
_FROM_REMOTE = re.compile(r"remote:(?:\s|$)")
_ABORTED = "fatal: ref updates aborted by hook"
_HUNG_UP = re.compile(r"the remote end hung up|unexpected disconnect")
_STYLE = re.compile(r"\x1b\[[0-9;]*[A-Za-z]")
_MOST_LINES = 8  # of a hook, whose last lines say most


def refused(output: str, remote: str) -> Problem:
    """Why a remote could not be read or written, as far as git or a hook says."""
    if output.startswith(TOO_LONG):
        what, _, said = output.partition("\n")
        return git_problem(
            "no-answer",
            f"{what} and was stopped: {_words_of_hook(said)}",
            f"Either the remote '{remote}' or a hook does not answer. To see which: git push.",
        )
    if _is_stopped_by_hook(output):
        return git_problem(
            "hook",
            f"a hook of this repository stopped the push: {_words_of_hook(output)}",
            "Do what it asks for. Everything that it prints is shown by: git push.",
        )
    if _OVERTAKEN.search(output):
        return git_problem(
            "overtaken",
            "somebody else has published to this branch in the meantime",
            "Nothing was lost. Run this command again to publish on top of theirs.",
        )
    declined, said = _DECLINED.search(output), _words_of_remote(output)
    if _ABORTED in output:  # a remote on this disk, whose words have no mark
        said = said or _words_of_hook(output)
    why = declined["why"] if declined else ""
    if why or (said and _HUNG_UP.search(output)):
        return git_problem(
            "remote",
            f"the remote '{remote}' refused the site: {said or why}",
            "Ask whoever manages it, or publish to another branch: --branch NAME.",
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


def _is_stopped_by_hook(output: str) -> bool:
    """Whether a hook on this machine failed: then git reports no branch as rejected."""
    is_failed = "failed to push some refs" in output or _ABORTED in output
    return is_failed and not (_REJECTED.search(output) or _HUNG_UP.search(output))


def _words_of_hook(output: str) -> str:
    """What a hook said, on one line."""
    return _on_one_line(output.splitlines()) or "it does not say why"


def _words_of_remote(output: str) -> str:
    """What the remote and its hooks said, on one line; '' if nothing."""
    lines = (_STYLE.sub("", line).strip() for line in output.splitlines())
    return _on_one_line(line.removeprefix("remote:") for line in lines if _FROM_REMOTE.match(line))


def _on_one_line(lines: Iterable[str]) -> str:
    """The last lines that are not git's own."""
    plain = (_STYLE.sub("", line).strip() for line in lines)
    said = [*dict.fromkeys(line for line in plain if line and not _OF_GIT.match(line))]
    cut = ["…"] if len(said) > _MOST_LINES else []
    return " / ".join([*cut, *said[-_MOST_LINES:]]).rstrip(".")


def kept_domain(domain: str, base_url: str) -> Problem:
    """That GitHub shows the site at another address than it was built for."""
    message = f"the branch says that the site is at {domain}, but 'base_url' is {base_url}"
    hint = (
        f'Write cname = "{domain}" and base_url = "https://{domain}/" in content/site.toml, or'
        " remove the custom domain in GitHub's settings."
    )
    return Problem("kept-domain", Location("git"), message, hint, Severity.WARNING)


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
        otherwise="Name one with --remote, or add it:"
        f" git remote add {shlex.quote(remote)} ADDRESS.",
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
