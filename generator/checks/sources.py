"""What a build can find in posts and pages without reading the pages that it makes of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from generator.config.levels import Level, severity_by
from generator.content.typed_places import notices_in
from generator.model import Document, Post, Site
from generator.problems import Location, Problem, Severity

NOTE_LENGTH = 60  # words; a post as short as that needs no summary
TITLE_LENGTH = 90  # characters that fit on a social image in two lines


def source_problems(
    site: Site,
    documents: Iterable[Document],
    levels: Mapping[str, Level],
    text_of: Callable[[str], str],
    *,
    with_notes: bool,
) -> Iterator[Problem]:
    """What writers may have overlooked, with the severities of the settings.

    `text_of` is called only with the sources in which something was found. Notes, of which there
    may be many, are left out unless they are asked for.
    """

    def severity_of(code: str) -> Severity | None:
        severity = severity_by(levels, code)
        return severity if with_notes or severity is not Severity.NOTE else None

    for document in documents:
        if document.source in site.permalinks:
            for code, at, message, hint in notices_in(document):
                if severity := severity_of(code):
                    yield Problem(code, at, message, hint, severity)
    for entry in site.entries:
        for code, key, message, hint in _advice(entry.post):
            if severity := severity_of(code):
                at = _place_of(key, entry.post.source, text_of)
                yield Problem(code, at, message, hint, severity)


def _advice(post: Post) -> Iterator[tuple[str, str, str, str]]:
    """What a post could do better: a summary, a title that fits where it is shown."""
    if not post.summary and post.body.word_count > NOTE_LENGTH:
        message = "the post has no summary, so lists and feeds show its first words"
        yield "missing-summary", "---", message, "Add a line: summary: …"
    if len(post.title) > TITLE_LENGTH:
        message = f"the title has {len(post.title)} characters"
        hint = f"Social images have room for {TITLE_LENGTH}: move the rest into the summary."
        yield "long-title", "title:", message, hint


def _place_of(key: str, source: str, text_of: Callable[[str], str]) -> Location:
    """The first line that begins with a key, or else the first of all."""
    lines = text_of(source).splitlines()
    starts = (number for number, line in enumerate(lines, start=1) if line.startswith(key))
    return Location(source, next(starts, 1), 1)
