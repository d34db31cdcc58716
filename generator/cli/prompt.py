"""`weekly prompt`: what to write about next; first of all, what people asked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from generator.cli.blog_context import BlogContext, blog_context, prompt_of
from generator.cli.commands import command
from generator.cli.options import report_options
from generator.cli.printing import fail_plainly, print_json
from generator.cli.screen import Screen, screen
from generator.cli.shared_options import SharedOptions
from generator.cli.shown_replies import (
    asked_in_words,
    first_words,
    question_as_json,
    questions_asked,
)
from generator.insights.prompts import Prompt
from generator.listening.waiting import AskedAbout
from generator.problems import counted

ASKED = 3  # groups of questions, and questions of a group; more don't fit a screen


@command(
    "prompt",
    examples=(
        ("weekly prompt", "the trait that has waited, and three questions"),
        ("weekly prompt --now 2026-12-07", "what it would suggest on that day"),
    ),
)
@report_options
def run(given: SharedOptions) -> int:
    """Print the suggestion."""
    blog = blog_context(given)
    found, asked = prompt_of(blog), questions_asked(blog)
    if found is None and not asked:
        fail_plainly("there is no trait yet: add one to content/traits/.")
    if given.format == "json":
        print_json(_asked_as_json(asked, blog) | (_as_json(found) if found else {}))
        return 0
    shown = screen()
    for line in (*_lines_of_asked(asked, blog, shown), *(_lines(found, shown) if found else ())):
        print(line)
    return 0


def _lines_of_asked(asked: Sequence[AskedAbout], blog: BlogContext, shown: Screen) -> Iterator[str]:
    """What people asked, before any question that we made up."""
    for about in asked[:ASKED]:
        yield shown.bold(shown.wrapped(asked_in_words(about, blog)))
        for question in about.questions[:ASKED]:
            yield shown.wrapped(first_words(question.reply), first="  ? ", indent=4)
        ids = " ".join(f"--answers {question.reply.id}" for question in about.questions[:ASKED])
        yield f"  Answer in a post: weekly new {ids}"
        yield ""
    if len(asked) > ASKED:
        more = sum(len(about.questions) for about in asked[ASKED:])
        yield f"{counted(more, 'more question')} without an answer: weekly replies --format json"
        yield ""


def _asked_as_json(asked: Sequence[AskedAbout], blog: BlogContext) -> dict[str, object]:
    return {
        "asked": [
            {
                "post": about.post or None,
                "people": about.people,
                "since": about.since.isoformat() if about.since else None,
                "questions": [question_as_json(question, blog) for question in about.questions],
            }
            for about in asked
        ]
    }


def _lines(found: Prompt, shown: Screen) -> Iterator[str]:
    yield shown.bold(found.trait.title)
    if found.trait.summary:
        yield shown.wrapped(found.trait.summary)
    yield shown.wrapped(found.reason)
    if found.questions:
        yield ""
    for question in found.questions:
        yield shown.wrapped(question, first="  ? ", indent=4)
    if found.builds_on:
        yield ""
        yield "Posts to build on:"
    for entry in found.builds_on:
        yield f"  {entry.post.title} ({entry.post.source})"
    yield ""
    yield "Start with it: weekly new --prompt"


def _as_json(found: Prompt) -> dict[str, object]:
    return {
        "trait": found.trait.slug,
        "reason": found.reason,
        "questions": list(found.questions),
        "builds_on": [
            {"path": entry.post.source, "title": entry.post.title} for entry in found.builds_on
        ],
    }
