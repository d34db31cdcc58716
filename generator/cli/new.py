"""`weekly new`: the draft of a post."""

from __future__ import annotations

import os
from datetime import datetime

import click

from generator.check import check
from generator.cli.answering_posts import (
    first_question,
    quoted,
    replies_asked,
    trait_of_post,
    what_it_does_for,
)
from generator.cli.blog_context import BlogContext, blog_context, prompt_of
from generator.cli.build_inputs import build_options
from generator.cli.commands import command
from generator.cli.completers import reply_ids
from generator.cli.editor import open_in_editor
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
        ("weekly new --answers 1a2b3c4d", "with a question that somebody asked; it answers that"),
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
@click.option(
    "--answers",
    "asked",
    metavar="ID",
    multiple=True,
    shell_complete=reply_ids,
    help="Begin with a reply that the post answers; may be repeated.",
)
@click.option("--no-edit", is_flag=True, help="Don't open the file in $VISUAL or $EDITOR.")
@blog_option
def run(
    given: SharedOptions,
    title: str | None,
    trait: str | None,
    date: str | None,
    with_prompt: bool,
    asked: tuple[str, ...],
    no_edit: bool,
) -> int:
    """Write the draft, open it, and print the next steps."""
    blog = blog_context(given)
    replies = replies_asked(given, asked, blog)
    about = trait_given(trait, blog) or trait_of_post(replies, blog)
    prompt = prompt_of(blog, about)
    proposed = first_question(replies, blog.config.language)
    title = _title(title, proposed or _question(prompt if with_prompt else None))
    if prompt and is_interactive() and not (about or with_prompt):
        prompt = prompt_of(blog, trait_asked_for(blog.traits, prompt.trait))
    appears = moment_given(date, blog.config) or _slot(blog)
    context = drafting_context(given, blog)
    post = new_post(
        title,
        prompt=prompt,
        with_whole_prompt=with_prompt,
        appears=appears,
        context=context,
        answers=[quoted(reply) for reply in replies],
    )
    path = write_post(given, post, blog)
    if not no_edit and is_interactive():
        open_in_editor(path)
        _print_problems(given, path, blog)
    say(given, f"Created {path} as a draft.")
    if prompt and not trait and (with_prompt or not is_interactive()):
        say(given, f"Its trait is '{prompt.trait.title}'. {prompt.reason}")
    for reply in replies:
        say(given, what_it_does_for(reply))
    say(given, _what_is_next(appears, blog))
    say_who_approves(given, blog.config, appears)
    return 0


def _question(prompt: Prompt | None) -> str:
    """The first question of a prompt."""
    return prompt.questions[0] if prompt and prompt.questions else ""


def _title(title: str | None, proposed: str) -> str:
    """The title that was given or is asked for; a question will do."""
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


def _print_problems(given: SharedOptions, path: str, blog: BlogContext) -> None:
    """Print what is wrong with the post that was just written."""
    inside = os.path.relpath(path, given.blog).replace(os.sep, "/")
    report = check(blog.config, build_options(given, blog.config))
    print_problems((found for found in report.problems if found.at.path == inside), "text")
