"""Replies and actions follow a post that gets another name, and a trait that gets another tag."""

from __future__ import annotations

from tests.commands import SUNDAY, run
from tests.conftest import Blog, files_below
from tests.site.test_listening import post, reply

ACTION = "---\r\ntitle: Desk\r\n# why\r\nsaid: [a, 2026-11-10-hello]\r\nstate: done\r\n"
ACTION += "since: 2026-11-12\r\ntraits: [Listening]\r\n---\r\nDone.\r\n"


def write(blog: Blog) -> None:
    post(blog)
    post(blog, "2026-11-11-other")
    reply(blog, "below", to="a")
    reply(blog, "elsewhere", "answered:\n  by: ada\n  post: '2026-11-10-hello' # it\n",
          to="2026-11-11-other")  # fmt: skip
    for name in ("a", "b"):
        text = f"---\nto: 2026-11-10-hello  # {name}\nstate: approved\nconsent: public\n---\nX\n"
        blog.write(f"content/replies/2026-11-10-hello/{name}.md", text)
    blog.write("content/actions/desk.md", ACTION.encode())


def command(blog: Blog, *arguments: str) -> str:
    result = run(*arguments, "--blog", str(blog.folder), **SUNDAY)
    assert result.exit_code == 0, result.stderr
    return result.stdout


def test_replies_and_actions_follow_a_post_that_is_renamed(blog: Blog) -> None:
    write(blog)
    before = blog.build().site
    shown = command(blog, "rename", "hello", "welcome", "--dry-run")
    command(blog, "rename", "hello", "welcome")

    content = files_below(blog.folder / "content")
    assert "rename to content/replies/2026-11-10-welcome/a.md" in shown
    assert sorted(path for path in content if path.startswith("replies/")) == [
        "replies/2026-11-10-welcome/a.md",
        "replies/2026-11-10-welcome/b.md",
        "replies/hello/below.md",
        "replies/hello/elsewhere.md",
    ]
    assert b"to: 2026-11-10-welcome  # a\n" in content["replies/2026-11-10-welcome/a.md"]
    assert b"  post: '2026-11-10-welcome' # it\n" in content["replies/hello/elsewhere.md"]
    assert content["actions/desk.md"].decode() == ACTION.replace("-hello", "-welcome")
    after = blog.build().site
    assert before is not None
    assert after is not None
    assert [len(threads) for threads in after.replies.values()] == [
        len(threads) for threads in before.replies.values()
    ]


def test_actions_follow_a_tag(blog: Blog) -> None:
    write(blog)
    command(blog, "retag", "listening", "hearing")

    assert "traits: [hearing]" in (blog.folder / "content/actions/desk.md").read_text()
    command(blog, "retag", "hearing", "courage")
    assert "traits: [courage]" in (blog.folder / "content/actions/desk.md").read_text()
    blog.build()
