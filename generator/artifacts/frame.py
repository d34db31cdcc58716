"""What all pages share: the frame around them, and posts as letters, cards and lines."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, NamedTuple, TypeVar
from urllib.parse import quote

from generator.artifacts.built_in import built_in_pages
from generator.artifacts.images import images_by_source
from generator.artifacts.sketches import NoSketches, Sketches
from generator.config.settings import TRAITS, AuthorSettings, SiteConfig
from generator.i18n.dates import date_view
from generator.i18n.translate import translate
from generator.model import (
    Asset,
    Body,
    Entry,
    Heading,
    ImageFile,
    Post,
    PostState,
    Series,
    Site,
    Term,
)
from generator.site import permalinks
from generator.site.icons import DRAWINGS
from generator.site.page_bundles import STATIC, file_of
from generator.site.permalinks import Permalinks
from generator.views import (
    CARD_HEIGHT,
    CARD_WIDTH,
    AnswerView,
    AuthorCard,
    FeedLink,
    Head,
    Icon,
    Image,
    Letter,
    Link,
    Messages,
    PostCard,
    PostLink,
    Prose,
    SiteView,
    TermLink,
    TermShare,
)

SUMMARY_LENGTH = 200  # characters; search engines and cards cut longer ones
LEAD_LENGTH = 60  # characters in which a summary that repeats the opening shows itself
CONTENTS_FROM = 3  # headings that make a contents list worth its room


_MEDIA_TYPES = {
    "gif": "image/gif",
    "jpeg": "image/jpeg",
    "jpg": "image/jpeg",
    "png": "image/png",
    "webp": "image/webp",
}

Properties = tuple[tuple[str, str], ...]  # names and values of Open Graph

Value = TypeVar("Value")


class Lazily(dict[str, Value]):
    """Values by source, each made when it is first asked for."""

    def __init__(self, make: Callable[[str], Value]) -> None:
        super().__init__()
        self._make = make

    def __missing__(self, source: str) -> Value:
        self[source] = self._make(source)
        return self[source]


class Frame(NamedTuple):
    """A site with what its pages need again and again."""

    site: Site
    config: SiteConfig
    links: Permalinks
    view: SiteView
    entries: Mapping[str, Entry]  # by source
    by_term: Mapping[tuple[str, str], tuple[Entry, ...]]  # by taxonomy and slug
    authors: Mapping[str, AuthorCard]  # by id
    urls: Mapping[str, str]  # of every file that can be referred to
    images: Mapping[str, Image]  # by source, without the words for them
    sketches: Sketches | NoSketches
    # what many pages share is made once, so that its digest is taken once, too
    lines: Mapping[str, PostLink]  # by source
    cards: Mapping[str, PostCard]  # by source
    term_links: Mapping[tuple[str, str], TermLink]  # by taxonomy and slug

    @property
    def messages(self) -> Messages:
        """The words of the interface."""
        return self.view.messages


def frame_of(
    site: Site,
    config: SiteConfig,
    messages: Messages,
    assets: tuple[Asset, ...],
    image_files: Mapping[str, ImageFile],
    *,
    is_compared: bool,
) -> Frame:
    """The frame of a site in a theme with these static files."""
    places = Permalinks.at(config.base_url)
    urls = {source: places.url(permalink) for source, permalink in site.permalinks.items()}
    images = images_by_source(site, image_files, config.images, places)
    authors = {card.id: card for card in _authors(site, config, places, images)}
    built_in = built_in_pages(site, config)
    menu = tuple(Link(e.title, _destination(e.to, places, urls, built_in)) for e in config.menu)
    view = SiteView(
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
        feeds=feeds_of(permalinks.HOME, config.title, places, messages),
        author=authors[config.authors[0].id],
        icons=_icons(site),
        notice=_notice(site, messages),
        coming=places.url(permalinks.CALENDAR) if site.showing.is_whole else "",
    )
    term_links = {
        (term.taxonomy, term.slug): _term_link(term, places)
        for taxonomy in site.taxonomies
        for term in taxonomy.terms
    }
    entries = {entry.post.source: entry for entry in site.entries}
    shared = config, view, tuple(authors.values())
    return Frame(
        site=site,
        config=config,
        links=places,
        view=view,
        entries=entries,
        by_term=_by_term(site),
        authors=authors,
        urls=urls,
        images=images,
        sketches=Sketches(site, shared) if is_compared else NoSketches(),
        lines=Lazily(lambda source: _line(entries[source], places, messages, term_links)),
        cards=Lazily(
            lambda source: _card(entries[source], places, messages, images, term_links, authors)
        ),
        term_links=term_links,
    )


def _by_term(site: Site) -> dict[tuple[str, str], tuple[Entry, ...]]:
    entries: dict[tuple[str, str], list[Entry]] = {}
    for entry in site.entries:
        for term in entry.terms:
            entries.setdefault((term.taxonomy, term.slug), []).append(entry)
    return {term: tuple(found) for term, found in entries.items()}


def _is_everywhere(name: str) -> bool:
    """Whether each page links that file: one in a folder is for templates that ask for it."""
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


def _destination(
    to: str, places: Permalinks, urls: Mapping[str, str], built_in: Mapping[str, str]
) -> str:
    """The URL of a menu's entry; that it exists has been checked."""
    if to in built_in:
        return places.url(built_in[to])
    if f"content/{to}" in urls:
        return urls[f"content/{to}"]
    return to if "://" in to else places.url(permalinks.for_taxonomy(to))


