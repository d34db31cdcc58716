"""`weekly new`: a letter to begin with."""

from __future__ import annotations

import os
import sys

from generator.cli.blog_context import (
    add_post_options,
    desk_of,
    moment_given,
    opened,
    prompt_of,
    read_date,
    say_who_signs,
    trait_asked,
    trait_given,
    write_post,
)
from generator.cli.options import add_desk_options, build_options
from generator.cli.printing import fail_plainly, print_problems, say
from generator.cli.questions import ask, is_answered

TYPE_CHECKING = False
if TYPE_CHECKING:
    import argparse
    from datetime import datetime

    from generator.cli.blog_context import Opened
    from generator.insights.prompts import Prompt

SENTENCE = "Begin a letter, as a draft for the next free week."
EXAMPLES = (
    ('weekly new "What I heard at Stell Road"', "for the next weekly day without a post"),
    ("weekly new --prompt", "with three questions of the trait that has waited longest"),
    ('weekly new "After the audit" --trait courage --date 2026-12-08', "with nothing to ask"),
)


def add_options(command: argparse.ArgumentParser) -> None:
    """Declare what the command takes."""
    command.add_argument("title", metavar="TITLE", nargs="?", help="asked for if not given")
    add_post_options(command)
    command.add_argument(
        "--prompt", action="store_true", help="begin it with all that 'weekly prompt' proposes"
    )
    command.add_argument(
        "--no-edit", action="store_true", help="don't open it in $VISUAL or $EDITOR"
    )
    add_desk_options(command)


def run(given: argparse.Namespace) -> int:
    """Write the draft, open it, and say what comes next."""
    from generator.i18n.dates import hour_in_words
    from generator.writing.new_posts import new_post

    blog = opened(given)
    prompt = prompt_of(blog, trait_given(given, blog))
    title = _title(given, prompt)
    if prompt and is_answered() and not (given.trait or given.prompt):
        prompt = prompt_of(blog, trait_asked(blog.traits, prompt.trait))
    appears = moment_given(given, blog.config) or _slot(blog)
    desk = desk_of(given, blog)
    post = new_post(
        title, prompt=prompt, with_whole_prompt=given.prompt, appears=appears, context=desk
    )
    path = write_post(given, post, blog)
    if not given.no_edit and is_answered():
        _edit(path)
        _tell_problems(given, path, blog)
    say(given, f"{path} is begun, as a draft.")
    if prompt and not given.trait and (given.prompt or not is_answered()):
        say(given, f"Its trait is '{prompt.trait.title}'. {prompt.reason}")
    is_to_come = appears > blog.now
    when = f"on {hour_in_words(appears, today=blog.now)}" if is_to_come else "with the next build"
    say(given, f"It appears {when} once you take out 'draft: true'. See it with: weekly serve")
    say_who_signs(given, blog.config)
    return 0


def _title(given: argparse.Namespace, prompt: Prompt | None) -> str:
    """The title that was given or is asked for; with --prompt its first question does as well."""
    proposed = prompt.questions[0] if given.prompt and prompt and prompt.questions else ""
    if given.title and given.title.strip():
        title: str = given.title
        return title
    if not is_answered() and proposed:
        return proposed
    if not is_answered():
        fail_plainly('the letter needs a title: weekly new "What I heard this week"')
    from generator.problems import Location, Problem

    missing = Problem("bad-title", Location(""), "it needs a title", "It can be changed later.")
    return ask("What is it called?", proposed, lambda answer: answer or missing)


def _slot(blog: Opened) -> datetime:
    from generator.writing.slots import next_slot, weeks_with_a_post

    taken = weeks_with_a_post(blog.survey.content, blog.config)
    free = next_slot(taken, blog.config, now=blog.now)
    if not is_answered():
        return free
    return ask(
        "When is it to appear?",
        f"{free:%Y-%m-%d %H:%M}",
        lambda answer: read_date(answer, blog.config),
    )


def _edit(path: str) -> None:
    """Open the file in the writer's editor and wait until it is closed."""
    import shlex
    import subprocess

    editor = os.environ.get("VISUAL") or os.environ.get("EDITOR")
    if not editor:
        return
    try:
        subprocess.run([*shlex.split(editor), path], check=False)  # noqa: S603 it is their own
    except (OSError, ValueError):
        print(f"weekly: the editor '{editor}' can't be started.", file=sys.stderr)


def _tell_problems(given: argparse.Namespace, path: str, blog: Opened) -> None:
    """Say at once what is wrong with what was written."""
    from generator.check import check

    inside = os.path.relpath(path, given.blog).replace(os.sep, "/")
    report = check(blog.config, build_options(given, blog.config))
    print_problems((found for found in report.problems if found.at.path == inside), "text")
