"""`weekly import`: a whole blog from another system, with an account of every item."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import BinaryIO

import click

from generator import disk
from generator.cli.blog_context import BlogContext, blog_context
from generator.cli.commands import command
from generator.cli.import_report import as_json, lines_of
from generator.cli.intake import names_in, reader_settings
from generator.cli.options import blog_option, excludes, format_option
from generator.cli.printing import fail, fail_plainly, print_json, progress_of, say
from generator.cli.screen import is_interactive
from generator.cli.shared_options import SharedOptions
from generator.importers.archives import ArchiveError
from generator.importers.bundle import Bundle, Open, files_of_zip
from generator.importers.exports import SYSTEMS, read_export
from generator.importers.html_posts import MissingConverterError, check_converter
from generator.problems import Problem, reason_of
from generator.writing.import_account import Account
from generator.writing.import_map import NAME as MAP_NAME
from generator.writing.import_map import ImportMap, read_map
from generator.writing.import_record import Record, read_record, undo
from generator.writing.importing import ImportContext, take_in


@command(
    "import",
    examples=(
        ("weekly import wordpress.xml", "say what would come, and what would be lost"),
        ("weekly import wordpress.xml --write", "bring it"),
        ("weekly import ghost.json --map map.toml --write", "with your decisions about tags"),
        ("weekly import --undo", "take back the last import"),
    ),
)
@click.argument(
    "path",
    type=click.Path(exists=True, path_type=Path),
    required=False,
    help="An export: a file, a zip file or a folder.",
)
@click.option(
    "--from",
    "system",
    type=click.Choice(SYSTEMS),
    help="Which system it comes from; recognised if not given.",
)
@click.option("--write", is_flag=True, help="Write what is new; without it, only say what it is.")
@click.option(
    "--approve", is_flag=True, help="Approve replies that were approved where they come from."
)
@click.option(
    "--map",
    "map_file",
    metavar="FILE",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help=f"Your decisions about tags, authors and types; {MAP_NAME} if not given.",
)
@click.option(
    "--undo",
    is_flag=True,
    callback=excludes("write", "approve"),
    help="Take back the last import.",
)
@format_option("text", "json")
@blog_option
def run(
    given: SharedOptions,
    path: Path | None,
    system: str | None,
    write: bool,
    approve: bool,
    map_file: Path | None,
    undo: bool,
) -> int:
    """Account for an export, and write it if asked to."""
    if undo:
        return _undo(given)
    if path is None:
        fail_plainly("name an export: weekly import wordpress.xml")
    try:
        check_converter()
    except MissingConverterError as error:
        fail_plainly(str(error))
    blog = blog_context(given)
    record = _record(given)
    decisions = _map(given, map_file)
    account = _account(
        given, path, system or "", blog, record, decisions, write=write, approve=approve
    )
    _report(given, account)
    if not write and given.format == "text" and is_interactive() and account.documents:
        if click.confirm("Write it?"):
            record = _record(given)
            account = _account(
                given, path, system or "", blog, record, decisions, write=True, approve=approve
            )
            _report(given, account)
    return 0


def _record(given: SharedOptions) -> Record:
    record = read_record(given.blog)
    if isinstance(record, Problem):
        fail([record], "text")
    return record


def _map(given: SharedOptions, named: Path | None) -> ImportMap:
    path = named or given.blog / MAP_NAME
    if not path.exists():
        return ImportMap()
    found = read_map(path, path.name)
    if isinstance(found, Problem):
        fail([found], "text")
    return found


def _account(
    given: SharedOptions,
    path: Path,
    system: str,
    blog: BlogContext,
    record: Record,
    decisions: ImportMap,
    *,
    write: bool,
    approve: bool,
) -> Account:
    bundle = _bundle(path)
    context = ImportContext(
        blog=given.blog,
        config=blog.config,
        content=blog.inventory.content,
        claimed=blog.inventory.claimed,
        terms=tuple(term for one in blog.inventory.site.taxonomies for term in one.terms),
        traits=blog.traits,
        names=names_in(blog),
        read_document=blog.read_document,
        record=record,
        map=decisions,
        is_written=write,
        approve=approve,
        progress=progress_of(given),
    )
    settings = reader_settings(blog.config)
    try:
        return take_in(read_export(bundle, settings, decisions.types, system), bundle, context)
    except OSError as error:
        fail_plainly(f"{error.filename or path}: {reason_of(error)}")


def _bundle(path: Path) -> Bundle:
    """The files of an export."""
    if path.is_dir():
        return Bundle("", dict(_files_below(path)))
    if zipfile.is_zipfile(path) and path.suffix.lower() not in (".docx", ".xlsx"):
        try:
            return Bundle(path.name, files_of_zip(zipfile.ZipFile(path)))
        except (zipfile.BadZipFile, OSError, ValueError, ArchiveError):
            fail_plainly(f"{path}: this zip file is damaged")
    return Bundle("", {path.name: partial(_opened, path)})


def _opened(path: Path) -> BinaryIO:
    return path.open("rb")


def _files_below(folder: Path) -> Iterator[tuple[str, Open]]:
    for name in disk.files_below(folder):
        file = Path(name)
        if file.is_file() and not file.is_symlink():
            yield file.relative_to(folder).as_posix(), partial(_opened, file)


def _report(given: SharedOptions, account: Account) -> None:
    if given.format == "json":
        print_json(as_json(account))
        return
    for line in lines_of(account):
        print(line)
    if not account.is_written:
        say(given, "Nothing was written. To bring it: add --write.")
    else:
        say(given, "To take it back: weekly import --undo")


def _undo(given: SharedOptions) -> int:
    done = undo(given.blog, _record(given))
    if done is None:
        fail_plainly("there is no import to take back")
    for path in done.kept:
        print(f"{path}: kept: it was changed since")
    removed, restored = len(done.removed), len(done.restored)
    print(f"Took back the last import: {removed:,} files removed, {restored:,} restored.")
    return 0