def _footer(
    site: Site,
    messages: Messages,
    places: Permalinks,
    urls: Mapping[str, str],
    menu: tuple[Link, ...],
    built_in: Mapping[str, str],
) -> tuple[Link, ...]:
    """Every main page that the menu leaves out."""
    everywhere = (
        *_named(("search", "archive", "series", "balance"), messages, places, built_in),
        *(Link(t.title, places.url(permalinks.for_taxonomy(t.name))) for t in site.taxonomies),
        *(Link(page.title, urls[page.source]) for page in site.pages),
        *_named(("follow",), messages, places, built_in),
    )
    in_menu = {link.url for link in menu}
    return tuple(link for link in everywhere if link.url not in in_menu)


def _named(
    names: Iterable[str], messages: Messages, places: Permalinks, built_in: Mapping[str, str]
) -> Iterable[Link]:
    """Links to those of the built-in pages that there are, whose names are words, too."""
    return (Link(translate(messages, n), places.url(built_in[n])) for n in names if n in built_in)


def feeds_of(
    owner: str, title: str, places: Permalinks, messages: Messages
) -> tuple[FeedLink, ...]:
    """The feeds of the page at `owner`, with whole URLs, since people copy them."""
    return tuple(
        FeedLink(
            title=translate(messages, "feed_title", title=title, format=feed_format),
            format=feed_format,
            media_type=permalinks.MEDIA_TYPES[feed_format],
            url=places.absolute(permalinks.for_feed(owner, feed_format)),
        )
        for feed_format in permalinks.FEED_FILES
    )


def term_feeds(term: Term, frame: Frame) -> tuple[FeedLink, ...]:
    """The feeds of one trait or reason."""
    owner = permalinks.for_term(term.taxonomy, term.slug)
    return feeds_of(owner, term.title, frame.links, frame.messages)


def author_feeds(author: AuthorCard, frame: Frame) -> tuple[FeedLink, ...]:
    """The feeds of one author, () where nobody else writes."""
    if not author.url or len(frame.config.authors) < 2:
        return ()
    owner = permalinks.for_author(author.id)
    return feeds_of(owner, author.name, frame.links, frame.messages)


def series_feeds(series: Series, frame: Frame) -> tuple[FeedLink, ...]:
    """The feeds of one series."""
    owner = permalinks.for_series(series.slug)
    return feeds_of(owner, series.title, frame.links, frame.messages)


def year_feeds(year: int, frame: Frame) -> tuple[FeedLink, ...]:
    """The feeds of one year."""
    title = translate(frame.messages, "letters_of_year", year=year)
    return feeds_of(permalinks.for_year(year), title, frame.links, frame.messages)


def head(
    frame: Frame,
    permalink: str,
    title: str,
    description: str,
    *,
    kind: str = "website",
    is_indexed: bool = True,
    feeds: tuple[FeedLink, ...] = (),
    image: Image | None = None,
    authors: Iterable[AuthorCard] = (),
    profiles: Iterable[Link] = (),
    properties: Properties = (),
    structured: Mapping[str, Any] | None = None,
    language: str = "",
) -> Head:
    """A page's own head."""
    image = shared_image(image, frame) or card_of(permalink, title, kind, frame)
    return Head(
        title=title,
        description=shortened(description),
        url=frame.links.url(permalink),
        canonical=frame.links.absolute(permalink),
        kind=kind,
        is_indexed=is_indexed and not frame.view.notice,
        feeds=feeds,
        image=image,
        properties=(
            *_locale(language or frame.config.language),
            *(_image_properties(image) if image else ()),
            *properties,
        ),
        creators=tuple(author.fediverse for author in authors if author.fediverse),
        profiles=tuple(link.url for link in profiles),
        structured=structured or {},
    )


