"""The theme's files, the writers' files, and the files that machines ask for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial

from generator.artifacts.context import SiteContext
from generator.artifacts.recipes import Artifact, Copy, Lazy, Page, Stylesheet, Text
from generator.model import Asset
from generator.site import permalinks
from generator.views import FileView, ManifestView, SitemapEntry, SitemapView, TextView


def asset_files(assets: Iterable[Asset]) -> Iterator[Artifact]:
    """The theme's static files, under names that contain a digest of their bytes."""
    for asset in assets:
        path = permalinks.output_path(asset.permalink)
        view = FileView(asset.origin, asset.digest)
        recipe = Stylesheet(view) if asset.name.endswith(".css") else Copy(view)
        yield Artifact(path, recipe, f"theme {asset.name}")


def media_files(context: SiteContext) -> Iterator[Artifact]:
    """The files beside posts and in `content/static/`, except images."""
    for file in context.site.media:
        if file.source in context.images:
            continue
        path = permalinks.output_path(file.permalink)
        yield Artifact(path, Copy(FileView(file.source, file.digest)), file.source)


def service_files(context: SiteContext, pages: Iterable[Artifact]) -> Iterator[Artifact]:
    """The sitemap, robots.txt, and what GitHub Pages asks for."""
    listed = Lazy(partial(_sitemap_view, tuple(pages), context))
    yield Artifact("sitemap.xml", Page(listed, "sitemap.xml"), "")
    sitemap = context.links.absolute("/sitemap.xml")
    rule = "Disallow: /" if context.view.notice else "Allow: /"
    robots = f"User-agent: *\n{rule}\n\nSitemap: {sitemap}\n"
    manifest = Page(Lazy(partial(ManifestView, context.view)), "site.webmanifest")
    yield Artifact(permalinks.output_path(permalinks.MANIFEST), manifest, "")
    yield Artifact("robots.txt", Text(TextView(robots)), "")
    yield Artifact(".nojekyll", Text(TextView("")), "")
    if context.config.cname:
        yield Artifact("CNAME", Text(TextView(context.config.cname + "\n")), "")


def _sitemap_view(pages: Iterable[Artifact], context: SiteContext) -> SitemapView:
    entries = (
        SitemapEntry(context.links.absolute(permalinks.of_output(page.path)), page.changed)
        for page in pages
        if page.changed is not None and not context.view.notice
    )
    return SitemapView(tuple(sorted(entries)))
