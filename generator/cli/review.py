"""`weekly review`: a draft that looks back on a year."""

from __future__ import annotations

from generator.cli.blog_context import opened, say_who_signs, write_post
from generator.cli.options import add_desk_options
from generator.cli.printing import say

TYPE_CHECKING = False
if TYPE_CHECKING:
    import argparse

SENTENCE = "Begin a letter that looks back on a year, as a draft to write over."
EXAMPLES = (("weekly review 2026", "the letters by trait and month, and what you asked staff"),)


def add_options(command: argparse.ArgumentParser) -> None:
    """Declare what the command takes."""
    command.add_argument("year", metavar="YEAR", type=int, help="such as 2026")
    add_desk_options(command)


def run(given: argparse.Namespace) -> int:
    """Write the draft and say what comes next."""
    from generator.writing.review import review_of

    blog = opened(given)
    survey = blog.survey
    review = review_of(
        given.year, survey.site.entries, blog.traits, survey.content, blog.config, survey.messages
    )
    path = write_post(given, review, blog)
    say(given, f"{path} is begun, as a draft: the bones of a letter, for you to write over.")
    say(given, "Take out 'draft: true' when it is ready. See it with: weekly serve")
    say_who_signs(given, blog.config)
    return 0
