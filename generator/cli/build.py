"""`weekly build`: the site, from what has changed."""

from __future__ import annotations

import click

from generator.cli.commands import command
from generator.cli.options import FOLDER_PATH, format_option, site_options
from generator.cli.reports import EVERYTHING
from generator.cli.shared_options import SharedOptions
from generator.cli.site_build import build_site


@command(
    "build",
    examples=(
        ("weekly build", "make what has changed since the last build"),
        ("weekly build --drafts --output preview", "build with drafts, apart from the public site"),
        ("weekly build --explain index.html", "say why the home page was made, or was not"),
    ),
)
@click.option(
    "--explain",
    is_flag=False,
    flag_value=EVERYTHING,
    metavar="[PATH]",
    help="Say why each file was made, or why the one at PATH was made or not.",
)
@site_options
@format_option("text", "json")
@click.option(
    "--output",
    type=FOLDER_PATH,
    metavar="DIR",
    help="The folder to build into; output/ in the blog if not given.",
)
@click.option(
    "--jobs",
    type=int,
    default=0,
    metavar="N",
    help="Processes to use; as many as there are cores if not given.",
)
def run(given: SharedOptions, explain: str | None) -> int:
    """Build what has changed; a plain build does the same without click."""
    return build_site(given, explain)
