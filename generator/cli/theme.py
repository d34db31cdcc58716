"""`weekly theme`: what is wrong with a theme, without a build."""

from __future__ import annotations

from generator.cli.options import add_blog_option, site_config
from generator.cli.printing import fail, print_problems, say

TYPE_CHECKING = False
if TYPE_CHECKING:
    import argparse

SENTENCE = "Say what is wrong with a theme, without a build."
EXAMPLES = (
    ("weekly theme check", "the theme of this blog, and the templates beside content/"),
    ("weekly theme check ours", "the theme in themes/ours/"),
)


def add_options(command: argparse.ArgumentParser) -> None:
    """Declare what the command takes."""
    command.add_argument("action", choices=("check",), metavar="check", help="read its files")
    command.add_argument("name", nargs="?", help="the theme; that of the blog if not given")
    add_blog_option(command)
    command.add_argument(
        "--format", choices=("text", "json", "github"), default="text", help="how it is printed"
    )
    command.set_defaults(base_url="")


def run(given: argparse.Namespace) -> int:
    """Print all that is wrong; a warning does not fail."""
    from pathlib import Path

    from generator.i18n.catalogues import load_messages
    from generator.problems import Problem, has_errors
    from generator.render.themes import load_theme
    from generator.resources import themes_folder
    from generator.theme_check.audit import audit

    config = site_config(given)
    name = given.name or config.theme
    theme = load_theme(name, blog=Path(given.blog), shipped=themes_folder())
    if isinstance(theme, Problem):
        fail([theme], given.format)
    messages, wrong_messages = load_messages(config.language, theme.layers)
    problems = (*wrong_messages, *audit(theme, messages))
    print_problems(problems, given.format)
    if not problems and given.format == "text":
        say(given, f"Nothing is wrong with the theme '{name}'.")
    return 1 if has_errors(problems) else 0
