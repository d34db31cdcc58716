"""Posts as a site: which are shown, in which order, with which neighbours and terms."""

from __future__ import annotations

import posixpath
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime, time, timedelta

from generator.config.settings import SiteConfig
from generator.i18n.dates import hour_in_short
from generator.model import (
    Content,
    Document,
    Entry,
    MediaFile,
    Part,
    Post,
    PostState,
    Site,
    Term,
    Visibility,
    Withheld,
)
from generator.site import permalinks
from generator.site.approval import authors_of, lacks_approval
from generator.site.page_bundles import STATIC, owner_of, owners_of, targets_of
from generator.site.related import related_posts
from generator.site.series import parts_of, series_of
from generator.site.taxonomies import taxonomies_of, terms_by_tag, terms_of
from generator.views import Messages


def assemble(
    content: Content,
    config: SiteConfig,
    messages: Messages,
    *,
    as_of: datetime,
    visibility: Visibility,
) -> Site:
    """The site as it is to be shown at `as_of`."""
    states = {post.source: state_of(post, config, as_of) for post in content.posts}
    monday = _midnight_of_monday(as_of, config)
    shown = sorted(
        (
            post if post.has_date else post._replace(published=monday)
            for post in content.posts
            if _is_shown(states[post.source], visibility)
        ),
        key=newest_first,
    )
    taxonomies = taxonomies_of(content.terms, shown, config, messages)
    pages = tuple(page for page in content.pages if visibility.drafts or not page.is_draft)
    addresses = {post.source: _address(post, config) for post in shown}
    addresses |= {page.source: page.permalink for page in pages}
    addresses |= {
        term.source: permalinks.for_term(term.taxonomy, term.slug)
        for taxonomy in taxonomies
        for term in taxonomy.terms
        if term.source
    }
    media = _media(content, (*shown, *pages, *content.terms, *content.actions), addresses)
    by_tag = terms_by_tag(taxonomies)
    series = series_of(shown)
    entries = _entries(shown, states, addresses, by_tag, parts_of(series), config)
    site = Site(
        entries=entries,
        pages=pages,
        taxonomies=taxonomies,
        series=series,
        media=media,
        permalinks=addresses | {file.source: file.permalink for file in media},
        withheld=tuple(_withheld(content, states, config, as_of.astimezone(config.zone))),
        as_of=as_of,
        visibility=visibility,
    )
    if not (content.replies or content.actions):
        return site
    from generator.site.listening import listening_of

    said = listening_of(content, entries, by_tag, config)
    return site._replace(
        replies=said.replies,
        reactions=said.reactions,
        questions=said.questions,
        actions=said.actions,
        listening=said.figures,
    )


def state_of(post: Post, config: SiteConfig, as_of: datetime) -> PostState:
    """The state of a post at that moment."""
    if post.is_draft:
        return post.status
    if lacks_approval(post, config, as_of):
        return PostState.READY
    return PostState.PUBLISHED if post.published <= as_of else PostState.SCHEDULED


def steady(
    documents: Iterable[Document], as_of: datetime, config: SiteConfig
) -> tuple[float, float]:
    """The span, in seconds since 1970, in which the site of these is the same as at `as_of`.

    A site changes when a post appears; reports on scheduled posts change at New Year, and the
    calendar of a preview, and drafts without a date in it, change on Mondays.
    """
    monday = _midnight_of_monday(as_of, config)
    year = as_of.astimezone(config.zone).year
    edges = [day.timestamp() for day in (monday, monday + timedelta(7))]
    edges += [datetime(y, 1, 1, tzinfo=config.zone).timestamp() for y in (year, year + 1)]
    for document in documents:
        edges += [limit.moment.timestamp() for limit in document.limits]
        if isinstance(document, Post) and not document.is_draft:
            edges += [moment.timestamp() for moment in _moments_of(document)]
    now = as_of.timestamp()
    return max(e for e in edges if e <= now), min(e for e in edges if e > now)


def _midnight_of_monday(as_of: datetime, config: SiteConfig) -> datetime:
    midnight = datetime.combine(as_of.astimezone(config.zone), time(), config.zone)
    return midnight - timedelta(midnight.weekday())


def _moments_of(post: Post) -> tuple[datetime, ...]:
    """The moments that count: one to come takes a warning away when it is past."""
    moments = (post.published, post.updated, post.approved_on)
    return tuple(moment for moment in moments if moment)


