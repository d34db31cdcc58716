"""A built site as one commit on a branch of the blog's repository.

Only git's plumbing commands are used, with a separate index in a temporary folder: the user's
files, index and branches stay as they are.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from generator.config.settings import SITE_FILE
from generator.deploy.git import Git, GitError
from generator.deploy.git_problems import (
    git_problem,
    no_author,
    no_remote,
    no_repository,
    refused,
    summary,
)
from generator.problems import Problem

PUBLISH = "Publish "  # how the messages of our commits begin

_DOMAIN = "CNAME"
_FETCH = ("fetch", "--quiet", "--no-tags", "--no-write-fetch-head", "--refmap=")  # moves no ref


@dataclass(frozen=True, slots=True)
class Branch:
    """A branch of a remote, as it is there now."""

    git: Git
    remote: str
    name: str
    tip: str  # its newest commit, '' if the branch does not exist yet

    @property
    def ref(self) -> str:
        """Its full name."""
        return f"refs/heads/{self.name}"


@dataclass(frozen=True, slots=True)
class Comparison:
    """What publishing a site changes: paths, sorted."""

    tree: str  # git's name for the new site
    added: tuple[str, ...]
    changed: tuple[str, ...]
    removed: tuple[str, ...]
    domain: str = ""  # the one that GitHub's settings put on the branch, where it stays

    @property
    def is_empty(self) -> bool:
        """Whether the branch has exactly this site already."""
        return not (self.added or self.changed or self.removed)


def open_branch(git: Git, remote: str, name: str) -> Branch | Problem:
    """The branch as the remote has it, with its newest commit fetched; or why that failed."""
    try:
        git("rev-parse", "--git-dir")
    except GitError as error:
        return no_repository(error.output)
    if remote not in git.ask("remote").splitlines():
        return no_remote(remote, git.ask("remote").split())
    if not git.ask("check-ref-format", "--branch", name):
        return git_problem("no-branch", f"'{name}' is not a valid branch name", "Use another one.")
    git = git.quietly_over_ssh()
    try:
        listed = git("ls-remote", remote, f"refs/heads/{name}")
        branch = Branch(git, remote, name, listed.partition("\t")[0])
        if branch.tip and not git.ask("cat-file", "-t", branch.tip):
            git(*_FETCH, remote, branch.ref)
    except GitError as error:
        return refused(error.output, remote)
    return branch


def compare(branch: Branch, output: Path, paths: Iterable[str]) -> Comparison | Problem:
    """What publishing these files of the output folder would change."""
    names = sorted(paths)
    try:
        before = _files_of(branch.git, branch.tip)
        domain = "" if _DOMAIN in names else _domain_of(branch, before)
        with TemporaryDirectory() as scratch:
            index = Path(scratch) / "index"
            listed = [*_entries(branch.git, output, names)]
            if domain:
                listed.append(_entry(_DOMAIN, before[_DOMAIN]))
            branch.git("update-index", "-z", "--add", "--index-info", given=listed, index=index)
            tree = branch.git("write-tree", index=index)
        after = _files_of(branch.git, tree)
    except GitError as error:
        return git_problem("git", f"git could not store the site: {summary(error.output)}")
    if any(f"/{path}".endswith(f"/{SITE_FILE}") for path in before):
        message = f"the branch '{branch.name}' has your content, which the site would replace"
        return git_problem("no-branch", message, "Publish to a separate branch, such as gh-pages.")
    return Comparison(
        tree,
        added=tuple(sorted(after.keys() - before.keys())),
        changed=tuple(p for p in sorted(after.keys() & before.keys()) if after[p] != before[p]),
        removed=tuple(sorted(before.keys() - after.keys())),
        domain=domain,
    )


def publish(branch: Branch, comparison: Comparison, message: str) -> str | Problem:
    """Push one commit with the site onto the branch; gives the name of the commit."""
    parents = ("-p", branch.tip) if branch.tip else ()
    try:
        commit = branch.git("commit-tree", comparison.tree, *parents, given=message.encode())
    except GitError as error:
        return no_author(error.output)
    try:
        branch.git("push", "--quiet", branch.remote, f"{commit}:{branch.ref}")
    except GitError as error:
        return refused(error.output, branch.remote)
    return commit


def _entries(git: Git, output: Path, names: list[str]) -> Iterator[str]:
    """The lines of an index; files are stored unchanged, whatever filters git has for the blog."""
    lines = (f"{output.resolve()}/{name}\n" for name in names)
    stored = git("hash-object", "-w", "--no-filters", "--stdin-paths", given=lines)
    for name, blob in zip(names, stored.splitlines(), strict=True):
        yield _entry(name, blob)


def _entry(name: str, blob: str) -> str:
    """The line of an index for a file."""
    return f"100644 {blob}\t{name}\0"


def _domain_of(branch: Branch, files: Mapping[str, str]) -> str:
    """The domain in the branch's CNAME; '' if there is none, or an earlier site put it there."""
    if _DOMAIN not in files:
        return ""
    subject = branch.git("log", "-1", "--format=%s", branch.tip, "--", f":(top){_DOMAIN}")
    domain = branch.git("cat-file", "blob", files[_DOMAIN]).strip()
    return "" if subject.startswith(PUBLISH) else domain


def _files_of(git: Git, tree: str) -> Mapping[str, str]:
    """The blob of each file of a tree or commit."""
    if not tree:
        return {}
    listed = git("ls-tree", "-r", "-z", "--full-tree", tree).split("\0")
    entries = (entry.partition("\t") for entry in listed if entry)
    return {path: blob.rpartition(" ")[2] for blob, _, path in entries}
