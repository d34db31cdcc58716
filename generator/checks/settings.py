"""Settings that name what does not exist."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from generator.artifacts.built_in import built_in_pages
from generator.config.addresses import meant_by, scheme_of
from generator.config.settings import SiteConfig
from generator.i18n.catalogues import primary_of
from generator.model import Site
from generator.problems import Problem, Severity, did_you_mean, shortened
from generator.site import permalinks
from generator.site.references import suffix_of, without_suffix
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


def _written(site: Site) -> dict[str, str]:
    """The permalinks of pages and posts, by the names that settings use: `pages/answer.md`."""
    sources = [*(page.source for page in site.pages), *(e.post.source for e in site.entries)]
    return {source.removeprefix("content/"): site.permalinks[source] for source in sources}


def _menu_problems(config: SiteConfig, site: Site) -> Iterator[Problem]:
    taxonomies = (taxonomy.name for taxonomy in site.taxonomies)
    names = {
        **built_in_pages(site, config),
        **{name: permalinks.for_taxonomy(name) for name in taxonomies},
        **_written(site),
    }
    for index, entry in enumerate(config.menu):
        if not scheme_of(entry.to) and without_suffix(entry.to) not in names:
            known = f"Known here: {', '.join(sorted(names))}."
            yield Problem(
                "broken-menu",
                config.at(("menu", index, "to")),
                f"the menu entry '{entry.title}' leads to '{entry.to}', which does not exist",
                _right_name(entry.to, names, config) or did_you_mean(entry.to, names) or known,
            )


def _answer_problems(config: SiteConfig, site: Site) -> Iterator[Problem]:
    page = config.answer.page
    if page and without_suffix(page) not in (pages := _written(site)):
        example = "Name one such as pages/answer.md."
        yield Problem(
            "broken-setting",
            config.at(("answer", "page")),
            f"there is no page '{page}'",
            _right_name(page, pages, config) or did_you_mean(page, pages) or example,
        )


def _right_name(typed: str, names: Mapping[str, str], config: SiteConfig) -> str:
    """What to write for a page whose address or path somebody typed instead of its name."""
    suffix = suffix_of(typed)
    path = without_suffix(typed).removeprefix("./").removeprefix("content/")
    permalink = permalinks.typed_permalink(path, config.base_url) or path
    by_address = {address.rstrip("/"): name for name, address in names.items()}
    name = path if path in names else by_address.get(permalink.rstrip("/"), "")
    if name:
        return f"Write {name}{suffix}."
    meant = meant_by(typed)
    return f"Write {meant}." if meant and "/" not in typed.partition(".")[0] else ""


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
