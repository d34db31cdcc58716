"""`weekly prompt`: what to write about next."""

from __future__ import annotations

from generator.cli.blog_context import opened, prompt_of
from generator.cli.options import add_report_options
from generator.cli.printing import fail_plainly, print_json
from generator.cli.screen import screen

TYPE_CHECKING = False
if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator
    from typing import Any

    from generator.cli.screen import Screen
    from generator.insights.prompts import Prompt

SENTENCE = "Propose a trait to write about, with questions and letters to build on."
EXAMPLES = (
    ("weekly prompt", "the trait that has waited, and three questions"),
    ("weekly prompt --now 2026-12-07", "what it will propose on that day, as things stand"),
)


def add_options(command: argparse.ArgumentParser) -> None:
    """Declare what the command takes."""
    add_report_options(command)


def run(given: argparse.Namespace) -> int:
    """Print the proposal."""
    found = prompt_of(opened(given))
    if found is None:
        fail_plainly("there is no trait yet: add one to content/traits/.")
    if given.format == "json":
        print_json(_as_json(found))
        return 0
    for line in _told(found, screen()):
        print(line)
    return 0


def _told(found: Prompt, shown: Screen) -> Iterator[str]:
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
        yield "Letters to build on:"
    for entry in found.builds_on:
        yield f"  {entry.post.title} ({entry.post.source})"
    yield ""
    yield "Begin with it: weekly new --prompt"


def _as_json(found: Prompt) -> dict[str, Any]:
    return {
        "trait": found.trait.slug,
        "reason": found.reason,
        "questions": list(found.questions),
        "builds_on": [
            {"path": entry.post.source, "title": entry.post.title} for entry in found.builds_on
        ],
    }
