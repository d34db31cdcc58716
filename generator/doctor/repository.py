"""Whether the content is where it can't be lost, and the blog where its settings say."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from generator.config.settings import SiteConfig
from generator.deploy.git import Git, GitError
from generator.doctor.problems import complaint
from generator.problems import Problem

_OURS = ("content", "templates", "themes", "messages", ".github", "requirements.txt")
_DOMAIN = "content/static/CNAME"
_EXAMPLES = re.compile(r"(?:.*\.)?example(?:\.(?:com|net|org))?")
_GITHUB = re.compile(
    r"(?:https://(?:[^/@]+@)?github\.com/|(?:ssh://)?git@github\.com[:/])"
    r"(?P<owner>[^/]+)/(?P<name>[^/]+?)(?:\.git)?/?"
)


@dataclass(frozen=True, slots=True)
class RepositoryState:
    """What git says of a blog, without asking the network."""

    branch: str  # '' where none is checked out
    upstream: str  # '' where the branch was never pushed
    ahead: int  # commits that are not pushed
    loose: tuple[str, ...]  # files of the blog that are not committed
    remote: str  # the address of the remote, '' without one
    committed: float  # seconds since 1970 of the last commit, 0 without one


def repository_state(git: Git) -> RepositoryState | None:
    """How the repository stands; None where there is none, or no git."""
    try:
        status = git(
            "status", "--porcelain=v2", "--branch", "-z", "--untracked-files=all", "--", "."
        )
    except GitError:
        return None
    heads, loose = {}, []
    fields = iter(status.split("\0"))
    for field in fields:
        if field.startswith("# "):
            key, _, value = field[2:].partition(" ")
            heads[key] = value
        elif field:
            loose.append(_path_of(field))
            if field.startswith("2 "):  # a renamed file, whose old name comes next
                next(fields)
    branch = heads.get("branch.head", "")
    upstream = heads.get("branch.upstream", "")
    remote = upstream.partition("/")[0] or git.asks("remote").partition("\n")[0]
    return RepositoryState(
        branch="" if branch == "(detached)" else branch,
        upstream=upstream,
        ahead=int(heads.get("branch.ab", "+0 -0").split()[0]),
        loose=_of_the_blog(loose, git.asks("rev-parse", "--show-prefix")),
        remote=git.asks("remote", "get-url", remote) if remote else "",
        committed=float(git.asks("log", "-1", "--format=%ct") or 0),
    )


def _path_of(entry: str) -> str:
    """The path in a line of git's status, which has as many fields before it as its kind says."""
    before = {"1": 8, "2": 9, "u": 10, "?": 1}[entry[0]]
    return entry.split(" ", before)[-1]


def _of_the_blog(paths: Iterable[str], prefix: str) -> tuple[str, ...]:
    inside = (path.removeprefix(prefix) for path in paths)
    return tuple(sorted(path for path in inside if path.partition("/")[0] in _OURS))


def repository_complaints(state: RepositoryState | None, *, has_git: bool) -> Iterator[Problem]:
    """What is only on this machine, and would be lost with it."""
    if not has_git:
        hint = "Install it, then: git init. Else nothing keeps your letters but this disk."
        yield complaint("not-in-git", "git", "git is not installed", hint)
        return
    if state is None:
        hint = "Make one with: git init. Else nothing keeps your letters but this disk."
        yield complaint("not-in-git", "git", "this blog is in no git repository", hint)
        return
    if state.loose:
        number, first = len(state.loose), state.loose[0]
        what = f"this and {number - 1} more are" if number > 1 else "this is"
        hint = "Commit what is yours: git add --all, then git commit."
        yield complaint("uncommitted", first, f"{what} not committed", hint)
    if not state.branch:
        hint = "Go back to one: git switch main."
        message = "no branch is checked out, so that what you commit is easily lost"
        yield complaint("detached", "git", message, hint)
    elif not state.remote:
        hint = "Add one: git remote add origin ADDRESS."
        yield complaint("never-pushed", "git", "there is no remote to push to", hint)
    elif not state.upstream:
        hint = f"Push it: git push --set-upstream origin {state.branch}."
        message = f"the branch '{state.branch}' was never pushed"
        yield complaint("never-pushed", "git", message, hint)
    elif state.ahead:
        commits = "1 commit is" if state.ahead == 1 else f"{state.ahead} commits are"
        message = f"{commits} not pushed, and so neither published nor anywhere but here"
        yield complaint("unpushed", "git", message, "Push: git push.")


def ignored_complaints(git: Git, paths: Iterable[str]) -> Iterator[Problem]:
    """Files of the content that git passes over, and so whoever builds elsewhere."""
    try:
        listed = git("check-ignore", "--stdin", "-z", given=(f"{path}\0" for path in paths))
    except GitError:  # none of them is
        return
    for path in filter(None, listed.split("\0")):
        yield complaint(
            "ignored-content",
            path,
            "git passes this file over, so that it is missing from what GitHub builds",
            "Take what matches it out of .gitignore; git check-ignore -v names the line.",
        )


def address_complaints(config: SiteConfig, state: RepositoryState | None) -> Iterator[Problem]:
    """Whether `base_url` is where GitHub Pages will show the blog."""
    url = urlsplit(config.base_url)
    host, at = url.hostname or "", config.at(("base_url",))
    if config.cname:
        if host != config.cname.casefold() or url.path != "/":
            message = f"'base_url' is {config.base_url}, but 'cname' says {config.cname}"
            hint = f'Write base_url = "https://{config.cname}/".'
            yield complaint("wrong-base-url", at, message, hint)
        return
    if _EXAMPLES.fullmatch(host):
        message = f"'base_url' is {config.base_url}, an address for examples"
        yield complaint("example-address", at, message, "Write where the blog will be.")
        return
    found = _GITHUB.fullmatch(state.remote) if state else None
    if not found:
        return
    expected = _pages_url(found["owner"], found["name"])
    if config.base_url.casefold() == expected.casefold():
        return
    message = (
        f"'base_url' is {config.base_url}, but GitHub Pages shows this repository at {expected}"
    )
    if host == urlsplit(expected).hostname:
        hint = f'Write base_url = "{expected}".'
        yield complaint("wrong-base-url", at, message, hint)
    else:
        hint = "Write that, or the domain as cname, too, unless you publish elsewhere."
        yield complaint("other-address", at, message, hint)


def domain_complaints(config: SiteConfig, blog: Path) -> Iterator[Problem]:
    """A file for GitHub Pages that gives the blog another domain than its settings."""
    try:
        domain = (blog / _DOMAIN).read_text(encoding="utf-8", errors="replace").strip()
    except OSError:
        return
    if domain.casefold() != (urlsplit(config.base_url).hostname or ""):
        message = f"this says that the blog is at {domain}, but 'base_url' is {config.base_url}"
        hint = f'Delete this file; write cname = "{domain}" and that address into site.toml.'
        yield complaint("other-address", _DOMAIN, message, hint)


def publication_complaints(state: RepositoryState | None) -> Iterator[Problem]:
    """What is missing for a blog on GitHub that nothing has ever published."""
    if state and _GITHUB.fullmatch(state.remote):
        message = "nothing publishes this blog: it has no workflow, and was never deployed"
        hint = "Let GitHub do it: weekly deploy --init. Or do it yourself: weekly deploy."
        yield complaint("never-published", "git", message, hint)


def _pages_url(owner: str, name: str) -> str:
    host = f"{owner.lower()}.github.io"
    return f"https://{host}/" if name.lower() == host else f"https://{host}/{name}/"
