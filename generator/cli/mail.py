"""`weekly mail`: a post as an email, in files to send, to paste or to look at."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

import click

from generator import disk
from generator.build.mailing import MailChoice, Mailing, mailing
from generator.cache.store import FOLDER
from generator.cli.build_inputs import build_options, site_config
from generator.cli.commands import SUBCOMMANDS, command
from generator.cli.completers import post_slugs
from generator.cli.options import FOLDER_PATH, site_options
from generator.cli.printing import fail, print_problems, progress_of, say
from generator.cli.shared_options import SharedOptions
from generator.config.settings import SiteConfig
from generator.mail.message import Envelope
from generator.mail.message import message as message_of
from generator.mail.parts import in_one_file
from generator.problems import Location, Problem, did_you_mean, reason_of


@command(
    "mail",
    examples=(
        ("weekly mail --open", "write the newest post as a draft, and open it to send it"),
        ("weekly mail asked-in-the-lift --drafts", "see what a draft will look like"),
        ("weekly mail --digest 2026-11", "one email for the posts of a month"),
    ),
)
@click.argument("post", required=False, default="", shell_complete=post_slugs)
@site_options
@click.option(
    "--output", type=FOLDER_PATH, metavar="DIR", help="Where to write; .weekly/mail/ if not given."
)
@click.option("--digest", metavar="MONTH", default="", help="All posts of a month, 2026-11.")
@click.option("--inline-images", is_flag=True, help="Bring pictures along instead of linking them.")
@click.option("--open", "is_opened", is_flag=True, help="Open the draft in your mail program.")
def run(given: SharedOptions, post: str, digest: str, inline_images: bool, is_opened: bool) -> int:
    """Write the message as .eml, .html and .txt."""
    if post and digest:
        raise click.UsageError("Name a post or a month, not both.")
    config = site_config(given)
    folder = given.output or given.blog / FOLDER / "mail"
    options = build_options(given._replace(output=None), config)
    choice = MailChoice(post, digest, inline_images)
    made = mailing(config, options, choice, progress=progress_of(given))
    if not isinstance(made, Mailing):
        _suggest_command(post, made)
        fail(made, given.format)
    print_problems(made.problems, given.format)
    paths = write_drafts(made, config, folder)
    size = f"{len(made.parts.html.encode()) / 1000:.0f} kB"
    first, *others = paths
    endings = " and ".join(path.suffix for path in others)
    say(given, f"Wrote {first}, {endings}: {size} of HTML.")
    if is_opened:
        click.launch(os.fspath(paths[0]))
    return 0


def _suggest_command(post: str, problems: Iterable[Problem]) -> None:
    """End the run if the name of a post that is not there is rather a mistyped command."""
    is_unknown = any(problem.code == "unknown-post" for problem in problems)
    if is_unknown and did_you_mean(post, SUBCOMMANDS["mail"], likeness=0.8):
        raise click.NoSuchCommand(post, possibilities=SUBCOMMANDS["mail"])


def write_drafts(made: Mailing, config: SiteConfig, folder: Path) -> tuple[Path, ...]:
    """The files of the message: a draft, a page and text. Failing to write them ends the run."""
    mail = config.mail
    envelope = Envelope(sender=mail.from_, reply_to=mail.reply_to or config.answer.email)
    files = {
        ".eml": message_of(made.parts, envelope, to=mail.to, is_draft=True),
        ".html": in_one_file(made.parts).encode(),
        ".txt": made.parts.text.encode(),
    }
    paths = tuple(folder / f"{made.name}{ending}" for ending in files)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for path, data in zip(paths, files.values(), strict=True):
            disk.write_bytes(path, data)
    except OSError as error:
        message = f"this can't be written: {reason_of(error)}"
        fail(
            [Problem("unwritable", Location(os.fspath(error.filename or folder)), message)], "text"
        )
    return paths
