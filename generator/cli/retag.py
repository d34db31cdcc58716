"""`weekly retag`: another word for a tag."""

from __future__ import annotations

from generator.cli.desk import blog_to_change, carry_out_or_show, opened
from generator.cli.options import add_desk_options
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
    command.add_argument("--dry-run", action="store_true", help="show the changes, make none")
    add_desk_options(command)


def run(given: argparse.Namespace) -> int:
    """Change the tag and say in how many files."""
    from generator.writing.changes import Changes
    from generator.writing.retagging import retagged

    blog = opened(given)
    changes = retagged(given.old, given.new, blog_to_change(given, blog))
    if not isinstance(changes, Changes):
        fail(changes, "text")
    if carry_out_or_show(given, changes, ()):
        for change in changes.files:
            detail(given, f"changed {change.path}")
        count = len(changes.files)
        files = "1 file" if count == 1 else f"{count} files"
        say(given, f"'{given.old}' is now '{given.new}', in {files}.")
    return 0
