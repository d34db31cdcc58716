"""Replies, answers and actions that do not fit the rest of the blog."""

from __future__ import annotations

from tests.conftest import Blog
from tests.site.test_listening import post, reply


def test_names_that_lead_nowhere_are_reported_in_one_run(blog: Blog) -> None:
    post(blog, head="answers: [aksed]\n")
    reply(blog, "asked", "answered:\n  by: adda\n  post: 2026-11-10-helo\n")
    reply(blog, "lost", to="2026-11-10-hullo")
    reply(blog, "unassigned", to="")
    blog.write(
        "content/actions/desk.md",
        "---\ntitle: Desk\nstate: done\nsince: 2026-11-12\nsaid: [askd, nothing-like-it]\n"
        "traits: [listning]\n---\nDone.\n",
    )

    assert blog.problems() == [
        "content/actions/desk.md:5:8: there is no post or reply 'askd'. Did you mean 'asked'?",
        "content/actions/desk.md:5:14: there is no post or reply 'nothing-like-it'."
        " Write the name of its file, without .md.",
        "content/actions/desk.md:6:10: the tag 'listning' belongs to no trait and no topic."
        " Did you mean 'listening'?",
        "content/posts/2026-11-10-hello.md:5:11: there is no reply 'aksed'. Did you mean 'asked'?",
        "content/replies/hello/asked.md:9:7: the author 'adda' is not in site.toml."
        " Did you mean 'ada'?",
        "content/replies/hello/asked.md:10:9: there is no post '2026-11-10-helo'."
        " Did you mean '2026-11-10-hello'?",
        "content/replies/hello/lost.md:2:5: there is no post or reply '2026-11-10-hullo'."
        " Did you mean '2026-11-10-hello'?",
        "content/replies/hello/unassigned.md: the reply is approved, but belongs to no post."
        " Add to: and the name of the post.",
    ]


def test_what_nobody_sees_stops_nothing(blog: Blog) -> None:
    post(blog)
    reply(blog, "lost", to="gone-long-ago", state="spam")
    reply(blog, "unassigned", to="", state="new")

    assert blog.problems() == [
        "content/replies/hello/lost.md:2:5: warning: there is no post or reply 'gone-long-ago'."
        " Write the name of its file, without .md."
    ]
    blog.build()


def test_names_that_could_mean_two_files_are_reported(blog: Blog) -> None:
    post(blog)
    post(blog, "2026-11-11-other")
    reply(blog, "2026-11-10-hello", to="2026-11-11-other")
    reply(blog, "twice", to="2026-11-11-other")
    blog.write("content/replies/other/twice.md", "---\nstate: new\n---\n")
    for folder in ("a", "b"):
        text = "---\ntitle: Desk\nstate: done\nsince: 2026-11-12\n---\n"
        blog.write(f"content/actions/{folder}/desk.md", text)

    printed = blog.problems()

    assert [line.partition(". ")[0] for line in printed] == [
        "content/actions/b/desk.md: content/actions/a/desk.md has the same slug 'desk'",
        "content/replies/hello/2026-11-10-hello.md: content/posts/2026-11-10-hello.md has the same"
        " name, so that '2026-11-10-hello' could be either",
        "content/replies/other/twice.md: warning: content/replies/hello/twice.md has the same"
        " name, so that 'twice' could be either",
    ]


def test_replies_in_a_circle_are_reported(blog: Blog) -> None:
    post(blog)
    reply(blog, "a", to="b")
    reply(blog, "b", to="a")
    reply(blog, "below", to="a")

    assert blog.problems() == [
        "content/replies/hello/a.md:2:5: 'b' is, in turn, a reply to this one."
        " Write the name of the post.",
        "content/replies/hello/b.md:2:5: 'a' is, in turn, a reply to this one."
        " Write the name of the post.",
    ]


def test_a_broken_reply_stops_the_build_and_names_its_file(blog: Blog) -> None:
    post(blog)
    blog.write("content/replies/hello/x.md", b"\xff\xfe\x00")

    [printed] = blog.problems()

    assert printed.startswith("content/replies/hello/x.md:1:1: this file is not UTF-8")


def test_a_reply_that_cant_be_read_exists_all_the_same(blog: Blog) -> None:
    post(blog, head="answers: [broken]\n")
    reply(blog, "below", to="broken")
    blog.write("content/replies/hello/broken.md", "---\nsate: new\n---\n")

    assert [line.partition(": ")[0] for line in blog.problems()] == [
        "content/replies/hello/broken.md:2:1"
    ]
