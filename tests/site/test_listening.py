"""What a site shows of replies and actions: decided once, and never more than was agreed to."""

from __future__ import annotations

from datetime import date
from textwrap import dedent

import pytest

from generator.cli.reports import account_as_json, account_lines
from generator.model import Site
from tests.conftest import Blog

HELLO = "content/posts/2026-11-10-hello.md"
MARK = "Zebedee"  # what must be in no byte of the output


def post(blog: Blog, name: str = "2026-11-10-hello", head: str = "") -> None:
    day = name[:10]
    text = f"---\ntitle: Hello\ndate: {day}\ntags: [listening]\n{head}---\nWords.\n"
    blog.write(f"content/posts/{name}.md", text)


def reply(blog: Blog, reply_id: str, /, head: str = "", body: str = "Words.", **keys: str) -> None:
    """A reply that is approved and public unless `keys` say otherwise."""
    told = {
        "to": "2026-11-10-hello",
        "name": "Aoife Brennan",
        "received": "2026-11-11 09:00",
        "kind": "reply",
        "state": "approved",
        "consent": "public",
    } | keys
    lines = "".join(f"{key}: {value}\n" for key, value in told.items() if value)
    blog.write(f"content/replies/hello/{reply_id}.md", f"---\n{lines}{dedent(head)}---\n{body}\n")


def site(blog: Blog, **options: bool) -> Site:
    found = blog.build(**options).site
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("keys", "is_shown"),
    [
        ({}, True),
        ({"consent": "initials"}, True),
        ({"consent": "anonymous"}, True),
        ({"consent": "private"}, False),
        ({"state": "new"}, False),
        ({"state": "hidden"}, False),
        ({"state": "spam"}, False),
        ({"to": "2026-12-24-later"}, False),
        ({"kind": "like", "state": "new"}, False),
        ({"kind": "mention", "consent": "private"}, False),
        ({"kind": "question", "state": "new"}, False),
    ],
)
def test_what_may_not_be_shown_is_in_no_byte_of_the_output(
    blog: Blog, keys: dict[str, str], *, is_shown: bool
) -> None:
    post(blog)
    post(blog, "2026-12-24-later")
    reply(blog, "shown", name="Ben")
    reply(blog, "tried", name=f"{MARK} Q", role=MARK, body=f"{MARK} says.", **keys)
    blog.write(
        "content/actions/desk.md",
        "---\ntitle: The desk\nstate: done\nsince: 2026-11-12\nsaid: [tried, shown]\n---\nDone.\n",
    )

    found = site(blog)

    in_values = [item for item in found if MARK in repr(item)]
    assert bool(in_values) == is_shown
    if not is_shown:
        assert not [path for path, data in blog.tree().items() if MARK.encode() in data]
    if keys.get("consent") in ("initials", "anonymous"):
        assert f"{MARK} Q" not in repr(found)
    [action] = found.actions
    assert [reply.id for reply in action.said] == (["tried"] if is_shown else []) + ["shown"]
    assert action.posts == (HELLO,)


def test_replies_are_those_of_posts_that_are_shown(blog: Blog) -> None:
    post(blog)
    post(blog, "2026-12-24-later")
    reply(blog, "a")
    reply(blog, "b", to="a", received="2026-11-12 09:00")
    reply(blog, "c", to="2026-12-24-later", kind="like")
    reply(blog, "d", kind="like")

    assert {source: len(threads) for source, threads in site(blog).replies.items()} == {HELLO: 1}
    assert list(site(blog).reactions) == [HELLO]
    assert len(site(blog, future=True).reactions) == 2


