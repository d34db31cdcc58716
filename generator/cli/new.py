"""`weekly new`: the draft of a post."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
from datetime import datetime

import click

from generator.check import check
from generator.cli.blog_context import BlogContext, blog_context, prompt_of
from generator.cli.build_inputs import build_options
from generator.cli.commands import command
from generator.cli.new_posts import (
    accepted,
    drafting_context,
    moment_given,
    post_options,
    read_date,
    say_who_approves,
    trait_asked_for,
    trait_given,
    write_post,
)
from generator.cli.options import blog_option
from generator.cli.printing import fail_plainly, print_problems, say
from generator.cli.screen import is_interactive
from generator.cli.shared_options import SharedOptions
from generator.i18n.dates import hour_in_words
from generator.insights.prompts import Prompt
from generator.writing.new_posts import new_post
from generator.writing.slots import next_slot, weeks_with_a_post


@command(
    "new",
    examples=(
        ('weekly new "What I heard at Stell Road"', "for the next weekly day without a post"),
        ("weekly new --prompt", "with three questions about the trait that has waited longest"),
        (
            'weekly new "After the audit" --trait courage --date 2026-12-08',
            "without being asked for a trait or a date",
        ),
    ),
)
@click.argument("title", required=False, help="Its title; asked for if not given.")
@post_options
@click.option(
    "--prompt",
    "with_prompt",
    is_flag=True,
    help="Start with everything that 'weekly prompt' suggests.",
)
@click.option("--no-edit", is_flag=True, help="Don't open the file in $VISUAL or $EDITOR.")
@blog_option
def run(
    given: SharedOptions,
    title: str | None,
    trait: str | None,
    date: str | None,
    with_prompt: bool,
    no_edit: bool,
) -> int:
    """Write the draft, open it, and print the next steps."""
    blog = blog_context(given)
    prompt = prompt_of(blog, trait_given(trait, blog))
    title = _title(title, prompt if with_prompt else None)
    if prompt and is_interactive() and not (trait or with_prompt):
        prompt = prompt_of(blog, trait_asked_for(blog.traits, prompt.trait))
    appears = moment_given(date, blog.config) or _slot(blog)
    context = drafting_context(given, blog)
    post = new_post(
        title, prompt=prompt, with_whole_prompt=with_prompt, appears=appears, context=context
    )
    path = write_post(given, post, blog)
    if not no_edit and is_interactive():
        _edit(path)
        _print_problems(given, path, blog)
    say(given, f"Created {path} as a draft.")
    if prompt and not trait and (with_prompt or not is_interactive()):
        say(given, f"Its trait is '{prompt.trait.title}'. {prompt.reason}")
    say(given, _what_is_next(appears, blog))
    say_who_approves(given, blog.config, appears)
    return 0


def _title(title: str | None, prompt: Prompt | None) -> str:
    """The title that was given or is asked for; the first question of a prompt will do."""
    proposed = prompt.questions[0] if prompt and prompt.questions else ""
    if title and title.strip():
        return title
    if not is_interactive() and proposed:
        return proposed
    if not is_interactive():
        fail_plainly('the post needs a title: weekly new "What I heard this week"')
    return click.prompt("Title", proposed, value_proc=_title_typed, show_default=bool(proposed))


def _title_typed(answer: str) -> str:
    if not answer.strip():
        raise click.UsageError("A post needs a title. You can change it later.")
    return answer.strip()


def _slot(blog: BlogContext) -> datetime:
    """The next weekly day without a post, or what somebody at the terminal chooses instead."""
    taken = weeks_with_a_post(blog.inventory.content, blog.config)
    free = next_slot(taken, blog.config, now=blog.now)
    if not is_interactive():
        return free
    return click.prompt(
        "Publish on",
        f"{free:%Y-%m-%d %H:%M}",
        value_proc=lambda answer: accepted(read_date(answer, blog.config)),
    )


def _what_is_next(appears: datetime, blog: BlogContext) -> str:
    is_to_come = appears > blog.now
    when = f"on {hour_in_words(appears, today=blog.now)}" if is_to_come else "with the next build"
    return (
        f"It will be published {when} once you remove 'draft: true'. Preview it with: weekly serve"
    )


def _edit(path: str) -> None:
    """Open the file in the writer's editor and wait until it is closed."""
    editor = os.environ.get("VISUAL") or os.environ.get("EDITOR")
    if not editor:
        return
    try:
        subprocess.run([*shlex.split(editor), path], check=False)  # noqa: S603 it is their own
    except (OSError, ValueError):
        print(f"weekly: the editor '{editor}' can't be started.", file=sys.stderr)


def _print_problems(given: SharedOptions, path: str, blog: BlogContext) -> None:
    """Print what is wrong with the post that was just written."""
    inside = os.path.relpath(path, given.blog).replace(os.sep, "/")
    report = check(blog.config, build_options(given, blog.config))
    print_problems((found for found in report.problems if found.at.path == inside), "text")
