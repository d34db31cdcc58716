"""The pages that a site has although nobody wrote them, by their names in menus."""

from __future__ import annotations

from collections.abc import Mapping

from generator.config.settings import SiteConfig
from generator.model import Site
from generator.site import permalinks


def built_in_pages(site: Site, config: SiteConfig) -> Mapping[str, str]:
    """The permalink of each of these pages that this site has."""
    pages = {
        "home": permalinks.HOME,
        "archive": permalinks.ARCHIVE,
        "follow": permalinks.FOLLOW,
        "author": permalinks.for_author(config.authors[0].id),
    }
    if config.search.enabled:
        pages["search"] = permalinks.SEARCH
    if has_series_index(site):
        pages["series"] = permalinks.SERIES
    if has_balance_page(site, config):
        pages["balance"] = permalinks.BALANCE
    return pages


def has_series_index(site: Site) -> bool:
    """Whether there is a page of all series: one series needs none."""
    return len(site.series) > 1


def has_balance_page(site: Site, config: SiteConfig) -> bool:
    """Whether there is a page of what the posts are about."""
    return config.balance_page and bool(site.entries)
