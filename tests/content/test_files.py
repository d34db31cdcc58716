"""The files found in `content/`, and those refused."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

import pytest

from generator import disk
from generator.cache.file_digests import FileDigests
from generator.content import files
from generator.content.files import discover, read
from generator.problems import Problem
from tests.conftest import Blog

TAXONOMIES = ("traits", "reasons")


FOLDERS = "actions, pages, posts, reasons, replies, static, traits"


def discovered(
    blog: Path, taxonomies: Sequence[str] = TAXONOMIES
) -> tuple[files.ContentTree, tuple[Problem, ...]]:
    """What is discovered in a blog."""
    return discover(blog, taxonomies, FileDigests(blog, {}, taken_ns=0).of)


@pytest.fixture
def content(tmp_path: Path) -> Path:
    folder = tmp_path / "blog" / "content"
    (folder / "posts").mkdir(parents=True)
    (folder / "site.toml").write_text("")
    return folder


def put(content: Path, *paths: str) -> None:
    for path in paths:
        (content / path).parent.mkdir(parents=True, exist_ok=True)
        (content / path).write_text(path)


def found(content: Path) -> tuple[dict[str, list[str]], list[str]]:
    """The paths of each group without `content/`, and the printed problems."""
    tree, problems = discovered(content.parent)
    groups = {
        name: [source.path.removeprefix("content/") for source in getattr(tree, name)]
        for name in ("posts", "pages", "terms", "media", "static")
        if getattr(tree, name)
    }
    return groups, [str(problem) for problem in problems]


def test_folder_and_suffix_say_what_a_file_is(content: Path) -> None:
    put(content, "posts/a.md", "posts/b/index.markdown", "posts/b/cat.PNG", "posts/C.MD")
    put(content, "pages/about.md", "traits/x.md", "reasons/y.md")
    put(content, "static/readme.md", "static/i.ico")

    assert found(content) == (
        {
            "posts": ["posts/C.MD", "posts/a.md", "posts/b/index.markdown"],
            "pages": ["pages/about.md"],
            "terms": ["reasons/y.md", "traits/x.md"],
            "media": ["posts/b/cat.PNG"],
            "static": ["static/i.ico", "static/readme.md"],
        },
        [],
    )


def test_each_group_is_sorted_by_path_whatever_the_order_of_creation(content: Path) -> None:
    names = ["posts/b.md", "posts/a/z.md", "posts/a.md", "posts/a-b.md", "posts/Z.md", "posts/é.md"]
    put(content, *names)

    assert found(content)[0]["posts"] == sorted(names)


@pytest.mark.parametrize("entries_backwards", [False, True])
def test_the_order_of_the_disk_does_not_matter(
    content: Path, monkeypatch: pytest.MonkeyPatch, entries_backwards: bool
) -> None:
    put(content, "posts/b.md", "posts/a.md", "drafts/x.md", "more/y.md")
    scandir = os.scandir

    class Scan:
        def __init__(self, path: Path) -> None:
            with scandir(path) as entries:
                self.entries = sorted(
                    entries, key=lambda entry: entry.name, reverse=entries_backwards
                )

        def __enter__(self) -> list[os.DirEntry[str]]:
            return self.entries

        def __exit__(self, *_: object) -> None: ...

    monkeypatch.setattr(files.os, "scandir", Scan)

    groups, problems = found(content)
    assert groups["posts"] == ["posts/a.md", "posts/b.md"]
    assert [line.split(":")[0] for line in problems] == ["content/drafts", "content/more"]


@pytest.mark.parametrize(
    "name",
    [
        ".a.md.swp", ".DS_Store", "a.md~", "#a.md#", ".#a.md", "Thumbs.db", "desktop.ini",
        "Icon\r", "._a.md", "THUMBS.DB", "ehthumbs.db", ".~lock.a.odt#", "~WRL0001.tmp",
        "a.md.crdownload", "a.md.part", "$RECYCLE.BIN/a.md", "@eaDir/a.md", "__MACOSX/a.md",
        ".dropbox", "~$letter.docx", "a.md.orig", "a.md.bak", "a.md.swp", "a.md.tmp", "a.md.rej",
    ],
)  # fmt: skip
def test_what_editors_leave_behind_is_ignored(content: Path, name: str) -> None:
    put(content, f"posts/{name}", f"static/{name}", name)

    assert found(content) == ({}, [])


def test_a_hidden_folder_is_ignored(content: Path) -> None:
    put(content, ".git/config", "posts/.trash/a.md")

    assert found(content) == ({}, [])


def test_an_unknown_folder_is_reported_once_with_a_suggestion(content: Path) -> None:
    put(content, "post/a.md", "post/b.md", "drafts/deep/x.md")

    assert found(content) == (
        {},
        [
            "content/drafts: the folder 'drafts' does not belong here."
            " Add a table [taxonomies.drafts] to site.toml if posts are grouped by it;"
            f" if not, move it out of content/, or its files into one of the folders {FOLDERS}.",
            "content/post: the folder 'post' does not belong here. Did you mean 'posts'?",
        ],
    )


def test_a_folder_of_terms_needs_its_table_in_the_settings(content: Path) -> None:
    put(content, "reasons/a.md")

    tree, problems = discovered(content.parent, ["traits"])
    assert tree.terms == ()
    assert [problem.code for problem in problems] == ["unknown-folder"]


def test_a_file_beside_site_toml_is_reported(content: Path) -> None:
    put(content, "post.md")

    assert found(content)[1] == [
        "content/post.md: the file 'post.md' does not belong here."
        f" Move it into one of the folders {FOLDERS}."
    ]


def test_a_blog_without_content_is_reported(tmp_path: Path) -> None:
    _, problems = discovered(tmp_path)

    assert [str(problem) for problem in problems] == [
        "content: this can't be read: no such file or directory."
    ]


def test_a_link_that_leaves_content_is_refused(content: Path, tmp_path: Path) -> None:
    (tmp_path / "secret.md").write_text("salaries")
    (tmp_path / "blog" / "content-old").mkdir()
    (content / "posts" / "a.md").symlink_to(tmp_path / "secret.md")
    (content / "posts" / "all").symlink_to(tmp_path)
    (content / "posts" / "near").symlink_to("../../content-old")
    (content / "posts" / "nothing.md").symlink_to("/nowhere/at/all")

    assert found(content) == (
        {},
        [
            f"content/posts/{name}: this link leads out of content/. Put a copy of the file here."
            for name in ("a.md", "all", "near", "nothing.md")
        ],
    )


def test_a_link_inside_content_is_followed(content: Path) -> None:
    put(content, "posts/a.md", "pages/images/b.png")
    (content / "posts" / "c.md").symlink_to("a.md")
    (content / "posts" / "images").symlink_to("../pages/images")

    groups, problems = found(content)
    assert groups["posts"] == ["posts/a.md", "posts/c.md"]
    assert groups["media"] == ["pages/images/b.png", "posts/images/b.png"]
    assert problems == []


def test_content_itself_may_be_a_link(content: Path, tmp_path: Path) -> None:
    put(content, "posts/a.md")
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "content").symlink_to(content)

    assert found(tmp_path / "other" / "content") == ({"posts": ["posts/a.md"]}, [])


def test_links_that_lead_in_a_circle_are_refused(content: Path) -> None:
    put(content, "posts/deep/a.md")
    (content / "posts" / "deep" / "up").symlink_to("..")
    (content / "posts" / "one").symlink_to("two")
    (content / "posts" / "two").symlink_to("one")
    (content / "posts" / "self.md").symlink_to("self.md")

    groups, problems = found(content)
    assert groups == {"posts": ["posts/deep/a.md"]}
    assert problems == [
        f"content/posts/{name}: this link leads in a circle. Delete it."
        for name in ("deep/up", "one", "self.md", "two")
    ]


def test_a_link_to_a_file_that_is_gone_is_reported(content: Path) -> None:
    (content / "posts" / "a.md").symlink_to("gone.md")

    assert found(content) == (
        {},
        ["content/posts/a.md: this can't be read: no such file or directory."],
    )


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes here")
def test_a_pipe_does_not_hang_the_build(content: Path) -> None:
    os.mkfifo(content / "posts" / "a.md")

    assert found(content)[1] == [
        "content/posts/a.md: this is neither a file nor a folder. Move it out of the blog."
    ]


def deny(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """Deny access to the file or folder called `name`; root, as in containers, may read all."""
    scandir, read_bytes = os.scandir, disk.read_bytes

    def denied(path: Path | str) -> bool:
        return Path(path).name == name

    def scan(path: Path) -> object:
        if denied(path):
            raise PermissionError(13, "Permission denied", str(path))
        return scandir(path)

    def bytes_of(path: Path | str, *, most: int = disk.MOST) -> bytes:
        if denied(path):
            raise PermissionError(13, "Permission denied", str(path))
        return read_bytes(path, most=most)

    monkeypatch.setattr(files.os, "scandir", scan)
    monkeypatch.setattr(disk, "read_bytes", bytes_of)


@pytest.mark.parametrize("name", ["locked", "locked.md"])
def test_a_file_without_permission_is_reported_and_the_rest_is_found(
    content: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    put(content, "posts/a.md", "posts/locked/b.md", "posts/locked.md", "posts/z.md")
    deny(monkeypatch, name)

    groups, problems = found(content)
    assert {"posts/a.md", "posts/z.md"} < set(groups["posts"])
    assert problems == [
        f"content/posts/{name}: this can't be read: permission denied."
        " Change its permissions so that you can read it."
    ]


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("new\nline.md", "new\\nline.md"),
        ("back\\slash.md", "back\\slash.md"),
        ("bell\x07.md", "bell\\x07.md"),
        ("right-to-left\u202emd.md", "right-to-left\\u202emd.md"),
    ],
)
def test_names_that_can_not_be_in_a_url_are_reported_on_one_line(
    content: Path, name: str, shown: str
) -> None:
    put(content, f"posts/{name}")

    assert found(content) == (
        {},
        [
            f"content/posts/{shown}: this file's name has characters that can't be in a URL."
            " Rename it with letters, digits and hyphens."
        ],
    )


def test_a_name_that_is_not_utf_8_is_reported(content: Path) -> None:
    try:
        (Path(os.fsdecode(os.fsencode(content) + b"/posts/caf\xe9.md"))).write_text("")
    except OSError:
        pytest.skip("this disk takes UTF-8 names only")

    assert found(content)[1] == [
        "content/posts/caf\\udce9.md: this file's name has characters that can't be in a URL."
        " Rename it with letters, digits and hyphens."
    ]


def test_names_in_any_script_are_accepted(content: Path) -> None:
    put(content, "posts/2026-11-24-überblick.md", "posts/週報.md", "posts/two words.md")

    assert len(found(content)[0]["posts"]) == 3


def test_reading_gives_the_bytes_or_a_problem(content: Path) -> None:
    put(content, "posts/a.md")
    (source,) = discovered(content.parent)[0].posts
    assert read(content.parent, source.path) == b"posts/a.md"

    (content / "posts" / "a.md").unlink()
    problem = read(content.parent, source.path)
    assert isinstance(problem, Problem)
    assert str(problem) == "content/posts/a.md: this can't be read: no such file or directory."


def test_the_digest_tells_whether_a_file_has_changed(content: Path) -> None:
    put(content, "posts/a.md")
    before = discovered(content.parent)[0].posts[0].digest
    (content / "posts" / "a.md").write_text("changed")

    assert discovered(content.parent)[0].posts[0].digest != before


@pytest.mark.parametrize(
    "name",
    [
        "2026-11-24-hello (Ada's conflicted copy 2026-11-24).md",
        "2026-11-24-hello (conflicted copy 2026-11-24 101010).md",
        "2026-11-24-hello.sync-conflict-20261124-101010-ABCDEFG.md",
        "2026-11-24-hello_conflict-20261124-101010.md",
        "2026-11-24-hello (1).md",
        "2026-11-24-hello(12).md",
        "2026-11-24-hello-DESKTOP-A1B2C3D.md",
        "2026-11-24-hello [Konflikt].md",
        "2026-11-24-hello copy.md",
        "2026-11-24-hello - Copy (2).md",
        "2026-11-24-hello - Kopie.md",
        "2026-11-24-hello.conflict-1.md",
        "2026-11-24-hello.backup.md",
        "2026-11-24-hello.old.md",
        "2026-11-24-hello 2.md",
        "Copy of 2026-11-24-hello.md",
        "2026-11-24-hello (1)/index.md",
    ],
)
def test_a_copy_that_a_program_made_is_not_published(content: Path, name: str) -> None:
    put(content, "posts/2026-11-24-hello.md", f"posts/{name}")
    groups, problems = found(content)

    assert groups == {"posts": ["posts/2026-11-24-hello.md"]}
    assert problems == [
        f"content/posts/{name}: by its name, this is a copy of '2026-11-24-hello' that a program "
        "has made. Keep one of them and delete the other, or rename this one to publish both."
    ]


def test_a_copy_without_its_original_is_reported(content: Path) -> None:
    put(content, "posts/a (1).md")

    assert found(content) == (
        {},
        [
            "content/posts/a (1).md: by its name, this is a copy that a program has made."
            " Rename it to 'a.md', or delete it."
        ],
    )


def test_a_folder_copied_without_its_original_keeps_a_folders_name(content: Path) -> None:
    put(content, "posts/a (1)/index.md")
    ((), (problem,)) = (tuple(found(content)[0]), found(content)[1])

    assert problem.endswith(" Rename it to 'a', or delete it.")


def test_names_that_people_give_are_posts(content: Path) -> None:
    names = ["a carbon copy.md", "b-copy.md", "b.md", "part 2.md", "desktop-and-laptop.md"]
    put(content, *(f"posts/{name}" for name in [*names, "(one) more.md", "the conflict.md"]))

    assert found(content)[1] == []


def test_a_file_that_is_only_in_a_cloud_is_reported(content: Path) -> None:
    put(content, "posts/.a.md.icloud")

    assert found(content)[1] == [
        "content/posts/a.md: this file is in iCloud and not on this disk."
        " In the Finder, choose Download Now, and Keep Downloaded for the folder."
    ]


def test_a_folder_that_a_mac_shows_as_a_file_is_one(content: Path) -> None:
    put(content, "posts/a.pages/Index.zip", "posts/a.pages/Data/x.jpg")
    groups, problems = found(content)

    assert groups == {}
    assert [problem.split(": ")[0] for problem in problems] == ["content/posts/a.pages"]


@pytest.mark.parametrize(
    ("name", "advice"),
    [
        ("a.docx", "Copy its text into a post"),
        ("a.pages", "Copy its text into a post"),
        ("a.RTF", "Copy its text into a post"),
        ("a.html", "Copy its text into a post"),
        ("a.txt", "If it is a post, rename it to a.md;"),
        ("a.md.txt", "If it is a post, rename it to a.md;"),
        ("a.md.save", "If it is a post, rename it to a.md;"),
        ("a.md.1", "If it is a post, rename it to a.md;"),
        ("a", "If it is a post, rename it to a.md;"),
    ],
)
def test_a_text_that_is_not_markdown_is_accounted_for(name: str, advice: str, blog: Blog) -> None:
    """Issue 12, line 9."""
    blog.write(f"content/posts/{name}", "Hello.\n")
    report = blog.try_build()

    (problem,) = [str(problem) for problem in report.problems]
    assert problem.startswith(f"content/posts/{name}: '{name}' is not read")
    assert advice in problem
    assert report.account
    assert (report.account.sources, report.account.with_errors) == (1, 1)


def test_a_file_that_readers_can_download_is_not_meant_as_a_post(blog: Blog) -> None:
    blog.write("content/posts/plan.docx", "x")
    blog.write("content/posts/2026-11-10-two/notes.txt", "x")
    blog.post("2026-11-10-two/index", "[The plan](../plan.docx)\n")

    assert blog.problems() == []


def test_replies_and_actions_are_found_and_mails_among_them_are_not(content: Path) -> None:
    put(
        content, "replies/hello/a.md", "replies/unassigned/b.md", "actions/desk.md", "actions/a.png"
    )
    put(content, "replies/hello/mail.eml")

    tree, problems = discovered(content.parent, ["traits"])

    assert [file.path for file in tree.replies] == [
        "content/replies/hello/a.md",
        "content/replies/unassigned/b.md",
    ]
    assert [file.path for file in tree.actions] == ["content/actions/desk.md"]
    assert [file.path for file in tree.media] == ["content/actions/a.png"]
    assert [(problem.code, problem.at.path) for problem in problems] == [
        ("unknown-file", "content/replies/hello/mail.eml")
    ]
