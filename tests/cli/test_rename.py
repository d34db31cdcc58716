"""`weekly rename`: another slug, and nothing else is lost or touched."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from tests.commands import SUNDAY, Result, run
from tests.conftest import SITE, Blog

SVG = b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'
OLD, NEW = "content/posts/2026-11-10-old.md", "content/posts/2026-11-10-new.md"


def rename(blog: Blog, *arguments: str) -> Result:
    return run("rename", *arguments, "--blog", str(blog.folder), **SUNDAY)


def sources(blog: Blog) -> Mapping[str, bytes]:
    """Every file of the blog's content, hidden ones too."""
    return {
        path.relative_to(blog.folder).as_posix(): path.read_bytes()
        for path in sorted((blog.folder / "content").rglob("*"))
        if path.is_file()
    }


def feed_ids(blog: Blog) -> list[str]:
    return [part.split("</id>")[0] for part in blog.page("atom.xml").split("<id>")[1:]]


@pytest.mark.parametrize("crlf", [False, True])
def test_the_old_address_and_the_id_stay_and_no_byte_else_changes(blog: Blog, crlf: bool) -> None:
    text = (
        "\ufeff---\n# mine\ntitle:   'Old'   # why\ntags: [ listening ]\n---\n"
        "See `2026-11-10-old.md`, or old.\n"
    )
    expected = text.replace("---\nSee", "aliases: [/2026/old/]\nid: 2026-11-10-old\n---\nSee")
    if crlf:
        text, expected = text.replace("\n", "\r\n"), expected.replace("\n", "\r\n")
    blog.write(OLD, text.encode())
    blog.build()
    ids = feed_ids(blog)

    assert rename(blog, "old", "new") == Result(
        0,
        f"{OLD} is now {NEW}, at /2026/new/.\n"
        "/2026/old/ leads there, and feeds recognise the post as before.\n",
        "",
    )
    assert sources(blog)[NEW].decode() == expected
    assert OLD not in sources(blog)
    blog.build()
    assert feed_ids(blog) == ids
    assert "/blog/2026/new/" in blog.page("2026/old/")


def test_links_to_it_change_in_every_form_and_text_stays(blog: Blog) -> None:
    blog.post("2026-11-10-old", id="x", aliases="[/2026/old/]")
    blog.write("content/posts/2026-11-11-bundle/index.md", "---\ntitle: B\ntags: [risk]\n---\nB")
    before = """\
        See [it](2026-11-10-old.md#part "2026-11-10-old.md"), [again](./2026-11-10-old.md) and
        [there]. <a class=x href='../posts/2026-11-10-old.md?x'>HTML</a> of 2026-11-10-old.md

        [there]: <2026-11-10-old.md>

            code [it](2026-11-10-old.md)

        `[it](2026-11-10-old.md)` and [another](2026-11-11-bundle/index.md)
        """
    blog.post("2026-11-12-linker", before, title='"2026-11-10-old.md"')
    blog.write("content/pages/about.md", "---\ntitle: A\n---\n[x](../posts/2026-11-10-old.md)\n")
    blog.write(
        "content/traits/listen.md",
        "---\ntitle: L\ntags: [listening]\n---\n[x](../posts/2026-11-10-old.md)\n",
    )
    menu = '\n[[menu]]\ntitle = "x.md"\nto = "posts/2026-11-10-old.md" # old\n'
    blog.write("content/site.toml", SITE + menu)
    unlinked = sources(blog)
    result = rename(blog, "2026-11-10-old.md", "new", "-v")

    assert "Updated links to it in 4 other files.\n" in result.stdout
    assert "changed content/site.toml\n" in result.stdout
    after = sources(blog)
    linker = "content/posts/2026-11-12-linker.md"
    expected = (
        unlinked[linker]
        .decode()
        .replace("(2026-11-10-old.md#", "(2026-11-10-new.md#")
        .replace("(./2026-11-10-old.md", "(./2026-11-10-new.md")
        .replace("posts/2026-11-10-old.md?", "posts/2026-11-10-new.md?")
        .replace("<2026-11-10-old.md>", "<2026-11-10-new.md>")
    )
    assert after[linker].decode() == expected
    assert after["content/site.toml"].decode() == SITE + menu.replace("10-old", "10-new")
    assert blog.problems() == []


