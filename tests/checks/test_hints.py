"""What is suggested differs from what was typed, and one can see how."""

from __future__ import annotations

import json

from tests.commands import Result, run
from tests.conftest import Blog

POST = "content/posts/2026-11-10-one.md"


def check(blog: Blog, *options: str) -> Result:
    return run("check", "--blog", str(blog.folder), "--now", "2026-11-22", *options)


def test_a_hint_is_never_what_was_typed(blog: Blog) -> None:
    """A file of that name in another folder is named by the path that leads to it."""
    blog.write("content/pages/about.md", "---\ntitle: About\n---\nWords.\n")
    blog.post("2026-11-10-one", "[a](about.md) [b](../pages/abuot.md) [c](about/about.md)")

    assert check(blog).stderr.splitlines() == [
        f"{POST}:5:5: the link 'about.md' leads to no file. Did you mean '../pages/about.md'?",
        f"{POST}:5:19: the link '../pages/abuot.md' leads to no file. "
        "Did you mean '../pages/about.md'?",
        f"{POST}:5:42: the link 'about/about.md' leads to no file. "
        "Did you mean '../pages/about.md'?",
    ]


def test_what_nobody_can_see_is_named(blog: Blog) -> None:
    blog.post("2026-11-11-two")
    blog.post("2026-11-10-one", "[a](2026-11-11-\u200btwo.md)")

    assert check(blog).stderr.splitlines() == [
        f"{POST}:5:5: the link '2026-11-11-<U+200B>two.md' leads to no file. "
        "Did you mean '2026-11-11-two.md'? What is written has U+200B (zero width space)."
    ]


def test_a_line_break_in_an_address_is_named(blog: Blog) -> None:
    blog.post("2026-11-10-one", '<a href="one&#10;two.md">a</a>')

    assert [line.partition(" leads")[0] for line in check(blog).stderr.splitlines()] == [
        f"{POST}:5:1: the link 'one<U+000A>two.md'",
    ]


def test_a_file_on_the_writers_disk_is_named_as_typed(blog: Blog) -> None:
    blog.post("2026-11-10-one", "[a](C:\\plans\\größe.pdf)")

    (line,) = check(blog).stderr.splitlines()
    assert "'C:\\plans\\größe.pdf' is a file on your own machine" in line


def test_an_alias_without_a_name_between_two_slashes_is_refused_with_the_right_one(
    blog: Blog,
) -> None:
    """No file can be there: the disk would keep it at another address."""
    blog.post("2026-11-10-one", aliases="[/a//b/]")

    (line,) = check(blog).stderr.splitlines()
    assert line.endswith("Write the old path from the site's root: /a/b/.")


def test_many_problems_of_a_kind_are_shown_in_short(blog: Blog) -> None:
    links = "\n\n".join(f"[a](gone-{number}.md)" for number in range(1_030))
    blog.post("2026-11-10-one", links, summary="In short.")
    lines = check(blog).stderr.splitlines()

    assert len(lines) == 21
    assert lines[-1] == f"{POST}:46:5: and 1,010 more of this kind in this file."
    assert len(json.loads(check(blog, "--format", "json").stdout)["problems"]) == 1_030
