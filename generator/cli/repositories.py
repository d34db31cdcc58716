"""The repository of a blog, and how the blog is to be published from there."""

from __future__ import annotations

import os
from importlib import metadata
from pathlib import Path

from generator import __version__, disk
from generator.config.settings import SiteConfig
from generator.deploy.git import Git
from generator.deploy.github import pages_url
from generator.deploy.requirement import NAME, Installation, Requirement, requirement_of
from generator.deploy.schedule import weekly_runs
from generator.deploy.workflow import PATH, MailJob, Publishing, has_mail_job


def git_of(blog: Path) -> Git:
    """Git in the blog's folder."""
    return Git(blog, os.environ)


def proposed_address(folder: Path) -> str:
    """Where GitHub Pages would show a blog in that folder; '' if it is not a clone from GitHub."""
    there = next(each for each in (folder, *folder.absolute().parents) if each.is_dir())
    git = git_of(there)
    remotes = sorted(git.ask("remote").splitlines(), key=lambda name: (name != "origin", name))
    found = (pages_url(git.ask("remote", "get-url", name)) for name in remotes)
    return next(filter(None, found), "")


def installation() -> Installation:
    """How this program came to this machine."""
    above = Path(__file__).parents[2]
    if (above / "pyproject.toml").is_file():
        return Installation(__version__, checkout=above)
    try:
        record = metadata.distribution(NAME).read_text("direct_url.json")
    except metadata.PackageNotFoundError:
        return Installation(__version__, record=None)
    return Installation(__version__, record=record or "")


def own_requirement() -> Requirement:
    """What GitHub has to install to have the same weekly as this machine."""
    return requirement_of(installation(), git_of)


def publishing_of(
    folder: Path, config: SiteConfig, *, year: int, has_mail: bool | None = None
) -> tuple[Publishing, Path]:
    """What a blog's workflow depends on in that year, and the folder of its repository.

    `has_mail` says whether it is to make the mail of new posts; None leaves it as it is.
    """
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
        mail=_mail_job(config, root, has_mail),
    ), root


def _mail_job(config: SiteConfig, root: Path, has_mail: bool | None) -> MailJob:
    if has_mail is None:
        has_mail = has_mail_job(_text_of(root / PATH))
    if not has_mail:
        return MailJob.NONE
    if not config.mail.send_when_published:
        return MailJob.FILE
    return MailJob.SEND_EACH if config.mail.recipients else MailJob.SEND


def _text_of(path: Path) -> str:
    try:
        return disk.read_text(path, errors="replace")
    except OSError:
        return ""
