"""`weekly import`: a whole blog from another system, with an account of every item."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import BinaryIO, NamedTuple

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
from generator.network.downloads import Downloads
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
    metavar="[PATH]",
    required=False,
    help="An export: a file, a zip file or a folder; with --fetch, the address of a feed.",
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
    "--fetch",
    is_flag=True,
    help="Fetch pictures that the export only names, from where they are.",
)
@click.option(
    "--map",
    "map_file",
    metavar="FILE",
    type=click.Path(dir_okay=False, path_type=Path),
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
    path: str | None,
    system: str | None,
    write: bool,
    approve: bool,
    fetch: bool,
    map_file: Path | None,
    undo: bool,
) -> int:
    """Account for an export, and write it if asked to."""
    if undo:
        return _undo(given)
    if path is None:
        fail_plainly("name an export: weekly import wordpress.xml")
    if path.endswith(".toml") and Path(path).is_file():
        return _keep_map(given, Path(path))
    try:
        check_converter()
    except MissingConverterError as error:
        fail_plainly(str(error))
    blog = blog_context(given)
    downloads = Downloads(
        given.blog / ".weekly" / "fetched",
        about=blog.config.base_url,
        now=blog.now.timestamp(),
        progress=progress_of(given),
    )
    import_ = _Import(
        given=given,
        bundle=_bundle_of(path, downloads, fetch=fetch),
        system=system or "",
        blog=blog,
        decisions=_map(given, map_file),
        approve=approve,
        downloads=downloads if fetch else None,
    )
    account = import_.account(write=write)
    _report(given, account)
    is_asked = not write and given.format == "text" and is_interactive() and account.documents
    if is_asked and click.confirm("Write it?"):
        _report(given, import_.account(write=True))
    return 0


def _record(given: SharedOptions) -> Record:
    record = read_record(given.blog)
    if isinstance(record, Problem):
        fail([record], "text")
    return record


def _map(given: SharedOptions, named: Path | None) -> ImportMap:
    path = named or given.blog / MAP_NAME
    if named is None and not path.exists():
        return ImportMap()
    found = read_map(path, str(named or MAP_NAME))
    if isinstance(found, Problem):
        fail([found], "text")
    return found


class _Import(NamedTuple):
    """What was asked for."""

    given: SharedOptions
    bundle: Bundle
    system: str
    blog: BlogContext
    decisions: ImportMap
    approve: bool
    downloads: Downloads | None

    def account(self, *, write: bool) -> Account:
        """Takes the export in, or only says what would become of it."""
        blog = self.blog
        context = ImportContext(
            blog=self.given.blog,
            config=blog.config,
            content=blog.inventory.content,
            claimed=blog.inventory.claimed,
            terms=tuple(term for one in blog.inventory.site.taxonomies for term in one.terms),
            traits=blog.traits,
            names=names_in(blog),
            read_document=blog.read_document,
            record=_record(self.given),
            map=self.decisions,
            is_written=write,
            approve=self.approve,
            fetch=self.downloads.fetch if self.downloads else None,
            progress=progress_of(self.given),
        )
        settings = reader_settings(blog.config)
        items = read_export(self.bundle, settings, self.decisions.types, self.system)
        try:
            return take_in(items, self.bundle, context)
        except OSError as error:
            fail_plainly(f"{error.filename or 'the export'}: {reason_of(error)}")
        except MissingConverterError as error:
            fail_plainly(str(error))


def _keep_map(given: SharedOptions, path: Path) -> int:
    """Keeps decisions in the blog, for every import to come."""
    found = read_map(path, path.name)
    if isinstance(found, Problem):
        fail([found], "text")
    target = given.blog / MAP_NAME
    try:
        if not target.exists() or not target.samefile(path):
            disk.write_bytes(target, disk.read_bytes(path))
    except OSError as error:
        fail_plainly(f"{MAP_NAME}: {reason_of(error)}")
    say(given, f"Kept as {MAP_NAME}. The next import follows it.")
    return 0


def _bundle_of(path: str, downloads: Downloads, *, fetch: bool) -> Bundle:
    """The files of an export, which may be the feed at an address."""
    if not re.match(r"https?://", path):
        if not Path(path).exists():
            fail_plainly(f"{path}: there is no such file or folder")
        return _bundle(Path(path))
    if not fetch:
        fail_plainly("nothing is fetched unasked: add --fetch to read the feed at that address")
    data = downloads.fetch([path])[path]
    if isinstance(data, str):
        fail_plainly(f"{path}: {data}")
    name = path.partition("?")[0].rstrip("/").rpartition("/")[2] or "feed"
    is_named = name.endswith((".xml", ".json", ".atom", ".rss"))
    ending = "" if is_named else ".json" if data.lstrip().startswith(b"{") else ".xml"
    return Bundle("", {f"{name}{ending}": partial(BytesIO, data)})


def _bundle(path: Path) -> Bundle:
    """The files of an export."""
    if path.is_dir():
        return Bundle("", dict(_files_below(path)))
    if zipfile.is_zipfile(path) and path.suffix.lower() not in (".docx", ".xlsx"):
        try:
            return Bundle(path.name, files_of_zip(zipfile.ZipFile(path)))
        except (zipfile.BadZipFile, OSError, ValueError, ArchiveError):
            return Bundle.refusing(path.name, "it is no zip file, or a damaged one")
    if path.suffix.lower() == ".zip":
        return Bundle.refusing(path.name, "it is no zip file, or a damaged one")
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
