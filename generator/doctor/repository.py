"""Whether the content is backed up, and the blog is at the address in its settings."""

from __future__ import annotations

import shlex
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from generator import disk
from generator.config.settings import SiteConfig
from generator.deploy.git import Git, GitError
from generator.deploy.github import pages_url
from generator.doctor.problems import doctor_problem
from generator.problems import Problem

_OURS = ("content", "templates", "themes", "messages", ".github", "requirements.txt")
_DOMAIN = "content/static/CNAME"


@dataclass(frozen=True, slots=True)
class RepositoryState:
    """What git knows about a blog without the network."""

    branch: str  # '' if none is checked out
    upstream: str  # '' if the branch was never pushed
    ahead: int  # commits that are not pushed
    uncommitted: tuple[str, ...]  # files of the blog
    remote: str  # the address of the remote, '' if there is none
    committed: float  # when the last commit was made, in seconds since 1970; 0 if there is none


def repository_state(git: Git) -> RepositoryState | None:
    """The state of the repository; None without a repository or git."""
    try:
        status = git(
            "status", "--porcelain=v2", "--branch", "-z", "--untracked-files=all", "--", "."
        )
    except GitError:
        return None
    heads, uncommitted = {}, []
    fields = iter(status.split("\0"))
    for field in fields:
        if field.startswith("# "):
            key, _, value = field[2:].partition(" ")
            heads[key] = value
        elif field:
            uncommitted.append(_path_of(field))
            if field.startswith("2 "):  # a renamed file, whose old name comes next
                next(fields)
    branch = heads.get("branch.head", "")
    upstream = heads.get("branch.upstream", "")
    remote = upstream.partition("/")[0] or git.ask("remote").partition("\n")[0]
    return RepositoryState(
        branch="" if branch == "(detached)" else branch,
        upstream=upstream,
        ahead=int(heads.get("branch.ab", "+0 -0").split()[0]),
        uncommitted=_of_the_blog(uncommitted, git.ask("rev-parse", "--show-prefix")),
        remote=git.ask("remote", "get-url", remote) if remote else "",
        committed=float(git.ask("log", "-1", "--format=%ct") or 0),
    )


def _path_of(entry: str) -> str:
    """The path in a line of git's status; its kind says how many fields come before it."""
    before = {"1": 8, "2": 9, "u": 10, "?": 1}[entry[0]]
    return entry.split(" ", before)[-1]


def _of_the_blog(paths: Iterable[str], prefix: str) -> tuple[str, ...]:
    inside = (path.removeprefix(prefix) for path in paths)
    return tuple(sorted(path for path in inside if path.partition("/")[0] in _OURS))


def repository_problems(state: RepositoryState | None, *, has_git: bool) -> Iterator[Problem]:
    """What is only on this machine, and would be lost with it."""
    if not has_git:
        hint = "Install it, then: git init. Otherwise your posts are only on this disk."
        yield doctor_problem("not-in-git", "git", "git is not installed", hint)
        return
    if state is None:
        hint = "Make one with: git init. Otherwise your posts are only on this disk."
        yield doctor_problem("not-in-git", "git", "this blog is not in a git repository", hint)
        return
    if state.uncommitted:
        number, first = len(state.uncommitted), state.uncommitted[0]
        files = f"this and {number - 1} more are" if number > 1 else "this is"
        hint = "Commit your work: git add --all, then git commit."
        yield doctor_problem("uncommitted", first, f"{files} not committed", hint)
    if not state.branch:
        hint = "Go back to one: git switch main."
        message = "no branch is checked out, so your commits are easily lost"
        yield doctor_problem("detached", "git", message, hint)
    elif not state.remote:
        hint = "Add one: git remote add origin ADDRESS."
        yield doctor_problem("never-pushed", "git", "there is no remote to push to", hint)
    elif not state.upstream:
        hint = f"Push it: git push --set-upstream origin {shlex.quote(state.branch)}."
        message = f"the branch '{state.branch}' was never pushed"
        yield doctor_problem("never-pushed", "git", message, hint)
    elif state.ahead:
        commits = "1 commit is" if state.ahead == 1 else f"{state.ahead} commits are"
        message = f"{commits} not pushed, so they are neither published nor backed up"
        yield doctor_problem("unpushed", "git", message, "Push: git push.")


def ignored_file_problems(git: Git, paths: Iterable[str]) -> Iterator[Problem]:
    """Files of the content that git ignores, and so are missing wherever else the blog is built."""
    try:
        listed = git("check-ignore", "--stdin", "-z", given=(f"{path}\0" for path in paths))
    except GitError:  # none of them is
        return
    for path in filter(None, listed.split("\0")):
        yield doctor_problem(
            "ignored-content",
            path,
            "git ignores this file, so it is missing from what GitHub builds",
            "Remove the line that matches it from .gitignore; git check-ignore -v shows which.",
        )


def address_problems(config: SiteConfig, state: RepositoryState | None) -> Iterator[Problem]:
    """A `base_url` that is not where GitHub Pages will show the blog."""
    url = urlsplit(config.base_url)
    host, at = url.hostname or "", config.at(("base_url",))
    if config.cname:
        if host != config.cname.casefold() or url.path != "/":
            message = f"'base_url' is {config.base_url}, but 'cname' says {config.cname}"
            hint = f'Write base_url = "https://{config.cname}/".'
            yield doctor_problem("wrong-base-url", at, message, hint)
        return
    expected = pages_url(state.remote) if state else ""
    if not expected or config.base_url.casefold() == expected.casefold():
        return
    message = (
        f"'base_url' is {config.base_url}, but GitHub Pages shows this repository at {expected}"
    )
    if host == urlsplit(expected).hostname:
        hint = f'Write base_url = "{expected}".'
        yield doctor_problem("wrong-base-url", at, message, hint)
    else:
        hint = "Write that address, or set cname to your domain, unless you publish elsewhere."
        yield doctor_problem("other-address", at, message, hint)


def domain_problems(config: SiteConfig, blog: Path) -> Iterator[Problem]:
    """A CNAME file that gives the blog another domain than its settings."""
    try:
        domain = disk.read_text(blog / _DOMAIN, errors="replace").strip()
    except OSError:
        return
    if domain.casefold() != (urlsplit(config.base_url).hostname or ""):
        message = f"this says that the blog is at {domain}, but 'base_url' is {config.base_url}"
        hint = f'Delete this file, and set cname = "{domain}" and base_url in site.toml.'
        yield doctor_problem("other-address", _DOMAIN, message, hint)


def publication_problems(state: RepositoryState | None) -> Iterator[Problem]:
    """A blog on GitHub that nothing publishes."""
    if state and pages_url(state.remote):
        message = "nothing publishes this blog: it has no workflow and was never deployed"
        hint = "Let GitHub do it: weekly deploy --init. Or do it yourself: weekly deploy."
        yield doctor_problem("never-published", "git", message, hint)
