"""`weekly prompt`: what to write about next."""

from __future__ import annotations

from collections.abc import Iterator

from generator.cli.blog_context import blog_context, prompt_of
from generator.cli.commands import command
from generator.cli.options import report_options
from generator.cli.printing import fail_plainly, print_json
from generator.cli.screen import Screen, screen
from generator.cli.shared_options import SharedOptions
from generator.insights.prompts import Prompt


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
    found = prompt_of(blog_context(given))
    if found is None:
        fail_plainly("there is no trait yet: add one to content/traits/.")
    if given.format == "json":
        print_json(_as_json(found))
        return 0
    for line in _lines(found, screen()):
        print(line)
    return 0


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
