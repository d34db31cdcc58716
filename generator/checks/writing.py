"""What a post lacks that is no mistake: a summary, a title that fits where it is shown."""

from __future__ import annotations

from collections.abc import Iterator

from generator.checks.built import Finding
from generator.model import Site

NOTE_LENGTH = 60  # words that say themselves what they are about
TITLE_LENGTH = 90  # characters that a card has room for in two lines


def writing_findings(site: Site) -> Iterator[Finding]:
    """Letters without a summary, and titles that are too long for a card."""
    for entry in site.entries:
        post = entry.post
        if not post.summary and post.body.word_count > NOTE_LENGTH:
            message = "the post has no summary, so that lists and feeds show its first words"
            hint = "Add a line: summary: …"
            yield Finding("missing-summary", post.source, 1, message, hint, ("---",))
        if len(post.title) > TITLE_LENGTH:
            message = f"the title has {len(post.title)} characters"
            hint = f"Cards have room for {TITLE_LENGTH}: say the rest in the summary."
            yield Finding("long-title", post.source, 1, message, hint, ("title:",))
