"""Words for every reason why an artifact is made."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, get_args, get_type_hints

from generator.artifacts.recipes import Recipe
from generator.cache.explain import WORDS, why_made

WITHOUT_A_FIELD = {"recipe", "body"}  # parts of a key beside the fields: see `keys.parts_of`


def view_types() -> Iterator[Any]:
    """The type of every view from which some artifact is made."""
    for recipe in get_args(Recipe):
        bases = getattr(recipe, "__orig_bases__", ())
        found = [kind for base in bases for kind in get_args(base)]
        for kind in found or [get_type_hints(recipe)["view"]]:
            yield from get_args(kind) or (kind,)


def fields() -> set[str]:
    return {field for kind in view_types() for field in kind._fields}


def test_the_words_are_for_fields_that_exist() -> None:
    assert WORDS.keys() <= fields() | WITHOUT_A_FIELD


def test_the_words_for_every_field_are_those_of_people() -> None:
    for part in sorted(fields() | WITHOUT_A_FIELD):
        words = why_made("a.md", {part: "1"}, {part: "2"}, around="")

        assert words
        assert "_" not in words
        assert "{" not in words
