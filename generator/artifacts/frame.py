"""What all pages share: the frame around them, and posts as letters, cards and lines."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, NamedTuple, TypeVar
from urllib.parse import quote

from generator.artifacts.built_in import built_in_pages
from generator.artifacts.images import pictures_by_source
from generator.artifacts.sketches import NoSketches, Sketches
from generator.config.settings import TRAITS, AuthorSettings, SiteConfig
from generator.i18n.dates import date_view
from generator.i18n.translate import say
from generator.model import (
    Asset,
    Body,
    Entry,
    Heading,
    PictureFile,
    Post,
    Series,
    Site,
    Standing,
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
    Letter,
    Link,
    Mark,
    Picture,
    PostCard,
    PostLink,
    Prose,
    SiteView,
    TermLink,
    TermShare,
    Words,
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
    pictures: Mapping[str, Picture]  # by source, without the words for them
    sketches: Sketches | NoSketches
    # what many pages share is made once, so that its digest is taken once, too
    lines: Mapping[str, PostLink]  # by source
    cards: Mapping[str, PostCard]  # by source
    term_links: Mapping[tuple[str, str], TermLink]  # by taxonomy and slug

    @property
    def words(self) -> Words:
        """The words of the interface."""
        return self.view.words


def frame_of(
    site: Site,
    config: SiteConfig,
    words: Words,
    assets: tuple[Asset, ...],
    picture_files: Mapping[str, PictureFile],
    *,
    is_compared: bool,
) -> Frame:
    """The frame of a site in a theme with these static files."""
    places = Permalinks.at(config.base_url)
    urls = {source: places.url(permalink) for source, permalink in site.permalinks.items()}
    pictures = pictures_by_source(site, picture_files, config.pictures, places)
    authors = {card.id: card for card in _authors(site, config, places, pictures)}
    built_in = built_in_pages(site, config)
    menu = tuple(Link(e.title, _destination(e.to, places, urls, built_in)) for e in config.menu)
    view = SiteView(
        title=config.title,
        tagline=config.tagline,
        home=places.root,
        language=config.language,
        direction=words.direction,
        words=words,
        menu=menu,
        footer=_footer(site, words, places, urls, menu, built_in),
        stylesheets=tuple(places.url(a.permalink) for a in assets if _is_everywhere(a.name)),
        files={asset.name: places.url(asset.permalink) for asset in assets},
        manifest=places.url(permalinks.MANIFEST),
        feeds=feeds_of(permalinks.HOME, config.title, places, words),
        author=authors[config.authors[0].id],
        marks=_marks(site),
        notice=_notice(site, words),
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
        pictures=pictures,
        sketches=Sketches(site, shared) if is_compared else NoSketches(),
        lines=Lazily(lambda source: _line(entries[source], places, words, term_links)),
        cards=Lazily(
            lambda source: _card(entries[source], places, words, pictures, term_links, authors)
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


def _marks(site: Site) -> tuple[Mark, ...]:
    terms = (term for taxonomy in site.taxonomies for term in taxonomy.terms)
    names = dict.fromkeys(term.mark for term in terms if term.mark)
    return tuple(Mark(name, DRAWINGS[name]) for name in names)


def _notice(site: Site, words: Words) -> str:
    if all(entry.standing is Standing.PUBLISHED for entry in site.entries) and not any(
        page.is_draft for page in site.pages
    ):
        return ""
    return say(words, "private_look")


def _authors(
    site: Site, config: SiteConfig, places: Permalinks, pictures: Mapping[str, Picture]
) -> Iterable[AuthorCard]:
    for author in config.authors:
        yield _author_card(author, places, pictures)
    listed = {author.id for author in config.authors}
    guests = {author: None for entry in site.entries for author in entry.authors}
    for guest in guests:
        if guest not in listed:
            yield AuthorCard(guest, guest, "", "", "", None, "", (), "")


def _author_card(
    author: AuthorSettings, places: Permalinks, pictures: Mapping[str, Picture]
) -> AuthorCard:
    return AuthorCard(
        id=author.id,
        name=author.name,
        role=author.role,
        summary=author.summary,
        url=places.url(permalinks.for_author(author.id)),
        portrait=pictures.get(STATIC + author.portrait),
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
    words: Words,
    places: Permalinks,
    urls: Mapping[str, str],
    menu: tuple[Link, ...],
    built_in: Mapping[str, str],
) -> tuple[Link, ...]:
    """Every main page that the menu leaves out."""
    everywhere = (
        *_named(("search", "archive", "series", "balance"), words, places, built_in),
        *(Link(t.title, places.url(permalinks.for_taxonomy(t.name))) for t in site.taxonomies),
        *(Link(page.title, urls[page.source]) for page in site.pages),
        *_named(("follow",), words, places, built_in),
    )
    in_menu = {link.url for link in menu}
    return tuple(link for link in everywhere if link.url not in in_menu)


def _named(
    names: Iterable[str], words: Words, places: Permalinks, built_in: Mapping[str, str]
) -> Iterable[Link]:
    """Links to those of the built-in pages that there are, whose names are words, too."""
    return (Link(say(words, n), places.url(built_in[n])) for n in names if n in built_in)


def feeds_of(owner: str, title: str, places: Permalinks, words: Words) -> tuple[FeedLink, ...]:
    """The feeds of the page at `owner`, with whole URLs, since people copy them."""
    return tuple(
        FeedLink(
            title=say(words, "feed_title", title=title, format=feed_format),
            format=feed_format,
            media_type=permalinks.MEDIA_TYPES[feed_format],
            url=places.absolute(permalinks.for_feed(owner, feed_format)),
        )
        for feed_format in permalinks.FEED_FILES
    )


def term_feeds(term: Term, frame: Frame) -> tuple[FeedLink, ...]:
    """The feeds of one trait or reason."""
    owner = permalinks.for_term(term.taxonomy, term.slug)
    return feeds_of(owner, term.title, frame.links, frame.words)


def author_feeds(author: AuthorCard, frame: Frame) -> tuple[FeedLink, ...]:
    """The feeds of one author, () where nobody else writes."""
    if not author.url or len(frame.config.authors) < 2:
        return ()
    owner = permalinks.for_author(author.id)
    return feeds_of(owner, author.name, frame.links, frame.words)


def series_feeds(series: Series, frame: Frame) -> tuple[FeedLink, ...]:
    """The feeds of one series."""
    owner = permalinks.for_series(series.slug)
    return feeds_of(owner, series.title, frame.links, frame.words)


def year_feeds(year: int, frame: Frame) -> tuple[FeedLink, ...]:
    """The feeds of one year."""
    title = say(frame.words, "letters_of_year", year=year)
    return feeds_of(permalinks.for_year(year), title, frame.links, frame.words)


def head(
    frame: Frame,
    permalink: str,
    title: str,
    description: str,
    *,
    kind: str = "website",
    is_indexed: bool = True,
    feeds: tuple[FeedLink, ...] = (),
    picture: Picture | None = None,
    authors: Iterable[AuthorCard] = (),
    profiles: Iterable[Link] = (),
    properties: Properties = (),
    structured: Mapping[str, Any] | None = None,
    language: str = "",
) -> Head:
    """A page's own head."""
    image = shared_image(picture, frame) or card_of(permalink, title, kind, frame)
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