def test_links_by_address_change_too(blog: Blog) -> None:
    blog.post("2026-11-10-old", "See [above](/2026/old/#top).\n", id="x", aliases="[/2026/old/]")
    before = """\
        [Root](/2026/old/), [bare](/2026/old#part "/2026/old/"), [whole](https://example.org/blog/2026/old/?a),
        <https://example.org/blog/2026/old/> and https://example.org/blog/2026/old/ alone,
        [there] and [under](/blog/2026/old/). <a href='//example.org/blog/2026/old/index.html'>x</a>

        [there]: <http://example.org/blog/2026/old/>

        Not [this](https://example.com/2026/old/), [that](/2026/old-one/) or [those](/2026/older/),
        [a file](/2026/old.pdf), [another](/de/2026/old/), `/2026/old/` or /2026/old/ in a sentence:

            [it](/2026/old/) <a href="/2026/old/">

        """
    blog.post("2026-11-12-linker", before)
    blog.write("content/pages/about.md", "---\ntitle: A\n---\n[x](/2026/old/)\n")
    unlinked = sources(blog)
    result = rename(blog, "2026-11-10-old.md", "new")

    assert "Updated links to it in 2 other files.\n" in result.stdout
    changed = [
        "(/2026/old/)",
        "(/2026/old#",
        "(https://example.org/blog/2026/old/?a)",
        "<https://example.org/blog/2026/old/>",
        "https://example.org/blog/2026/old/ alone",
        "(/blog/2026/old/)",
        "'//example.org/blog/2026/old/index.html'",
        "<http://example.org/blog/2026/old/>",
    ]
    expected = unlinked["content/posts/2026-11-12-linker.md"].decode()
    for link in changed:
        expected = expected.replace(link, link.replace("old", "new"), 1)
    after = sources(blog)
    assert after["content/posts/2026-11-12-linker.md"].decode() == expected
    assert b"[x](/2026/new/)" in after["content/pages/about.md"]
    assert b"[above](/2026/new/#top)" in after[NEW]


def test_a_folder_moves_with_its_images(blog: Blog) -> None:
    folder = "content/posts/2026-11-10-old"
    blog.write(
        f"{folder}/index.md",
        "---\ntitle: O\ntags: [risk]\nimage: a b.svg\nimage_alt: a\nid: x\n---\n"
        "![a](a%20b.svg) ![c](../2026-11-10-old/p/c.svg)\n",
    )
    blog.write(f"{folder}/a b.svg", SVG)
    blog.write(f"{folder}/p/c.svg", SVG)
    blog.post(
        "2026-11-11-b",
        "![a](2026-11-10-old/a%20b.svg)\n",
        image="2026-11-10-old/p/c.svg",
        image_alt="c",
    )
    blog.post("2026-11-12-c", "Nothing of 2026-11-10-old.\n")
    unlinked = sources(blog)
    assert rename(blog, "old", "new").exit_code == 0

    after = {
        path.replace("-new", "-old"): text.replace(b"-new", b"-old")
        for path, text in sources(blog).items()
    }
    alias = b"aliases: [/2026/old/]\n"
    assert alias in after[f"{folder}/index.md"]
    after[f"{folder}/index.md"] = after[f"{folder}/index.md"].replace(alias, b"")
    assert after == unlinked
    assert blog.problems() == []
    assert "content/posts/2026-11-10-new/p/c.svg" in sources(blog)


def test_an_unpublished_post_needs_no_alias(blog: Blog) -> None:
    blog.post("2026-11-10-old", draft="true")
    result = rename(blog, "old", "new")

    assert "leads there" not in result.stdout
    assert b"aliases" not in sources(blog)[NEW]
    assert b"id: 2026-11-10-old\n" in sources(blog)[NEW]


def test_a_slug_in_the_front_matter_is_changed_there(blog: Blog) -> None:
    blog.post("2026-11-10-file", slug='"old"  # short', id="x")
    assert rename(blog, "old", "new").exit_code == 0

    assert b'slug: "new"  # short\n' in sources(blog)[NEW]
    assert b"aliases: [/2026/old/]\n" in sources(blog)[NEW]


def test_there_and_back_again_leaves_one_old_address(blog: Blog) -> None:
    blog.post("2026-11-10-old", id="x")
    rename(blog, "old", "new")
    rename(blog, "new", "old")

    assert b"aliases: [/2026/new/]\n" in sources(blog)[OLD]
    assert blog.problems() == []


def test_keys_of_another_tool_are_used_where_they_are(blog: Blog) -> None:
    blog.write("content/site.toml", SITE + '\n[front_matter.rename]\nredirect_from = "aliases"\n')
    blog.post("2026-11-10-old", redirect_from="[/a/]", id="x")
    rename(blog, "old", "new")

    assert b"redirect_from: [/a/, /2026/old/]\n" in sources(blog)[NEW]


