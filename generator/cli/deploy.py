"""`weekly deploy`: publish the site to a branch, or set up GitHub to publish it."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from typing import NamedTuple
from urllib.parse import urlsplit

import click

from generator import disk
from generator.build import build
from generator.build.report import BuildOptions
from generator.cache.store import FOLDER
from generator.check import check
from generator.checks.published import unlisted_problems, unreadable_problems
from generator.checks.unfinished import unfinished_problems
from generator.cli.build_inputs import build_options, moment_now, site_config
from generator.cli.commands import command
from generator.cli.options import FILE_PATH, blog_option, excludes
from generator.cli.printing import fail, fail_plainly, print_problems, progress_of, say, say_waiting
from generator.cli.reports import print_report
from generator.cli.repositories import git_of, own_requirement, publishing_of
from generator.cli.screen import is_interactive
from generator.cli.shared_options import SharedOptions
from generator.config.settings import SiteConfig
from generator.deploy.branch import Branch, Comparison, compare, open_branch, publish
from generator.deploy.git_problems import kept_domain
from generator.deploy.posts import changes_in_words, commit_message, titles_by_path
from generator.deploy.workflow import (
    PATH,
    REQUIREMENTS,
    MailJob,
    is_ours,
    requirements_text,
    workflow_text,
)
from generator.doctor.requirements import requirement_problems
from generator.output.lock import locked
from generator.output.manifest import read_manifest
from generator.problems import Location, Problem, has_errors
from generator.site.published_urls import (
    LIST,
    Published,
    addresses_of,
    list_text,
    online_list,
    published_in,
)

NOTHING = "-"  # what --record stands for without a file


@command(
    "deploy",
    examples=(
        ("weekly deploy --init", "write the workflow that makes GitHub publish what you push"),
        ("weekly deploy --dry-run", "show what would change online, and change nothing"),
        ("weekly deploy --yes", "publish to the branch gh-pages without asking"),
        ("weekly deploy --record", "list the addresses of a site that you put online yourself"),
    ),
)
@blog_option
@click.option("--remote", default="origin", metavar="NAME", help="The remote; origin if not given.")
@click.option(
    "--branch", default="gh-pages", metavar="NAME", help="The branch; gh-pages if not given."
)
@click.option("-y", "--yes", is_flag=True, help="Publish without asking.")
@click.option(
    "--dry-run",
    is_flag=True,
    callback=excludes("init", "record"),
    help="Show the changes, make none.",
)
@click.option(
    "--init",
    is_flag=True,
    callback=excludes("dry_run", "record"),
    help="Write the workflow for GitHub Actions, and do nothing else.",
)
@click.option(
    "--mail/--no-mail",
    default=None,
    help="With --init: whether the workflow makes the mail of each new post, or sends it.",
)
@click.option(
    "--record",
    is_flag=False,
    flag_value=NOTHING,
    type=FILE_PATH,
    metavar="[FILE]",
    callback=excludes("dry_run", "init"),
    help="Write the built addresses, and those that FILE lists, into content/published.txt,"
    " and do nothing else.",
)
def run(
    given: SharedOptions,
    remote: str,
    branch: str,
    yes: bool,
    dry_run: bool,
    init: bool,
    mail: bool | None,
    record: str | None,
) -> int:
    """Do what was asked for."""
    if mail is not None and not init:
        raise click.UsageError("--mail and --no-mail go with --init.")
    config = site_config(given)
    if init:
        return _set_up(given, config, mail)
    if record:
        online = Published() if record == NOTHING else _list_in(given, record, config.base_url)
        if not _record(given, online):
            say(given, f"{LIST} lists every address already.")
        return 0
    return _publish(given, config, DeployOptions(remote, branch, yes, dry_run))


class DeployOptions(NamedTuple):
    """Where to publish, and whether to ask first or only to show what would change."""

    remote: str
    branch: str
    yes: bool
    dry_run: bool


def _publish(given: SharedOptions, config: SiteConfig, wish: DeployOptions) -> int:
    """Build, check, show what would change, and publish it if that is wanted."""
    if not (wish.yes or wish.dry_run or is_interactive()):
        fail_plainly(
            "there is no terminal to ask on: use --yes to publish, or --dry-run to see the changes."
        )
    branch = open_branch(git_of(given.blog), wish.remote, wish.branch)
    if isinstance(branch, Problem):
        fail([branch], "text")
    options = build_options(given, config)
    if not _is_ready(given, config, options):
        return 1
    comparison = compare(branch, options.output, read_manifest(options.output) or ())
    if isinstance(comparison, Problem):
        fail([comparison], "text")
    if comparison.is_empty:
        say(given, f"Nothing to publish: {branch.name} already has exactly this site.")
    elif not _is_pushed(given, wish, branch, comparison, config.base_url):
        print("Nothing was published.")
        return 0
    if not wish.dry_run:
        _record(given, Published())
    return 0


def _is_pushed(
    given: SharedOptions,
    wish: DeployOptions,
    branch: Branch,
    comparison: Comparison,
    base_url: str,
) -> bool:
    """Show the changes, and push them if that is wanted; returns whether they were pushed."""
    titles = titles_by_path(given.blog / "output", base_url)
    for line in changes_in_words(comparison, titles):
        if not (given.quiet and wish.yes):
            print(line)
    if comparison.domain and comparison.domain.casefold() != urlsplit(base_url).hostname:
        print_problems([kept_domain(comparison.domain, base_url)], "text")
    if wish.dry_run or not (wish.yes or _is_confirmed(branch)):
        return False
    commit = publish(branch, comparison, commit_message(comparison, titles))
    if isinstance(commit, Problem):
        fail([commit], "text")
    say(given, f"Published to {branch.name} of {branch.remote}, as commit {commit[:10]}.")
    if not branch.tip:
        where = f"Deploy from a branch, {branch.name}"
        say(given, f"Once, on GitHub: choose Settings, Pages, Source: {where}.")
    say(given, f"It will be at {base_url} in a minute or two.")
    return True


def _is_confirmed(branch: Branch) -> bool:
    return click.confirm(f"Publish this to {branch.name} of {branch.remote}?", prompt_suffix=" ")


def _is_ready(given: SharedOptions, config: SiteConfig, options: BuildOptions) -> bool:
    """Build and check the site as readers will see it; returns whether there were no errors."""
    with locked(options.blog / FOLDER / "lock", waiting=say_waiting):
        report = build(config, options, progress=progress_of(given))
        print_report(report, given, None)
        if report.failed:
            return False
        found = check(config, options, as_built=True).problems
    print_problems([problem for problem in found if problem not in report.problems], "text")
    if has_errors(found):
        print("Nothing was published. Fix the errors above first.", file=sys.stderr)
    return not has_errors(found)


def _record(given: SharedOptions, online: Published) -> bool:
    """Add addresses to the list of those that have been online; returns whether it has changed."""
    blog = given.blog
    paths = read_manifest(blog / "output")
    if paths is None:
        hint = "Build the site first: weekly build."
        missing = Problem("no-output", Location("output"), "there is no built site here", hint)
        fail([missing], "text")
    mine = published_in(blog)
    if mine.unreadable:  # they would be lost
        fail(unreadable_problems(mine), "text")
    text = list_text(mine, online, addresses_of(paths))
    target = blog / LIST
    if target.is_file() and disk.read_bytes(target) == text.encode():
        return False
    disk.write_bytes(target.resolve(), text.encode())
    say(given, f"{LIST} now lists every address that is online. Keep it with your content.")
    return True


def _list_in(given: SharedOptions, source: str, base_url: str) -> Published:
    """The addresses that a file lists; what is not one, such as an error page, is a warning."""
    text = disk.read_text(source, encoding="utf-8-sig", errors="replace", most=disk.MOST)
    found = online_list(text, base_url)
    print_problems(unlisted_problems(found, source, base_url), "text")
    if found == Published(comments=found.comments):
        say(given, f"There are no addresses in {source}.")
    return found


def _steps_of_mail(job: MailJob) -> Iterator[str]:
    """What is left to do for the mail of new posts."""
    if job is MailJob.FILE:
        yield "  3. The mail of a new post is under Actions, below its run: download it there."
    if job in (MailJob.SEND, MailJob.SEND_EACH):
        names = "WEEKLY_SMTP_USER and WEEKLY_SMTP_PASSWORD"
        names += ", and WEEKLY_RECIPIENTS" if job is MailJob.SEND_EACH else ""
        yield f"  3. Under Settings, Secrets and variables, Actions, add {names}."


def _set_up(given: SharedOptions, config: SiteConfig, has_mail: bool | None) -> int:
    """Write the workflow, and the list of what it installs unless there is one."""
    year = moment_now(config).year
    publishing, root = publishing_of(given.blog, config, year=year, has_mail=has_mail)
    workflow = root / PATH
    if workflow.is_file() and not is_ours(disk.read_text(workflow, errors="replace")):
        message, hint = "another workflow has this name already", "Rename or remove it."
        fail([Problem("exists", Location(PATH), message, hint)], "text")
    files = {workflow: workflow_text(publishing)}
    requirements, ours = given.blog / REQUIREMENTS, own_requirement()
    if not (publishing.has_program or requirements.exists()) and ours.line:
        files[requirements] = requirements_text(ours.line)
    for path, text in files.items():
        if path.is_file() and disk.read_bytes(path) == text.encode():
            say(given, f"{os.path.relpath(path)} is up to date.")
            continue
        path.parent.mkdir(parents=True, exist_ok=True)
        disk.write_bytes(path.resolve(), text.encode())
        say(given, f"Created {os.path.relpath(path)}.")
    say(
        given,
        "  1. On GitHub, choose Settings, Pages, Source: GitHub Actions.\n"
        "  2. Commit these files and push them. From now on, everything you push is published.",
    )
    for line in _steps_of_mail(publishing.mail):
        say(given, line)
    levels = {**config.checks, "placeholder": "allow"}  # these may be filled in later
    problems = [*unfinished_problems(config, (), str, levels)]
    if not publishing.has_program:
        problems += requirement_problems(requirements, ours)
    print_problems(problems, "text")
    return 1 if has_errors(problems) else 0
