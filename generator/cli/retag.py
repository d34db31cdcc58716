"""`weekly retag`: another word for a tag."""

from __future__ import annotations

from generator.cli.blog_context import add_change_options, blog_to_change, carry_out_or_show, opened
from generator.cli.printing import detail, fail, say

TYPE_CHECKING = False
if TYPE_CHECKING:
    import argparse

SENTENCE = "Change a tag in all posts, in the lists of the traits and in the topics."
EXAMPLES = (
    ("weekly retag feedback answers", "two tags become one where both are known"),
    ('weekly retag "service desk" "Help desk" --dry-run', "only show what would change"),
)


def add_options(command: argparse.ArgumentParser) -> None:
    """Declare what the command takes."""
    command.add_argument("old", metavar="OLD", help="the tag as it is, in any spelling")
    command.add_argument("new", metavar="NEW", help="the tag as it is to be written")
    add_change_options(command)


def run(given: argparse.Namespace) -> int:
    """Change the tag and say in how many files."""
    from generator.problems import counted
    from generator.writing.changes import Changes
    from generator.writing.retagging import retagged

    blog = opened(given)
    changes = retagged(given.old, given.new, blog_to_change(given, blog))
    if not isinstance(changes, Changes):
        fail(changes, "text")
    if carry_out_or_show(given, changes, ()):
        for change in changes.files:
            detail(given, f"changed {change.path}")
        files = counted(len(changes.files), "file")
        say(given, f"'{given.old}' is now '{given.new}', in {files}.")
    return 0
