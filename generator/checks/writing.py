"""What a post could do better: a summary, a title that fits where it is shown."""

from __future__ import annotations

from collections.abc import Iterator

from generator.checks.built import UnplacedProblem
from generator.model import Site
from generator.problems import Location

NOTE_LENGTH = 60  # words; a post as short as that needs no summary
TITLE_LENGTH = 90  # characters that fit on a social image in two lines


def writing_problems(site: Site) -> Iterator[UnplacedProblem]:
    """Posts without a summary, and titles that are too long for a social image."""
    for entry in site.entries:
        post, at = entry.post, Location(entry.post.source, 1)
        if not post.summary and post.body.word_count > NOTE_LENGTH:
            message = "the post has no summary, so lists and feeds show its first words"
            yield UnplacedProblem(
                "missing-summary", at, message, "Add a line: summary: …", ("---",)
            )
        if len(post.title) > TITLE_LENGTH:
            message = f"the title has {len(post.title)} characters"
            hint = f"Social images have room for {TITLE_LENGTH}: move the rest into the summary."
            yield UnplacedProblem("long-title", at, message, hint, ("title:",))
