"""Blogs in git repositories, with a remote on this disk."""

from __future__ import annotations

import io
import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.commands import SUNDAY, Result, run
from tests.conftest import Blog

if shutil.which("git") is None:
    pytest.skip("git is not installed", allow_module_level=True)

ALONE = {  # a git that knows nothing of whoever runs the tests
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_AUTHOR_NAME": "Ada Marsh",
    "GIT_AUTHOR_EMAIL": "ada@example.org",
    "GIT_COMMITTER_NAME": "Ada Marsh",
    "GIT_COMMITTER_EMAIL": "ada@example.org",
    "GIT_AUTHOR_DATE": "2026-11-22T12:00:00+00:00",
    "GIT_COMMITTER_DATE": "2026-11-22T12:00:00+00:00",
}


def git(folder: Path, *arguments: str, **environment: str) -> str:
    """What git says in a folder."""
    ran = subprocess.run(
        ["git", *arguments],
        cwd=folder,
        env={**os.environ, **ALONE, **environment},
        capture_output=True,
        text=True,
        check=True,
    )
    return ran.stdout.rstrip("\n")


@dataclass(frozen=True)
class Repository:
    """A blog under git, and the bare repository that it is pushed to."""

    blog: Blog
    remote: Path

    @classmethod
    def around(cls, blog: Blog, *, root: Path | None = None) -> Repository:
        """A repository with all files of the blog in one commit, pushed."""
        remote = blog.folder.parent / "remote.git"
        top = root or blog.folder
        blog.write(".gitignore", ".weekly/\n/output/\n")
        git(blog.folder.parent, "init", "--quiet", "--bare", "-b", "main", str(remote))
        git(top, "init", "--quiet", "-b", "main")
        git(top, "remote", "add", "origin", str(remote))
        made = cls(blog, remote)
        made.commit("Begin")
        return made

    def commit(self, message: str) -> None:
        """Commit all that is in the blog's folder, and push it."""
        git(self.blog.folder, "add", "--all", ".")
        git(self.blog.folder, "commit", "--quiet", "--allow-empty", "-m", message)
        git(self.blog.folder, "push", "--quiet", "--set-upstream", "origin", "main")

    def deploy(self, *arguments: str, **environment: str) -> Result:
        """What `weekly deploy` prints about it."""
        where = ("--blog", str(self.blog.folder))
        return run("deploy", *where, *arguments, **{**ALONE, **SUNDAY, **environment})

    def online(self, commit: str = "gh-pages") -> dict[str, bytes]:
        """Every file of the branch, as the remote has it."""
        names = git(self.remote, "ls-tree", "-r", "--name-only", commit).splitlines()
        ran = subprocess.run(
            ["git", "cat-file", "--batch"],
            input="".join(f"{commit}:{name}\n" for name in names).encode(),
            cwd=self.remote,
            capture_output=True,
            check=True,
        )
        stream = io.BytesIO(ran.stdout)
        found = {}
        for name in names:
            size = int(stream.readline().split()[-1])
            found[name] = stream.read(size)
            stream.read(1)  # the line end after each object
        return found

    def commits(self) -> list[str]:
        """The messages of the branch, the newest first."""
        return git(self.remote, "log", "--format=%s", "gh-pages").splitlines()
