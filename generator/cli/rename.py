"""`weekly rename`: another slug for a post, with its old address and all links kept."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import click

from generator.cli.blog_context import BlogContext, blog_context
from generator.cli.commands import command
from generator.cli.completers import post_slugs
from generator.cli.content_changes import carry_out_or_show, changing_context, dry_run_option
from generator.cli.options import blog_option
from generator.cli.printing import detail, fail, say
from generator.cli.shared_options import SharedOptions
from generator.model import Post, PostState
from generator.problems import Problem, counted
from generator.site.assemble import state_of
from generator.writing.changes import Changes
from generator.writing.find_post import address_of, find_post
from generator.writing.named_posts import REPLIES
from generator.writing.renaming import renamed


@command(
    "rename",
    examples=(
        ("weekly rename nineteen-days the-laptop", "the post with that slug"),
        ("weekly rename /2026/nineteen-days/ the-laptop --dry-run", "only show what would change"),
    ),
)
@click.argument(
    "name", metavar="POST", shell_complete=post_slugs, help="Its slug, its file or its address."
)
@click.argument("slug", help="The last part of the new address.")
@dry_run_option
@blog_option
def run(given: SharedOptions, name: str, slug: str, dry_run: bool) -> int:
    """Rename the post and say what changed."""
    blog = blog_context(given)
    post = find_post(_inside(name, given), blog.inventory.content, blog.config)
    if isinstance(post, Problem):
        fail([post], "text")
    was_seen = state_of(post, blog.config, blog.now) is PostState.PUBLISHED
    changes = renamed(post, slug, changing_context(given, blog), was_published=was_seen)
    if not isinstance(changes, Changes):
        fail(changes, "text")
    others = [post.source, *_beside(post, blog), *_replies_to(post, blog)]
    if not carry_out_or_show(given, changes, others, is_dry_run=dry_run):
        return 0
    address = address_of(post, blog.config, slug=slug)
    say(given, f"{post.source} is now {changes.moved(post.source)}, at {address}.")
    if was_seen:
        old = address_of(post, blog.config)
        say(given, f"{old} leads there, and feeds recognise the post as before.")
    _say_what_else_changed(given, changes, post)
    return 0


def _say_what_else_changed(given: SharedOptions, changes: Changes, post: Post) -> None:
    others = [change.path for change in changes.files if change.path != post.source]
    for path in others:
        detail(given, f"changed {path}")
    if others:
        say(given, f"Updated links to it in {counted(len(others), 'other file')}.")


def _inside(name: str, given: SharedOptions) -> str:
    """The path of a file as seen from the blog's folder, or any other name as it is."""
    if not Path(name).exists():
        return name
    return os.path.relpath(os.path.realpath(name), os.path.realpath(given.blog))


def _replies_to(post: Post, blog: BlogContext) -> Iterator[str]:
    """The replies that move with the post."""
    for reply in blog.inventory.content.replies:
        if reply.source.startswith(f"{REPLIES}/{post.name}/"):
            yield reply.source


def _beside(post: Post, blog: BlogContext) -> Iterator[str]:
    """The images that move with a post that is a folder."""
    folder, name = os.path.split(post.source)
    if name.startswith("index."):
        for file in blog.inventory.content.media:
            if file.path.startswith(f"{folder}/"):
                yield file.path
