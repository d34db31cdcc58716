"""The theme in docs/themes.md, from its own code blocks, and what the guide says of it."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from tests.commands import run
from tests.conftest import SITE, Blog
from tests.test_default_theme import READABLE, contrast, parsed_color, tokens_in

GUIDE = (Path(__file__).parents[1] / "docs/themes.md").read_text(encoding="utf-8")
FILES = dict(re.findall(r"`(themes/ours/[\w./-]+)`\n\n```\w+\n(.*?)```", GUIDE, re.DOTALL))
COLORS = FILES["themes/ours/static/zz-colours.css"]
COLOURS = FILES["themes/ours/templates/social-images.toml"]


@pytest.fixture
def ours(blog: Blog) -> Blog:
    """A blog in the theme of the guide."""
    for path, text in FILES.items():
        blog.write(path, text)
    blog.write("content/site.toml", f'theme = "ours"\n{SITE}')
    blog.post("2026-11-10-one", "Hello.\n")
    return blog


def test_the_guide_has_as_many_files_as_it_says() -> None:
    assert len(FILES) == 6
    assert "It has six files." in GUIDE


def test_the_theme_of_the_guide_builds_and_shows_its_messages_and_colours(ours: Blog) -> None:
    ours.build()

    lost = ours.page("404.html")
    assert "<h1>You have taken a wrong turning</h1>" in lost
    assert 'Go back to <a href="/blog/">Letters</a>, or read one of these:' in lost
    assert 'content="#fffbf2"' in lost
    assert tomllib.loads(COLOURS)["green"]["field"] in tokens_in(COLORS, ".tone-green")["field"]
    assert lost.index("/assets/style.") < lost.index("/assets/zz-colours.")


def test_nothing_is_wrong_with_the_theme_of_the_guide(ours: Blog) -> None:
    folder = str(ours.folder)
    result = run("theme", "check", "--blog", folder)

    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout == "No problems in the theme 'ours'.\n"
    assert run("check", "--blog", folder, "--strict").stderr == ""


def test_an_error_is_reported_as_the_guide_shows_it(ours: Blog) -> None:
    path = "themes/ours/templates/not-found.html"
    ours.write(path, FILES[path].replace("post_lines(newest)", "post_lines(newst)"))
    result = run("theme", "check", "ours", "--blog", str(ours.folder))

    assert result.exit_code == 1
    assert f"\n{result.stderr}```" in GUIDE


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_its_colours_can_be_read(scheme: str) -> None:
    root, green = tokens_in(COLORS, ":root"), tokens_in(COLORS, ".tone-green")

    def ratio(one: str, other: str) -> float:
        return contrast(parsed_color(one, scheme), parsed_color(other, scheme))

    for ground in (root["paper"], root["shade"]):
        for text in (root["ink"], root["soft"], root["link"], green["tone"]):
            assert ratio(text, ground) >= READABLE
    assert ratio(root["on-link"], root["link"]) >= READABLE
    assert ratio(root["ink"], root["highlight"]) >= READABLE
    assert ratio("#fff", green["field"]) >= READABLE


def test_the_colour_around_the_page_is_that_of_its_paper() -> None:
    paper = tokens_in(COLORS, ":root")["paper"]
    around = re.findall(r'"(#\w+)"', FILES["themes/ours/templates/colours.html"])

    assert paper == f"light-dark({around[0]}, {around[1]})"
