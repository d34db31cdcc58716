"""Settings that name what does not exist."""

from __future__ import annotations

from collections.abc import Iterator

from generator.artifacts.built_in import built_in_pages
from generator.config.settings import SiteConfig
from generator.i18n.catalogues import primary_of
from generator.model import Site
from generator.problems import Problem, Severity, did_you_mean, shortened
from generator.site.taxonomies import traits_in
from generator.views import Messages


def check_settings(config: SiteConfig, site: Site, messages: Messages) -> Iterator[Problem]:
    """A language without messages; menu entries, pages, portraits and traits that do not exist."""
    yield from _language_problems(config, messages)
    yield from _menu_problems(config, site)
    yield from _answer_problems(config, site)
    yield from _balance_problems(config, site)
    yield from _portrait_problems(config, site)


def _language_problems(config: SiteConfig, messages: Messages) -> Iterator[Problem]:
    if messages.language != primary_of(config.language):
        yield Problem(
            "language-without-messages",
            config.at(("language",)),
            f"there are no messages in '{config.language}', so the pages are in English"
            " around your own text",
            "docs/themes.md says how to add a language.",
            severity=Severity.WARNING,
        )


def _written(site: Site) -> set[str]:
    """The pages and posts of a site, as settings name them: `pages/answer.md`."""
    pages = {page.source.removeprefix("content/") for page in site.pages}
    return pages | {entry.post.source.removeprefix("content/") for entry in site.entries}


def _menu_problems(config: SiteConfig, site: Site) -> Iterator[Problem]:
    names = {
        *built_in_pages(site, config),
        *(taxonomy.name for taxonomy in site.taxonomies),
        *_written(site),
    }
    for index, entry in enumerate(config.menu):
        if entry.to not in names and "://" not in entry.to:
            yield Problem(
                "broken-menu",
                config.at(("menu", index, "to")),
                f"the menu entry '{entry.title}' leads to '{entry.to}', which does not exist",
                did_you_mean(entry.to, names, otherwise=f"Known here: {', '.join(sorted(names))}."),
            )


def _answer_problems(config: SiteConfig, site: Site) -> Iterator[Problem]:
    page = config.answer.page
    if page and page not in (pages := _written(site)):
        yield Problem(
            "broken-setting",
            config.at(("answer", "page")),
            f"there is no page '{page}'",
            did_you_mean(page, pages, otherwise="Name one such as pages/answer.md."),
        )


def _balance_problems(config: SiteConfig, site: Site) -> Iterator[Problem]:
    traits = [term.slug for term in traits_in(site.taxonomies)]
    for slug in config.balance:
        if slug not in traits:
            yield Problem(
                "broken-setting",
                config.at(("balance", slug)),
                f"there is no trait '{shortened(slug)}'",
                did_you_mean(slug, traits, otherwise=f"Known here: {', '.join(traits)}."),
            )


def _portrait_problems(config: SiteConfig, site: Site) -> Iterator[Problem]:
    static = {file.permalink.removeprefix("/") for file in site.media}
    for index, author in enumerate(config.authors):
        if author.portrait and author.portrait not in static:
            yield Problem(
                "broken-setting",
                config.at(("authors", index, "portrait")),
                f"there is no image '{author.portrait}' in content/static/",
                did_you_mean(author.portrait, static),
            )
