"""Sources as documents: those that are known are recalled, the others are read."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from generator import fingerprint
from generator.content.files import read
from generator.content.rows import Memo, document_of, prints_in, row_of, texts_at_hand, texts_of
from generator.content.settings import ReadingSettings
from generator.model import Document, Prints, SourceFile
from generator.problems import Problem
from generator.progress import Progress
from generator.workers import mapped

SHORT = 16  # digits of what a key says of the settings: 64 bits
PARALLEL_FROM = 32  # sources to read; below that a pool costs more than it saves: bench/COSTS.md


class Documents(NamedTuple):
    """What was read: documents and their prints by path, without those that are wrong."""

    found: dict[str, Document]
    prints: dict[str, Prints]
    problems: tuple[Problem, ...]


class Reading(NamedTuple):
    """What came of a source: a document as row and long texts, or problems, or both."""

    path: str
    digest: str  # of the bytes that were read
    row: list[Any] | None
    texts: tuple[str, ...]
    problems: tuple[Problem, ...]


def read_documents(
    blog: Path,
    sources: Sequence[SourceFile],
    settings: ReadingSettings,
    memo: Memo,
    *,
    jobs: int,
    progress: Progress,
) -> Documents:
    """The documents of all sources, and every problem with them."""
    made_with = fingerprint.of_value(settings)[:SHORT]
    keys = {source.path: f"{source.digest} {made_with}" for source in sources}
    documents: dict[str, Document] = {}
    prints: dict[str, Prints] = {}
    for path, key in keys.items():
        if recalled := memo.recall(path, key, settings.zone):
            documents[path], prints[path] = recalled
    dirty = [source.path for source in sources if source.path not in documents]
    found = {source.path: source.digest for source in sources}
    problems: list[Problem] = []
    readings = mapped(lambda: _reader(blog, settings), dirty, jobs=jobs, least=PARALLEL_FROM)
    for number, reading in enumerate(readings, start=1):
        progress("Reading", number, len(dirty))
        problems += reading.problems
        if reading.row is None:
            continue
        texts = texts_at_hand(reading.texts)
        document = document_of(reading.path, reading.row, texts, settings.zone)
        documents[reading.path], prints[reading.path] = document, prints_in(reading.row)
        # a warning must be told at each build; a file that changed since it was found is not known
        if not reading.problems and reading.digest == found[reading.path]:
            memo.keep(reading.path, keys[reading.path], document, reading.row, texts)
    return Documents(documents, prints, tuple(problems))


DocumentReader = Callable[[str, bytes], tuple[Document | None, tuple[Problem, ...]]]


def document_reader(settings: ReadingSettings) -> DocumentReader:
    """A function that reads one source from its bytes; what it needs is loaded here, once."""
    from generator.content.posts import read_page, read_post, read_term
    from generator.markdown import MarkdownRenderer

    renderer = MarkdownRenderer(settings.markdown, settings.messages)
    readers = {"posts": read_post, "pages": read_page}

    def read_document(path: str, data: bytes) -> tuple[Document | None, tuple[Problem, ...]]:
        return readers.get(path.split("/")[1], read_term)(path, data, settings, renderer)

    return read_document


def _reader(blog: Path, settings: ReadingSettings) -> Callable[[str], Reading]:
    read_document = document_reader(settings)

    def read_one(path: str) -> Reading:
        data = read(blog, path)
        if isinstance(data, Problem):
            return Reading(path, "", None, (), (data,))
        digest = fingerprint.of_bytes(data)
        document, problems = read_document(path, data)
        if document is None:
            return Reading(path, digest, None, (), problems)
        return Reading(path, digest, row_of(document), texts_of(document), problems)

    return read_one
