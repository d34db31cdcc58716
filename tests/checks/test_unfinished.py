"""A skeleton's own words and notes to oneself are not published; issue 12, line 5."""

from __future__ import annotations

import pytest

from generator.content.front_matter import ContentFile
from generator.content.unfinished import unfinished_in
from generator.problems import Severity
from tests.conftest import Blog

SKELETON = {
    "Begin with what happened, to whom, and what you make of it.": (1, "Begin with what"),
    "Begin with what happened,\nto whom, and what you\nmake of it.": (
        1,
        "Begin with what happened",
    ),
    "Words.\n\n**What would you like to ask everybody this week?**": (3, "What would you like to"),
    "> Whom did I hear?\n\nWords.": (1, "Whom did I hear?"),
    "Words.\n\n> Whom did I hear?\n>\n> What did you learn?": (3, "Whom did I hear?"),
    "Earlier posts about it: One.": (1, "Earlier posts about it:"),
    "The number is TODO.": (1, "TODO"),
    "The number is __TK__.": (1, "__TK__"),
    "- [ ] TK: the name": (1, "TK"),
    "One.\n\n- Two\n\n    XXX three": (5, "XXX"),
    "<!-- FIXME -->": (1, "FIXME"),
    "Lorem ipsum dolor sit amet.": (1, "Lorem ipsum dolor"),
}


@pytest.mark.parametrize("body", SKELETON)
def test_what_is_still_to_be_written_stops_a_post_and_warns_of_a_draft(
    body: str, blog: Blog
) -> None:
    line, words = SKELETON[body]
    path = blog.post("2026-12-01-due", body)
    report = blog.try_build()
    (problem,) = [found for found in report.problems if found.code == "unfinished-text"]

    assert report.failed
    assert str(problem).startswith(f"content/posts/2026-12-01-due.md:{line + 4}:")
    assert f"'{words}" in problem.message
    path.write_text(path.read_text().replace("title:", "draft: true\ntitle:"))
    (warning,) = [found for found in blog.build().problems if found.code == "unfinished-text"]
    assert not blog.try_build(drafts=True).failed
    assert str(warning).startswith(
        f"content/posts/2026-12-01-due.md:{line + 5}:{problem.at.column}: warning: '{words}"
    )


@pytest.mark.parametrize(
    "body",
    [
        "`TODO` and ``a ` TODO``",
        "```\nTODO\n```",
        "~~~~ sh\n```\nTODO\n~~~\nTK\n~~~~",
        "Code:\n\n    # TODO: more\n    XXX",
        "The mastodon, JIRA-TODO, <https://example.org/TODO> and todo.txt, Todo lists",
        "XX and TKO, MY_TODO_LIST",
        "> Somebody else asked: whom did I hear?",
    ],
)
def test_code_addresses_and_other_words_are_finished(body: str, blog: Blog) -> None:
    blog.post("2026-11-10-due", body)

    assert blog.problems() == []


def test_the_front_matter_is_looked_at_without_its_comments() -> None:
    file = ContentFile("a.md", "# TODO: tags\ntitle: TK\nsummary: TODO # TK", 2, "", 6)

    assert [(found.text, found.at.line, found.at.column) for found in unfinished_in(file)] == [
        ("TK", 3, 8),
        ("TODO", 4, 10),
    ]


def test_a_page_and_a_trait_are_looked_at_too(blog: Blog) -> None:
    blog.write("content/pages/about.md", "---\ntitle: About\n---\nTODO\n")

    assert blog.problems() == [
        "content/pages/about.md:4:1: 'TODO' is still to be replaced. "
        "Write your own words instead, or delete it."
    ]


def test_a_note_in_a_post_of_long_ago_stops_nothing(blog: Blog) -> None:
    blog.post("2026-10-13-old", "TODO")
    blog.post("2026-11-10-new", "Words.")

    (found,) = blog.build().problems
    assert (found.code, found.severity) == ("unfinished-text", Severity.WARNING)


def test_the_settings_say_how_bad_unfinished_text_is(blog: Blog) -> None:
    blog.post("2026-11-10-due", "TODO")
    blog.set_checks(unfinished_text="warning")

    assert not blog.try_build().failed
    blog.set_checks(unfinished_text="allow")
    assert blog.problems() == []
