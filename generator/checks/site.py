"""A built site, checked as a whole."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from generator.checks.accessibility import accessibility_problems
from generator.checks.addresses import Addresses
from generator.checks.built import BuiltSite, UnplacedProblem
from generator.checks.external_links import Ask, ask_nobody
from generator.checks.feeds import DataFiles, data_file_problems, read_data_files
from generator.checks.links import SiteLinks, robots_problems, stylesheet_problems
from generator.checks.markup import BuiltPage, read_page
from generator.checks.page_heads import head_problems, same_titles
from generator.checks.places import Sources, placed
from generator.checks.policy import policy_problems
from generator.config.levels import Level
from generator.problems import Problem


class SiteReport(NamedTuple):
    """What a check of a built site has found, and in how much."""

    problems: tuple[Problem, ...]
    pages: int
    feeds: int
    links: int


def check_site(
    site: BuiltSite, sources: Sources, levels: Mapping[str, Level], ask: Ask = ask_nobody
) -> SiteReport:
    """Everything that is wrong in a site as it is uploaded, with the severities of the settings."""
    pages = {
        path: read_page(path, data.decode(errors="replace"))
        for path, data in sorted(site.texts.items())
        if path.endswith((".html", ".htm"))
    }
    addresses = Addresses(site, pages)
    data_files = read_data_files(site)
    links = SiteLinks(addresses)
    problems = [
        *_page_problems(pages, addresses, data_files, links),
        *links.orphans(pages.values()),
        *links.external_problems(ask),
        *same_titles(pages),
        *data_file_problems(data_files, pages, addresses),
        *stylesheet_problems(site, addresses),
        *robots_problems(site, addresses),
    ]
    return SiteReport(
        problems=tuple(placed(problems, sources, levels)),
        pages=len(pages),
        feeds=len(data_files.feeds),
        links=links.count,
    )


def _page_problems(
    pages: Mapping[str, BuiltPage], addresses: Addresses, data_files: DataFiles, links: SiteLinks
) -> Iterator[UnplacedProblem]:
    for page in pages.values():
        yield from page.problems
        yield from links.problems_on(page)
        yield from head_problems(page, addresses, data_files)
        yield from accessibility_problems(page)
        yield from policy_problems(page)
