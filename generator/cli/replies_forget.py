"""`weekly replies forget`: a person's words and name go, everywhere in the blog."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator, Sequence
from contextlib import suppress

import click

from generator.cache.store import FOLDER, NAME
from generator.cli.blog_context import blog_context
from generator.cli.commands import command
from generator.cli.completers import reply_names
from generator.cli.content_changes import carry_out_or_show, dry_run_option
from generator.cli.moderation import replies_to_change
from generator.cli.options import blog_option
from generator.cli.printing import fail, say
from generator.cli.repositories import git_of
from generator.cli.screen import is_interactive
from generator.cli.shared_options import SharedOptions
from generator.deploy.git import Git
from generator.problems import counted
from generator.writing.forgetting import Forgotten, forgotten


@command(
    "replies forget",
    examples=(
        ('weekly replies forget "Aoife Brennan"', "everything that she wrote, and her name"),
        ('weekly replies forget "Aoife Brennan" --dry-run', "only show what would change"),
    ),
)
@click.argument(
    "name",
    shell_complete=reply_names,
    help="The name as it stands in the replies, or the id of one.",
)
@click.option(
    "--instead",
    metavar="WORDS",
    default="a colleague",
    help="What other texts say in place of the name; 'a colleague' if not given.",
)
@dry_run_option
@blog_option
def run(given: SharedOptions, name: str, instead: str, dry_run: bool) -> int:
    """Empty the replies, take the name out of other texts, and say what is left where."""
    blog = blog_context(given)
    found = forgotten(name, replies_to_change(given, blog), instead=instead)
    if not isinstance(found, Forgotten):
        fail(found, "text")
    if is_interactive() and not dry_run:
        others = len(found.changes.files) - len(found.replies)
        question = f"Remove {_replies(found)}, and the name in {counted(others, 'other file')}?"
        click.confirm(question, abort=True)
    if not carry_out_or_show(given, found.changes, (), is_dry_run=dry_run):
        return 0
    with suppress(OSError):  # it has the words as they were read
        (given.blog / FOLDER / NAME).unlink()
    for line in (
        *_what_was_done(found),
        *_what_is_left(found),
        *_what_git_has(found, given, instead),
    ):
        say(given, line)
    return 0


def _replies(found: Forgotten) -> str:
    number = len(found.replies)
    return "1 reply" if number == 1 else f"{number:,} replies"


def _what_was_done(found: Forgotten) -> Iterator[str]:
    is_one = len(found.replies) == 1
    files = "its file stays" if is_one else "their files stay"
    yield f"Removed the words and the name in {_replies(found)}; {files}, closed and hidden, so"
    yield "that replies to it keep their place and no import brings the words back."
    own = {reply.source for reply in found.replies}
    for change in found.changes.files:
        if change.path not in own:
            yield f"Took the name out of {change.path}."
    yield "Pages change with the next build: weekly build"


def _what_is_left(found: Forgotten) -> Iterator[str]:
    if found.left:
        yield ""
        yield "Look at these yourself:"
    for place, what in found.left:
        yield f"  {place} {what}."


def _what_git_has(found: Forgotten, given: SharedOptions, instead: str) -> Iterator[str]:
    git = git_of(given.blog)
    yield ""
    if not git.ask("rev-parse", "--git-dir"):
        yield "No git history holds them. Copies of the site and of this folder may."
        return
    paths = [change.path for change in found.changes.files]
    commits = git.ask("log", "--all", "--format=%h", "--", *paths).split()
    if not commits:
        yield "Git holds nothing of them, since these files were never committed."
        return
    number = counted(len(commits), "commit")
    yield f"Git still holds them, in up to {number}. To rewrite its history:"
    yield from (f"  {line}" for line in _rewriting(found, git, instead))
    yield "Everybody else then needs a new clone. Forks, other clones, backups and GitHub's cached"
    yield "pages keep the old history; GitHub's support removes the last of these. See"
    yield "docs/listening.md, “When somebody wants to be forgotten”."


def _rewriting(found: Forgotten, git: Git, instead: str) -> Iterator[str]:
    """The commands that remove the replies from every commit, and then put the empty files back."""
    prefix = git.ask("rev-parse", "--show-prefix")
    paths = [f"{prefix}{reply.source}" for reply in found.replies]
    names = dict.fromkeys(reply.name for reply in found.replies if reply.name)
    yield "git commit -am 'Forget a person'"
    yield f"cp -R {prefix}content/replies /tmp/replies  # in the top folder of the repository"
    for name in names:
        yield f"echo {shlex.quote(f'regex:(?i){_regex(name)}==>{instead}')} >> /tmp/names.txt"
    replaced = " --replace-text /tmp/names.txt" if names else ""
    yield f"git filter-repo --force --invert-paths {_options(paths)}{replaced}"
    yield f"cp -R /tmp/replies/. {prefix}content/replies && git add {prefix}content/replies"
    yield "git commit -m 'Closed threads' && rm -r /tmp/replies /tmp/names.txt"
    yield "git push --force --all  # after: git remote add origin URL"


def _options(paths: Sequence[str]) -> str:
    return " ".join(f"--path '{path}'" for path in paths)


def _regex(name: str) -> str:
    return r"\s+".join(map(re.escape, name.split())).replace("'", ".")