def shared_image(picture: Picture | None, frame: Frame) -> Picture | None:
    """A picture in a form that other sites show, which vector pictures are not."""
    if picture is None:
        return None
    url = frame.links.absolute_url(picture.url)
    return picture._replace(url=url) if _ending(url) in _MEDIA_TYPES else None


def card_of(permalink: str, title: str, kind: str, frame: Frame) -> Picture | None:
    """The card that stands for a page: that of the post, or of the site."""
    if not frame.config.pictures.cards:
        return None
    card = permalinks.for_card(permalink if kind == "article" else permalinks.HOME)
    url = frame.links.absolute(card)
    alt = title if kind == "article" else frame.config.title
    return Picture(url, alt, CARD_WIDTH, CARD_HEIGHT, ())


def _ending(url: str) -> str:
    return url.rpartition(".")[2].lower()


def _image_properties(image: Picture) -> Properties:
    """A picture as Open Graph wants it: the size lets a card be shown before it has come."""
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
    words: Words,
    term_links: Mapping[tuple[str, str], TermLink],
) -> PostLink:
    traits = _traits(entry, term_links)
    return PostLink(
        title=entry.post.title,
        url=places.url(entry.permalink),
        date=date_view(entry.post.published, words.conventions),
        trait=traits[0] if traits else None,
        standing=entry.standing,
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
    words: Words,
    pictures: Mapping[str, Picture],
    term_links: Mapping[tuple[str, str], TermLink],
    authors: Mapping[str, AuthorCard],
) -> PostCard:
    return PostCard(
        title=entry.post.title,
        url=places.url(entry.permalink),
        date=date_view(entry.post.published, words.conventions),
        summary=summary_of(entry),
        traits=_traits(entry, term_links),
        picture=_picture(entry, pictures),
        reading_minutes=entry.post.body.reading_minutes,
        standing=entry.standing,
        authors=tuple(Link(authors[a].name, authors[a].url) for a in entry.authors),
    )


