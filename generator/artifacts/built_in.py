"""Which of the built-in pages a site has."""

from __future__ import annotations

from collections.abc import Mapping

from generator.config.built_in_pages import BUILT_IN_PAGES
from generator.config.settings import SiteConfig
from generator.model import Site
from generator.site import permalinks


def built_in_pages(site: Site, config: SiteConfig) -> Mapping[str, str]:
    """The permalink of each of these pages that this site has, by its name in menus."""
    left_out = {
        name
        for name, exists in (
            ("search", config.search.enabled),
            ("series", has_series_index(site)),
            ("balance", has_balance_page(site, config)),
            ("questions", bool(site.questions)),
            ("actions", bool(site.actions)),
        )
        if not exists
    }
    pages = {name: at for name, at in BUILT_IN_PAGES.items() if name not in left_out}
    return pages | {"author": permalinks.for_author(config.authors[0].id)}


def has_series_index(site: Site) -> bool:
    """Whether there is a page of all series: one series needs none."""
    return len(site.series) > 1


def has_balance_page(site: Site, config: SiteConfig) -> bool:
    """Whether there is a page of what the posts are about."""
    return config.balance_page and bool(site.entries)
