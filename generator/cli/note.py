"""`weekly note`: two lines, so that a week is not missed."""

from __future__ import annotations

import sys

import click

from generator.cli.blog_context import BlogContext, blog_context
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
from generator.writing.new_posts import new_note, trait_mentioned_in


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
    about = trait_given(trait, blog) or trait_mentioned_in(text, blog.traits)
    appears = moment_given(date, blog.config) or blog.now.replace(second=0, microsecond=0)
    note = new_note(
        text,
        _opening(text, blog),
        trait=about,
        appears=appears,
        is_draft=draft,
        context=drafting_context(given, blog),
    )
    path = write_post(given, note, blog)
    say(given, f"Created {path}" + (f", with the trait '{about.title}'." if about else "."))
    if draft:
        say(given, "It is a draft: remove the line 'draft: true' when it is ready.")
    elif appears > blog.now:
        say(given, f"It will be published on {hour_in_words(appears, today=blog.now)}.")
    else:
        say(given, "It will be published with the next build: weekly build")
    say_who_approves(given, blog.config, appears)
    return 0


def _text() -> str:
    """The text, asked for at a terminal and otherwise piped in."""
    if is_interactive():
        return click.prompt("Text", type=str)
    if sys.stdin.isatty():
        fail_plainly('the note needs a text: weekly note "The network is back."')
    return sys.stdin.read()


def _opening(text: str, blog: BlogContext) -> str:
    """The first paragraph as plain text."""
    draft = f"---\ntitle: note\ntags: []\n---\n{text}"
    document, problems = blog.read_document("content/posts/2000-01-01-note.md", draft.encode())
    if document is None or document.body is None:
        fail(problems, "text")
    return document.body.opening
