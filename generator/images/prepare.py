"""The pictures of a site, made ready before it is planned, since pages name their sizes.

What came of a picture is remembered by the digest of its file, so that it is made only once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from generator import fingerprint
from generator.config.settings import PictureSettings, SiteConfig
from generator.model import Document, Kept, MediaFile, PictureFile, PictureVariant, Site
from generator.problems import Location, Problem, reason_of
from generator.progress import Progress
from generator.site.page_bundles import STATIC, file_of, pictures_of
from generator.workers import mapped

if TYPE_CHECKING:
    from generator.images.encode import Drawn

SUFFIXES = (".avif", ".gif", ".jpeg", ".jpg", ".png", ".svg", ".webp")
FOREIGN_SUFFIXES = (".heic", ".heif", ".tif", ".tiff")

PARALLEL_FROM = 3  # pictures to make; below that a pool costs more than it saves


class Memo(Protocol):
    """Keeps what became of pictures in earlier builds."""

    def recall(self, key: str) -> list[Any] | None:
        """The row that was kept under a key."""
        ...

    def keep(self, key: str, source: str, row: list[Any], files: Iterable[Kept]) -> None:
        """Keep a row and the files that belong to it."""
        ...

    def put(self, data: bytes) -> Kept:
        """Bytes, put aside."""
        ...

    def find(self, digest: str) -> Kept:
        """Bytes that were put aside."""
        ...


class _Made(NamedTuple):
    """What came of a file: a picture or a problem, and the digest of what was read."""

    digest: str
    result: Drawn | Problem


def read_pictures(
    blog: Path,
    site: Site,
    config: SiteConfig,
    memo: Memo,
    *,
    jobs: int,
    progress: Progress,
) -> tuple[dict[str, PictureFile], tuple[Problem, ...]]:
    """The pictures among a site's files, by source, and those that can't be published."""
    files = [file for file in site.media if _is_picture(file.source)]
    shown = shown_pictures(site, config)
    settings = {file.source: config.pictures if file.source in shown else None for file in files}
    keys = {file.source: _key(file, settings[file.source]) for file in files}
    found = {key: _recalled(key, memo) for key in keys.values()}
    dirty = list(
        {keys[file.source]: file for file in files if not found[keys[file.source]]}.values()
    )
    problems = [_foreign(f.source) for f in site.media if _ends(f.source, FOREIGN_SUFFIXES)]
    for number, (file, made) in enumerate(
        zip(dirty, _made(blog, dirty, settings, jobs), strict=True), start=1
    ):
        progress("Making pictures", number, len(dirty))
        if isinstance(made.result, Problem):
            problems.append(made.result)
            continue
        picture = found[keys[file.source]] = _put(made.result, memo)
        if made.digest == file.digest:  # else it changed since it was found
            _keep(keys[file.source], file.digest, picture, memo)
    pictures = {source: found[key] for source, key in keys.items()}
    return {source: found for source, found in pictures.items() if found}, tuple(problems)


def shown_pictures(site: Site, config: SiteConfig) -> set[str]:
    """The files that pages show as pictures; others are only there to be opened."""
    documents: tuple[Document, ...] = (
        *(entry.post for entry in site.entries),
        *site.pages,
        *(term for taxonomy in site.taxonomies for term in taxonomy.terms),
    )
    targets = (target for document in documents for target in pictures_of(document))
    portraits = (STATIC + author.portrait for author in config.authors if author.portrait)
    return {*map(file_of, targets), *portraits}


def _is_picture(source: str) -> bool:
    return _ends(source, SUFFIXES)


def _ends(source: str, suffixes: tuple[str, ...]) -> bool:
    return source.lower().endswith(suffixes)


def _foreign(source: str) -> Problem:
    return Problem(
        "foreign-picture",
        Location(source),
        "browsers can't show pictures of this kind",
        "Save it as JPEG or PNG.",
    )


def _key(file: MediaFile, settings: PictureSettings | None) -> str:
    made_by = settings and (settings.formats, settings.widths, settings.quality)
    return fingerprint.of_value((file.digest, file.source.lower().endswith(".svg"), made_by))


def _made(
    blog: Path,
    files: Sequence[MediaFile],
    settings: Mapping[str, PictureSettings | None],
    jobs: int,
) -> Iterable[_Made]:
    sources = [file.source for file in files]
    return mapped(lambda: _maker(blog, settings), sources, jobs=jobs, least=PARALLEL_FROM, chunk=1)


def _maker(blog: Path, settings: Mapping[str, PictureSettings | None]) -> Callable[[str], _Made]:
    """A function that makes one picture ready; what it needs is loaded here, once."""
    from generator.images.encode import drawn

    def make(source: str) -> _Made:
        try:
            data = (blog / source).read_bytes()
        except OSError as error:
            message = f"this can't be read: {reason_of(error)}"
            return _Made("", Problem("unreadable", Location(source), message))
        return _Made(fingerprint.of_bytes(data), drawn(source, data, settings[source]))

    return make


def _put(made: Drawn, memo: Memo) -> PictureFile:
    return PictureFile(
        made.media_type,
        made.width,
        made.height,
        memo.put(made.data),
        tuple(PictureVariant(*variant[:3], memo.put(variant[3])) for variant in made.variants),
    )


def _keep(key: str, source: str, picture: PictureFile, memo: Memo) -> None:
    variants = [[*variant[:3], variant.data.digest] for variant in picture.variants]
    row = [*picture[:3], picture.data.digest, variants]
    memo.keep(key, source, row, (picture.data, *(variant.data for variant in picture.variants)))


def _recalled(key: str, memo: Memo) -> PictureFile | None:
    row = memo.recall(key)
    if row is None:
        return None
    try:
        media_type, width, height, digest, variants = row
        return PictureFile(
            media_type,
            width,
            height,
            memo.find(digest),
            tuple(PictureVariant(t, w, h, memo.find(made)) for t, w, h, made in variants),
        )
    except (TypeError, ValueError):  # a row that no version of ours has written
        return None
