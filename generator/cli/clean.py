"""`weekly clean`: output/ without what builds have put there."""

from __future__ import annotations

from generator.cli.options import add_blog_option
from generator.cli.printing import fail, say

TYPE_CHECKING = False
if TYPE_CHECKING:
    import argparse

SENTENCE = "Remove what builds have put into output/."
EXAMPLES = (("weekly clean", "take the built site away, and leave all other files"),)


def add_options(command: argparse.ArgumentParser) -> None:
    """Declare what the command takes."""
    add_blog_option(command)


def run(given: argparse.Namespace) -> int:
    """Remove our files and say how many there were."""
    from pathlib import Path

    from generator.build import load_config
    from generator.output.writer import empty
    from generator.problems import Problem, counted

    found = load_config(Path(given.blog))
    if isinstance(found, tuple) and found[0].code == "no-blog":  # other mistakes are no hindrance
        fail(found, "text")
    removed = empty(Path(given.blog) / "output")
    if isinstance(removed, Problem):
        fail([removed], "text")
    say(given, f"{counted(removed, 'file')} removed.")
    return 0
