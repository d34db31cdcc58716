"""`weekly review`: a draft that looks back on a year."""

from __future__ import annotations

import click

from generator.cli.blog_context import blog_context
from generator.cli.commands import command
from generator.cli.new_posts import say_who_approves, write_post
from generator.cli.options import blog_option
from generator.cli.printing import fail, say
from generator.cli.shared_options import SharedOptions
from generator.problems import Problem
from generator.writing.review import review_of


@command(
    "review",
    examples=(("weekly review 2026", "the posts by trait and month, and what you asked staff"),),
)
@click.argument("year", type=int, help="Such as 2026.")
@blog_option
def run(given: SharedOptions, year: int) -> int:
    """Write the draft and print the next steps."""
    blog = blog_context(given)
    inventory = blog.inventory
    review = review_of(
        year,
        inventory.site.entries,
        blog.traits,
        inventory.content,
        blog.config,
        inventory.messages,
    )
    if isinstance(review, Problem):
        fail([review], "text")
    path = write_post(given, review, blog)
    say(given, f"Created {path} as a draft. It is an outline for you to rewrite.")
    say(given, "Remove 'draft: true' when it is ready. Preview it with: weekly serve")
    say_who_approves(given, blog.config, review.appears)
    return 0
