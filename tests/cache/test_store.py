"""What is kept between builds: it comes back as it was, or not at all."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from generator import build as builds
from generator.cache.file_digests import FileDigest
from generator.cache.images import StoredImage
from generator.cache.made import Made
from generator.cache.store import NAME, Cache
from generator.content.rows import StoredDocument
from generator.model import ImageFile, ImageVariant
from tests.conftest import Blog, png

DOCUMENT = StoredDocument("key", b"[]", b"<p>", b"words")
FILE = FileDigest((1, 2, 3, 4), "digest", 5)
MADE = Made("inputs", "key", "site=1", "digest", (1, 2, 3, 4))
IMAGE = ImageFile("image/png", 2, 1, "digest", (ImageVariant("image/webp", 1, 1, "lighter"),))
STORED_IMAGE = StoredImage("source", IMAGE)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "blog"


def open_cache(folder: Path, engine: str = "engine", output: str = "output") -> Cache:
    folder.mkdir(exist_ok=True)
    return Cache.open(folder, folder / output, engine)


def save(cache: Cache, **given: Any) -> None:
    nothing: dict[str, Any] = {
        "documents": {},
        "files": {},
        "templates": {},
        "images": {},
        "made": {},
    }
    assert cache.save(**(nothing | given)) is None


EVERYTHING: dict[str, Any] = {
    "documents": {"a.md": DOCUMENT},
    "files": {"a.md": FILE},
    "templates": {"d": ("x.html", "y.html"), "e": ()},
    "images": {"k": STORED_IMAGE},
    "made": {"index.html": MADE},
}


def test_everything_comes_back(folder: Path) -> None:
    save(open_cache(folder), **EVERYTHING)
    cache = open_cache(folder)

    assert {
        "documents": cache.documents,
        "files": cache.files,
        "templates": cache.templates,
        "images": cache.stored_images,
        "made": cache.made,
    } == EVERYTHING


def test_each_output_folder_has_its_own_list_of_what_was_made(folder: Path) -> None:
    save(open_cache(folder), made={"index.html": MADE})

    assert open_cache(folder, output="elsewhere").made == {}
    assert open_cache(folder).made == {"index.html": MADE}


def test_nothing_is_written_where_nothing_is_new(folder: Path) -> None:
    save(open_cache(folder), **EVERYTHING)
    before = {path: path.stat() for path in (folder / ".weekly").iterdir()}
    save(open_cache(folder), **EVERYTHING)

    assert {path: path.stat() for path in (folder / ".weekly").iterdir()} == before


def test_what_another_engine_kept_is_not_read_and_then_replaced(folder: Path) -> None:
    save(open_cache(folder), **EVERYTHING)
    cache = open_cache(folder, engine="newer")
    assert (cache.documents, cache.made, cache.is_outdated) == ({}, {}, True)
    save(cache, documents={"b.md": DOCUMENT})

    assert open_cache(folder, engine="newer").documents == {"b.md": DOCUMENT}
    assert open_cache(folder).documents == {}


def test_a_cache_that_cannot_be_written_is_a_warning(folder: Path) -> None:
    folder.mkdir()
    (folder / ".weekly").write_text("a file where a folder must be")
    problem = open_cache(folder).save(**EVERYTHING)

    assert str(problem) == (
        f"{folder}/.weekly: warning: the cache can't be written: file exists."
        " The site is built; the next build will take longer."
    )


DAMAGE: dict[str, Callable[[bytes], bytes]] = {
    "empty": lambda data: b"",
    "truncated": lambda data: data[: len(data) // 2],
    "flipped": lambda data: data[:-3] + bytes([data[-3] ^ 1]) + data[-2:],
    "longer": lambda data: data + b"\n",
    "foreign": lambda data: b"\x80\x04\x95\x00pickle",
    "zeros": lambda data: bytes(len(data)),
}

ROWS = {
    "documents": ("row = '[1]'", "html = x'00'", "made_from = NULL", "vocabulary = 7"),
    "files": ("digest = 'x'", "size = 'large'", "taken = NULL"),
    "templates": ("names = ''", "names = x'ff'"),
    "images": ("image = '[]'", "image = '['", "source = 1"),
    "artifacts": ("made_from = 'x'", "inputs = 'x'", "digest = 'x'", "size = 'x'", "parts = 3"),
}


@pytest.fixture
def built(blog: Blog) -> Blog:
    """A blog with an image, whose cache has something in each of its tables."""
    blog.write("content/posts/2026-11-10-one/view.png", png())
    blog.post("2026-11-10-one/index", "![A view](view.png)\n\nFirst words.\n")
    blog.post("2026-11-11-two")
    blog.build()
    return blog


def assert_healed(blog: Blog) -> None:
    """The next build makes what a clean one makes, without a word, and then knows it all."""
    blog.write("templates/follow.html", "{% include 'part.html' %}")
    blog.write("templates/part.html", "A part.\n")
    report = blog.build()
    incremental = dict(blog.tree())
    clean = dict(blog.build(output="clean") and blog.tree("clean"))

    assert report.problems == ()
    assert {**incremental, ".weekly": b""} == {**clean, ".weekly": b""}
    assert blog.build().written.made == ()


@pytest.mark.parametrize("damage", DAMAGE)
def test_a_damaged_file_heals(damage: str, built: Blog) -> None:
    file = built.folder / ".weekly" / NAME
    file.write_bytes(DAMAGE[damage](file.read_bytes()))

    assert_healed(built)


@pytest.mark.parametrize(
    ("table", "change"), [(table, change) for table, rows in ROWS.items() for change in rows]
)
def test_a_damaged_row_heals(table: str, change: str, built: Blog) -> None:
    with closing(sqlite3.connect(built.folder / ".weekly" / NAME)) as database, database:
        names = [name for (name,) in database.execute("SELECT name FROM sqlite_schema")]
        (found,) = [name for name in names if name.startswith(table)]
        assert database.execute(f"UPDATE {found} SET {change}").rowcount > 0  # noqa: S608

    assert_healed(built)


def test_a_damaged_image_heals(built: Blog) -> None:
    for image in (built.folder / ".weekly/images").iterdir():
        image.write_bytes(b"damaged")

    assert_healed(built)


def test_images_that_are_gone_are_made_again(built: Blog) -> None:
    for image in (built.folder / ".weekly/images").iterdir():
        image.unlink()
    (built.folder / "output/2026/one/view.png").unlink()

    assert_healed(built)


def test_another_version_of_this_program_makes_everything_again(
    blog: Blog, monkeypatch: pytest.MonkeyPatch
) -> None:
    blog.post("2026-11-10-one")
    blog.build()
    monkeypatch.setattr(builds, "engine_digest", lambda: "another")
    rendered: list[str] = []
    render = builds.Renderer.render
    monkeypatch.setattr(
        builds.Renderer,
        "render",
        lambda self, artifact: (rendered.append(artifact.path), render(self, artifact))[1],
    )
    report = blog.build()

    assert report.written.made == ()  # the same bytes
    assert sorted(rendered) == [path for path in blog.tree() if path != ".weekly"]