def _locale(language: str) -> Properties:
    """A language as Open Graph writes it, `en_GB`; it knows none without a territory."""
    found = re.fullmatch(r"([A-Za-z]{2,3})(?:-[A-Za-z]{4})?-([A-Za-z]{2})", language)
    return (("og:locale", f"{found[1].lower()}_{found[2].upper()}"),) if found else ()


def shared_image(image: Image | None, frame: Frame) -> Image | None:
    """An image in a form that other sites show, which vector images are not."""
    if image is None:
        return None
    url = frame.links.absolute_url(image.url)
    return image._replace(url=url) if _ending(url) in _MEDIA_TYPES else None


def card_of(permalink: str, title: str, kind: str, frame: Frame) -> Image | None:
    """The card that stands for a page: that of the post, or of the site."""
    if not frame.config.images.cards:
        return None
    card = permalinks.for_card(permalink if kind == "article" else permalinks.HOME)
    url = frame.links.absolute(card)
    alt = title if kind == "article" else frame.config.title
    return Image(url, alt, CARD_WIDTH, CARD_HEIGHT, ())


def _ending(url: str) -> str:
    return url.rpartition(".")[2].lower()


def _image_properties(image: Image) -> Properties:
    """An image as Open Graph wants it: the size lets a card be shown before it has come."""
    properties = {
        "og:image": image.url,
        "og:image:type": _MEDIA_TYPES[_ending(image.url)],
        "og:image:width": str(image.width or ""),
        "og:image:height": str(image.height or ""),
        "og:image:alt": image.alt,
    }
    return tuple((name, value) for name, value in properties.items() if value)


def shortened(text: str) -> str:
    """`text` up to the last whole word within the length of a summary."""
    if len(text) <= SUMMARY_LENGTH:
        return text
    cut = text[:SUMMARY_LENGTH].rsplit(" ", 1)[0].rstrip(" ,;:.-–—")
    return f"{cut}…"


def summary_of(entry: Entry) -> str:
    """The writer's summary, or the beginning of the first paragraph."""
    return entry.post.summary or shortened(str(entry.post.body.opening))


def post_link(source: str, frame: Frame) -> PostLink | None:
    """A post in a line; None for ''."""
    return frame.lines[source] if source else None


def line(entry: Entry, frame: Frame) -> PostLink:
    """A post in a line."""
    return frame.lines[entry.post.source]


def card(entry: Entry, frame: Frame) -> PostCard:
    """A post in a list."""
    return frame.cards[entry.post.source]


def newest(entries: Sequence[Entry], frame: Frame) -> tuple[PostCard, ...]:
    """Cards of the newest of some posts: as many as the home page has."""
    return tuple(card(entry, frame) for entry in entries[: frame.config.home.cards])


def earlier(entries: Sequence[Entry], frame: Frame) -> tuple[PostLink, ...]:
    """Lines for those that `newest` leaves out."""
    return tuple(line(entry, frame) for entry in entries[frame.config.home.cards :])


def _line(
    entry: Entry,
    places: Permalinks,
    messages: Messages,
    term_links: Mapping[tuple[str, str], TermLink],
) -> PostLink:
    traits = _traits(entry, term_links)
    return PostLink(
        title=entry.post.title,
        url=places.url(entry.permalink),
        date=date_view(entry.post.published, messages.conventions),
        trait=traits[0] if traits else None,
        state=entry.state,
    )


def traits_of(entry: Entry, frame: Frame) -> tuple[TermLink, ...]:
    """Links to the traits of a post, the first of which it wears."""
    return _traits(entry, frame.term_links)


def _traits(entry: Entry, term_links: Mapping[tuple[str, str], TermLink]) -> tuple[TermLink, ...]:
    return tuple(
        term_links[term.taxonomy, term.slug] for term in entry.terms if term.taxonomy == TRAITS
    )