def test_a_post_that_names_a_question_answers_it_on_its_day(blog: Blog) -> None:
    post(blog)
    post(blog, "2026-11-19-answer", "answers: [asked]\nauthors: [ada]\n")
    post(blog, "2026-11-20-too", "answers: asked\n")
    post(blog, "2026-11-30-later", "answers: [open]\n")
    reply(blog, "asked", kind="question")
    reply(blog, "open", kind="question", received="2026-11-14 09:00")

    asked, waiting = site(blog).questions

    assert asked.reply.answer is not None
    assert asked.reply.answer[:3] == (
        "ada",
        date(2026, 11, 19),
        "content/posts/2026-11-19-answer.md",
    )
    assert (asked.days, asked.is_open) == (8, False)
    assert (waiting.reply.id, waiting.is_open) == ("open", True)
    figures = site(blog).listening
    assert figures is not None
    assert (figures.median_days, figures.share_answered) == (8.0, 0.5)
    assert (figures.oldest_open, figures.as_of) == (5, date(2026, 11, 19))

    later = blog.build("2026-12-01T12:00:00+00:00").site
    assert later is not None
    assert [question.days for question in later.questions] == [8, 16]


def test_an_answer_of_its_own_file_comes_before_that_of_a_head(blog: Blog) -> None:
    post(blog)
    post(blog, "2026-11-19-answer", "answers: [asked, told]\n")
    reply(
        blog,
        "asked",
        """\
        answered:
          by: ada
          at: 2026-11-12
          words: Yes.
        """,
        kind="question",
    )
    reply(
        blog,
        "told",
        """\
        answered:
          by: ada
          post: 2026-11-10-hello
        """,
    )

    [first, second] = [thread.reply.answer for thread in site(blog).replies[HELLO]]

    assert first is not None
    assert second is not None
    assert (first.words, first.html, first.post) == ("Yes.", "<p>Yes.</p>", "")
    assert (second.post, second.at) == (HELLO, date(2026, 11, 10))


def test_an_answer_in_a_post_that_nobody_sees_is_none(blog: Blog) -> None:
    post(blog)
    post(blog, "2026-12-24-later")
    told = "answered:\n  by: ada\n  post: 2026-12-24-later\n"
    reply(blog, "asked", told, kind="question")

    [question] = site(blog).questions

    assert (question.is_open, question.reply.answer) == (True, None)


def test_actions_come_newest_first_with_their_traits(blog: Blog) -> None:
    post(blog)
    for name, since, more in (
        ("old", "2026-10-01", ""),
        ("changed", "2026-09-01", "updated: 2026-11-20\n"),
        ("no", "2026-11-01", "traits: [listening, Listen]\nby: ada\n"),
    ):
        head = f"title: {name}\nstate: no\nreason: Money.\nsince: {since}\n{more}"
        blog.write(f"content/actions/{name}.md", f"---\n{head}---\nWords.\n")

    actions = site(blog).actions

    assert [action.slug for action in actions] == ["changed", "no", "old"]
    assert [term.slug for term in actions[1].terms] == ["listen"]
    assert (actions[1].by, actions[1].reason) == ("ada", "Money.")
    assert site(blog).listening is None


def test_a_blog_without_replies_has_none(blog: Blog) -> None:
    post(blog)

    found = site(blog)

    assert (found.replies, found.reactions, found.questions) == ({}, {}, ())
    assert (found.actions, found.listening) == ((), None)


def test_the_account_has_every_reply(blog: Blog) -> None:
    post(blog)
    post(blog, "2026-12-24-later")
    reply(blog, "a")
    reply(blog, "like", kind="like")
    reply(blog, "new", state="new")
    reply(blog, "private", consent="private")
    reply(blog, "spam", state="spam")
    reply(blog, "later", to="2026-12-24-later")

    report = blog.build()

    assert report.account is not None
    assert report.account.replies == (2, 1, 3)
    assert list(account_lines(report.account))[-1] == ("6 replies: 2 shown, 1 waiting, 3 not shown")
    assert account_as_json(report.account)["replies"] == {
        "shown": 2,
        "waiting": 1,
        "not_shown": 3,
    }


def test_a_reply_that_cant_be_read_is_in_the_account(blog: Blog) -> None:
    post(blog)
    blog.write("content/replies/hello/2026-11-25T0915-x.md", "---\nsate: new\n---\n")
    blog.write("content/actions/desk.md", "---\nsate: new\n---\n")

    account = blog.try_build().account

    assert account is not None
    assert (account.sources, account.published, account.with_errors) == (3, 1, 2)
