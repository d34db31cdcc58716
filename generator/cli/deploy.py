"""`weekly deploy`: the site online, by a branch; or what GitHub needs to publish it by itself."""

from __future__ import annotations

import os
import sys

from generator.cli.options import add_desk_options, build_options, site_config
from generator.cli.printing import fail, fail_plainly, print_problems, progress_of, say, say_waiting
from generator.cli.questions import ask, is_answered
from generator.cli.reports import print_report
from generator.cli.repositories import git_of, publishing_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    import argparse
    from collections.abc import Mapping

    from generator.build import BuildOptions
    from generator.config.settings import SiteConfig
    from generator.deploy.branch import Branch, Comparison

SENTENCE = "Build, check and publish the site to a branch; --init sets up GitHub to do it."
EXAMPLES = (
    ("weekly deploy --init", "write the workflow with which GitHub publishes what you push"),
    ("weekly deploy --dry-run", "say what would change online, and change nothing"),
    ("weekly deploy --yes", "publish to the branch gh-pages without asking"),
    ("weekly deploy --record", "write down the addresses of a site that you put online yourself"),
)

NOTHING = "-"  # what --record stands for without a file


def add_options(command: argparse.ArgumentParser) -> None:
    """Declare what the command takes."""
    add_desk_options(command)
    command.add_argument(
        "--remote", default="origin", metavar="NAME", help="the remote; origin if not given"
    )
    command.add_argument(
        "--branch", default="gh-pages", metavar="NAME", help="the branch; gh-pages if not given"
    )
    command.add_argument("-y", "--yes", action="store_true", help="publish without asking")
    instead = command.add_mutually_exclusive_group()
    instead.add_argument("--dry-run", action="store_true", help="show the changes, make none")
    instead.add_argument(
        "--init", action="store_true", help="write the workflow for GitHub Actions, and no more"
    )
    instead.add_argument(
        "--record",
        nargs="?",
        const=NOTHING,
        metavar="FILE",
        help="write the built addresses, and those that FILE lists, into content/published.txt,"
        " and no more",
    )


def run(given: argparse.Namespace) -> int:
    """Do what was asked for."""
    config = site_config(given)
    if given.init:
        return _set_up(given, config)
    if given.record:
        return _record(given, given.record)
    return _publish(given, config)


def _publish(given: argparse.Namespace, config: SiteConfig) -> int:
    """Build, check, show what would change, and publish it where that is wanted."""
    from generator.deploy.branch import compare, open_branch
    from generator.output.manifest import read_manifest
    from generator.problems import Problem

    if not (given.yes or given.dry_run or is_answered()):
        fail_plainly("nobody is here to be asked; say --yes to publish, or --dry-run to look.")
    branch = open_branch(git_of(given.blog), given.remote, given.branch)
    if isinstance(branch, Problem):
        fail([branch], "text")
    options = build_options(given, config)
    if not _is_ready(given, config, options):
        return 1
    comparison = compare(branch, options.output, read_manifest(options.output) or ())
    if isinstance(comparison, Problem):
        fail([comparison], "text")
    if comparison.is_empty:
        say(given, f"Nothing to publish: {branch.name} holds this very site.")
    elif not _is_pushed(given, branch, comparison, _titles_of(options, config), config.base_url):
        print("Nothing was published.")
        return 0
    return 0 if given.dry_run else _record(given, NOTHING)


def _titles_of(options: BuildOptions, config: SiteConfig) -> Mapping[str, str]:
    """The titles of the newest letters, by their files."""
    from generator.deploy.posts import titles_by_path

    return titles_by_path(options.output, config.base_url)


