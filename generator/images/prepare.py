"""The images of a site, prepared before the site is planned, since pages give their sizes.

The result is kept by the digest of an image's file, so that it is made only once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple, Protocol

from generator import disk, fingerprint
from generator.config.settings import ImageSettings, SiteConfig
from generator.images.encoded import EncodedImage
from generator.model import Document, ImageFile, ImageVariant, MediaFile, Site
from generator.problems import Location, Problem, unreadable
from generator.progress import Progress
from generator.site.page_bundles import STATIC, file_of, images_of
from generator.workers import mapped

SUFFIXES = (".avif", ".gif", ".jpeg", ".jpg", ".png", ".svg", ".webp")
FOREIGN_SUFFIXES = (".heic", ".heif", ".tif", ".tiff")
# what people may offer for download, but not show: drawings, cameras' raw data, new formats
UNSHOWN_SUFFIXES = (
    *(".ai", ".arw", ".cr2", ".cr3", ".dng", ".eps", ".indd", ".jp2", ".jxl", ".nef", ".orf"),
    *(".psd", ".raf", ".raw", ".rw2", ".sketch", ".wmf", ".emf", ".xcf"),
)

PARALLEL_FROM = 3  # images; below that a pool costs more than it saves


class Store(Protocol):
    """Keeps what became of images in earlier builds."""

    def recall(self, key: str, digest_of: Callable[[str], str]) -> ImageFile | None:
        """The image that was made under that key, if all its files are whole."""
        ...

    def keep(self, key: str, source: str, image: ImageFile) -> None:
        """Remember an image that was made from a file with that digest."""
        ...

    def put(self, data: bytes) -> str:
        """The digest under which these bytes can be read from now on."""
        ...


class _Prepared(NamedTuple):
    """The result for a file: an image or a problem, and the digest of what was read."""

    digest: str
    result: EncodedImage | Problem


def read_images(
    blog: Path,
    site: Site,
    config: SiteConfig,
    store: Store,
    *,
    digest_of: Callable[[str], str],
    jobs: int,
    progress: Progress,
) -> tuple[dict[str, ImageFile], tuple[Problem, ...]]:
    """The images among a site's files, by source, and the problems with the others."""
    files = [file for file in site.media if _is_image(file.source)]
    shown = shown_images(site, config)
    settings = {file.source: config.images if file.source in shown else None for file in files}
    keys = {file.source: _key(file, settings[file.source]) for file in files}
    found = {key: store.recall(key, digest_of) for key in keys.values()}
    dirty = list(
        {keys[file.source]: file for file in files if not found[keys[file.source]]}.values()
    )
    problems = [
        _foreign(file.source)
        for file in site.media
        if _ends(file.source, FOREIGN_SUFFIXES)
        or (file.source in shown and _ends(file.source, UNSHOWN_SUFFIXES))
    ]
    for number, (file, made) in enumerate(
        zip(dirty, _made(blog, dirty, settings, jobs), strict=True), start=1
    ):
        progress("Making images", number, len(dirty))
        if isinstance(made.result, Problem):
            problems.append(made.result)
            continue
        image = found[keys[file.source]] = _put(made.result, store)
        if made.digest == file.digest:  # otherwise it has changed since it was found
            store.keep(keys[file.source], file.digest, image)
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
        "Export it as JPEG; an iPhone takes JPEG with Settings, Camera, Formats, Most Compatible."
        if _ends(source, (".heic", ".heif"))
        else "Save it as JPEG or PNG.",
    )


def _key(file: MediaFile, settings: ImageSettings | None) -> str:
    made_by = settings and (settings.formats, settings.widths, settings.quality)
    return fingerprint.of_value((file.digest, file.source.lower().endswith(".svg"), made_by))


def _made(
    blog: Path,
    files: Sequence[MediaFile],
    settings: Mapping[str, ImageSettings | None],
    jobs: int,
) -> Iterable[_Prepared]:
    sources = [file.source for file in files]
    return mapped(lambda: _maker(blog, settings), sources, jobs=jobs, least=PARALLEL_FROM, chunk=1)


def _maker(blog: Path, settings: Mapping[str, ImageSettings | None]) -> Callable[[str], _Prepared]:
    """A function that prepares one image; Pillow is loaded here, only if there is work to do."""
    from generator.images.encode import encode_image

    def make(source: str) -> _Prepared:
        try:
            data = disk.read_bytes(blog / source)
        except OSError as error:
            return _Prepared("", unreadable(source, error))
        return _Prepared(fingerprint.of_bytes(data), encode_image(source, data, settings[source]))

    return make


def _put(made: EncodedImage, store: Store) -> ImageFile:
    return ImageFile(
        made.media_type,
        made.width,
        made.height,
        store.put(made.data),
        tuple(ImageVariant(*variant[:3], store.put(variant[3])) for variant in made.variants),
    )
