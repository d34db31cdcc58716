"""`weekly note`: two lines, so that a week is not missed."""

from __future__ import annotations

import sys
from typing import TypeVar

import click

from generator.cli.blog_context import blog_context
from generator.cli.commands import command
from generator.cli.new_posts import (
    drafting_context,
    moment_given,
    post_options,
    say_who_approves,
    trait_given,
    write_post,
)
from generator.cli.options import blog_option
from generator.cli.printing import fail, fail_plainly, say
from generator.cli.screen import is_interactive
from generator.cli.shared_options import SharedOptions
from generator.i18n.dates import hour_in_words
from generator.problems import Problem
from generator.writing.notes import GivenText, Note, Wanted, given_text, new_note

Made = TypeVar("Made", GivenText, Note)


@command(
    "note",
    examples=(
        (
            'weekly note "The network is back. Thank you for your patience."',
            "published with the next build",
        ),
        ("weekly note --draft < note.md", "from a file, as a draft to look at first"),
    ),
)
@click.argument("text", required=False, help="Markdown; read from stdin if not given.")
@post_options
@click.option("--draft", is_flag=True, help="Save it as a draft.")
@blog_option
def run(
    given: SharedOptions, text: str | None, trait: str | None, date: str | None, draft: bool
) -> int:
    """Write the note and say when it will be published."""
    blog = blog_context(given)
    text = _text() if text is None else text
    parts = _right(given_text(text, blog.config.front_matter.rename))
    wanted = Wanted(trait_given(trait, blog), moment_given(date, blog.config), draft)
    note = _right(
        new_note(
            parts,
            wanted,
            now=blog.now.replace(second=0, microsecond=0),
            traits=blog.traits,
            context=drafting_context(given, blog),
            read=blog.read_document,
        )
    )
    path = write_post(given, note.post, blog)
    about = f", with the trait '{note.trait.title}'." if note.trait else "."
    say(given, f"Created {path}{about}")
    if draft:
        say(given, "It is a draft: remove the line 'draft: true' when it is ready.")
    elif note.is_draft:
        say(given, "It is a draft, as its front matter says.")
    elif note.post.appears > blog.now:
        appears = hour_in_words(note.post.appears, today=blog.now)
        say(given, f"It will be published on {appears}.")
    else:
        say(given, "It will be published with the next build: weekly build")
    say_who_approves(given, blog.config, note.post.appears)
    return 0


def _right(found: Made | tuple[Problem, ...]) -> Made:
    """What was made; if it is problems, they are printed and the run ends."""
    if isinstance(found, tuple):
        fail(found, "text")
    return found


def _text() -> str:
    """The text, asked for at a terminal and otherwise piped in."""
    if is_interactive():
        return click.prompt("Text", type=str)
    if sys.stdin.isatty():
        fail_plainly('the note needs a text: weekly note "The network is back."')
    return sys.stdin.read()
