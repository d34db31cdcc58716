"""`weekly clean`: output/ without what builds have put there."""

from __future__ import annotations

from generator.cli.commands import command
from generator.cli.options import blog_option
from generator.cli.printing import fail, say
from generator.cli.shared_options import SharedOptions
from generator.config.reading import load_config
from generator.config.settings import SiteConfig
from generator.output.writer import empty
from generator.problems import Problem, counted


@command("clean", examples=(("weekly clean", "remove the built site, and leave all other files"),))
@blog_option
def run(given: SharedOptions) -> int:
    """Remove our files and say how many there were."""
    found = load_config(given.blog)
    if (
        not isinstance(found, SiteConfig) and found[0].code == "no-blog"
    ):  # other problems don't matter here
        fail(found, "text")
    removed = empty(given.blog / "output")
    if isinstance(removed, Problem):
        fail([removed], "text")
    say(given, f"Removed {counted(removed, 'file')}.")
    return 0
