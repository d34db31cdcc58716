"""What a check needs of a body is one text."""

from __future__ import annotations

import pytest

from generator.content.typed_places import TypedPlaces, packed, unpacked
from generator.model import Notice, Tag
from generator.problems import Location

AT = Location("content/a.md", 3, 4)


def test_it_comes_back_as_it_was() -> None:
    places = TypedPlaces(
        (Tag("/é?q=\n", AT),), (Tag('<p class="a">', AT),), (Notice("a", AT, "b", "c"),)
    )

    assert unpacked(packed(places), AT.path) == places
    assert packed(TypedPlaces()) == ""
    assert unpacked("", AT.path) == TypedPlaces()


@pytest.mark.parametrize(
    "damaged", ["[", "1", "[]", "[1,2,3]", "[[],[],[[1]]]", '[[["a","b",1]],[],[]]', "[" * 9999]
)
def test_what_is_damaged_is_nothing(damaged: str) -> None:
    assert unpacked(damaged, AT.path) == TypedPlaces()