def _card(
    entry: Entry,
    places: Permalinks,
    messages: Messages,
    images: Mapping[str, Image],
    term_links: Mapping[tuple[str, str], TermLink],
    authors: Mapping[str, AuthorCard],
) -> PostCard:
    return PostCard(
        title=entry.post.title,
        url=places.url(entry.permalink),
        date=date_view(entry.post.published, messages.conventions),
        summary=summary_of(entry),
        traits=_traits(entry, term_links),
        image=_image(entry, images),
        reading_minutes=entry.post.body.reading_minutes,
        state=entry.state,
        authors=tuple(Link(authors[a].name, authors[a].url) for a in entry.authors),
    )


def letter(entry: Entry, frame: Frame, *, opening_only: bool = False) -> Letter:
    """A post in full, or up to its `<!-- more -->`."""
    post = entry.post
    image = None if _shows_its_image(post) else image_of(entry, frame)
    return Letter(
        title=post.title,
        url=frame.links.url(entry.permalink),
        date=date_view(post.published, frame.messages.conventions),
        updated=date_view(post.updated, frame.messages.conventions) if post.updated else None,
        authors=tuple(frame.authors[author] for author in entry.authors),
        terms=tuple(term_link(term, frame) for term in entry.terms),
        summary=summary_of(entry),
        lead="" if str(post.body.opening).startswith(post.summary[:LEAD_LENGTH]) else post.summary,
        image=image,
        reading_minutes=post.body.reading_minutes,
        headings=contents(post.body),
        html=prose(post.body, frame, opening_only=opening_only, has_first=image is None),
        language=post.language if post.language != frame.config.language else "",
        syndication=post.syndication,
        extra=post.extra,
        state=entry.state,
    )


def _shows_its_image(post: Post) -> bool:
    return post.image is not None and post.image.target in post.body.targets


def prose(
    body: Body, frame: Frame, *, opening_only: bool = False, has_first: bool = False
) -> Prose:
    """A body, or what stands before its `<!-- more -->`, with the URLs of its references.

    `has_first` says that no other image of the page stands before those in the body.
    """
    targets, shown = sorted(body.targets), sorted(body.images)
    images = ((target, frame.images.get(file_of(target))) for target in shown)
    return Prose(
        html=body.html,
        end=body.opening_end if opening_only else 0,
        urls=tuple((target, frame.urls[target]) for target in targets if target in frame.urls),
        root=frame.links.root,
        images=tuple((target, image) for target, image in images if image),
        has_first=has_first,
    )


def contents(body: Body) -> tuple[Heading, ...]:
    """The headings for a contents list, () for a body too short to need one."""
    headings = body.inventory.read().headings
    count = sum(1 + len(heading.children) for heading in headings)
    return headings if count >= CONTENTS_FROM else ()


def image_of(entry: Entry, frame: Frame) -> Image | None:
    """A post's image, if it has one that exists."""
    return _image(entry, frame.images)


def _image(entry: Entry, images: Mapping[str, Image]) -> Image | None:
    reference = entry.post.image
    image = images.get(file_of(reference.target)) if reference else None
    return image and image._replace(alt=entry.post.image_alt or "")


def trait_shares(entries: Iterable[Entry], frame: Frame) -> tuple[TermShare, ...]:
    """How many of these posts are about each trait."""
    counts = Counter((term.taxonomy, term.slug) for entry in entries for term in entry.terms)
    return tuple(
        TermShare(link, counts[term])
        for term, link in frame.term_links.items()
        if link.taxonomy == TRAITS
    )


def term_link(term: Term, frame: Frame) -> TermLink:
    """A link to a trait, reason or topic."""
    return frame.term_links[term.taxonomy, term.slug]


def _term_link(term: Term, places: Permalinks) -> TermLink:
    permalink = permalinks.for_term(term.taxonomy, term.slug)
    url = places.url(permalink)
    return TermLink(term.taxonomy, term.slug, term.title, url, term.icon, term.colour)


def answer(frame: Frame, title: str) -> AnswerView:
    """The line that asks the reader to answer a post."""
    settings = frame.config.answer
    subject = translate(frame.messages, "reply_subject", title=title)
    return AnswerView(
        text=settings.text or translate(frame.messages, "answer_line"),
        page=frame.urls.get(f"content/{settings.page}", ""),
        mailto=_mailto(settings.email, subject) if settings.email else "",
    )


def _mailto(address: str, subject: str) -> str:
    """A link that opens a mail on that subject (RFC 6068)."""
    return f"mailto:{quote(address, safe='@')}?subject={quote(subject, safe='')}"
