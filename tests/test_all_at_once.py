"""A mistake hides no other: everything that is independently wrong is reported in one run."""

from __future__ import annotations

import re

import pytest

from tests.commands import run
from tests.conftest import SITE, Blog

POST = "content/posts/2026-11-10-one.md"
BODY = "[a](gone.md) ![](gone.png)\n"
IN_BODY = ["broken-link", "missing-alt", "missing-image"]


def codes(blog: Blog, path: str = POST) -> list[str]:
    return [problem.code for problem in blog.try_build().problems if problem.at.path == path]


@pytest.mark.parametrize(
    ("front_matter", "expected"),
    [
        ("date: 2026-13-45\ntags: [nonsense]", "bad-date unknown-tag"),
        ("slug: A b\ntags: [nonsense]\nlanguage: klingon!", "bad-slug unknown-tag bad-language"),
        ("draft: maybe\ntags: [risk]\nauthors: [ghost]", "wrong-type unknown-author"),
        ("summary: one: two\ntags: [nonsense]", "unquoted-colon unknown-tag"),
        ("tags: [risk\nimage: gone.png", "yaml missing-image missing-alt"),
        ("summary: 'a\ntags: [nonsense]\nslug: B b", "yaml unknown-tag bad-slug"),
        ("\tsummary: a\ntags: [nonsense]", "yaml unknown-tag"),
        ("tags: [nonsense]\ntags: [nothing]", "unknown-tag duplicate-key"),
        ("colour: red\ntags: [nonsense]", "unknown-key unknown-tag"),
        ("summary: {a\nslug: 'b\ntags: *x", "yaml yaml yaml"),
    ],
)  # fmt: skip
def test_a_mistake_in_front_matter_hides_no_other(
    front_matter: str, expected: str, blog: Blog
) -> None:
    """Issue 12, line 11."""
    blog.write(POST, f"---\ntitle: One\n{front_matter}\n---\n{BODY}")

    assert sorted(codes(blog)) == sorted([*expected.split(), *IN_BODY])


def test_a_missing_end_of_the_front_matter_hides_no_other_mistake(blog: Blog) -> None:
    blog.write(POST, f"---\ntitle: One\ntags: [nonsense]\n\nText.\n\n{BODY}")

    assert sorted(codes(blog)) == sorted(["unclosed-front-matter", "unknown-tag", *IN_BODY])


def test_an_encoding_hides_no_other_mistake(blog: Blog) -> None:
    text = f"---\ntitle: One\ntags: [nonsense]\n---\ncaf\xe9 {BODY}"
    (blog.folder / POST).parent.mkdir(parents=True, exist_ok=True)
    (blog.folder / POST).write_bytes(text.encode("latin-1"))

    assert sorted(codes(blog)) == sorted(["encoding", "unknown-tag", *IN_BODY])


def test_a_file_that_is_no_text_has_one_problem(blog: Blog) -> None:
    (blog.folder / POST).parent.mkdir(parents=True, exist_ok=True)
    (blog.folder / POST).write_bytes(bytes(range(1, 256)) * 4)

    assert codes(blog) == ["encoding"]


@pytest.mark.parametrize("path", ["content/pages/about.md", "content/traits/courage.md"])
def test_pages_and_traits_are_read_to_their_end(path: str, blog: Blog) -> None:
    blog.write(path, f"---\ntitle: [x\n---\n{BODY}")

    assert sorted(codes(blog, path)) == sorted(["yaml", *IN_BODY])


def test_the_words_of_a_trait_with_errors_are_known(blog: Blog) -> None:
    """Its mistake must not cause others in each post that uses it."""
    blog.write("content/traits/calm.md", "---\ntitle: Calm\norder: x\ntags: [quiet]\n---\n")
    blog.post("2026-11-10-one", tags="[quiet]")

    assert codes(blog) == []


def test_unread_tags_are_not_missed(blog: Blog) -> None:
    blog.write(POST, "---\ntitle: One\ntags: [risk\n---\nWord.\n")

    assert codes(blog) == ["yaml"]


def test_a_post_with_errors_is_there_for_others_to_link_to(blog: Blog) -> None:
    blog.write(POST, "---\ntitle: One\ndate: never\ntags: [risk]\n---\nWord.\n")
    blog.post("2026-11-11-two", "[One](2026-11-10-one.md)\n")

    assert [problem.code for problem in blog.try_build().problems] == ["bad-date"]


@pytest.mark.parametrize("command", ["build", "check"])
def test_wrong_settings_hide_no_wrong_content(command: str, blog: Blog) -> None:
    blog.set('colour = "red"\nunknown_tags = 3\n')
    blog.post("2026-11-10-one", date="2026-13-01", tags="[x]")
    result = run(command, "--blog", str(blog.folder), "--now", "2026-11-22")

    assert [line.partition(" ")[0] for line in result.stderr.splitlines()] == [
        f"{POST}:4:7:",
        "content/site.toml:1:1:",
        "content/site.toml:2:1:",
    ]
    assert "the tag" not in result.stderr  # it may be a topic


def test_settings_that_make_no_sense_hide_no_wrong_content(blog: Blog) -> None:
    wrong = 'time_zone = "Mars"\ncname = "klingon!"'
    blog.write("content/site.toml", re.sub("time_zone = .*", wrong, SITE))
    blog.post("2026-11-10-one", date="2026-13-01")
    result = run("check", "--blog", str(blog.folder), "--now", "2026-11-22")

    assert [line.partition(": ")[2] for line in result.stderr.splitlines()] == [
        "'2026-13-01' does not exist. There is no month 13: write year-month-day.",
        "there is no time zone 'Mars'. Write one such as Europe/London.",
        "'cname' is 'klingon!'. Write a bare domain such as letters.example.org.",
    ]


def test_settings_that_posts_depend_on_are_reported_alone(blog: Blog) -> None:
    """Without them, right posts would seem wrong."""
    blog.set('permalink = "/x/"\n')
    blog.post("2026-11-10-one", date="2026-13-01")
    (line,) = run("check", "--blog", str(blog.folder)).stderr.splitlines()

    assert "'permalink' is '/x/'" in line
