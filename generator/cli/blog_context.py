"""What the commands share that see all of a blog: those that write, and those that tell of it."""

from __future__ import annotations

import os
from typing import NamedTuple

from generator.cli.options import add_desk_options, build_options, site_config
from generator.cli.printing import fail, fail_plainly, say
from generator.cli.questions import ask

TYPE_CHECKING = False
if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence
    from datetime import datetime

    from generator.config.settings import SiteConfig
    from generator.content.reading import DocumentReader
    from generator.insights.prompts import Prompt
    from generator.inventory import Inventory
    from generator.model import Term
    from generator.problems import Problem
    from generator.writing.changes import Changes
    from generator.writing.editable_blog import EditableBlog
    from generator.writing.new_posts import NewPost, NewPostContext


class Opened(NamedTuple):
    """A blog with all that it holds."""

    config: SiteConfig
    survey: Inventory
    now: datetime

    @property
    def traits(self) -> tuple[Term, ...]:
        """The traits in their order."""
        from generator.site.taxonomies import traits_in

        return traits_in(self.survey.site.taxonomies)

    @property
    def read_document(self) -> DocumentReader:
        """Reads a file of the blog from its bytes."""
        from generator.content.reading import document_reader
        from generator.content.settings import ReadingSettings

        return document_reader(ReadingSettings.of(self.config))


def opened(given: argparse.Namespace) -> Opened:
    """The blog that the arguments name."""
    from generator.inventory import take_inventory

    config = site_config(given)
    options = build_options(given, config)
    return Opened(config, take_inventory(config, options), options.as_of)


def desk_of(given: argparse.Namespace, blog: Opened) -> NewPostContext:
    """What one has to know to begin a post."""
    from pathlib import Path

    from generator.site import permalinks
    from generator.writing.new_posts import NewPostContext

    root, survey = Path(given.blog), blog.survey
    return NewPostContext(
        content=survey.content,
        config=blog.config,
        conventions=survey.messages.conventions,
        is_claimed=lambda url: permalinks.output_path(url).casefold() in survey.claimed,
        has_path=lambda path: os.path.lexists(root / path),
        is_mentioned=lambda word: any(
            word.encode() in (root / path).read_bytes() for path in survey.content.rejected
        ),
    )


def add_post_options(command: argparse.ArgumentParser) -> None:
    """Declare what a new post may be told."""
    command.add_argument("--trait", metavar="TRAIT", help="its trait, by slug, title or tag")
    command.add_argument(
        "--date", metavar="DAY", help="its day or moment, such as 2026-11-24 or '2026-11-24 09:00'"
    )


def trait_given(given: argparse.Namespace, blog: Opened) -> Term | None:
    """The trait that --trait names; None without it."""
    from generator.problems import Problem
    from generator.writing.new_posts import trait_named

    if not given.trait:
        return None
    found = trait_named(given.trait, blog.traits)
    if isinstance(found, Problem):
        fail_plainly(f"--trait: {found.message}. {found.hint}".rstrip())
    return found


def trait_asked(traits: Sequence[Term], proposed: Term) -> Term:
    """The trait that somebody at the terminal chooses from a list."""
    from generator.writing.new_posts import trait_named

    for number, trait in enumerate(traits, start=1):
        print(f"  {number}  {trait.title}: {trait.summary}")

    def accept(answer: str) -> Term | Problem:
        if answer.isascii() and answer.isdigit() and 0 < int(answer) <= len(traits):
            return traits[int(answer) - 1]
        return trait_named(answer, traits)

    return ask("Which trait is it about?", str(traits.index(proposed) + 1), accept)


def prompt_of(blog: Opened, trait: Term | None = None) -> Prompt | None:
    """What the next letter can begin with, about that trait if one is given; None without any."""
    from generator.insights.prompts import Choice, next_trait, prompt

    entries, now = blog.survey.site.entries, blog.now
    if trait:
        return prompt(entries, Choice(trait, "You have named it."), blog.config, as_of=now)
    choice = next_trait(entries, blog.traits, blog.config, as_of=now)
    return prompt(entries, choice, blog.config, as_of=now) if choice else None


def moment_given(given: argparse.Namespace, config: SiteConfig) -> datetime | None:
    """The moment that --date names; None without it."""
    if not given.date:
        return None
    from generator.problems import Problem

    found = read_date(given.date, config)
    if isinstance(found, Problem):
        fail_plainly(f"--date: {found.message}. {found.hint}".rstrip())
    return found


def read_date(written: str, config: SiteConfig) -> datetime | Problem:
    """The moment that somebody means, or why it is none."""
    from generator.content.dates import MomentError, read_moment
    from generator.problems import Location, Problem

    try:
        return read_moment(written, zone=config.zone, default_hour=config.default_hour)
    except MomentError as error:
        return Problem(error.code, Location("--date"), error.message, error.hint)


def write_post(given: argparse.Namespace, post: NewPost | Problem, blog: Opened) -> str:
    """Write a new post that is known to be right; gives where it stands, as seen from here."""
    from pathlib import Path

    from generator.problems import Problem, has_errors
    from generator.writing.changes import create

    if isinstance(post, Problem):
        fail([post], "text")
    document, problems = blog.read_document(post.path, post.text.encode())
    if document is None or has_errors(problems):
        fail(problems, "text")
    path = os.path.normpath(os.path.join(given.blog, post.path))
    if problem := create(Path(path), post.text.encode(), shown=post.path):
        fail([problem], "text")
    return path


def say_who_signs(given: argparse.Namespace, config: SiteConfig) -> None:
    """Say what a new post needs beside its writer, where a blog asks for a signature."""
    if config.require_approval:
        say(given, "Somebody has to sign it before it can appear: approved_by: NAME.")


def add_change_options(command: argparse.ArgumentParser) -> None:
    """Declare what a command may be told that changes what is there."""
    command.add_argument("--dry-run", action="store_true", help="show the changes, make none")
    add_desk_options(command)


def carry_out_or_show(given: argparse.Namespace, changes: Changes, others: Sequence[str]) -> bool:
    """Make changes, or only show them with --dry-run; whether they were made.

    `others` are files that move and stay as they are.
    """
    from pathlib import Path

    from generator.writing.changes import carry_out, unified_diff

    if given.dry_run:
        for line in unified_diff(changes, others):
            print(line)
        return False
    if problem := carry_out(changes, Path(given.blog)):
        fail([problem], "text")
    return True


def blog_to_change(given: argparse.Namespace, blog: Opened) -> EditableBlog:
    """What one has to know to change what is there."""
    from pathlib import Path

    from generator.writing.editable_blog import EditableBlog

    return EditableBlog(
        content=blog.survey.content,
        config=blog.config,
        claimed=blog.survey.claimed,
        read=lambda path: (Path(given.blog) / path).read_bytes(),
        read_document=blog.read_document,
    )
