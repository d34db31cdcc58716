"""What is not a file: no command waits for a pipe, reads a device, or ends in a traceback."""

from __future__ import annotations

import ast
import os
import signal
import socket
from collections.abc import Callable, Iterator
from contextlib import chdir
from pathlib import Path
from types import FrameType

import pytest

from generator import disk
from tests.commands import SUNDAY, run
from tests.conftest import SITE, Blog
from tests.serve.conftest import Serve, serve  # noqa: F401 a fixture

PACKAGE = Path(__file__).parents[1] / "generator"
PATIENCE = 60  # seconds for what takes one

pytestmark = pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes here")


def _socket(path: Path) -> None:
    with chdir(path.parent), socket.socket(socket.AF_UNIX) as bound:  # its path may not be long
        bound.bind(path.name)


def _nested(path: Path) -> None:
    path.mkdir()
    with chdir(path):
        for _ in range(1_500):
            Path("d").mkdir()
            os.chdir("d")


def _remove_nested(path: Path) -> None:
    """What `shutil.rmtree` can't do."""
    with chdir(path):
        depth = 0
        while Path("d").is_dir():
            os.chdir("d")
            depth += 1
        for _ in range(depth):
            os.chdir("..")
            Path("d").rmdir()


KINDS: dict[str, Callable[[Path], None]] = {
    "named pipe": os.mkfifo,
    "socket": _socket,
    "device": lambda path: path.symlink_to("/dev/zero"),
}
COMMANDS = (("build",), ("check",), ("check", "--built"), ("doctor",), ("status",))

# where, and what a build says of it: `{kind}` is what it is, '' that it goes its way
NO_FILE = "this can't be read: it is a {kind}, not a file."
PLACES = {
    "content/site.toml": f"content/site.toml: {NO_FILE}",
    "content/posts/2026-11-10-b.md": "content/posts/2026-11-10-b.md: this ",
    "content/static/film.mp4": "content/static/film.mp4: this ",
    "content/published.txt": "content/published.txt: this ",
    "themes/mine/theme.toml": f"themes/mine/theme.toml: {NO_FILE}",
    "themes/mine/static/x.css": f"themes/mine/static/x.css: {NO_FILE}",
    "templates/post.html": f"templates/post.html: {NO_FILE}",
    "messages/en.json": f"messages/en.json: {NO_FILE}",
    "output/.weekly": "output/.weekly: it is a {kind}, not a file.",
    "output/.weekly-stage/journal.json": f"output/.weekly-stage/journal.json: {NO_FILE}",
    "output/index.html": "",
    "output/strange.html": "",
    ".weekly/cache.sqlite": "",
    ".weekly/cache.sqlite-journal": "",
    ".weekly/cache.sqlite-wal": "",
    ".weekly/up-to-date": "",
    ".weekly/up-to-date.new": "",
    ".weekly/lock": "",
    ".weekly/links.json": "",
    ".weekly/images": "",
}


@pytest.fixture(autouse=True)
def patience() -> Iterator[None]:
    """Ends a test that waits for a pipe or reads for ever."""

    def wake(number: int, frame: FrameType | None) -> None:
        raise TimeoutError("this waits for ever")

    before = signal.signal(signal.SIGALRM, wake)
    signal.alarm(PATIENCE)
    yield
    signal.alarm(0)
    signal.signal(signal.SIGALRM, before)


@pytest.fixture
def built(blog: Blog) -> Blog:
    """A blog with a theme of its own, as a build left it."""
    blog.write("content/site.toml", f'theme = "mine"\n{SITE}')
    blog.write("themes/mine/theme.toml", 'name = "Mine"\napi = 1\nextends = "default"\n')
    blog.post("2026-11-10-a")
    assert run("--blog", str(blog.folder), "build", **SUNDAY).exit_code == 0
    return blog


def put(blog: Blog, place: str, kind: Callable[[Path], None]) -> Path:
    path = blog.folder / place
    path.parent.mkdir(parents=True, exist_ok=True)
    path.unlink(missing_ok=True)
    kind(path)
    return path


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize(
    "kind", ["named pipe", *(pytest.param(k, marks=pytest.mark.slow) for k in ("socket", "device"))]
)
def test_what_is_not_a_file_is_refused_with_its_path(built: Blog, kind: str, place: str) -> None:
    path = put(built, place, KINDS[kind])
    expected = PLACES[place].format(kind=kind)

    for number, command in enumerate(COMMANDS):
        result = run("--blog", str(built.folder), *command, **SUNDAY)
        said = result.stdout + result.stderr
        assert "bug" not in said, said
        assert result.exit_code in (0, 1), (command, said)
        if number == 0:
            assert expected in said
            assert result.exit_code == bool(expected), said
    assert not expected or os.path.lexists(path)


