"""Sources as documents: those that are known are recalled, the others are read."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

from generator import fingerprint
from generator.content.files import ACTIONS, REPLIES, read
from generator.content.known_documents import KnownDocuments
from generator.content.settings import ReadingSettings
from generator.model import Broken, Document, SourceFile
from generator.problems import Problem
from generator.progress import Progress
from generator.workers import mapped

SHORT = 16  # digits of what a key says of the settings: 64 bits
PARALLEL_FROM = 32  # sources to read; below that a pool costs more than it saves: bench/COSTS.md


class Reading(NamedTuple):
    """What reading a source gave: a document, or problems, or both."""

    path: str
    digest: str  # of the bytes that were read
    document: Document | None
    problems: tuple[Problem, ...]
    is_broken: bool  # so that the document is not fit to be published
    knows_tags: bool


def read_documents(
    blog: Path,
    sources: Sequence[SourceFile],
    settings: ReadingSettings,
    known: KnownDocuments,
    *,
    jobs: int,
    progress: Progress,
) -> tuple[dict[str, Document], tuple[Broken, ...], tuple[Problem, ...]]:
    """The documents of all sources by path, those that are wrong apart, and every problem."""
    made_with = fingerprint.of_value(settings)[:SHORT]
    keys = {source.path: f"{source.digest} {made_with}" for source in sources}
    recalled = {path: known.recall(path, key, settings.zone) for path, key in keys.items()}
    documents = {path: document for path, document in recalled.items() if document}
    new = [source.path for source in sources if source.path not in documents]
    found = {source.path: source.digest for source in sources}
    problems: list[Problem] = []
    broken: list[Broken] = []
    readings = mapped(lambda: _reader(blog, settings), new, jobs=jobs, least=PARALLEL_FROM)
    for number, reading in enumerate(readings, start=1):
        progress("Reading", number, len(new))
        problems += reading.problems
        if reading.document is None:
            continue
        if reading.is_broken:
            broken.append(Broken(reading.document, reading.knows_tags))
            continue
        key = f"{reading.digest} {made_with}"
        document = documents[reading.path] = reading.document
        # a warning must be shown at each build; a file that changed since it was found is not known
        if not reading.problems and reading.digest == found[reading.path]:
            known.keep(reading.path, key, document)
    return documents, tuple(broken), tuple(problems)


StrictlyRead = tuple[Document | None, tuple[Problem, ...]]
DocumentReader = Callable[[str, bytes], tuple[Document | None, tuple[Problem, ...]]]


def document_reader(settings: ReadingSettings) -> DocumentReader:
    """A function that reads one source from its bytes, without a document if it has errors."""
    read_with_errors = _reader_of_bytes(settings)

    def read_document(path: str, data: bytes) -> tuple[Document | None, tuple[Problem, ...]]:
        reading = read_with_errors(path, data)
        return None if reading.is_broken else reading.document, reading.problems

    return read_document


def _reader_of_bytes(settings: ReadingSettings) -> Callable[[str, bytes], Reading]:
    """A function that reads one source from its bytes; what it needs is loaded here, once."""
    from generator.content.actions import read_action
    from generator.content.posts import read_page, read_post, read_term
    from generator.content.replies import read_reply
    from generator.markdown import MarkdownRenderer

    renderer = MarkdownRenderer(settings.markdown, settings.messages)
    readers = {"posts": read_post, "pages": read_page}

    @cache
    def of_strangers() -> MarkdownRenderer:
        without_html = settings.markdown._replace(allow_html=False)
        return MarkdownRenderer(without_html, settings.messages)

    strict: Mapping[str, Callable[[str, bytes], StrictlyRead]] = {
        ACTIONS: lambda path, data: read_action(path, data, settings, renderer),
        REPLIES: lambda path, data: read_reply(path, data, settings, of_strangers()),
    }

    def read_bytes(path: str, data: bytes) -> Reading:
        digest, folder = fingerprint.of_bytes(data), path.split("/")[1]
        if folder not in strict:
            found = readers.get(folder, read_term)(path, data, settings, renderer)
            return Reading(path, digest, *found)
        document, problems = strict[folder](path, data)
        return Reading(path, digest, document, problems, document is None, knows_tags=False)

    return read_bytes


def _reader(blog: Path, settings: ReadingSettings) -> Callable[[str], Reading]:
    read_bytes = _reader_of_bytes(settings)

    def read_one(path: str) -> Reading:
        data = read(blog, path)
        if isinstance(data, Problem):
            return Reading(path, "", None, (data,), is_broken=True, knows_tags=False)
        return read_bytes(path, data)

    return read_one
