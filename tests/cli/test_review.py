"""`weekly review`: a year as a draft."""

from __future__ import annotations

import pytest

from tests.commands import SUNDAY, Result, run
from tests.conftest import Blog

REVIEW = "content/posts/2026-12-29-review-2026.md"


@pytest.fixture
def year(blog: Blog) -> Blog:
    """A blog with two letters of this year, one of the last, and a draft."""
    blog.post("2025-12-30-before", "What was that?\n")
    blog.post("2026-01-06-one", "Hello. Do you *know*?\n\n> Do I?\n", title="'One [1]'")
    blog.post("2026-03-03-two", "One word.\n", tags="[courage, listening]")
    blog.post("2026-03-10-three", "And?\n", draft="true")
    return blog


def review(blog: Blog, year: str = "2026") -> Result:
    return run("review", year, "--blog", str(blog.folder), **SUNDAY)


def test_a_review_is_an_outline_of_the_year(year: Blog) -> None:
    result = review(year)

    assert result.exit_code == 0, result.stderr
    assert (year.folder / REVIEW).read_text(encoding="utf-8") == (
        """\
---
title: Looking back on 2026
date: 2026-12-29 00:00
id: review-2026
tags: [listening]
summary: ""
draft: true
---

<!-- TODO: rewrite this outline, and delete this line -->

2 letters in 2026.

- Words: 8
- Images: 0

## What the letters are about

- [Listen and learn](<../traits/listen.md>): 2 letters
- [Have an opinion](<../traits/courage.md>): 1 letter

## Month by month

### January

- [One \\[1\\]](<2026-01-06-one.md>)

### March

- [Two](<2026-03-03-two.md>)

## What I asked you

- Do you know? ([One \\[1\\]](<2026-01-06-one.md>))
"""
    )
    assert f"Created {year.folder}/{REVIEW} as a draft." in result.stdout


def test_an_outline_that_nobody_has_rewritten_is_not_published(year: Blog) -> None:
    review(year)
    file = year.folder / REVIEW
    file.write_text(file.read_text().replace("draft: true\n", ""))

    assert [str(found).partition("'TODO'")[0] for found in year.try_build().problems] == [
        f"{REVIEW}:9:6: "
    ]


def test_it_is_in_the_language_of_the_blog(year: Blog) -> None:
    site = year.folder / "content/site.toml"
    site.write_text(site.read_text().replace('"en-GB"', '"de"'))
    review(year)

    text = (year.folder / REVIEW).read_text(encoding="utf-8")
    assert "title: Rückblick auf 2026\n" in text
    assert "### Januar\n" in text


def test_an_existing_review_is_kept(year: Blog) -> None:
    review(year)
    year.write(REVIEW, "---\ntitle: Mine\nid: review-2026\ndraft: true\n---\nMine.\n")

    result = review(year)
    assert (result.exit_code, result.stderr) == (
        1,
        f"{REVIEW}: this is already the review of 2026. Delete it to create a new one.\n",
    )
    assert (year.folder / REVIEW).read_text().endswith("Mine.\n")


def test_a_review_with_errors_is_kept_too(year: Blog) -> None:
    year.write(REVIEW, "---\nbroken: [\n---\n")

    assert review(year).stderr == f"{REVIEW}: this file already exists.\n"


def test_a_year_without_posts_has_no_review(year: Blog) -> None:
    assert review(year, "1999").stderr == (
        "content/posts: no post appeared in 1999. Choose another year.\n"
    )
