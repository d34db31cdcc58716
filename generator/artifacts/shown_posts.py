"""A post as pages show it: in full, as a card, in a line."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from generator.artifacts.page_context import PageContext
from generator.artifacts.page_heads import cut_at_word
from generator.config.settings import TRAITS
from generator.i18n.dates import date_view
from generator.model import Body, Entry, Heading, Post, PostState
from generator.site.page_bundles import file_of
from generator.views import (
    AuthorCard,
    FullPost,
    Image,
    Link,
    PostCard,
    PostLink,
    Prose,
    TermLink,
)

LEAD_LENGTH = 60  # characters that show whether a summary repeats the opening
CONTENTS_FROM = 3  # headings that make a contents list worth its space


class ShownPost(NamedTuple):
    """A post with all that pages show of it: what it belongs to, and where its links lead."""

    post: Post
    state: PostState
    permalink: str
    terms: tuple[TermLink, ...]  # of all taxonomies, in their order
    authors: tuple[AuthorCard, ...]
    image: Image | None
    urls: tuple[tuple[str, str], ...]  # of the files that its body refers to
    images: tuple[tuple[str, Image], ...]  # those in its body, without alt text
    reply_count: int

    @property
    def traits(self) -> tuple[TermLink, ...]:
        """Links to its traits; the first gives the post its icon and colour."""
        return tuple([term for term in self.terms if term.taxonomy == TRAITS])

    @property
    def summary(self) -> str:
        """The writer's summary, or the beginning of the first paragraph."""
        return self.post.summary or cut_at_word(self.post.body.opening)


def shown_post(
    entry: Entry,
    term_links: Mapping[tuple[str, str], TermLink],
    authors: Mapping[str, AuthorCard],
    urls: Mapping[str, str],
    images: Mapping[str, Image],
    reply_count: int,
) -> ShownPost:
    """A post of a site, with what its page shows beside its own text.

    `term_links` has no term of a hidden taxonomy.
    """
    post = entry.post
    image = images.get(file_of(post.image.target)) if post.image else None
    return ShownPost(
        post=post,
        state=entry.state,
        permalink=entry.permalink,
        terms=tuple(
            [
                term_links[key]
                for term in entry.terms
                if (key := (term.taxonomy, term.slug)) in term_links
            ]
        ),
        authors=tuple([authors[author] for author in entry.authors]),
        image=image and image._replace(alt=post.image_alt or ""),
        urls=urls_in(post.body, urls),
        images=images_in(post.body, images),
        reply_count=reply_count,
    )


def urls_in(body: Body, urls: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """The files that a body refers to, as far as the site has them, with their URLs."""
    if not body.references:
        return ()
    return tuple([(target, urls[target]) for target in sorted(body.targets) if target in urls])


def images_in(body: Body, images: Mapping[str, Image]) -> tuple[tuple[str, Image], ...]:
    """The images that a body shows, as far as the site has them."""
    if not body.references:
        return ()
    found = ((target, images.get(file_of(target))) for target in sorted(body.images))
    return tuple([(target, image) for target, image in found if image])


def post_link(shown: ShownPost, context: PageContext) -> PostLink:
    """A post in a line."""
    return PostLink(
        title=shown.post.title,
        url=context.links.url(shown.permalink),
        date=date_view(shown.post.published, context.messages.conventions),
        trait=next(iter(shown.traits), None),
        state=shown.state,
    )


def post_card(shown: ShownPost, context: PageContext) -> PostCard:
    """A post in a list."""
    return PostCard(
        title=shown.post.title,
        url=context.links.url(shown.permalink),
        date=date_view(shown.post.published, context.messages.conventions),
        summary=shown.summary,
        traits=shown.traits,
        image=shown.image,
        reading_minutes=shown.post.body.reading_minutes,
        state=shown.state,
        authors=tuple([Link(author.name, author.url) for author in shown.authors]),
        reply_count=shown.reply_count,
    )


def full_post(shown: ShownPost, context: PageContext, *, opening_only: bool = False) -> FullPost:
    """A post in full, or up to its `<!-- more -->`."""
    post, conventions = shown.post, context.messages.conventions
    image = None if _shows_its_image(post) else shown.image
    return FullPost(
        title=post.title,
        url=context.links.url(shown.permalink),
        date=date_view(post.published, conventions),
        updated=date_view(post.updated, conventions) if post.updated else None,
        authors=shown.authors,
        terms=shown.terms,
        summary=shown.summary,
        lead="" if post.body.opening.startswith(post.summary[:LEAD_LENGTH]) else post.summary,
        image=image,
        reading_minutes=post.body.reading_minutes,
        headings=contents(post.body),
        html=post_prose(shown, context, opening_only=opening_only, has_first=image is None),
        language=post.language if post.language != context.config.language else "",
        syndication=post.syndication,
        extra=post.extra,
        state=shown.state,
        reply_count=shown.reply_count,
    )


def _shows_its_image(post: Post) -> bool:
    return post.image is not None and post.image.target in post.body.targets


def post_prose(
    shown: ShownPost, context: PageContext, *, opening_only: bool = False, has_first: bool = False
) -> Prose:
    """A post's body, or the part before its `<!-- more -->`.

    `has_first` says that no other image of the page comes before those in the body.
    """
    end = shown.post.body.opening_end if opening_only else 0
    return Prose(
        html=shown.post.body.html,
        end=end,
        urls=shown.urls,
        root=context.links.root,
        images=shown.images,
        has_first=has_first,
        page=context.links.url(shown.permalink) if end else "",
    )


def contents(body: Body) -> tuple[Heading, ...]:
    """The headings for a contents list, () for a body too short to need one."""
    count = sum(1 + len(heading.children) for heading in body.headings)
    return body.headings if count >= CONTENTS_FROM else ()


def names_of(authors: Iterable[AuthorCard]) -> str:
    """The authors of a post in one line."""
    return ", ".join(author.name for author in authors)
