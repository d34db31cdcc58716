"""`weekly theme`: what is wrong with a theme, without a build."""

from __future__ import annotations

import click

from generator.cli.build_inputs import site_config
from generator.cli.commands import command
from generator.cli.options import blog_option, format_option
from generator.cli.printing import fail, print_problems, say
from generator.cli.shared_options import SharedOptions
from generator.i18n.catalogues import load_messages
from generator.problems import Problem, has_errors
from generator.render.themes import load_theme
from generator.resources import themes_folder
from generator.theme_check.audit import audit


@command(
    "theme",
    examples=(
        ("weekly theme check", "the theme of this blog, and the templates beside content/"),
        ("weekly theme check ours", "the theme in themes/ours/"),
    ),
)
@click.argument("action", type=click.Choice(("check",)), metavar="check", help="Read its files.")
@click.argument("name", required=False, help="The theme; that of the blog if not given.")
@blog_option
@format_option("text", "json", "github")
def run(given: SharedOptions, action: str, name: str | None) -> int:
    """Print every problem; a warning does not fail."""
    config = site_config(given)
    name = name or config.theme
    theme = load_theme(name, blog=given.blog, shipped=themes_folder())
    if isinstance(theme, Problem):
        fail([theme], given.format)
    messages, wrong_messages = load_messages(config.language, theme.layers)
    problems = (*wrong_messages, *audit(theme, messages))
    print_problems(problems, given.format)
    if not problems and given.format == "text":
        say(given, f"No problems in the theme '{name}'.")
    return 1 if has_errors(problems) else 0