def _is_shown(state: PostState, visibility: Visibility) -> bool:
    if state.is_draft:
        return visibility.drafts
    return state is PostState.PUBLISHED or visibility.future


def newest_first(post: Post) -> tuple[float, str]:
    """The key by which posts are sorted."""
    return (-post.published.timestamp(), post.source)


def _address(post: Post, config: SiteConfig) -> str:
    return permalinks.for_post(config.permalink, published=post.published, slug=post.slug)


def _withheld(
    content: Content,
    states: Mapping[str, PostState],
    config: SiteConfig,
    as_of: datetime,
) -> Iterator[Withheld]:
    """What readers don't see, and why."""
    for post in sorted(content.posts, key=lambda post: post.source):
        state = states[post.source]
        if state.is_draft:
            yield Withheld(post.source, state, _DRAFTS[state])
        elif state is not PostState.PUBLISHED:
            yield Withheld(post.source, state, _why_waiting(post, config, as_of))
    for page in content.pages:
        if page.is_draft:
            yield Withheld(page.source, PostState.DRAFT, _DRAFTS[PostState.DRAFT])
    for source in (*content.rejected, *content.unread):
        if source in content.unread_drafts:
            yield Withheld(source, PostState.DRAFT, "a draft with front matter that can't be read")
        else:
            yield Withheld(source, PostState.ERROR, "not published, because of the errors above")


_DRAFTS = {
    PostState.IDEA: "an idea, as its front matter says",
    PostState.PLANNED: "planned, as its front matter says",
    PostState.DRAFT: "a draft, as its front matter says",
}


def _why_waiting(post: Post, config: SiteConfig, as_of: datetime) -> str:
    if post.published <= as_of:
        return "waiting for approval"
    hour = hour_in_short(post.published, config.time_zone, today=as_of)
    waits = ", and waiting for approval" if lacks_approval(post, config, as_of) else ""
    return f"scheduled for {hour}{waits}"


def _entries(
    shown: Sequence[Post],
    states: Mapping[str, PostState],
    addresses: Mapping[str, str],
    by_tag: Mapping[str, tuple[Term, ...]],
    parts: Mapping[str, Part],
    config: SiteConfig,
) -> tuple[Entry, ...]:
    terms = _terms(shown, by_tag)
    related = related_posts(shown, terms, parts)
    return tuple(
        Entry(
            post=post,
            state=states[post.source],
            permalink=addresses[post.source],
            terms=terms[post.source],
            authors=authors_of(post, config),
            newer=shown[place - 1].source if place else "",
            older=shown[place + 1].source if place + 1 < len(shown) else "",
            related=related[post.source],
            part=parts.get(post.source),
        )
        for place, post in enumerate(shown)
    )


def _terms(
    shown: Iterable[Post], by_tag: Mapping[str, tuple[Term, ...]]
) -> dict[str, tuple[Term, ...]]:
    """The terms of each post, computed once for all posts with the same tags."""
    known: dict[tuple[str, ...], tuple[Term, ...]] = {}
    found = {}
    for post in shown:
        tags = tuple([tag.text for tag in post.tags])
        if tags not in known:
            known[tags] = terms_of(post, by_tag)
        found[post.source] = known[tags]
    return found


def _media(
    content: Content, shown: Iterable[Document], addresses: Mapping[str, str]
) -> tuple[MediaFile, ...]:
    """The files to copy: all of static/, all next to a shown post, and others that are used."""
    used = {target for document in shown for target in targets_of(document)}
    owners = owners_of(content)
    return tuple(_copies(content, owners, addresses, used))


def _copies(
    content: Content,
    owners: Mapping[str, str],
    addresses: Mapping[str, str],
    used: Collection[str],
) -> Iterator[MediaFile]:
    for file in content.static:
        yield MediaFile(file.path, "/" + file.path.removeprefix(STATIC), file.digest)
    for file in content.media:
        owner = owner_of(file.path, owners)
        if owner in addresses:
            inside = file.path.removeprefix(posixpath.dirname(owner) + "/")
            yield MediaFile(file.path, addresses[owner] + inside, file.digest)
        elif not owner and file.path in used:
            yield MediaFile(file.path, permalinks.for_shared_media(file.path), file.digest)
