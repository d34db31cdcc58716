"""What surrounds every page: the menu, the links at the foot, the feeds, the files of the theme."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from generator.artifacts.built_in import built_in_pages
from generator.artifacts.feed_links import feeds_of
from generator.config.addresses import scheme_of, spelt
from generator.config.built_in_pages import BUILT_IN_PAGES, HOME
from generator.config.settings import SiteConfig
from generator.i18n.translate import translate
from generator.model import Asset, PostState, Site
from generator.site import permalinks
from generator.site.icons import DRAWINGS
from generator.site.permalinks import Permalinks
from generator.site.references import suffix_of, without_suffix
from generator.views import AuthorCard, Icon, Link, Messages, SiteView


def site_view(
    site: Site,
    config: SiteConfig,
    messages: Messages,
    assets: tuple[Asset, ...],
    places: Permalinks,
    urls: Mapping[str, str],
    author: AuthorCard,
) -> SiteView:
    """What surrounds every page of a site in a theme with these static files."""
    built_in = built_in_pages(site, config)
    menu = tuple(Link(e.title, _destination(e.to, places, urls, built_in)) for e in config.menu)
    return SiteView(
        title=config.title,
        tagline=config.tagline,
        home=places.root,
        language=config.language,
        direction=messages.direction,
        messages=messages,
        menu=menu,
        footer=_footer(site, messages, places, urls, menu, built_in),
        stylesheets=tuple(places.url(a.permalink) for a in assets if _is_everywhere(a.name)),
        files={asset.name: places.url(asset.permalink) for asset in assets},
        manifest=places.url(permalinks.MANIFEST),
        feeds=feeds_of(HOME, config.title, places, messages),
        author=author,
        icons=_icons(site),
        notice=_notice(site, messages),
        coming=places.url(permalinks.CALENDAR) if site.visibility.is_whole else "",
    )


def _destination(
    to: str, places: Permalinks, urls: Mapping[str, str], built_in: Mapping[str, str]
) -> str:
    """The URL of a menu's entry; that it exists has been checked."""
    if scheme_of(to):
        return spelt(to)
    name, suffix = without_suffix(to), suffix_of(to)
    if name in built_in:
        return places.url(built_in[name]) + suffix
    if f"content/{name}" in urls:
        return urls[f"content/{name}"] + suffix
    return places.url(permalinks.for_taxonomy(name)) + suffix


def _footer(
    site: Site,
    messages: Messages,
    places: Permalinks,
    urls: Mapping[str, str],
    menu: tuple[Link, ...],
    built_in: Mapping[str, str],
) -> tuple[Link, ...]:
    """Every main page that the menu leaves out; how to follow the blog comes last."""
    pages = (name for name in BUILT_IN_PAGES if name not in ("home", "follow"))
    everywhere = (
        *_named(pages, messages, places, built_in),
        *(
            Link(taxonomy.title, places.url(permalinks.for_taxonomy(taxonomy.name)))
            for taxonomy in site.taxonomies
            if not taxonomy.is_hidden
        ),
        *(Link(page.title, urls[page.source]) for page in site.pages),
        *_named(("follow",), messages, places, built_in),
    )
    in_menu = {link.url for link in menu}
    return tuple(link for link in everywhere if link.url not in in_menu)


def _named(
    names: Iterable[str], messages: Messages, places: Permalinks, built_in: Mapping[str, str]
) -> Iterable[Link]:
    """Links to the built-in pages that exist; each is named by the message of that name."""
    return (Link(translate(messages, n), places.url(built_in[n])) for n in names if n in built_in)


def _is_everywhere(name: str) -> bool:
    """Whether every page links that file; one in a folder is for templates that ask for it."""
    return name.endswith(".css") and "/" not in name


def _icons(site: Site) -> tuple[Icon, ...]:
    terms = (term for taxonomy in site.taxonomies for term in taxonomy.terms)
    names = dict.fromkeys(term.icon for term in terms if term.icon)
    return tuple(Icon(name, DRAWINGS[name]) for name in names)


def _notice(site: Site, messages: Messages) -> str:
    if all(entry.state is PostState.PUBLISHED for entry in site.entries) and not any(
        page.is_draft for page in site.pages
    ):
        return ""
    return translate(messages, "private_look")
