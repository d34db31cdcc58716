"""`weekly init`: a new blog in a folder."""

from __future__ import annotations

from pathlib import Path

import click

from generator.cli.build_inputs import utc_now
from generator.cli.commands import command
from generator.cli.options import FOLDER_PATH
from generator.cli.printing import fail, say
from generator.cli.shared_options import SharedOptions
from generator.writing.new_blog import new_blog


@command("init", examples=(("weekly init my-letters", "a blog in the new folder my-letters"),))
@click.argument("folder", type=FOLDER_PATH, metavar="DIR", help="A new or empty folder.")
def run(given: SharedOptions, folder: Path) -> int:
    """Write the files of a blog and print the next steps."""
    problem = new_blog(folder, today=utc_now().date())
    if problem:
        fail([problem], "text")
    say(
        given,
        f"Created a new blog in {folder}.\n"
        f"  1. Put your name and address into {folder / 'content/site.toml'}.\n"
        f"  2. cd {folder} && weekly serve --open\n"
        '  3. weekly new "What I heard this week"',
    )
    return 0
