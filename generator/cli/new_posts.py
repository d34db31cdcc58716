"""Helpers shared by commands that write a new post."""

from __future__ import annotations

import os
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TypeVar

import click

from generator import disk
from generator.cli.blog_context import BlogContext
from generator.cli.completers import trait_slugs
from generator.cli.options import Decorated
from generator.cli.printing import fail, fail_plainly, say
from generator.cli.shared_options import SharedOptions
from generator.config.settings import SiteConfig
from generator.content.dates import MomentError, read_moment
from generator.model import Term
from generator.problems import Location, Problem, has_errors
from generator.site import permalinks
from generator.site.approval import needs_approval
from generator.writing.changes import create
from generator.writing.new_posts import NewPost, NewPostContext, trait_named

Accepted = TypeVar("Accepted")


def post_options(function: Decorated) -> Decorated:
    """The options of a command that writes a new post."""
    trait = click.option(
        "--trait",
        metavar="TRAIT",
        shell_complete=trait_slugs,
        help="Its trait, by slug, title or tag.",
    )
    date = click.option(
        "--date", metavar="DAY", help="Its day or moment, such as 2026-11-24 or '2026-11-24 09:00'."
    )
    return trait(date(function))


def drafting_context(given: SharedOptions, blog: BlogContext) -> NewPostContext:
    """What is needed of a blog to start a post."""
    root, inventory = given.blog, blog.inventory
    return NewPostContext(
        content=inventory.content,
        config=blog.config,
        conventions=inventory.messages.conventions,
        is_claimed=lambda url: permalinks.output_path(url).casefold() in inventory.claimed,
        has_path=lambda path: os.path.lexists(root / path),
        is_mentioned=lambda word: any(
            word.encode() in disk.read_bytes(root / path) for path in inventory.content.rejected
        ),
    )


def accepted(found: Accepted | Problem) -> Accepted:
    """The accepted answer; if it is a problem, click prints that and asks again."""
    if isinstance(found, Problem):
        message = f"{found.message[:1].upper()}{found.message[1:]}"
        raise click.UsageError(f"{message}. {found.hint}".rstrip())
    return found


def trait_given(name: str | None, blog: BlogContext) -> Term | None:
    """The trait that --trait names; None without it."""
    if not name:
        return None
    found = trait_named(name, blog.traits)
    if isinstance(found, Problem):
        fail_plainly(f"--trait: {found.message}. {found.hint}".rstrip())
    return found


def trait_asked_for(traits: Sequence[Term], proposed: Term) -> Term:
    """The trait that somebody at the terminal chooses from a list."""
    for number, trait in enumerate(traits, start=1):
        print(f"  {number}  {trait.title}: {trait.summary}")

    def choose(answer: str) -> Term:
        if answer.isascii() and answer.isdigit() and 0 < int(answer) <= len(traits):
            return traits[int(answer) - 1]
        return accepted(trait_named(answer, traits))

    return click.prompt("Trait", str(traits.index(proposed) + 1), value_proc=choose)


def moment_given(written: str | None, config: SiteConfig) -> datetime | None:
    """The moment that --date names; None without it."""
    if not written:
        return None
    found = read_date(written, config)
    if isinstance(found, Problem):
        fail_plainly(f"--date: {found.message}. {found.hint}".rstrip())
    return found


def read_date(written: str, config: SiteConfig) -> datetime | Problem:
    """The moment that was written, or what is wrong with it."""
    try:
        return read_moment(written, zone=config.zone, default_hour=config.default_hour)
    except MomentError as error:
        return Problem(error.code, Location("--date"), error.message, error.hint)


def write_post(given: SharedOptions, post: NewPost | Problem, blog: BlogContext) -> str:
    """Write a new post if it has no errors; returns its path as seen from here."""
    if isinstance(post, Problem):
        fail([post], "text")
    document, problems = blog.read_document(post.path, post.text.encode())
    if document is None or has_errors(problems):
        fail(problems, "text")
    path = os.path.normpath(given.blog / post.path)
    if problem := create(Path(path), post.text.encode(), shown=post.path):
        fail([problem], "text")
    return path


def say_who_approves(given: SharedOptions, config: SiteConfig, appears: datetime) -> None:
    """Say that a new post needs approval, if the blog requires it of a post of that moment."""
    if needs_approval(appears, config):
        say(given, "Somebody has to approve it before it can be published: approved_by: ID.")
