"""What the programs of bench/ share: the corpus, the generators, and what they replace."""

from __future__ import annotations

import hashlib
from argparse import ArgumentTypeError
from pathlib import Path
from textwrap import dedent

import pytest

from bench import replacing
from bench.corpus import FORMS, Corpus
from bench.equality import differing
from bench.measure import in_turn
from bench.tools import copy_of_ours

ROOT = Path(__file__).parents[2]


def test_the_corpus_is_the_same_bytes_as_ever() -> None:
    """Else figures could not be compared with earlier ones."""
    posts = Corpus(3)
    texts = [form.text(post, posts).encode() for form in FORMS.values() for post in posts.posts()]

    assert hashlib.sha256(b"\0".join(texts)).hexdigest().startswith("4625bedf312de83b")


def test_a_copy_of_weekly_has_a_name_and_a_folder() -> None:
    assert copy_of_ours(f"before={ROOT}").name == "before"
    assert copy_of_ours(str(ROOT)).name == "ours"
    assert copy_of_ours(f"before={ROOT}").package == ROOT


def test_a_folder_without_weekly_is_no_copy(tmp_path: Path) -> None:
    with pytest.raises(ArgumentTypeError, match="does not hold the package 'generator'"):
        copy_of_ours(f"before={tmp_path}")


def test_each_tool_is_first_as_often_as_any_other() -> None:
    assert [in_turn("abc", number) for number in range(3)] == [
        ("a", "b", "c"),
        ("b", "c", "a"),
        ("c", "a", "b"),
    ]


def test_outputs_that_differ_are_found_by_path(tmp_path: Path) -> None:
    for name, files in {
        "one": {"same": "a", "changed": "a"},
        "two": {"same": "a", "changed": "b", "new/file": "a"},
    }.items():
        for path, text in files.items():
            target = tmp_path / name / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(text, encoding="utf-8")

    outputs = [tmp_path / "one", tmp_path / "two"]
    assert differing(outputs) == ["changed", "new/file"]
    assert differing(outputs[:1]) == []


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A module with a function and a number, and another one that imported the function."""
    name = "generator_of_numbers"
    folder = tmp_path / name
    folder.mkdir()
    (folder / "__init__.py").write_text("")
    (folder / "numbers.py").write_text("LIMIT = 3\ndef one():\n    return 1\n")
    (folder / "user.py").write_text(
        dedent(f"""
            from {name}.numbers import one
            FUNCTIONS = {{"one": one}}
            def both():
                return one(), FUNCTIONS["one"]()
        """)
    )
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setattr(replacing, "PACKAGE", name)
    return name


def test_a_function_is_replaced_wherever_it_was_imported(package: str) -> None:
    user = __import__(f"{package}.user", fromlist=["both"])

    replacing.replace_function(f"{package}.numbers:one", lambda one: lambda: one() + 1)

    assert user.both() == (2, 2)


def test_a_constant_is_replaced(package: str) -> None:
    numbers = __import__(f"{package}.numbers", fromlist=["LIMIT"])

    replacing.replace_value(f"{package}.numbers:LIMIT", 0)

    assert numbers.LIMIT == 0


def test_a_name_that_is_gone_is_not_replaced_silently(package: str) -> None:
    with pytest.raises(AttributeError):
        replacing.replace_value(f"{package}.numbers:MISSING", 0)
    with pytest.raises(AttributeError):
        replacing.replace_function(f"{package}.numbers:missing", lambda missing: missing)
    with pytest.raises(ImportError):
        replacing.replace_value(f"{package}.nothing:LIMIT", 0)
