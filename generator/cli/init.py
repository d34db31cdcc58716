"""`weekly init`: a new blog in a folder."""

from __future__ import annotations

from generator.cli.options import clock_seconds
from generator.cli.printing import fail, say

TYPE_CHECKING = False
if TYPE_CHECKING:
    import argparse

SENTENCE = "Make a new blog in a folder."
EXAMPLES = (("weekly init my-letters", "a blog in the new folder my-letters"),)


def add_options(command: argparse.ArgumentParser) -> None:
    """Declare what the command takes."""
    command.add_argument("folder", metavar="DIR")


def run(given: argparse.Namespace) -> int:
    """Write the files of a blog and say what comes next."""
    from datetime import UTC, datetime
    from pathlib import Path

    from generator.writing.new_blog import new_blog

    folder = Path(given.folder)
    problem = new_blog(folder, today=datetime.fromtimestamp(clock_seconds(), UTC).date())
    if problem:
        fail([problem], "text")
    say(
        given,
        f"A new blog stands in {folder}.\n"
        f"  1. Put your name and address into {folder / 'content/site.toml'}.\n"
        f"  2. cd {folder} && weekly serve --open\n"
        '  3. weekly new "What I heard this week"',
    )
    return 0
