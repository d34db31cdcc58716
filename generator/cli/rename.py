"""`weekly rename`: another address for a post, with nothing lost."""

from __future__ import annotations

import os

from generator.cli.blog_context import add_change_options, blog_to_change, carry_out_or_show, opened
from generator.cli.printing import detail, fail, say

TYPE_CHECKING = False
if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator

    from generator.cli.blog_context import Opened
    from generator.model import Post

SENTENCE = "Give a post another slug; its old address, its id and all links to it are kept."
EXAMPLES = (
    ("weekly rename nineteen-days the-laptop", "the post with that slug"),
    ("weekly rename /2026/nineteen-days/ the-laptop --dry-run", "only show what would change"),
)


def add_options(command: argparse.ArgumentParser) -> None:
    """Declare what the command takes."""
    command.add_argument("post", metavar="POST", help="its slug, its file or its address")
    command.add_argument("slug", metavar="SLUG", help="the last part of the new address")
    add_change_options(command)


def run(given: argparse.Namespace) -> int:
    """Rename the post and say what was changed for it."""
    from generator.model import PostState
    from generator.problems import Problem, counted
    from generator.site.assemble import state_of
    from generator.writing.changes import Changes
    from generator.writing.find_post import address_of, find_post
    from generator.writing.renaming import renamed

    blog = opened(given)
    post = find_post(_inside(given), blog.survey.content, blog.config)
    if isinstance(post, Problem):
        fail([post], "text")
    was_seen = state_of(post, blog.config, blog.now) is PostState.PUBLISHED
    changes = renamed(post, given.slug, blog_to_change(given, blog), was_published=was_seen)
    if not isinstance(changes, Changes):
        fail(changes, "text")
    if not carry_out_or_show(given, changes, [post.source, *_beside(post, blog)]):
        return 0
    address = address_of(post, blog.config, slug=given.slug)
    say(given, f"{post.source} is now {changes.moved(post.source)}, at {address}.")
    if was_seen:
        say(given, f"{address_of(post, blog.config)} leads there, and feeds know it as before.")
    others = [change.path for change in changes.files if change.path != post.source]
    for path in others:
        detail(given, f"changed {path}")
    if others:
        say(given, f"Links to it were changed in {counted(len(others), 'other file')}.")
    return 0


def _inside(given: argparse.Namespace) -> str:
    """A path to a file as seen from the blog's folder; other names as they are."""
    asked: str = given.post
    if not os.path.exists(asked):
        return asked
    return os.path.relpath(os.path.realpath(asked), os.path.realpath(given.blog))


def _beside(post: Post, blog: Opened) -> Iterator[str]:
    """The images that move with a post that is a folder."""
    folder, name = os.path.split(post.source)
    if name.startswith("index."):
        for file in blog.survey.content.media:
            if file.path.startswith(f"{folder}/"):
                yield file.path
