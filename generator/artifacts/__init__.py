"""What a site consists of: every page, feed and file, each with the view it is made from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from generator.artifacts.archives import archive_pages
from generator.artifacts.assets import asset_files, media_files, service_files
from generator.artifacts.authors import author_pages
from generator.artifacts.balance import balance_pages
from generator.artifacts.calendar import calendar_pages
from generator.artifacts.context import SiteContext, site_context
from generator.artifacts.feeds import feed_files
from generator.artifacts.follow import follow_pages
from generator.artifacts.images import image_files
from generator.artifacts.listening import listening_pages
from generator.artifacts.listening_feeds import listening_feed_files
from generator.artifacts.not_found import not_found_pages
from generator.artifacts.pages import plain_pages
from generator.artifacts.posts import home_pages, post_pages
from generator.artifacts.recipes import Artifact, Feed, PreparedImage, SocialImage
from generator.artifacts.search import search_files
from generator.artifacts.series import series_pages
from generator.artifacts.social_images import social_image_files
from generator.artifacts.terms import term_pages
from generator.config.addresses import why_unwritable
from generator.config.settings import SITE_FILE, SiteConfig
from generator.model import Asset, ImageFile, Site
from generator.problems import Location, Problem, shortened
from generator.views import Messages


def plan(
    site: Site,
    config: SiteConfig,
    messages: Messages,
    assets: tuple[Asset, ...],
    images: Mapping[str, ImageFile],
) -> tuple[tuple[Artifact, ...], tuple[Problem, ...]]:
    """Every artifact of a site, sorted by path, and problems with the paths of some."""
    context = site_context(site, config, messages, assets, images)
    pages = (
        *home_pages(context),
        *post_pages(context),
        *term_pages(context),
        *archive_pages(context),
        *series_pages(context),
        *balance_pages(context),
        *listening_pages(context),
        *plain_pages(context),
        *author_pages(context),
        *follow_pages(context),
        *not_found_pages(context),
        *calendar_pages(context),
    )
    artifacts = (
        *pages,
        *feed_files(context),
        *listening_feed_files(context),
        *_mail_feed_files(context),
        *search_files(context),
        *asset_files(assets),
        *media_files(context),
        *image_files(site, images),
        *social_image_files(context),
        *service_files(context, pages),
    )
    ordered = tuple(sorted(artifacts, key=lambda artifact: artifact.path))
    return ordered, (*_clashes(ordered), *_unwritable(ordered))


def _mail_feed_files(context: SiteContext) -> Iterable[Artifact]:
    """The feed for services that send mail, if the settings ask for it."""
    if not context.config.mail.feed:
        return ()
    from generator.artifacts.mail import mail_feed_files

    return mail_feed_files(context)


def _clashes(artifacts: Iterable[Artifact]) -> Iterator[Problem]:
    """Two artifacts at one path, or at paths that one kind of disk takes for one."""
    claimed: dict[str, Artifact] = {}
    for artifact in artifacts:
        other = claimed.setdefault(artifact.path.casefold(), artifact)
        # social images and feeds clash only where their pages do, which is reported
        if other is not artifact and not _belongs_to_a_page(artifact, other):
            yield _same_url(artifact, other)
    for artifact in artifacts:
        if _belongs_to_a_page(artifact):
            continue
        folder = artifact.path.casefold()
        while "/" in folder:
            folder = folder.rpartition("/")[0]
            if folder in claimed:
                yield _same_url(artifact, claimed[folder])


def _unwritable(artifacts: Iterable[Artifact]) -> Iterator[Problem]:
    """Artifacts at paths that no disk can keep, such as a lighter variant of a long name."""
    for artifact in artifacts:
        if why := why_unwritable(artifact.path):
            yield Problem(
                "bad-path",
                Location(artifact.source or SITE_FILE),
                f"a file of the site can't be written: {why}",
                "Shorten the name, slug or id that its address comes from:"
                f" /{shortened(artifact.path)}.",
            )


def _belongs_to_a_page(*artifacts: Artifact) -> bool:
    return all(isinstance(artifact.recipe, SocialImage | Feed) for artifact in artifacts)


def _same_url(artifact: Artifact, other: Artifact) -> Problem:
    first, second = sorted((artifact, other), key=lambda a: (not a.source, a.source, a.path))
    rival = second.source if second.source else "a page that weekly makes itself"
    return Problem(
        "same-url",
        Location(first.source or second.source or SITE_FILE),
        f"this and {rival} would both be at /{first.path.removesuffix('index.html')}",
        "Give one of them another name."
        if any(isinstance(one.recipe, PreparedImage) for one in (first, second))
        else "Give one of them another slug, permalink or date.",
    )