def _is_pushed(
    given: argparse.Namespace,
    branch: Branch,
    comparison: Comparison,
    titles: Mapping[str, str],
    base_url: str,
) -> bool:
    """Whether the changes were pushed, once they were shown and nobody said no."""
    from generator.deploy.branch import publish
    from generator.deploy.posts import changes_in_words, commit_message
    from generator.problems import Problem

    for line in changes_in_words(comparison, titles):
        if not (given.quiet and given.yes):
            print(line)
    if given.dry_run or not _is_wanted(given, branch):
        return False
    commit = publish(branch, comparison, commit_message(comparison, titles))
    if isinstance(commit, Problem):
        fail([commit], "text")
    say(given, f"Published to {branch.name} of {branch.remote}, as commit {commit[:10]}.")
    if not branch.tip:
        where = f"Deploy from a branch, {branch.name}"
        say(given, f"Once, on GitHub: choose Settings, Pages, Source: {where}.")
    say(given, f"It is at {base_url} in a minute or two.")
    return True


def _is_ready(given: argparse.Namespace, config: SiteConfig, options: BuildOptions) -> bool:
    """Whether the site could be built as readers will see it, and a check finds no error."""
    from generator.build import build
    from generator.cache.store import FOLDER
    from generator.check import check
    from generator.output.lock import locked
    from generator.problems import has_errors

    with locked(options.blog / FOLDER / "lock", waiting=say_waiting):
        report = build(config, options, progress=progress_of(given))
        print_report(report, given, None)
        if report.failed:
            return False
        found = check(config, options, as_built=True).problems
    print_problems([problem for problem in found if problem not in report.problems], "text")
    if has_errors(found):
        print("Nothing was published: mend the errors first.", file=sys.stderr)
    return not has_errors(found)


def _is_wanted(given: argparse.Namespace, branch: Branch) -> bool:
    if given.yes:
        return True
    question = f"Publish this to {branch.name} of {branch.remote}? (yes or no)"
    return ask(question, "no", str.casefold) in ("y", "yes")


def _record(given: argparse.Namespace, source: str) -> int:
    """Add addresses to the list of those that readers may know."""
    from pathlib import Path

    from generator.checks.published import unreadable_problems
    from generator.output.manifest import read_manifest
    from generator.problems import Location, Problem
    from generator.site.published_urls import (
        LIST,
        addresses_of,
        list_text,
        online_list,
        published_in,
    )

    blog = Path(given.blog)
    paths = read_manifest(blog / "output")
    if paths is None:
        hint = "Build the site first: weekly build."
        fail(
            [Problem("no-output", Location("output"), "there is no built site here", hint)], "text"
        )
    mine = published_in(blog)
    if mine.unreadable:  # they would be lost
        fail(unreadable_problems(mine), "text")
    online = "" if source == NOTHING else Path(source).read_text("utf-8", errors="replace")
    text = list_text(mine, online_list(online), addresses_of(paths))
    target = blog / LIST
    if not target.is_file() or target.read_bytes() != text.encode():
        target.write_text(text, encoding="utf-8", newline="\n")
        say(given, f"{LIST} lists every address that is online now. Keep it with your content.")
    return 0


def _set_up(given: argparse.Namespace, config: SiteConfig) -> int:
    """Write the workflow, and the list of what it installs where there is none."""
    from pathlib import Path

    from generator import __version__
    from generator.deploy.workflow import (
        PATH,
        REQUIREMENTS,
        is_ours,
        requirements_text,
        workflow_text,
    )
    from generator.problems import Location, Problem

    publishing, root = publishing_of(given, config)
    workflow = root / PATH
    if workflow.is_file() and not is_ours(workflow.read_text("utf-8", errors="replace")):
        message, hint = "somebody else's workflow has this name", "Rename it, or take it away."
        fail([Problem("exists", Location(PATH), message, hint)], "text")
    files = {workflow: workflow_text(publishing)}
    requirements = Path(given.blog) / REQUIREMENTS
    if not publishing.has_program and not requirements.exists():
        files[requirements] = requirements_text(__version__)
    for path, text in files.items():
        if path.is_file() and path.read_bytes() == text.encode():
            say(given, f"{os.path.relpath(path)} is as it should be.")
            continue
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
        say(given, f"{os.path.relpath(path)} is written.")
    say(
        given,
        "  1. On GitHub, choose Settings, Pages, Source: GitHub Actions.\n"
        "  2. Commit these files and push them. Whatever you push from now on is published.",
    )
    return 0
