"""The theme's files, the writers' files, and the files that machines ask for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial

from generator.artifacts.frame import Frame
from generator.model import Artifact, Asset, Deferred
from generator.site import permalinks
from generator.views import FileView, ManifestView, SitemapEntry, SitemapView, TextView


def asset_files(assets: Iterable[Asset]) -> Iterator[Artifact]:
    """The theme's static files, under names that hold a digest of what is in them."""
    for asset in assets:
        path = permalinks.output_path(asset.permalink)
        recipe = "style" if asset.name.endswith(".css") else "copy"
        yield Artifact(path, recipe, FileView(asset.origin, asset.digest), f"theme {asset.name}")


def media_files(frame: Frame) -> Iterator[Artifact]:
    """What stands beside posts and in `content/static/`, except images."""
    for file in frame.site.media:
        if file.source in frame.images:
            continue
        path = permalinks.output_path(file.permalink)
        yield Artifact(path, "copy", FileView(file.source, file.digest), file.source)


def service_files(frame: Frame, pages: Iterable[Artifact]) -> Iterator[Artifact]:
    """The sitemap, robots.txt, and what GitHub Pages asks for."""
    listed = Deferred(frame.sketches.of_lists, partial(_sitemap_view, tuple(pages), frame))
    yield Artifact("sitemap.xml", "page:sitemap.xml", listed, "")
    sitemap = frame.links.absolute("/sitemap.xml")
    rule = "Disallow: /" if frame.view.notice else "Allow: /"
    robots = f"User-agent: *\n{rule}\n\nSitemap: {sitemap}\n"
    manifest = permalinks.output_path(permalinks.MANIFEST)
    yield Artifact(manifest, "page:site.webmanifest", ManifestView(frame.view), "")
    yield Artifact("robots.txt", "text", TextView(robots), "")
    yield Artifact(".nojekyll", "text", TextView(""), "")
    if frame.config.cname:
        yield Artifact("CNAME", "text", TextView(frame.config.cname + "\n"), "")


def _sitemap_view(pages: Iterable[Artifact], frame: Frame) -> SitemapView:
    entries = (
        SitemapEntry(frame.links.absolute(permalinks.of_output(page.path)), page.changed)
        for page in pages
        if page.changed is not None and not frame.view.notice
    )
    return SitemapView(tuple(sorted(entries)))
