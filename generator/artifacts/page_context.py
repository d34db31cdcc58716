"""What every page may show, whatever it is about."""

from __future__ import annotations

from typing import NamedTuple

from generator.config.settings import SiteConfig
from generator.site.permalinks import Permalinks
from generator.views import Messages, SiteView


class PageContext(NamedTuple):
    """The settings and addresses of a site, and what surrounds each of its pages."""

    config: SiteConfig
    links: Permalinks
    view: SiteView
    answer_page: str  # URL of the page that explains how to answer, '' without one

    @property
    def messages(self) -> Messages:
        """The messages of the interface."""
        return self.view.messages
