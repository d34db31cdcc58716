"""Writing a site: whole, before or after; and nothing that is not ours is touched."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

import pytest

from generator.output.manifest import read_manifest
from generator.output.writer import STAGE, Written, empty, recover, refusal, write_site
from generator.problems import Problem
from tests.conftest import files_below


@pytest.fixture
def output(tmp_path: Path) -> Path:
    return tmp_path / "output"


def write(output: Path, files: Mapping[str, str], kept: Iterable[str] = ()) -> Written:
    written = write_site({p: text.encode() for p, text in files.items()}, kept, output)
    assert isinstance(written, Written), str(written)
    return written


def refused(output: Path, files: Mapping[str, str]) -> str:
    before = files_below(output)
    problem = write_site({p: text.encode() for p, text in files.items()}, (), output)
    assert isinstance(problem, Problem)
    assert files_below(output) == before
    return str(problem)


def site(output: Path) -> dict[str, str]:
    return {path: data.decode() for path, data in files_below(output).items() if path != ".weekly"}


def test_a_site_is_written_with_the_list_of_its_files(output: Path) -> None:
    written = write(output, {"index.html": "home", "a/index.html": "a"})

    assert written == Written(("a/index.html", "index.html"), 0, (), ())
    assert site(output) == {"index.html": "home", "a/index.html": "a"}
    assert read_manifest(output) == {"index.html", "a/index.html"}


def test_what_is_neither_fresh_nor_kept_is_removed_with_its_empty_folders(output: Path) -> None:
    write(output, {"index.html": "home", "a/b/index.html": "b"})
    written = write(output, {}, kept=["index.html"])

    assert written == Written((), 1, ("a/b/index.html",), ())
    assert not (output / "a").exists()


def test_a_file_that_holds_the_same_bytes_is_not_touched(output: Path) -> None:
    write(output, {"index.html": "home"})
    before = (output / "index.html").stat()
    written = write(output, {"index.html": "home"})

    assert written == Written((), 1, (), ())
    assert (output / "index.html").stat() == before


def test_pages_come_first_then_feeds_then_the_list_then_removals(output: Path) -> None:
    write(output, {"old.html": "old"})
    steps: list[str] = []
    files = {"feed.xml": b"f", "feed.json": b"j", "z.html": b"z", "a.html": b"a"}
    write_site(files, (), output, step=steps.append)

    order = ["a.html", "z.html", "feed.json", "feed.xml", ".weekly"]
    assert steps == [
        *(f"stage {path}" for path in order),
        "journal",
        *(f"move {path}" for path in order),
        "remove old.html",
        "end",
    ]


def test_foreign_files_are_listed_and_left_alone(output: Path) -> None:
    write(output, {"index.html": "home", "a/index.html": "a"})
    (output / "a/notes.txt").write_text("mine")
    (output / ".htaccess").write_text("mine")
    written = write(output, {}, kept=["index.html"])

    assert written.removed == ("a/index.html",)
    assert written.foreign == ("a/notes.txt",)
    assert (output / "a/notes.txt").read_text() == "mine"


def test_a_folder_with_foreign_files_is_refused(output: Path) -> None:
    output.mkdir()
    (output / "thesis.doc").write_text("mine")

    assert refused(output, {"index.html": "home"}) == (
        f"{output}: this folder contains files that weekly did not make, such as 'thesis.doc'."
        " Name an empty folder with --output, or empty this one yourself."
    )


def test_an_output_that_is_a_file_or_a_link_is_refused(output: Path, tmp_path: Path) -> None:
    output.write_text("mine")
    assert str(refusal(output)) == (
        f"{output}: this is a file, and the output must be a folder."
        " Name a folder with --output, or move the file."
    )

    output.unlink()
    for target in (tmp_path, tmp_path / "nowhere"):
        output.symlink_to(target)
        assert str(refusal(output)) == (
            f"{output}: this is a link to {target}, and the output must be a folder itself."
            " Remove the link, or name another folder with --output."
        )
        output.unlink()


def test_a_file_becomes_a_folder_and_a_folder_becomes_a_file(output: Path) -> None:
    """The second move met the old file in the folder, and the build failed."""
    write(output, {"notes": "file", "deep/er/one.txt": "1"})
    write(output, {"notes/one.txt": "1", "deep": "file"})
    assert site(output) == {"notes/one.txt": "1", "deep": "file"}

    write(output, {"notes": "file", "deep/er/one.txt": "1"})
    assert site(output) == {"notes": "file", "deep/er/one.txt": "1"}


def test_a_foreign_file_where_a_folder_must_be_is_refused(output: Path) -> None:
    """It was deleted without a word."""
    write(output, {"index.html": "home"})
    (output / "notes").write_text("mine")

    assert refused(output, {"index.html": "home", "notes/one.txt": "1"}) == (
        f"{output}/notes: this is not part of the site, and is where a page or its folder must be."
        " Move it out of the output folder."
    )


def test_a_foreign_folder_where_a_file_must_be_is_refused(output: Path) -> None:
    write(output, {"notes/one.txt": "1"})
    (output / "notes/mine.txt").write_text("mine")

    assert refused(output, {"notes": "file"}).startswith(f"{output}/notes/mine.txt: this is not")


def test_a_link_to_itself_is_refused_as_a_link(output: Path) -> None:
    output.symlink_to(output)
    said = f"{output}: this is a link to {output}, and the output must be a folder itself."

    for found in (write_site({"index.html": b""}, (), output), refusal(output), empty(output)):
        assert str(found) == f"{said} Remove the link, or name another folder with --output."


def test_a_link_where_a_folder_must_be_is_refused(output: Path, tmp_path: Path) -> None:
    write(output, {"index.html": "home"})
    (output / "notes").symlink_to(tmp_path)

    assert refused(output, {"index.html": "home", "notes/one.txt": "1"}) == (
        f"{output}/notes: this link is not part of the site, and is where a page or its folder must"
        " be. Move it out of the output folder."
    )
    assert not (tmp_path / "one.txt").exists()


def test_a_link_in_place_of_a_file_is_replaced_and_not_followed(
    output: Path, tmp_path: Path
) -> None:
    write(output, {"index.html": "home"})
    (tmp_path / "secret").write_text("home")
    (output / "index.html").unlink()
    (output / "index.html").symlink_to(tmp_path / "secret")
    write(output, {"index.html": "home"})

    assert not (output / "index.html").is_symlink()
    assert (tmp_path / "secret").read_text() == "home"


def test_empty_folders_in_place_of_a_file_are_replaced(output: Path) -> None:
    write(output, {"index.html": "home"})
    (output / "notes/deep").mkdir(parents=True)
    write(output, {"notes": "file"}, kept=["index.html"])

    assert site(output) == {"index.html": "home", "notes": "file"}


def test_a_damaged_journal_is_discarded(output: Path) -> None:
    write(output, {"index.html": "home"})
    (output / STAGE).mkdir()
    (output / STAGE / "journal.json").write_text('0123\n{"moves": [], "removed": ["index.html"]}')

    assert recover(output) is None
    assert site(output) == {"index.html": "home"}
    assert not (output / STAGE).exists()


def test_a_journal_may_be_followed_repeatedly(output: Path) -> None:
    write(output, {"index.html": "home", "old.html": "old"})

    def stop(change: str) -> None:
        if change == "move z.html":
            raise OSError("stopped")

    files = {"a.html": b"a", "z.html": b"z"}
    problem = write_site(files, ["index.html"], output, step=stop)
    assert str(problem) == f"{output}: this can't be written: stopped."
    assert site(output).keys() == {"index.html", "old.html", "a.html", f"{STAGE}/1", f"{STAGE}/2",
                                   f"{STAGE}/journal.json"}  # fmt: skip
    assert recover(output) is None
    assert recover(output) is None
    assert site(output) == {"index.html": "home", "a.html": "a", "z.html": "z"}
    assert read_manifest(output) == {"index.html", "a.html", "z.html"}


@pytest.mark.parametrize("remove", [empty, lambda output: write(output, {}, kept=["index.html"])])
def test_nothing_is_removed_behind_a_link_to_another_folder(
    remove: Callable[[Path], object], output: Path, tmp_path: Path
) -> None:
    write(output, {"index.html": "home", "a/b/index.html": "b"})
    (output / "a").rename(tmp_path / "elsewhere")
    (output / "a").symlink_to(tmp_path / "elsewhere")
    remove(output)

    assert (tmp_path / "elsewhere/b/index.html").read_text() == "b"
    assert (output / "a").is_symlink()


def test_emptying_removes_our_files_only(output: Path) -> None:
    write(output, {"index.html": "home", "a/index.html": "a"})
    (output / "mine.txt").write_text("mine")

    assert empty(output) == 2
    assert files_below(output) == {"mine.txt": b"mine"}
    assert [path.name for path in output.iterdir()] == ["mine.txt"]


def test_emptying_removes_what_a_killed_run_has_left(output: Path) -> None:
    write(output, {"index.html": "home"})
    (output / STAGE).mkdir()
    (output / STAGE / "0").write_text("half")

    assert empty(output) == 1
    assert list(output.iterdir()) == []
