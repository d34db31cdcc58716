"""`weekly note`: two lines, so that a week is not missed."""

from __future__ import annotations

import sys

from generator.cli.blog_context import (
    add_post_options,
    desk_of,
    moment_given,
    opened,
    say_who_signs,
    trait_given,
    write_post,
)
from generator.cli.options import add_desk_options
from generator.cli.printing import fail, fail_plainly, say
from generator.cli.questions import ask, is_answered

TYPE_CHECKING = False
if TYPE_CHECKING:
    import argparse

    from generator.cli.blog_context import Opened

SENTENCE = "Write a short post that needs no title, for the next build."
EXAMPLES = (
    ('weekly note "The network is back. Thank you for your patience."', "out with the next build"),
    ("weekly note --draft < note.md", "from a file, to be looked at first"),
)


def add_options(command: argparse.ArgumentParser) -> None:
    """Declare what the command takes."""
    command.add_argument("text", metavar="TEXT", nargs="?", help="Markdown; stdin if not given")
    add_post_options(command)
    command.add_argument("--draft", action="store_true", help="keep it back, as a draft")
    add_desk_options(command)


def run(given: argparse.Namespace) -> int:
    """Write the note and say when it appears."""
    from generator.i18n.dates import hour_in_words
    from generator.writing.new_posts import new_note, trait_mentioned_in

    blog = opened(given)
    text = _text(given)
    trait = trait_given(given, blog) or trait_mentioned_in(text, blog.traits)
    appears = moment_given(given, blog.config) or blog.now.replace(second=0, microsecond=0)
    note = new_note(
        text,
        _opening(text, blog),
        trait=trait,
        appears=appears,
        is_draft=given.draft,
        context=desk_of(given, blog),
    )
    path = write_post(given, note, blog)
    say(given, f"{path} is written" + (f", with the trait '{trait.title}'." if trait else "."))
    if given.draft:
        say(given, "It is a draft: take out the line 'draft: true' when it is ready.")
    elif appears > blog.now:
        say(given, f"It appears on {hour_in_words(appears, today=blog.now)}.")
    else:
        say(given, "It appears with the next build: weekly build")
    say_who_signs(given, blog.config)
    return 0


def _text(given: argparse.Namespace) -> str:
    if given.text is not None:
        text: str = given.text
        return text
    if is_answered():
        return ask("What is there to say?", "", lambda answer: answer)
    if sys.stdin.isatty():
        fail_plainly('the note needs a text: weekly note "The network is back."')
    return sys.stdin.read()


def _opening(text: str, blog: Opened) -> str:
    """The first paragraph as plain text."""
    draft = f"---\ntitle: note\ntags: []\n---\n{text}"
    document, problems = blog.read_document("content/posts/2000-01-01-note.md", draft.encode())
    if document is None or document.body is None:
        fail(problems, "text")
    return document.body.opening
