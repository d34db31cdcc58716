"""What a build can find in posts and pages without reading what it makes of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from generator.checks.places import Sources, placed
from generator.checks.unrendered_markdown import unrendered_markdown
from generator.checks.writing import writing_problems
from generator.config.levels import Level
from generator.content.typed_places import notices_in
from generator.model import Document, Site
from generator.problems import Problem


def source_problems(
    site: Site,
    documents: Iterable[Document],
    levels: Mapping[str, Level],
    text_of: Callable[[str], str],
) -> Iterator[Problem]:
    """What writers may have overlooked, with the severities of the settings.

    `text_of` is called only with the sources in which something was found.
    """
    shown = [document for document in documents if document.source in site.permalinks]
    notices = [notice for document in shown for notice in notices_in(document)]
    yield from unrendered_markdown(notices, levels)
    found = list(writing_problems(site))
    if found:
        of_itself = {problem.at.path: problem.at.path for problem in found}
        yield from placed(found, Sources(of_itself, {}, {}, frozenset(), text_of), levels)
