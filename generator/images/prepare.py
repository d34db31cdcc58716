"""The images of a site, prepared before the site is planned, since pages give their sizes.

The result is kept by the digest of an image's file, so that it is made only once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple, Protocol

from generator import fingerprint
from generator.config.settings import ImageSettings, SiteConfig
from generator.images.encoded import EncodedImage
from generator.model import Document, ImageFile, ImageVariant, Kept, MediaFile, Site
from generator.problems import Location, Problem, reason_of
from generator.progress import Progress
from generator.site.page_bundles import STATIC, file_of, images_of
from generator.workers import mapped

SUFFIXES = (".avif", ".gif", ".jpeg", ".jpg", ".png", ".svg", ".webp")
FOREIGN_SUFFIXES = (".heic", ".heif", ".tif", ".tiff")

PARALLEL_FROM = 3  # images; below that a pool costs more than it saves


class Memo(Protocol):
    """Keeps what became of images in earlier builds."""

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
    """What came of a file: an image or a problem, and the digest of what was read."""

    digest: str
    result: EncodedImage | Problem


def read_images(
    blog: Path,
    site: Site,
    config: SiteConfig,
    memo: Memo,
    *,
    jobs: int,
    progress: Progress,
) -> tuple[dict[str, ImageFile], tuple[Problem, ...]]:
    """The images among a site's files, by source, and the problems with the others."""
    files = [file for file in site.media if _is_image(file.source)]
    shown = shown_images(site, config)
    settings = {file.source: config.images if file.source in shown else None for file in files}
    keys = {file.source: _key(file, settings[file.source]) for file in files}
    found = {key: _recalled(key, memo) for key in keys.values()}
    dirty = list(
        {keys[file.source]: file for file in files if not found[keys[file.source]]}.values()
    )
    problems = [_foreign(f.source) for f in site.media if _ends(f.source, FOREIGN_SUFFIXES)]
    for number, (file, made) in enumerate(
        zip(dirty, _made(blog, dirty, settings, jobs), strict=True), start=1
    ):
        progress("Making images", number, len(dirty))
        if isinstance(made.result, Problem):
            problems.append(made.result)
            continue
        image = found[keys[file.source]] = _put(made.result, memo)
        if made.digest == file.digest:  # otherwise it has changed since it was found
            _keep(keys[file.source], file.digest, image, memo)
    images = {source: found[key] for source, key in keys.items()}
    return {source: found for source, found in images.items() if found}, tuple(problems)


def shown_images(site: Site, config: SiteConfig) -> set[str]:
    """The files that pages show as images; others are only linked to."""
    documents: tuple[Document, ...] = (
        *(entry.post for entry in site.entries),
        *site.pages,
        *(term for taxonomy in site.taxonomies for term in taxonomy.terms),
    )
    targets = (target for document in documents for target in images_of(document))
    portraits = (STATIC + author.portrait for author in config.authors if author.portrait)
    return {*map(file_of, targets), *portraits}


def _is_image(source: str) -> bool:
    return _ends(source, SUFFIXES)


def _ends(source: str, suffixes: tuple[str, ...]) -> bool:
    return source.lower().endswith(suffixes)


def _foreign(source: str) -> Problem:
    return Problem(
        "foreign-image",
        Location(source),
        "browsers can't show images of this kind",
        "Save it as JPEG or PNG.",
    )


def _key(file: MediaFile, settings: ImageSettings | None) -> str:
    made_by = settings and (settings.formats, settings.widths, settings.quality)
    return fingerprint.of_value((file.digest, file.source.lower().endswith(".svg"), made_by))


def _made(
    blog: Path,
    files: Sequence[MediaFile],
    settings: Mapping[str, ImageSettings | None],
    jobs: int,
) -> Iterable[_Made]:
    sources = [file.source for file in files]
    return mapped(lambda: _maker(blog, settings), sources, jobs=jobs, least=PARALLEL_FROM, chunk=1)


def _maker(blog: Path, settings: Mapping[str, ImageSettings | None]) -> Callable[[str], _Made]:
    """A function that prepares one image; Pillow is loaded here, only if there is work to do."""
    from generator.images.encode import encode_image

    def make(source: str) -> _Made:
        try:
            data = (blog / source).read_bytes()
        except OSError as error:
            message = f"this can't be read: {reason_of(error)}"
            return _Made("", Problem("unreadable", Location(source), message))
        return _Made(fingerprint.of_bytes(data), encode_image(source, data, settings[source]))

    return make


def _put(made: EncodedImage, memo: Memo) -> ImageFile:
    return ImageFile(
        made.media_type,
        made.width,
        made.height,
        memo.put(made.data),
        tuple(ImageVariant(*variant[:3], memo.put(variant[3])) for variant in made.variants),
    )


def _keep(key: str, source: str, image: ImageFile, memo: Memo) -> None:
    variants = [[*variant[:3], variant.data.digest] for variant in image.variants]
    row = [*image[:3], image.data.digest, variants]
    memo.keep(key, source, row, (image.data, *(variant.data for variant in image.variants)))


def _recalled(key: str, memo: Memo) -> ImageFile | None:
    row = memo.recall(key)
    if row is None:
        return None
    try:
        media_type, width, height, digest, variants = row
        return ImageFile(
            media_type,
            width,
            height,
            memo.find(digest),
            tuple(ImageVariant(t, w, h, memo.find(made)) for t, w, h, made in variants),
        )
    except (TypeError, ValueError):  # a row that no version of ours has written
        return None
