"""`weekly replies import`: replies from mail, answers to forms, exports and copied threads."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

import click

from generator import disk
from generator.cli.blog_context import BlogContext, blog_context
from generator.cli.commands import command
from generator.cli.completers import post_slugs
from generator.cli.intake import names_in, reader_settings, report, write_intake
from generator.cli.moderation import named_post
from generator.cli.options import blog_option, format_option
from generator.cli.printing import fail_plainly, progress_of
from generator.cli.shared_options import SharedOptions
from generator.config.settings import SiteConfig
from generator.importers.assignment import post_of
from generator.importers.found import FoundReply, Intake, Refused, SetAside
from generator.importers.recognise import read_replies, shown_path
from generator.problems import reason_of


@command(
    "replies import",
    examples=(
        ("weekly replies import ~/Mail/Answers", "every mail in a folder, however deep"),
        ("weekly replies import answers.xlsx", "the answers to a form"),
        ("weekly replies import thread.txt --to hello", "a thread copied from LinkedIn"),
        ("weekly replies import wordpress.xml --approve", "keep what was approved there"),
    ),
)
@click.argument(
    "path",
    type=click.Path(path_type=Path),
    help="A file, or a folder: mail (.eml, mbox, Maildir), answers to a form (.csv, .xlsx), "
    "comments of WordPress, Disqus and Medium, a copied thread (.txt).",
)
@click.option(
    "--to",
    metavar="POST",
    shell_complete=post_slugs,
    help="The post of replies that don't say to which they belong.",
)
@click.option(
    "--approve", is_flag=True, help="Approve replies that were approved where they come from."
)
@format_option("text", "json")
@blog_option
def run(given: SharedOptions, path: Path, to: str | None, approve: bool) -> int:
    """Write each new reply into a file of its own, and account for everything that was found."""
    path = path.expanduser()
    if not path.exists():
        fail_plainly(f"there is no file or folder {path}.")
    blog = blog_context(given)
    otherwise = named_post(to, blog) if to else ""
    intake = Intake.joined(_intakes(given, path, blog.config))
    if otherwise:
        intake = intake._replace(found=tuple(_with_post(intake.found, otherwise, blog)))
    report(given, *write_intake(given, intake, blog, approve=approve))
    return 0


def _with_post(
    found: Iterable[FoundReply], otherwise: str, blog: BlogContext
) -> Iterator[FoundReply]:
    names = names_in(blog)
    for reply in found:
        yield reply if post_of(reply, names) else reply._replace(to_post=otherwise)


def _intakes(given: SharedOptions, path: Path, config: SiteConfig) -> Iterator[Intake]:
    settings, form = reader_settings(config), config.replies.form
    paths = [*_paths(path)]
    progress = progress_of(given)
    for number, (file, shown) in enumerate(paths, start=1):
        progress("Reading", number, len(paths))
        if file.is_symlink() and file != path:
            aside = SetAside(shown_path(shown), "it is a link to another file")
            yield Intake(set_aside=(aside,))
            continue
        try:
            data = disk.read_bytes(file)
        except OSError as error:
            reason = f"it can't be read: {reason_of(error)}"
            yield Intake(refused=(Refused(shown_path(shown), reason),))
            continue
        yield read_replies(data, shown, settings, form)


def _paths(path: Path) -> Iterator[tuple[Path, str]]:
    """The files to read, each with its name as seen from the folder."""
    if not path.is_dir():
        yield path, path.name
        return
    try:
        for name in disk.files_below(path):
            inside = os.path.relpath(name, path).replace(os.sep, "/")
            parts = inside.split("/")
            is_hidden = any(part.startswith(".") for part in parts[-1:])
            if not is_hidden and "tmp" not in parts[-2:-1]:  # what Maildir has not finished
                yield Path(name), f"{path.name}/{inside}"
    except OSError as error:
        fail_plainly(f"{path}: {reason_of(error)}")
