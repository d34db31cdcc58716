"""`weekly mail` as a person sees it."""

from __future__ import annotations

from email import message_from_bytes, policy
from typing import Any

import pytest

from tests.commands import SUNDAY, run
from tests.conftest import SITE, Blog


def test_a_post_becomes_a_draft_a_page_and_a_text(blog: Blog) -> None:
    blog.write(
        "content/site.toml",
        SITE + '[mail]\nfrom = "Ada Marsh <ada@example.org>"\nto = "all@example.org"\n',
    )
    blog.post("2026-11-17-two")
    result = run("mail", "--blog", str(blog.folder), **SUNDAY)
    folder = blog.folder / ".weekly/mail"
    draft = message_from_bytes((folder / "2026-11-17-two.eml").read_bytes(), policy=policy.default)

    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout == f"Wrote {folder}/2026-11-17-two.eml, .html and .txt: 7 kB of HTML.\n"
    assert sorted(path.name for path in folder.iterdir()) == [
        "2026-11-17-two.eml",
        "2026-11-17-two.html",
        "2026-11-17-two.txt",
    ]
    assert [draft[name] for name in ("X-Unsent", "From", "To", "Subject")] == [
        "1",
        "Ada Marsh <ada@example.org>",
        "all@example.org",
        "Two",
    ]
    page = (folder / "2026-11-17-two.html").read_text()
    assert "data:image/png;base64," in page
    assert "cid:" not in page


def test_the_files_go_where_one_says(blog: Blog) -> None:
    blog.post("2026-11-10-one")
    blog.post("2026-11-17-two")
    out = blog.folder / "out"
    place = ("--blog", str(blog.folder), "--output", str(out))
    run("mail", "one", *place, **SUNDAY)
    run("mail", "--digest", "2026-11", *place, **SUNDAY)

    assert {path.name for path in out.iterdir()} == {
        f"{name}{ending}"
        for name in ("2026-11-10-one", "2026-11")
        for ending in (".eml", ".html", ".txt")
    }


def test_a_post_and_a_month_are_too_much(blog: Blog) -> None:
    result = run("mail", "one", "--digest", "2026-11", "--blog", str(blog.folder))

    assert result.exit_code == 2
    assert "Name a post or a month, not both." in result.stderr


def test_a_draft_is_mailed_only_if_asked(blog: Blog) -> None:
    blog.post("2026-11-17-two", draft="true")
    arguments = ("mail", "two", "--blog", str(blog.folder))

    assert run(*arguments, **SUNDAY).stderr == (
        "content/posts/2026-11-17-two.md: the post is not published. Add --drafts --future to see "
        "what its message will be.\n"
    )
    assert run(*arguments, "--drafts", **SUNDAY).exit_code == 0


def test_the_draft_is_opened_if_asked(blog: Blog, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[Any] = []
    monkeypatch.setattr("click.launch", opened.append)
    blog.post("2026-11-17-two")
    run("mail", "--open", "--blog", str(blog.folder), **SUNDAY)

    assert opened == [f"{blog.folder}/.weekly/mail/2026-11-17-two.eml"]


def test_a_folder_that_cannot_be_written_is_a_problem(blog: Blog) -> None:
    blog.post("2026-11-17-two")
    blog.write("out", "in the way")
    result = run("mail", "--output", f"{blog.folder}/out/x", "--blog", str(blog.folder), **SUNDAY)

    assert result.exit_code == 1
    assert result.stderr == f"{blog.folder}/out/x: this can't be written: not a directory.\n"


@pytest.mark.parametrize("arguments", [("send", "--help"), ("--blog", ".", "status", "--help")])
def test_the_commands_below_it_are_found(arguments: tuple[str, ...]) -> None:
    result = run("mail", *arguments)

    assert result.exit_code == 0
    assert f"Usage: weekly mail {arguments[-2]}" in result.stdout
