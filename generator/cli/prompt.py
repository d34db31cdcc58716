"""`weekly prompt`: what to write about next."""

from __future__ import annotations

from generator.cli.desk import opened, prompt_of
from generator.cli.options import add_report_options
from generator.cli.printing import fail_plainly, print_json

TYPE_CHECKING = False
if TYPE_CHECKING:
    import argparse
    from typing import Any

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
    print(f"{found.trait.title}: {found.trait.summary}".removesuffix(": "))
    print(found.reason)
    for question in found.questions:
        print(f"  ? {question}")
    if found.builds_on:
        print("Letters to build on:")
    for entry in found.builds_on:
        print(f"  {entry.post.title} ({entry.post.source})")
    print("Begin with it: weekly new --prompt")
    return 0


def _as_json(found: Prompt) -> dict[str, Any]:
    return {
        "trait": found.trait.slug,
        "reason": found.reason,
        "questions": list(found.questions),
        "builds_on": [
            {"path": entry.post.source, "title": entry.post.title} for entry in found.builds_on
        ],
    }
