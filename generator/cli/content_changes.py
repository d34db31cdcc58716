"""Helpers shared by commands that change the content of a blog."""

from __future__ import annotations

from collections.abc import Sequence

import click

from generator import disk
from generator.cli.blog_context import BlogContext
from generator.cli.printing import fail
from generator.cli.shared_options import SharedOptions
from generator.writing.changes import Changes, carry_out, unified_diff
from generator.writing.editable_blog import EditableBlog

dry_run_option = click.option("--dry-run", is_flag=True, help="Show the changes, make none.")


def carry_out_or_show(
    given: SharedOptions, changes: Changes, others: Sequence[str], *, is_dry_run: bool
) -> bool:
    """Make changes, or only show them in a dry run; returns whether they were made.

    `others` are files that move without a change.
    """
    if is_dry_run:
        for line in unified_diff(changes, others):
            print(line)
        return False
    if problem := carry_out(changes, given.blog):
        fail([problem], "text")
    return True


def changing_context(given: SharedOptions, blog: BlogContext) -> EditableBlog:
    """What is needed of a blog to change its content."""
    return EditableBlog(
        content=blog.inventory.content,
        config=blog.config,
        claimed=blog.inventory.claimed,
        read=lambda path: disk.read_bytes(given.blog / path),
        read_document=blog.read_document,
    )
