"""Open questions where the writer looks: in the status, in the prompt, and in a new post."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.commands import Result, run
from tests.conftest import Blog
from tests.site.test_listening import post, reply

OPEN = {"kind": "question", "state": "approved"}


@pytest.fixture
def asked(blog: Blog) -> Blog:
    """A blog with four open questions about two posts, and others that are not open."""
    post(blog)
    post(blog, "2026-11-03-before")
    reply(blog, "q1", received="2026-10-12 09:00", body="Will the desk open *earlier*?", **OPEN)
    reply(blog, "q2", name="Ben", received="2026-11-01 23:30", body="And on Sundays?", **OPEN)
    reply(blog, "q3", name="aoife brennan", received="2026-11-20 09:00", body="Soon?", **OPEN)
    reply(
        blog,
        "q4",
        to="2026-11-03-before",
        received="",
        name="Zoë",
        body="Why?",
        **{**OPEN, "consent": "private"},
    )
    reply(blog, "new", kind="question", state="new", received="2026-11-19 09:00")
    reply(blog, "closed", "closed: Said by phone.\n", **OPEN)
    reply(blog, "answered", **OPEN)
    post(blog, "2026-11-17-answer", "answers: [answered]\n")
    return blog


def at(blog: Blog, *arguments: str, now: str = "2026-11-25 08:00") -> Result:
    return run(*arguments, "--now", now, "--blog", str(blog.folder))


def as_json(blog: Blog, *arguments: str) -> Any:
    return json.loads(at(blog, *arguments, "--format", "json").stdout)


def test_the_status_shows_the_age_of_open_questions_in_days(asked: Blog) -> None:
    shown = at(asked, "status").stdout

    assert (
        "Replies             1 reply waits for a decision: weekly replies\n"
        "4 open questions    44 days: “Will the desk open earlier?” (q1)\n"
        "                    24 days: “And on Sundays?” (q2)\n"
        "                    5 days: “Soon?” (q3)\n"
        "                    and 1 more: weekly replies --format json\n"
    ) in shown


@pytest.mark.parametrize(
    ("now", "ages"),
    [
        ("2026-11-25 08:00", [44, 24, 5, None]),
        ("2026-11-25 23:59", [44, 24, 5, None]),
        ("2026-11-26 00:00", [45, 25, 6, None]),
        ("2026-11-20 08:00", [39, 19, 0, None]),
        ("2027-01-01 08:00", [81, 61, 42, None]),
    ],
)
def test_ages_at_a_frozen_clock(asked: Blog, now: str, ages: list[int | None]) -> None:
    found = json.loads(at(asked, "status", "--format", "json", now=now).stdout)

    assert [question["days"] for question in found["open_questions"]] == ages
    assert found["replies_waiting"] == 1


def test_a_blog_without_replies_has_the_status_that_it_had(blog: Blog) -> None:
    post(blog)

    assert "uestion" not in at(blog, "status").stdout.replace("For questions: weekly prompt", "")
    assert at(blog, "prompt").stdout.startswith("Have an opinion\n")


def test_a_question_is_answered_on_the_day_of_the_post(asked: Blog) -> None:
    post(asked, "2026-11-30-later", "answers: [q1]\n")

    def open_at(now: str) -> list[str]:
        found = json.loads(at(asked, "status", "--format", "json", now=now).stdout)
        return [question["id"] for question in found["open_questions"]]

    assert open_at("2026-11-29 23:59") == ["q1", "q2", "q3", "q4"]
    assert open_at("2026-11-30 10:00") == ["q2", "q3", "q4"]


def test_the_prompt_begins_with_what_people_asked(asked: Blog) -> None:
    shown = at(asked, "prompt").stdout

    assert shown.startswith(
        "Two people asked below “Hello”; nobody has answered since 12 October.\n"
        "  ? Will the desk open earlier?\n"
        "  ? And on Sundays?\n"
        "  ? Soon?\n"
        "  Answer in a post: weekly new --answers q1 --answers q2 --answers q3\n"
        "\n"
        "One person asked below “Hello”; nobody has answered.\n"
        "  ? Why?\n"
        "  Answer in a post: weekly new --answers q4\n"
        "\n"
        "Have an opinion\n"
    )
    [first, second] = as_json(asked, "prompt")["asked"]
    assert (first["post"], first["people"], first["since"]) == (
        "2026-11-10-hello",
        2,
        "2026-10-12",
    )
    assert [question["days"] for question in first["questions"]] == [44, 24, 5]
    assert (second["people"], second["since"]) == (1, None)


def test_the_prompt_says_the_year_if_it_is_another(asked: Blog) -> None:
    assert "nobody has answered since 12 October 2026." in (
        at(asked, "prompt", now="2027-02-01 08:00").stdout
    )


def test_people_asked_even_if_there_is_no_trait(asked: Blog) -> None:
    for path in (asked.folder / "content/traits").iterdir():
        path.unlink()

    assert at(asked, "prompt").stdout.startswith("Two people asked below")


def new(blog: Blog, *arguments: str) -> tuple[Result, str]:
    """What is printed, and the text of the post."""
    before = {*(blog.folder / "content/posts").iterdir()}
    result = run(
        "new", *arguments, "--date", "2026-12-01", "--blog", str(blog.folder),
        SOURCE_DATE_EPOCH="1795348800",
    )  # fmt: skip
    [path] = {*(blog.folder / "content/posts").iterdir()} - before
    return result, path.read_text(encoding="utf-8")


def test_a_new_post_begins_with_the_question_that_it_answers(asked: Blog) -> None:
    result, text = new(asked, "--answers", "q1", "--answers", "q2")

    assert text == (
        "---\n"
        "title: Will the desk open earlier?\n"
        "date: 2026-12-01 00:00\n"
        "id: w2026-49\n"
        "tags: [listening]\n"
        "answers: [q1, q2]\n"
        'summary: ""\n'
        "draft: true\n"
        "---\n"
        "\n"
        "> Will the desk open earlier?\n"
        ">\n"
        "> — Aoife Brennan\n"
        "\n"
        "> And on Sundays?\n"
        ">\n"
        "> — Ben\n"
        "\n"
        "Begin with what happened, to whom, and what you make of it.\n"
        "\n"
        "**What would you like to ask everybody this week?**\n"
    ).replace("title: Will the desk open earlier?", 'title: "Will the desk open earlier?"')
    assert "Once it is published, q1 is answered.\n" in result.stdout
    built = asked.build("2026-12-02T12:00:00+00:00", drafts=True).site
    assert built is not None
    answers = [[tag.text for tag in entry.post.answers] for entry in built.entries]
    assert ["q1", "q2"] in answers


def test_what_is_private_is_not_quoted(asked: Blog) -> None:
    result, text = new(asked, "About that", "--answers", "q4")

    assert "answers: [q4]" in text
    assert "Why?" not in text
    assert "Zoë" not in text
    assert "q4 is private, so it is not quoted: answer it without naming anybody." in result.stdout


def test_nobody_is_named_more_than_they_agreed_to(asked: Blog) -> None:
    reply(asked, "q5", name="Ada Byron", role="Finance", body="<b>Why</b> [x]?", consent="initials")
    reply(asked, "q6", name="Ada Byron", role="Finance", body="How?", consent="anonymous")
    _, text = new(asked, "--answers", "q5", "--answers", "q6")

    assert "> \\<b\\>Why\\</b\\> \\[x\\]?\n>\n> — A. B., Finance\n" in text
    assert "> How?\n\n" in text
    assert "Byron" not in text


@pytest.mark.parametrize(
    ("asked_for", "printed"),
    [
        ("gone", "content/replies: there is no reply 'gone'."),
        ("closed", "content/replies/hello/closed.md: the reply is closed."),
    ],
)
def test_what_cant_be_answered_starts_no_post(asked: Blog, asked_for: str, printed: str) -> None:
    before = {*(asked.folder / "content/posts").iterdir()}
    result = run("new", "X", "--answers", asked_for, "--blog", str(asked.folder))

    assert result.exit_code == 1
    assert printed in result.stderr
    assert {*(asked.folder / "content/posts").iterdir()} == before
