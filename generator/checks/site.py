"""A built site, checked as a whole."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from generator.checks.accessibility import accessibility_findings
from generator.checks.addresses import Addresses
from generator.checks.built import BuiltSite, Finding
from generator.checks.external_links import Ask, ask_nobody
from generator.checks.feeds import Machines, machine_findings, read_machines
from generator.checks.links import LinkSurvey, robots_findings, stylesheet_findings
from generator.checks.markup import Page, read_page
from generator.checks.page_heads import head_findings, same_titles
from generator.checks.places import Sources, problems_of
from generator.checks.policy import policy_findings
from generator.config.levels import Level
from generator.problems import Problem


class Survey(NamedTuple):
    """What a look at a built site has given."""

    problems: tuple[Problem, ...]
    pages: int
    feeds: int
    links: int


def check_site(
    site: BuiltSite, sources: Sources, weights: Mapping[str, Level], ask: Ask = ask_nobody
) -> Survey:
    """Everything that is wrong in a site as it is uploaded, weighed as the settings say."""
    pages = {
        path: read_page(path, data.decode(errors="replace"))
        for path, data in sorted(site.texts.items())
        if path.endswith((".html", ".htm"))
    }
    addresses = Addresses(site, pages)
    machines = read_machines(site)
    links = LinkSurvey(addresses)
    findings = [
        *_page_findings(pages, addresses, machines, links),
        *links.orphans(pages.values()),
        *links.outside(ask),
        *same_titles(pages),
        *machine_findings(machines, pages, addresses),
        *stylesheet_findings(site, addresses),
        *robots_findings(site, addresses),
    ]
    return Survey(
        problems=tuple(problems_of(findings, sources, weights)),
        pages=len(pages),
        feeds=len(machines.feeds),
        links=links.count,
    )


def _page_findings(
    pages: Mapping[str, Page], addresses: Addresses, machines: Machines, links: LinkSurvey
) -> Iterator[Finding]:
    for page in pages.values():
        for fault in page.faults:
            line = page.line(fault.at)
            yield Finding(fault.code, page.path, line, fault.message, clues=fault.clues)
        yield from links.of_page(page)
        yield from head_findings(page, addresses, machines)
        yield from accessibility_findings(page)
        yield from policy_findings(page)