@pytest.mark.parametrize(
    "name",
    [
        "old",
        "2026-11-10-old",
        "2026-11-10-old.md",
        "posts/2026-11-10-old.md",
        OLD,
        "{blog}/" + OLD,
        "2026/old",
        "/2026/old/",
        "/blog/2026/old/",
        "https://example.org/blog/2026/old/",
    ],
)
def test_a_post_can_be_named_by_slug_file_or_address(blog: Blog, name: str) -> None:
    blog.post("2026-11-10-old")
    result = rename(blog, name.replace("{blog}", str(blog.folder)), "new", "--dry-run")

    assert result.stdout.startswith(f"diff --git a/{OLD} b/{NEW}\n")


@pytest.mark.parametrize(
    ("arguments", "problem"),
    [
        (["odl", "new"], "content/posts: there is no post 'odl'. Did you mean 'old'?"),
        (
            ["old", "Hello World"],
            "{old}: 'Hello World' can't be part of an address. Write hello-world.",
        ),
        (["old", "../x"], "{old}: '../x' can't be part of an address. Write x."),
        (["old", "!"], "{old}: '!' can't be part of an address. Use letters, digits and hyphens."),
        (["old", "old"], "{old}: the slug of this post is already 'old'."),
        (["old", "taken"], "{old}: /2026/taken/ is taken by {taken}. Choose another slug."),
        (["old", "alias"], "{old}: /2026/alias/ is taken by {taken}. Choose another slug."),
        (
            ["twin", "x"],
            "content/posts: 'twin' can mean content/posts/2025-11-10-twin.md and "
            "content/posts/2026-11-10-twin.md. Use the path of one of them.",
        ),
    ],
)
def test_what_is_impossible_is_a_problem_and_changes_nothing(
    blog: Blog, arguments: list[str], problem: str
) -> None:
    blog.post("2026-11-10-old")
    blog.post("2026-11-11-taken", aliases="[/2026/alias/]")
    blog.post("2025-11-10-twin")
    blog.post("2026-11-10-twin")
    before = sources(blog)

    result = problem.format(old=OLD, taken="content/posts/2026-11-11-taken.md")
    assert rename(blog, *arguments) == Result(1, "", f"{result}\n")
    assert sources(blog) == before


def test_the_address_of_another_page_is_taken(blog: Blog) -> None:
    blog.set('permalink = "/{slug}/"\n')
    blog.post("2026-11-10-old")

    assert (
        "/archive/ is taken by a page that weekly creates itself"
        in rename(blog, "old", "archive").stderr
    )


def test_a_link_in_a_spelling_that_cannot_be_changed_stops_it(blog: Blog) -> None:
    blog.post("2026-11-10-old")
    blog.post("2026-11-12-linker", "One.\n\n[x](2026&#45;11-10-old.md)\n")
    before = sources(blog)

    assert rename(blog, "old", "new").stderr == (
        "content/posts/2026-11-12-linker.md:7:5: the link '2026&#45;11-10-old.md' is written in a "
        "way that can't be changed. Write it in plain letters, and run the command again.\n"
    )
    assert sources(blog) == before


def test_a_file_with_errors_that_may_contain_a_link_stops_it(blog: Blog) -> None:
    blog.post("2026-11-10-old")
    blog.post("2026-11-12-linker", "[x](2026-11-10-old.md)\n", titel="x")

    assert rename(blog, "old", "new").stderr == (
        "content/posts/2026-11-12-linker.md: this file has errors, and may have a link to "
        "2026-11-10-old.md. Fix it first: weekly check.\n"
    )


def test_an_id_that_cannot_be_written_down_stops_it(blog: Blog) -> None:
    blog.write("content/posts/2026-11-10-my old!.md", "---\ntitle: x\ntags: [risk]\n---\n")

    assert "can't be written down. Give it an id" in rename(blog, "my-old", "new").stderr


def test_an_id_of_any_script_is_kept(blog: Blog) -> None:
    blog.post("2026-11-10-ŵyth")
    blog.build()
    ids = feed_ids(blog)
    assert rename(blog, "ŵyth", "new").exit_code == 0
    blog.build()

    assert feed_ids(blog) == ids


def test_a_dry_run_shows_the_changes_and_makes_none(blog: Blog) -> None:
    blog.post("2026-11-10-old", id="x")
    before = sources(blog)

    assert rename(blog, "old", "new", "--dry-run").stdout == (
        f"diff --git a/{OLD} b/{NEW}\n"
        f"rename from {OLD}\n"
        f"rename to {NEW}\n"
        f"--- a/{OLD}\n"
        f"+++ b/{NEW}\n"
        "@@ -2,5 +2,6 @@\n"
        " title: Old\n"
        " tags: [listening]\n"
        " id: x\n"
        "+aliases: [/2026/old/]\n"
        " ---\n"
        " Hello.\n"
    )
    assert sources(blog) == before
