"""`weekly replies`: what waits for a decision, oldest first, and the decisions."""

from __future__ import annotations

from collections.abc import Iterator

from generator.cli.blog_context import BlogContext, blog_context
from generator.cli.commands import command
from generator.cli.moderation import moderate
from generator.cli.options import report_options
from generator.cli.printing import print_json
from generator.cli.screen import Screen, is_interactive, screen
from generator.cli.shared_options import SharedOptions
from generator.cli.shown_replies import (
    as_json,
    lines_of,
    open_in,
    posts_by_reply,
    question_as_json,
)
from generator.listening.waiting import waiting
from generator.model import ReplyState
from generator.problems import Severity, counted

LISTED = 20  # replies; more don't fit a screen


@command(
    "replies",
    examples=(
        ("weekly replies", "look at each reply that waits, and decide with a key"),
        ("weekly replies --format json", "what waits, and the open questions, for a program"),
        ("weekly replies decide 1a2b3c4d --approve", "approve a reply by the end of its id"),
        ("weekly replies answer 1a2b3c4d", "write an answer below it"),
    ),
)
@report_options
def run(given: SharedOptions) -> int:
    """Show what waits; at a terminal, ask what becomes of each."""
    blog = blog_context(given)
    if given.format == "json":
        print_json(_as_json(blog))
        return 0
    found = waiting(blog.inventory.content.replies)
    if found and is_interactive():
        moderate(given, blog, found)
    else:
        for line in _lines(blog, screen()):
            print(line)
    return 0


def _lines(blog: BlogContext, shown: Screen) -> Iterator[str]:
    found = waiting(blog.inventory.content.replies)
    posts = posts_by_reply(blog)
    if not found:
        yield "No reply waits for a decision."
    for reply in found[:LISTED]:
        yield from lines_of(reply, posts.get(reply.id, ""), blog, shown)
        yield ""
    if len(found) > LISTED:
        yield f"… and {len(found) - LISTED:,} more."
    if found:
        verb = "waits" if len(found) == 1 else "wait"
        replies = "1 reply" if len(found) == 1 else f"{len(found):,} replies"
        yield f"{replies} {verb}. To decide: weekly replies decide ID --approve"
    if asked := open_in(blog):
        yield f"{counted(len(asked), 'question')} without an answer: weekly status"
    yield from _lines_of_unreadable(blog)


def _lines_of_unreadable(blog: BlogContext) -> Iterator[str]:
    paths = {
        problem.at.path
        for problem in blog.inventory.problems
        if problem.severity is Severity.ERROR and problem.at.path.startswith("content/replies/")
    }
    if paths:
        yield f"Left out because of errors: {', '.join(sorted(paths))}. See: weekly check"


def _as_json(blog: BlogContext) -> dict[str, object]:
    replies, posts = blog.inventory.content.replies, posts_by_reply(blog)
    states = [reply.state for reply in replies]
    return {
        "waiting": [as_json(reply, posts.get(reply.id, "")) for reply in waiting(replies)],
        "open_questions": [question_as_json(question, blog) for question in open_in(blog)],
        "counts": {str(state): states.count(state) for state in ReplyState},
    }
