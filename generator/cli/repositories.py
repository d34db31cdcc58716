"""The repository of a blog, and how it is to be published from there."""

from __future__ import annotations

import os

from generator.cli.options import moment_now

TYPE_CHECKING = False
if TYPE_CHECKING:
    import argparse
    from pathlib import Path

    from generator.config.settings import SiteConfig
    from generator.deploy.git import Git
    from generator.deploy.workflow import Publishing


def git_of(blog: str) -> Git:
    """The git of the blog's folder."""
    from pathlib import Path

    from generator.deploy.git import Git

    return Git(Path(blog), os.environ)


def publishing_of(given: argparse.Namespace, config: SiteConfig) -> tuple[Publishing, Path]:
    """What the workflow of a blog depends on, and the folder of its repository."""
    from pathlib import Path

    from generator.deploy.schedule import weekly_runs
    from generator.deploy.workflow import Publishing

    weekly, year = config.weekly, moment_now(config).year
    blog = Path(os.path.realpath(given.blog))
    git = git_of(given.blog)
    root = Path(git.ask("rev-parse", "--show-toplevel") or blog)
    default = git.ask("symbolic-ref", "--short", "refs/remotes/origin/HEAD")
    folder = blog.relative_to(root).as_posix() if blog.is_relative_to(root) else "."
    return Publishing(
        base_url=config.base_url,
        weekly=f"{weekly.day.capitalize()} {weekly.time} {config.time_zone}",
        runs=weekly_runs(weekly.day, config.default_hour, config.zone, year=year),
        branch=default.removeprefix("origin/"),
        folder="" if folder == "." else folder,
        has_program=(blog / "generator" / "__main__.py").is_file(),
    ), root
