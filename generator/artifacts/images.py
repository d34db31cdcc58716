"""Images as pages show them, and the files that those need."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from generator.artifacts.recipes import Artifact, PreparedImage
from generator.config.settings import ImageSettings
from generator.model import ImageFile, ImageVariant, Site
from generator.site import permalinks
from generator.site.permalinks import Permalinks
from generator.views import Image, ImageSource, ImageView


def image_files(site: Site, images: Mapping[str, ImageFile]) -> Iterator[Artifact]:
    """Each prepared image of a site, with its lighter variants."""
    for file in site.media:
        image = images.get(file.source)
        if image is None:
            continue
        yield _prepared(file.permalink, image.digest, file.source)
        for variant in image.variants:
            permalink = permalinks.for_variant(file.permalink, variant.media_type, variant.width)
            yield _prepared(permalink, variant.digest, file.source)


def _prepared(permalink: str, digest: str, source: str) -> Artifact:
    return Artifact(permalinks.output_path(permalink), PreparedImage(ImageView(digest)), source)


def images_by_source(
    site: Site, images: Mapping[str, ImageFile], settings: ImageSettings, places: Permalinks
) -> dict[str, Image]:
    """How each image of a site is shown, without its alt text."""
    return {
        file.source: _image(file.permalink, images[file.source], settings, places)
        for file in site.media
        if file.source in images
    }


def _image(permalink: str, file: ImageFile, settings: ImageSettings, places: Permalinks) -> Image:
    """An image without variants that are wider than the settings allow."""
    original = ImageVariant(file.media_type, file.width, file.height, file.digest)
    forms = (*file.variants, original)
    allowed = [form for form in forms if form.width <= max(settings.widths)] or [original]
    own = [form for form in allowed if form.media_type == file.media_type] or [original]
    plain = max(own, key=lambda form: form.width)

    def url(form: ImageVariant) -> str:
        if form is original:
            return places.url(permalink)
        return places.url(permalinks.for_variant(permalink, form.media_type, form.width))

    def source(media_type: str) -> ImageSource:
        of_type = sorted((f for f in allowed if f.media_type == media_type), key=lambda f: f.width)
        return ImageSource(media_type, ", ".join(f"{url(f)} {f.width}w" for f in of_type))

    lighter = dict.fromkeys(variant.media_type for variant in file.variants)
    wanted = {f"image/{name}" for name in settings.formats}
    return Image(
        url=url(plain),
        alt="",
        width=plain.width,
        height=plain.height,
        sources=tuple(source(name) for name in lighter if name in wanted),
    )
