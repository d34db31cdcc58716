"""The colours of social images: those of the theme, and errors in them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from generator.images.colours import PALETTES
from generator.site.icons import COLOURS
from tests.conftest import Blog


@pytest.mark.parametrize("colour", COLOURS)
def test_social_images_have_the_colours_of_the_theme(colour: str, repository: Path) -> None:
    style = (repository / "themes/default/static/style.css").read_text(encoding="utf-8")
    found = re.search(
        rf"\.tone-{colour} {{ .*--field: light-dark\((#\w+), .*--on-field: (#\w+)", style
    )
    assert found

    assert PALETTES[colour].field == found[1]
    assert PALETTES[colour].words in (found[2], found[2] + found[2][1:])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[blau]\n", "there is no colour 'blau'. Did you mean 'blue'?"),
        ("[blue]\nfeild = '#123'\n", "unknown key 'feild' in [blue]. Did you mean 'field'?"),
        ("[blue]\nfield = 'navy'\n", "'field' in [blue] is not a colour. Write it as \"#17704a\"."),
    ],
)
def test_an_error_in_the_colours_is_reported(blog: Blog, text: str, expected: str) -> None:
    blog.post("2026-11-10-one")
    blog.write("templates/social-images.toml", text)

    assert blog.problems() == [f"templates/social-images.toml: {expected}"]
