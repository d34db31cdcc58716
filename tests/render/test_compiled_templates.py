"""Templates that ship are compiled once; a blog's own by each run."""

from __future__ import annotations

from pathlib import Path

import pytest
from jinja2 import Environment

from generator.render import compiled_templates
from tests.conftest import Blog


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder where code is kept, empty at first."""
    monkeypatch.setattr(compiled_templates, "FOLDER", tmp_path / "code")
    return tmp_path / "code"


@pytest.fixture
def compiles(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the templates that are compiled."""
    names: list[str] = []
    whole = Environment.compile

    def compile_it(environment: Environment, source: str, name: str, filename: str) -> object:
        names.append(name)
        return whole(environment, source, name, filename)

    monkeypatch.setattr(Environment, "compile", compile_it)
    return names


def rebuild(blog: Blog) -> None:
    blog.post("2026-11-10-one", f"Hello.\n\n{len(list(blog.folder.glob('rebuilt*')))}\n")
    blog.write(f"rebuilt{len(list(blog.folder.glob('rebuilt*')))}", "")
    blog.build()


def test_templates_that_ship_are_compiled_once(
    blog: Blog, store: Path, compiles: list[str]
) -> None:
    rebuild(blog)
    assert "post.html" in compiles
    compiles.clear()
    rebuild(blog)

    assert compiles == []


def test_the_templates_of_a_blog_are_never_kept_as_code(
    blog: Blog, store: Path, compiles: list[str]
) -> None:
    blog.write("templates/post.html", "Mine: {{ post.title }}")
    rebuild(blog)
    compiles.clear()
    rebuild(blog)

    assert compiles == ["post.html"]
    assert not list(store.glob("post.html*"))


@pytest.mark.parametrize("damage", [b"", b"0" * 32 + b"\ncode", b"\x80\x04"])
def test_code_that_is_not_as_it_was_written_is_not_run(
    blog: Blog, store: Path, compiles: list[str], damage: bytes
) -> None:
    rebuild(blog)
    for file in store.iterdir():
        file.write_bytes(damage)
    compiles.clear()
    rebuild(blog)

    assert "post.html" in compiles
    assert "Hello." in blog.page("2026/one/")


def test_a_store_that_can_not_be_written_changes_nothing(
    blog: Blog, store: Path, compiles: list[str]
) -> None:
    store.write_text("not a folder")
    rebuild(blog)

    assert "Hello." in blog.page("2026/one/")