def letter(entry: Entry, frame: Frame, *, opening_only: bool = False) -> Letter:
    """A post in full, or up to its `<!-- more -->`."""
    post = entry.post
    picture = None if _shows_its_picture(post) else picture_of(entry, frame)
    return Letter(
        title=post.title,
        url=frame.links.url(entry.permalink),
        date=date_view(post.published, frame.words.conventions),
        updated=date_view(post.updated, frame.words.conventions) if post.updated else None,
        authors=tuple(frame.authors[author] for author in entry.authors),
        terms=tuple(term_link(term, frame) for term in entry.terms),
        summary=summary_of(entry),
        lead="" if str(post.body.opening).startswith(post.summary[:LEAD_LENGTH]) else post.summary,
        picture=picture,
        reading_minutes=post.body.reading_minutes,
        headings=contents(post.body),
        html=prose(post.body, frame, opening_only=opening_only, has_first=picture is None),
        language=post.language if post.language != frame.config.language else "",
        syndication=post.syndication,
        extra=post.extra,
        standing=entry.standing,
    )


def _shows_its_picture(post: Post) -> bool:
    return post.image is not None and post.image.target in post.body.targets


def prose(
    body: Body, frame: Frame, *, opening_only: bool = False, has_first: bool = False
) -> Prose:
    """A body, or what stands before its `<!-- more -->`, with the URLs of its references.

    `has_first` says that no other picture of the page stands before those in the body.
    """
    targets, shown = sorted(body.targets), sorted(body.pictures)
    pictures = ((target, frame.pictures.get(file_of(target))) for target in shown)
    return Prose(
        html=body.html,
        end=body.opening_end if opening_only else 0,
        urls=tuple((target, frame.urls[target]) for target in targets if target in frame.urls),
        root=frame.links.root,
        pictures=tuple((target, picture) for target, picture in pictures if picture),
        has_first=has_first,
    )


def contents(body: Body) -> tuple[Heading, ...]:
    """The headings for a contents list, () for a body too short to need one."""
    headings = body.inventory.read().headings
    count = sum(1 + len(heading.children) for heading in headings)
    return headings if count >= CONTENTS_FROM else ()


def picture_of(entry: Entry, frame: Frame) -> Picture | None:
    """A post's picture, if it has one that exists."""
    return _picture(entry, frame.pictures)


def _picture(entry: Entry, pictures: Mapping[str, Picture]) -> Picture | None:
    image = entry.post.image
    picture = pictures.get(file_of(image.target)) if image else None
    return picture and picture._replace(alt=entry.post.image_alt or "")


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
    return TermLink(term.taxonomy, term.slug, term.title, url, term.mark, term.tone)


def answer(frame: Frame, title: str) -> AnswerView:
    """The line that asks the reader to answer a post."""
    settings = frame.config.answer
    subject = say(frame.words, "reply_subject", title=title)
    return AnswerView(
        text=settings.text or say(frame.words, "answer_line"),
        page=frame.urls.get(f"content/{settings.page}", ""),
        mailto=_mailto(settings.email, subject) if settings.email else "",
    )


def _mailto(address: str, subject: str) -> str:
    """A link that opens a mail on that subject (RFC 6068)."""
    return f"mailto:{quote(address, safe='@')}?subject={quote(subject, safe='')}"
