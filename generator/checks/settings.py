"""Settings that name what is not there."""

from __future__ import annotations

from collections.abc import Iterator

from generator.config import BUILT_IN_PAGES, SiteConfig
from generator.model import Site, Words
from generator.problems import Problem, Severity, did_you_mean, shortened
from generator.taxonomies import traits_in
from generator.words.catalogues import primary_of


def check_settings(config: SiteConfig, site: Site, words: Words) -> Iterator[Problem]:
    """A language without words; entries, pages, portraits and traits that are not there."""
    if words.language != primary_of(config.language):
        yield Problem(
            "language-without-words",
            config.at(("language",)),
            f"there are no words in '{config.language}', so the pages speak English around yours",
            "docs/themes.md says how to add a language.",
            severity=Severity.WARNING,
        )
    pages = {page.source.removeprefix("content/") for page in site.pages}
    pages |= {entry.post.source.removeprefix("content/") for entry in site.entries}
    names = {*BUILT_IN_PAGES, *(taxonomy.name for taxonomy in site.taxonomies), *pages}
    if not config.search.enabled:
        names.remove("search")
    if len(site.series) < 2:
        names.remove("series")
    if not (config.balance_page and site.entries):
        names.remove("balance")
    for index, entry in enumerate(config.menu):
        if entry.to not in names and "://" not in entry.to:
            yield Problem(
                "broken-menu",
                config.at(("menu", index, "to")),
                f"the menu entry '{entry.title}' leads to '{entry.to}', which is not there",
                did_you_mean(entry.to, names, otherwise=f"There are {', '.join(sorted(names))}."),
            )
    if config.answer.page and config.answer.page not in pages:
        yield Problem(
            "broken-setting",
            config.at(("answer", "page")),
            f"there is no page '{config.answer.page}'",
            did_you_mean(config.answer.page, pages, otherwise="Write one such as pages/answer.md."),
        )
    traits = [term.slug for term in traits_in(site.taxonomies)]
    for slug in config.balance:
        if slug not in traits:
            yield Problem(
                "broken-setting",
                config.at(("balance", slug)),
                f"there is no trait '{shortened(slug)}'",
                did_you_mean(slug, traits, otherwise=f"There are {', '.join(traits)}."),
            )
    static = {file.permalink.removeprefix("/") for file in site.media}
    for index, author in enumerate(config.authors):
        if author.portrait and author.portrait not in static:
            yield Problem(
                "broken-setting",
                config.at(("authors", index, "portrait")),
                f"there is no picture '{author.portrait}' in content/static/",
                did_you_mean(author.portrait, static),
            )
