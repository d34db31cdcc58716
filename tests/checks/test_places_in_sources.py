"""Each problem is reported at the token that caused it, whatever else looks like it."""

from __future__ import annotations

import json

import pytest

from tests.commands import Result, run
from tests.conftest import Blog

POST = "content/posts/2026-11-10-one.md"
FIRST = 5  # the line on which a body begins


def check(blog: Blog, *options: str) -> Result:
    return run("check", "--blog", str(blog.folder), "--now", "2026-11-22", *options)


def places(blog: Blog, body: str, *, code: str) -> list[str]:
    """Where in a post with that body problems of that code are."""
    blog.set('broken_links = "warning"\n')
    blog.post("2026-11-10-one", body)
    found = json.loads(check(blog, "--format", "json").stdout)["problems"]
    assert all(problem["path"] == POST for problem in found), found
    return [f"{p['line'] - FIRST}:{p['column']}" for p in found if p["code"] == code]


@pytest.mark.parametrize(
    ("code", "body", "expected"),
    [
        ("broken-link", "gone.md\n\n    [bad](gone.md)\n\n`gone.md` [bad](gone.md)", ["4:17"]),
        ("broken-link", "größe.md\n\n[bad](größe.md) [bad](größe.md)", ["2:7", "2:23"]),
        ("broken-link", "gone.md\n\n[a]\n\n[a]: gone.md", ["4:6"]),
        ("broken-link", 'gone.md\n\n<p>gone.md <a\n href="gone.md">x</a></p>', ["3:8"]),
        ("missing-image", "no.png `![](no.png)`\n\n> - ![x](no.png)", ["2:10"]),
        ("missing-alt", "no.png\n\n![][i] ![x][i]\n\n[i]: /no.png", ["4:6"]),
        ("bad-address", "[plan]() here, and [plan](<>)", ["0:8", "0:28"]),
        ("dead-fragment", "`#no` #no\n\n[a](#no) <a href='#no'>b</a>", ["2:5", "2:19"]),
        ("dead-link", "`/gone/` /gone/\n\n[a](/gone/)", ["2:5"]),
        ("bad-address", "htps://a.example\n\n<htps://a.example>", ["2:2"]),
        ("third-party", "`https://a.example/b.png`\n\n![x](https://a.example/b.png)", ["2:6"]),
        ("heading-order", "## A\n\n```\n#### B\n```\n\n#### B", ["6:1"]),
        ("empty-heading", "## A\n\n`##`\n\n##", ["4:1"]),
        ("duplicate-id", '`"w-main"` "w-main"\n\nText\n{: #w-main}', ["3:4"]),
        ("refused-inline", '`a: b` "a: b"\n\n<p style="a: b">x</p>', ["2:11"]),
        ("empty-button", "`<button>`\n\n<button></button>", ["2:1"]),
        ("no-label", "`<input`\n\n<input name='a'>", ["2:1"]),
        ("heading-order", "## A\n\n### B\n\n## A\n\n#### B", ["6:1"]),
        ("heading-order", "## A\n\n<h3>B</h3>\n\n## C\n\n<H4>and</H4> and\n\n## D\n", ["6:1"]),
        ("main-heading", "and <h1\n\n<h1>a</h1>\n\n<h1>a</h1>", ["2:1", "4:1"]),
        ("empty-button", "<button>a</button>\n\n<button></button>", ["2:1"]),
        ("empty-link", "[a](/one/) [](/one/)", ["0:15"]),
        ("duplicate-id", "Text\n{: #a}\n\nText\n{: #a}", ["4:4"]),
        ("no-table-header", "| a |\n|---|\n\n<table><tr><td>b</table>", ["3:1"]),
        ("no-table-header", "<table><th>b</table>\n\n<table><td>b</table>", ["2:1"]),
        ("misplaced-tag", "`<li>`\n\n- a\n\n<!-- -->\n\n<li>a</li>", ["6:1"]),
        ("nested-link", "`<button>`\n\n<a href='/'><button>a</button></a>", ["2:13"]),
        ("dead-reference", '"no" <p aria-labelledby="no">b</p>', ["0:25"]),
        ("dead-link", "---\n\n/gone/\n\n> 1. ![x][i]\n\n[i]: /gone/", []),
        ("broken-link", "| a |\n|---|\n| [a](gone.md) `gone.md` [a](gone.md) |", ["2:7", "2:30"]),
        ("broken-link", "gone.md[^1]\n\n[^1]: gone.md\n    [a](gone.md)", ["3:9"]),
        ("broken-link", "gone.md\n===\n\n## gone.md [a](gone.md)\n", ["3:16"]),
        ("missing-image", "<img alt='no.png' src='no.png'>", ["0:24"]),
        ("missing-image", "<img alt='' srcset='a.png 1x,\nb.png 2x'>", ["0:21", "1:1"]),
    ],
)
def test_a_problem_is_reported_at_its_token(
    blog: Blog, code: str, body: str, expected: list[str]
) -> None:
    assert places(blog, body, code=code) == expected


def test_a_page_that_links_to_its_own_address_by_mistake(blog: Blog) -> None:
    blog.write(
        "content/pages/about.md", "---\ntitle: About\n---\nSee /about/ and\n\n[bad](about/)\n"
    )

    assert check(blog).stderr.splitlines() == [
        "content/pages/about.md:6:7: the link 'about/' leads to no file. Did you mean 'about.md'?"
    ]


def test_an_address_is_reported_with_its_own_letters(blog: Blog) -> None:
    blog.post("2026-11-10-one", "[a](/größe/) [b](#größe) [c](/o\u200bne/)")

    assert check(blog).stderr.splitlines() == [
        f"{POST}:5:5: the link '/blog/größe/' leads nowhere.",
        f"{POST}:5:18: the link '#größe' leads to an id 'größe' that is not on that page.",
        f"{POST}:5:30: the link '/blog/o<U+200B>ne/' leads nowhere. Did you mean /2026/one/?",
    ]


def test_a_dead_part_in_an_opening_is_one_problem(blog: Blog) -> None:
    site = (blog.folder / "content/site.toml").read_text()
    blog.write("content/site.toml", f"{site}\n[home]\nfull_newest = false\n")
    blog.post("2026-11-10-one", "[a](#no)\n\n<!-- more -->\n\nEnd.")

    assert check(blog).stderr.splitlines() == [
        f"{POST}:5:5: the link '#no' leads to an id 'no' that is not on that page.",
    ]


def test_what_was_typed_in_vain_has_a_level(blog: Blog) -> None:
    blog.post("2026-11-10-one", "Text {#part}\n\n[x]: a.md\n")

    assert [line.partition("'")[0] for line in check(blog).stderr.splitlines()] == [
        f"{POST}:5:6: warning: ",
        f"{POST}:7:1: warning: nothing refers to [x], so this line is not shown. "
        "Write [x] where it belongs, or delete the line.",
    ]
    blog.set_checks(unread_markdown="allow", lost_markdown="error")
    assert [line.partition(": ")[2][:7] for line in check(blog).stderr.splitlines()] == ["nothing"]


@pytest.mark.parametrize("before", ["", "<div>\n\nWords.\n\n"])
def test_a_more_that_nothing_can_come_before_is_reported(blog: Blog, before: str) -> None:
    body = f"{before}<!-- more -->\n\nWords.\n\n" + ("</div>\n" if before else "")
    line = before.count("\n")

    assert places(blog, body, code="lost-markdown") == [f"{line}:1"]
