"""`weekly new`: a post to begin with."""

from __future__ import annotations

from generator.cli.options import add_blog_option, moment_now, site_config
from generator.cli.printing import fail, say

TYPE_CHECKING = False
if TYPE_CHECKING:
    import argparse

SENTENCE = "Begin a post, as a draft."
EXAMPLES = (
    ('weekly new "What I heard at Stell Road"', "for the next weekly day without a post"),
    ('weekly new "After the audit" --date 2026-12-08', "for a day of its own"),
)


def add_options(command: argparse.ArgumentParser) -> None:
    """Declare what the command takes."""
    command.add_argument("title", metavar="TITLE")
    command.add_argument("--date", metavar="DAY", help="its day, such as 2026-11-24")
    add_blog_option(command)


def run(given: argparse.Namespace) -> int:
    """Write the draft and say where it stands."""
    from pathlib import Path

    from generator.problems import Problem
    from generator.scaffold import new_post

    given.base_url, given.format = "", "text"
    config = site_config(given)
    created = new_post(
        Path(given.blog), given.title, config, day=given.date, now=moment_now(config)
    )
    if isinstance(created, Problem):
        fail([created], "text")
    say(given, f"{created}: a draft. Take out the line 'draft: true' when it is ready.")
    return 0
