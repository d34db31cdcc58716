"""`weekly init`: a new blog in a folder."""

from __future__ import annotations

import os
import shlex
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path

import click

from generator.cli.build_inputs import use_own_zones, utc_now
from generator.cli.commands import command
from generator.cli.machine_zone import machine_zone
from generator.cli.new_posts import accepted
from generator.cli.options import FOLDER_PATH
from generator.cli.printing import fail, fail_plainly, say
from generator.cli.repositories import proposed_address
from generator.cli.screen import is_interactive
from generator.cli.shared_options import SharedOptions
from generator.resources import docs_folder
from generator.writing.new_blog import Answers, answer_problem, folder_problem, new_blog

_QUESTIONS = {  # in the order in which they are asked
    "title": "Title of the blog",
    "name": "Your name",
    "organisation": "Your organisation",
    "email": "E-mail address for answers",
    "language": "Language",
    "time_zone": "Time zone",
    "base_url": "Address of the blog",
}
_PROPOSED = {field: Answers._field_defaults[field] for field in ("title", "language", "time_zone")}
_ASSUMED = {
    "time_zone": "Its time zone is {}, as on this machine.",
    "base_url": "Its address is {}, where GitHub Pages shows this repository.",
}


@command(
    "init",
    examples=(
        ("weekly init my-letters", "a blog in the new folder my-letters"),
        (
            'weekly init . --title "Letters" --name "Ada Marsh" --time-zone Europe/London',
            "a blog in this folder, such as a repository that you have just cloned",
        ),
    ),
)
@click.argument("folder", type=FOLDER_PATH, metavar="DIR", help="A new or empty folder.")
@click.option("--title", metavar="TEXT", help="The title of the blog.")
@click.option("--name", metavar="NAME", help="Your name.")
@click.option("--organisation", metavar="NAME", help="Your organisation.")
@click.option("--email", metavar="ADDRESS", help="The address that answers go to.")
@click.option("--language", metavar="TAG", help="The language of the posts; en if not given.")
@click.option("--time-zone", metavar="ZONE", help="The time zone; this machine's if not given.")
@click.option(
    "--base-url", metavar="URL", help="The blog's address; that of GitHub Pages if not given."
)
def run(given: SharedOptions, folder: Path, **options: str | None) -> int:
    """Ask at a terminal for what was not given, write the files, and print the next steps."""
    use_own_zones()
    if problem := folder_problem(folder):
        fail([problem], "text")
    told = {**options, "base_url": given.base_url}
    chosen = {field: answer for field, answer in told.items() if answer}
    _refuse_wrong(chosen)
    proposed = {"time_zone": machine_zone(os.environ), "base_url": proposed_address(folder)}
    assumed = {field: found for field, found in proposed.items() if found and field not in chosen}
    if is_interactive():
        chosen |= _answers(_PROPOSED | {f: found for f, found in proposed.items() if found}, chosen)
        assumed = {}
    known = {field: answer for field, answer in (assumed | chosen).items() if answer}
    if problem := new_blog(folder, Answers(**known), today=utc_now().date()):
        fail([problem], "text")
    for line in _next_steps(folder, assumed):
        say(given, line)
    return 0


def _answers(proposed: Mapping[str, str], chosen: Collection[str]) -> dict[str, str]:
    """What somebody at the terminal says about what was not chosen by an option."""
    fields = [field for field in _QUESTIONS if field not in chosen]
    if fields:
        print("Press Enter to take what is in brackets, or to leave an answer for later.")
    return {field: _asked(field, proposed.get(field, "")) for field in fields}


def _refuse_wrong(chosen: Mapping[str, str]) -> None:
    """End the run if an option has a value that no setting can have, naming all of these."""
    wrong = {field: answer_problem(field, answer) for field, answer in chosen.items()}
    lines = [
        f"--{field.replace('_', '-')}: {problem.message}. {problem.hint}".rstrip()
        for field, problem in wrong.items()
        if problem
    ]
    if lines:
        fail_plainly("\n        ".join(lines))


def _asked(field: str, proposed: str) -> str:
    """What somebody at the terminal answers; nothing stands for the proposal, or for later."""

    def checked(typed: str) -> str:
        answer = typed.strip()
        return accepted((answer_problem(field, answer) if answer else None) or answer)

    answer: str = click.prompt(
        _QUESTIONS[field], proposed, show_default=bool(proposed), value_proc=checked
    )
    return answer


def _next_steps(folder: Path, assumed: Mapping[str, str]) -> Iterator[str]:
    is_here = folder.resolve() == Path.cwd()
    where = shlex.quote(str(folder))
    enter = "" if is_here else f"cd {'./' if where.startswith('-') else ''}{where} && "
    yield f"Created a new blog in {'this folder' if is_here else folder}."
    for field, answer in assumed.items():
        yield f"  {_ASSUMED[field].format(answer)}"
    yield f"  1. {enter}weekly serve --open"
    yield '  2. weekly new "What I heard this week"'
    yield "  3. weekly check, which lists what to fill in before you publish"
    yield f"Documentation: {docs_folder() / 'first-letter.md'}"
