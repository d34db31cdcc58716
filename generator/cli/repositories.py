"""The repository of a blog, and how the blog is to be published from there."""

from __future__ import annotations

import os
from pathlib import Path

from generator.config.settings import SiteConfig
from generator.deploy.git import Git
from generator.deploy.schedule import weekly_runs
from generator.deploy.workflow import Publishing


def git_of(blog: Path) -> Git:
    """Git in the blog's folder."""
    return Git(blog, os.environ)


def publishing_of(folder: Path, config: SiteConfig, *, year: int) -> tuple[Publishing, Path]:
    """What a blog's workflow depends on in that year, and the folder of its repository."""
    weekly, git = config.weekly, git_of(folder)
    blog = Path(os.path.realpath(folder))
    root = Path(git.ask("rev-parse", "--show-toplevel") or blog)
    default = git.ask("symbolic-ref", "--short", "refs/remotes/origin/HEAD")
    inside = blog.relative_to(root).as_posix() if blog.is_relative_to(root) else "."
    return Publishing(
        base_url=config.base_url,
        weekly=f"{weekly.day.capitalize()} {weekly.time} {config.time_zone}",
        runs=weekly_runs(weekly.day, config.default_hour, config.zone, year=year),
        branch=default.removeprefix("origin/"),
        folder="" if inside == "." else inside,
        has_program=(blog / "generator" / "__main__.py").is_file(),
    ), root
