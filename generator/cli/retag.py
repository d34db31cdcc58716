"""`weekly retag`: another word for a tag, everywhere."""

from __future__ import annotations

import click

from generator.cli.blog_context import blog_context
from generator.cli.commands import command
from generator.cli.content_changes import carry_out_or_show, changing_context, dry_run_option
from generator.cli.options import blog_option
from generator.cli.printing import detail, fail, say
from generator.cli.shared_options import SharedOptions
from generator.problems import counted
from generator.writing.changes import Changes
from generator.writing.retagging import retagged


@command(
    "retag",
    examples=(
        ("weekly retag feedback answers", "if both exist, two tags become one"),
        ('weekly retag "service desk" "Help desk" --dry-run', "only show what would change"),
    ),
)
@click.argument("old", help="The tag as it is, in any spelling.")
@click.argument("new", help="The tag as it should be.")
@dry_run_option
@blog_option
def run(given: SharedOptions, old: str, new: str, dry_run: bool) -> int:
    """Change the tag and say in how many files."""
    blog = blog_context(given)
    changes = retagged(old, new, changing_context(given, blog))
    if not isinstance(changes, Changes):
        fail(changes, "text")
    if carry_out_or_show(given, changes, (), is_dry_run=dry_run):
        for change in changes.files:
            detail(given, f"changed {change.path}")
        say(given, f"'{old}' is now '{new}', in {counted(len(changes.files), 'file')}.")
    return 0
