"""What the pages of a site share, and its posts, terms and authors by name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple, TypeVar

from generator.artifacts.images import images_by_source
from generator.artifacts.page_context import PageContext
from generator.artifacts.replies import NO_REPLIES, PostReplies, answerers, count_of
from generator.artifacts.shown_posts import (
    ShownPost,
    images_in,
    post_card,
    post_link,
    shown_post,
    urls_in,
)
from generator.artifacts.site_view import site_view
from generator.config.settings import TRAITS, AuthorSettings, SiteConfig
from generator.listening.questions import shown_in
from generator.model import Asset, Body, Entry, ImageFile, Reactions, ShownAction, Site, Term
from generator.site import permalinks
from generator.site.page_bundles import STATIC
from generator.site.permalinks import Permalinks
from generator.site.references import suffix_of, without_suffix
from generator.views import (
    AuthorCard,
    Image,
    Link,
    Messages,
    PostCard,
    PostLink,
    Prose,
    SiteView,
    TermLink,
    TermShare,
)

Value = TypeVar("Value")


class _ByNeed(dict[str, Value]):
    """Values by source, each made when it is first asked for."""

    def __init__(self, make: Callable[[str], Value]) -> None:
        super().__init__()
        self._make = make

    def __missing__(self, source: str) -> Value:
        self[source] = self._make(source)
        return self[source]


class SiteContext(NamedTuple):
    """A site with what its pages need again and again."""

    page: PageContext
    site: Site
    entries: Mapping[str, Entry]  # by source
    by_term: Mapping[tuple[str, str], tuple[Entry, ...]]  # by taxonomy and slug
    authors: Mapping[str, AuthorCard]  # by id
    urls: Mapping[str, str]  # of every file that can be referred to
    images: Mapping[str, Image]  # by source, without alt text
    term_links: Mapping[tuple[str, str], TermLink]  # by taxonomy and slug
    # what many pages share is made once, so that its digest is taken once, too
    shown: Mapping[str, ShownPost]  # by source
    links_to: Mapping[str, PostLink]  # by source
    replies: Mapping[str, PostReplies]  # by source
    actions: Mapping[str, tuple[ShownAction, ...]]  # by source of a post, newest first
    cards: Mapping[str, PostCard]  # by source

    @property
    def config(self) -> SiteConfig:
        """The settings of the site."""
        return self.page.config

    @property
    def links(self) -> Permalinks:
        """Its addresses."""
        return self.page.links

    @property
    def view(self) -> SiteView:
        """What surrounds every page."""
        return self.page.view

    @property
    def messages(self) -> Messages:
        """The messages of the interface."""
        return self.page.view.messages


def site_context(
    site: Site,
    config: SiteConfig,
    messages: Messages,
    assets: tuple[Asset, ...],
    image_files: Mapping[str, ImageFile],
) -> SiteContext:
    """The context of a site in a theme with these static files."""
    places = Permalinks.at(config.base_url)
    urls = {source: places.url(permalink) for source, permalink in site.permalinks.items()}
    images = images_by_source(site, image_files, config.images, places)
    authors = {card.id: card for card in _authors(site, config, places, images)}
    view = site_view(site, config, messages, assets, places, urls, authors[config.authors[0].id])
    answer_page = _answer_page(config.answer.page, urls)
    page = PageContext(config, places, view, answer_page)
    term_links = {
        (term.taxonomy, term.slug): _term_link(term, places)
        for taxonomy in site.taxonomies
        for term in taxonomy.terms
    }
    hidden = {taxonomy.name for taxonomy in site.taxonomies if taxonomy.is_hidden}
    visible = {key: link for key, link in term_links.items() if link.taxonomy not in hidden}
    entries = {entry.post.source: entry for entry in site.entries}
    counts = {source: count_of(threads) for source, threads in site.replies.items()}
    shown = _ByNeed(
        lambda source: shown_post(
            entries[source], visible, authors, urls, images, counts.get(source, 0)
        )
    )
    links_to = _ByNeed(lambda source: post_link(shown[source], page))
    return SiteContext(
        page=page,
        site=site,
        entries=entries,
        by_term=_by_term(site),
        authors=authors,
        urls=urls,
        images=images,
        term_links=term_links,
        shown=shown,
        links_to=links_to,
        replies=_ByNeed(lambda source: _replies_to(source, site, authors, links_to)),
        actions=_actions_by_post(site),
        cards=_ByNeed(lambda source: post_card(shown[source], page)),
    )


def _replies_to(
    source: str,
    site: Site,
    authors: Mapping[str, AuthorCard],
    links_to: Mapping[str, PostLink],
) -> PostReplies:
    threads = site.replies.get(source, ())
    reactions = site.reactions.get(source, Reactions())
    if not threads and reactions == Reactions():
        return NO_REPLIES
    return PostReplies(threads, reactions, answerers(shown_in(threads), authors, links_to))


def _actions_by_post(site: Site) -> dict[str, tuple[ShownAction, ...]]:
    found: dict[str, list[ShownAction]] = {}
    for action in site.actions:
        for source in action.posts:
            found.setdefault(source, []).append(action)
    return {source: tuple(actions) for source, actions in found.items()}


def _answer_page(page: str, urls: Mapping[str, str]) -> str:
    url = urls.get(f"content/{without_suffix(page)}", "")
    return url + suffix_of(page) if url else ""


def _by_term(site: Site) -> dict[tuple[str, str], tuple[Entry, ...]]:
    entries: dict[tuple[str, str], list[Entry]] = {}
    for entry in site.entries:
        for term in entry.terms:
            entries.setdefault((term.taxonomy, term.slug), []).append(entry)
    return {term: tuple(found) for term, found in entries.items()}


def _authors(
    site: Site, config: SiteConfig, places: Permalinks, images: Mapping[str, Image]
) -> Iterable[AuthorCard]:
    for author in config.authors:
        yield _author_card(author, places, images)
    listed = {author.id for author in config.authors}
    guests = {author: None for entry in site.entries for author in entry.authors}
    for guest in guests:
        if guest not in listed:
            yield AuthorCard(guest, guest, "", "", "", None, "", (), "")


def _author_card(
    author: AuthorSettings, places: Permalinks, images: Mapping[str, Image]
) -> AuthorCard:
    return AuthorCard(
        id=author.id,
        name=author.name,
        role=author.role,
        summary=author.summary,
        url=places.url(permalinks.for_author(author.id)),
        portrait=images.get(STATIC + author.portrait),
        email=author.email,
        links=tuple(Link(link.title, link.url) for link in author.links),
        fediverse=author.fediverse,
    )


def _term_link(term: Term, places: Permalinks) -> TermLink:
    permalink = permalinks.for_term(term.taxonomy, term.slug)
    url = places.url(permalink)
    return TermLink(term.taxonomy, term.slug, term.title, url, term.icon, term.colour)


def trait_shares(entries: Iterable[Entry], context: SiteContext) -> tuple[TermShare, ...]:
    """How many of these posts are about each trait."""
    counts = Counter((term.taxonomy, term.slug) for entry in entries for term in entry.terms)
    return tuple(
        TermShare(link, counts[term])
        for term, link in context.term_links.items()
        if link.taxonomy == TRAITS
    )


def term_link(term: Term, context: SiteContext) -> TermLink:
    """A link to a trait, reason or topic."""
    return context.term_links[term.taxonomy, term.slug]


def link_to(entry: Entry, context: SiteContext) -> PostLink:
    """A post in a line."""
    return context.links_to[entry.post.source]


def card_of(entry: Entry, context: SiteContext) -> PostCard:
    """A post in a list."""
    return context.cards[entry.post.source]


def newest(entries: Sequence[Entry], context: SiteContext) -> tuple[PostCard, ...]:
    """Cards of the newest of some posts: as many as the home page has."""
    return tuple(card_of(entry, context) for entry in entries[: context.config.home.cards])


def earlier(entries: Sequence[Entry], context: SiteContext) -> tuple[PostLink, ...]:
    """Lines for those that `newest` leaves out."""
    return tuple(link_to(entry, context) for entry in entries[context.config.home.cards :])


def body_prose(body: Body, context: SiteContext) -> Prose:
    """The body of a plain page or a term, with the URLs of its references."""
    return Prose(
        html=body.html,
        end=0,
        urls=urls_in(body, context.urls),
        root=context.links.root,
        images=images_in(body, context.images),
    )