@pytest.mark.parametrize(
    ("place", "expected"),
    [
        ("content/posts/deep", "folders are nested more than 40 levels deep"),
        ("content/static/deep", "folders are nested more than 40 levels deep"),
        ("themes/mine/static/deep", "folders are nested more than 40 levels deep"),
        ("themes/mine/templates/deep", ""),
        (".weekly/deep", ""),
        (".weekly/images/deep", ""),
        ("output/deep", ""),
        ("output/index.html", "folders are nested more than 40 levels deep"),
    ],
)
def test_folders_without_end_are_refused(built: Blog, place: str, expected: str) -> None:
    path = put(built, place, _nested)
    try:
        for number, command in enumerate((*COMMANDS, ("theme", "check"))):
            result = run("--blog", str(built.folder), *command, **SUNDAY)
            said = result.stdout + result.stderr
            assert "bug" not in said, said
            assert number or expected in said
    finally:
        _remove_nested(path)


def test_the_preview_says_what_is_not_a_file(built: Blog, serve: Serve) -> None:  # noqa: F811
    running = serve()
    put(built, "content/posts/2026-11-10-a.md", os.mkfifo)
    assert running.next_problems() == [
        "content/posts/2026-11-10-a.md: this is neither a file nor a folder."
        " Move it out of the blog."
    ]
    put(built, "content/site.toml", os.mkfifo)
    assert running.next_problems() == [
        "content/site.toml: this can't be read: it is a named pipe, not a file."
    ]


def test_the_preview_of_folders_without_end_polls(built: Blog, serve: Serve) -> None:  # noqa: F811
    path = put(built, "themes/mine/templates/deep", _nested)
    try:
        running = serve()
        assert running.notes.reasons.get(timeout=PATIENCE) == (
            "there are too many folders within folders"
        )
        built.post("2026-11-10-a", "Bye.\n")
        assert running.next_update() == ["posts/2026-11-10-a.md"]
    finally:
        _remove_nested(path)


def test_a_file_that_is_too_large_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "film.mp4"
    path.write_bytes(b"x" * 10)
    os.truncate(path, disk.MOST + 1)

    with pytest.raises(OSError, match="it is larger than 200 MB"):
        disk.read_bytes(path)
    with pytest.raises(OSError, match="it is larger than 2 MB"):
        disk.read_text(path)
    os.truncate(path, disk.MOST_TEXT)
    assert len(disk.read_text(path)) == disk.MOST_TEXT


def test_a_file_without_a_size_is_read_to_its_end() -> None:
    assert disk.read_bytes("/proc/self/status").startswith(b"Name:")
    with pytest.raises(OSError, match="larger"):
        disk.read_bytes("/proc/self/status", most=100)


def test_a_trap_beside_a_file_is_not_written_into(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("mine")
    (tmp_path / "a.new").symlink_to(secret)

    disk.write_bytes(tmp_path / "a", b"ours")

    assert (secret.read_text(), (tmp_path / "a").read_text()) == ("mine", "ours")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a", "secret"]


OPENING = {"read_bytes", "read_text", "write_bytes", "write_text", "rglob", "walk", "fdopen"}
ALLOWED = {
    "cli/calendar.py: write_bytes",  # where the user says, which may be a pipe
    "cli/repositories.py: read_text",  # of the record of an installed package
    "output/writer.py: rglob",  # removes folders, which are empty
    "writing/new_blog.py: rglob",  # what ships with us
    "importers/posts_documents.py: walk",  # the parts of a mail
}


def _openings(path: Path) -> Iterator[str]:
    """The calls of a module that open files or go through folders by themselves."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        match node:
            case ast.Call(func=ast.Name("open")):
                yield "open"
            case ast.Call(func=ast.Attribute(ast.Name("disk" | "ast"))):
                continue
            case ast.Call(func=ast.Attribute(attr=name)) if name in OPENING:
                yield name


def test_no_other_module_opens_files() -> None:
    modules = (path for path in PACKAGE.rglob("*.py") if path.name != "disk.py")
    found = {
        f"{path.relative_to(PACKAGE).as_posix()}: {name}"
        for path in modules
        for name in _openings(path)
    }

    assert found == ALLOWED
