"""Tags, authors, ids and references that do not fit the rest of the blog."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import groupby
from typing import TypeVar
from unicodedata import normalize
from urllib.parse import unquote

from generator.checks.dates import check_dates
from generator.checks.names import drafts_last, shared_addresses
from generator.checks.replies import not_shown, reply_problems
from generator.config.addresses import meant_by
from generator.config.levels import DEFAULT_LEVELS, Level, severity_of
from generator.config.rules import is_author_id
from generator.config.settings import TRAITS, SiteConfig
from generator.model import (
    Content,
    Document,
    Limit,
    PlainPage,
    Post,
    PostState,
    Reference,
    Site,
    Tag,
    Taxonomy,
    Term,
    Visibility,
)
from generator.problems import (
    MOST_ALIKE,
    Location,
    Problem,
    Severity,
    did_you_mean,
    nearest,
    shortened,
    suggestion,
)
from generator.site import permalinks
from generator.site.approval import approvers_of, authors_of, lacks_approval
from generator.site.page_bundles import (
    STATIC,
    file_of,
    owner_of,
    owners_of,
    references_of,
    targets_of,
)
from generator.site.references import without_suffix
from generator.site.taxonomies import fold, terms_by_tag

MOST_NAMED = 3  # people who could approve a post
_LONG_OUT = timedelta(days=31)  # by then, readers have seen a note that is still in a post


def check_content(
    content: Content, site: Site, config: SiteConfig, *, visibility: Visibility
) -> tuple[Problem, ...]:
    """Every problem between the parts of a blog.

    Those in a draft that is not shown are warnings: a draft must not stop other posts.
    """
    by_tag = terms_by_tag(site.taxonomies)
    words = {*by_tag, *(fold(word) for term in _broken(Term, content) for word in term.words)}
    states = {item.source: item.state for item in site.withheld}
    problems = [
        *_term_problems(site.taxonomies),
        *shared_addresses(content.posts, site.taxonomies, config),
        *_identity_problems(content.posts),
        *_coming_clashes(content.posts, states, config),
        *_alias_problems(site),
        *_tag_problems(content, by_tag, words, config),
        *_author_problems((*content.posts, *_broken(Post, content)), config),
        *_unapproved(content.posts, config, site.as_of),
        *_empty(content.posts),
        *_unfinished(content, config, site.as_of),
        *check_dates(content.posts, config, as_of=site.as_of),
        *_hidden_elsewhere(content.documents, site.as_of),
        *_series_problems(content.posts),
        *_reference_problems(content, states, site.permalinks, config),
        *_undescribed_images(_with_broken(content), config),
    ]
    if content.replies or content.actions or any(post.answers for post in content.posts):
        problems += reply_problems(content)
        problems += _names_in_replies(content, by_tag, config)
    return _lenient_to_drafts(problems, content, visibility)


Kind = TypeVar("Kind", Post, PlainPage, Term)


def _broken(kind: type[Kind], content: Content) -> tuple[Kind, ...]:
    """The documents of a kind that have errors, which may have more of them."""
    documents = (broken.document for broken in content.broken)
    return tuple(document for document in documents if isinstance(document, kind))


def _with_broken(content: Content) -> tuple[Document, ...]:
    return (*content.documents, *(broken.document for broken in content.broken))


def _term_problems(taxonomies: Iterable[Taxonomy]) -> Iterator[Problem]:
    for taxonomy in taxonomies:
        for tag, terms in terms_by_tag([taxonomy]).items():
            for term in terms[1:]:
                places = [word.at for word in term.tags if fold(word.text) == tag]
                if not term.source or (not places and term.slug == terms[0].slug):
                    continue  # a topic, which `names` looks at, or two terms at one address
                yield Problem(
                    "shared-tag",
                    places[0] if places else Location(term.source),
                    f"the tag '{tag}' also belongs to '{terms[0].title}'",
                    f"Keep it in one {taxonomy.singular}.",
                )


def _identity_problems(posts: Iterable[Post]) -> Iterator[Problem]:
    first: dict[str, str] = {}
    for post in sorted(posts, key=drafts_last):
        other = first.setdefault(post.id, post.source)
        if other != post.source:
            yield Problem(
                "same-id",
                Location(post.source),
                f"{other} has the same id '{post.id}'",
                "Feed readers would take them for one post: give this one an id of its own.",
            )


def _coming_clashes(
    posts: Iterable[Post], states: Mapping[str, PostState], config: SiteConfig
) -> Iterator[Problem]:
    """Scheduled posts that would take another post's address on the day they are published."""
    if not any(state.is_waiting for state in states.values()):
        return
    coming = [post for post in posts if not post.is_draft]
    for address, sharers in groupby(sorted(coming, key=_address(config)), key=_address(config)):
        *others, last = sorted(sharers, key=lambda post: (post.published, post.source))
        if others and last.source in states and states[last.source].is_waiting:
            yield Problem(
                "same-url",
                Location(last.source),
                f"on its day this post would be at {address}, where {others[0].source} is",
                "Give it another slug.",
            )


def _unapproved(posts: Iterable[Post], config: SiteConfig, as_of: datetime) -> Iterator[Problem]:
    """Posts that lack only approval, so that none is overlooked."""
    for post in posts:
        if not post.is_draft and lacks_approval(post, config, as_of):
            yield Problem(
                "not-approved",
                post.approved_by.at if post.approved_by else Location(post.source),
                _why_unapproved(post, config),
                _who_approves(post, config),
                Severity.WARNING,
            )


def _why_unapproved(post: Post, config: SiteConfig) -> str:
    if post.approved_by is None:
        return "the post is ready but not approved"
    name = shortened(post.approved_by.text)
    if post.approved_on and name in approvers_of(post, config):
        return f"the day of the approval, {post.approved_on.date()}, is still to come"
    if name in authors_of(post, config):
        return f"the post is not approved, since '{name}' has written it"
    return f"the post is not approved, since '{name}' is no author's id in site.toml"


def _who_approves(post: Post, config: SiteConfig) -> str:
    able = approvers_of(post, config)
    if not able:
        return (
            "Add an [[authors]] table in site.toml for whoever approves it, "
            "or set approve_own_posts = true."
        )
    if post.approved_by and (meant := nearest(post.approved_by.text, able)):
        return f"If {meant} approves it, write approved_by: {meant}."
    return f"Whoever approves it adds a line: approved_by: {' or '.join(able[:MOST_NAMED])}."


def _empty(posts: Iterable[Post]) -> Iterator[Problem]:
    for post in posts:
        if not post.is_draft and not post.body.html:
            yield Problem(
                "empty-post",
                Location(post.source),
                "the post has no text",
                "Write it below the second line of hyphens, or write `draft: true` above it.",
                Severity.WARNING,
            )


def _unfinished(content: Content, config: SiteConfig, as_of: datetime) -> Iterator[Problem]:
    """What a skeleton or the writer left to be written.

    It stops no more than a post that is to go out: in a draft it is a warning, and in a post that
    came out long ago, whose readers have seen it.
    """
    level = config.checks.get("unfinished-text", DEFAULT_LEVELS["unfinished-text"])
    milder: Level = "warning" if level == "error" else level
    asked = {" ".join(question.split()) for term in content.terms for question in term.questions}
    for document in content.documents:
        if document.body is None:
            continue
        is_mild = not isinstance(document, Term) and document.is_draft
        if isinstance(document, Post):
            is_mild |= document.published < as_of - _LONG_OUT
        questions = [quote for quote in document.body.quotes if quote.text in asked]
        for words in (*document.body.unfinished, *questions):
            yield from _at_level(milder if is_mild else level, _unfinished_text(words))


def _unfinished_text(words: Tag) -> Problem:
    message = f"'{shortened(words.text)}' is still to be replaced"
    hint = "Write your own words instead, or delete it."
    return Problem("unfinished-text", words.at, message, hint)


def _hidden_elsewhere(documents: Iterable[Document], as_of: datetime) -> Iterator[Problem]:
    """Files that would be out, but that a key of another tool hides at this moment."""
    for document in documents:
        for limit in document.limits:
            if not limit.hides(as_of) or _is_dated_later(document, limit):
                continue
            day, key = limit.moment.date(), shortened(limit.key.text)
            message = f"'{key}' hides this file in other tools "
            message += f"since {day}" if limit.is_end else f"until {day}"
            hint = f"Write date: {day} to publish it then, or draft: true; delete '{key}'."
            if isinstance(document, Term):
                hint = f"Move the file out of this folder, or delete '{key}'."
            elif limit.is_end or isinstance(document, PlainPage):
                hint = f"Write draft: true, and delete '{key}'."
            yield Problem("hidden-elsewhere", limit.key.at, message, hint)


def _is_dated_later(document: Document, limit: Limit) -> bool:
    """Whether a post's own date holds it back for as long as the key would."""
    return isinstance(document, Post) and not limit.is_end and limit.moment <= document.published


def _series_problems(posts: Iterable[Post]) -> Iterator[Problem]:
    """Two parts of a series that claim the same place in it."""
    first: dict[tuple[str, int], str] = {}
    for post in posts:
        if post.series and post.series_order:
            place = permalinks.slug_of(post.series.text), post.series_order
            other = first.setdefault(place, post.source)
            if other != post.source:
                yield Problem(
                    "same-order",
                    Location(post.source),
                    f"{other} is also number {post.series_order} of '{post.series.text}'",
                    "Give each its own `series_order`, or none to order them by date.",
                    Severity.WARNING,
                )


def _alias_problems(site: Site) -> Iterator[Problem]:
    """Old addresses that some disks, though no web server, take for the post's own."""
    for entry in site.entries:
        for alias in entry.post.aliases:
            if permalinks.is_same_but_for_case(alias.text, entry.permalink):
                yield Problem(
                    "alias-case",
                    alias.at,
                    f"the alias '{alias.text}' differs from {entry.permalink} in case only",
                    "It is left out. To keep the old address, write its last part as the slug.",
                    Severity.WARNING,
                )


def _address(config: SiteConfig) -> Callable[[Post], str]:
    return lambda post: permalinks.for_post(
        config.permalink, published=post.published, slug=post.slug.casefold()
    )


def _tag_problems(
    content: Content,
    by_tag: Mapping[str, tuple[Term, ...]],
    words: Collection[str],
    config: SiteConfig,
) -> Iterator[Problem]:
    """Tags that nobody knows, and posts without a trait; `words` are all that may be tags."""
    of_traits = {
        tag for tag, terms in by_tag.items() if any(term.taxonomy == TRAITS for term in terms)
    }
    of_traits |= {*words} - by_tag.keys()  # of a file with errors: perhaps a trait's
    untagged = {broken.document.source for broken in content.broken if not broken.knows_tags}
    for post in (*content.posts, *_broken(Post, content)):
        tags = [fold(tag.text) for tag in post.tags]
        unknown = [tag for tag, word in zip(post.tags, tags, strict=True) if word not in words]
        for tag in unknown:
            yield from _at_level(config.unknown_tags, _unknown_tag(tag, sorted(words)))
        if not unknown and of_traits.isdisjoint(tags) and post.source not in untagged:
            yield from _at_level(config.posts_without_trait, _no_trait(post))


def _author_problems(posts: Iterable[Post], config: SiteConfig) -> Iterator[Problem]:
    authors = {author.id for author in config.authors}
    for post in posts:
        for author in post.authors:
            if author.text not in authors:
                yield from _at_level(config.unknown_authors, _unknown_author(author, authors))


def _names_in_replies(
    content: Content, by_tag: Mapping[str, tuple[Term, ...]], config: SiteConfig
) -> Iterator[Problem]:
    """Authors and traits of answers and actions that are not known."""
    authors = {author.id for author in config.authors}
    for reply in content.replies:
        if reply.answered_by and reply.answered_by.text not in authors:
            problem = _unknown_author(reply.answered_by, authors)
            yield from _at_level(config.unknown_authors, problem)
    for action in content.actions:
        for tag in action.traits:
            if fold(tag.text) not in by_tag:
                yield from _at_level(config.unknown_tags, _unknown_tag(tag, sorted(by_tag)))


def _unknown_tag(tag: Tag, known: Iterable[str]) -> Problem:
    otherwise = "Add it to a trait's tags, or to 'topics' in site.toml."
    return Problem(
        "unknown-tag",
        tag.at,
        f"the tag '{tag.text}' belongs to no trait and no topic",
        did_you_mean(fold(tag.text), known, otherwise=otherwise),
    )


def _no_trait(post: Post) -> Problem:
    at = post.tags[0].at if post.tags else Location(post.source, 1, 1)
    return Problem("no-trait", at, "the post has no trait", "Add a tag that belongs to a trait.")


def _unknown_author(author: Tag, known: Iterable[str]) -> Problem:
    otherwise = (
        "Add an [[authors]] table with that id."
        if is_author_id(author.text)
        else "Add an [[authors]] table with an id of small letters from a to z, and write it here."
    )
    return Problem(
        "unknown-author",
        author.at,
        f"the author '{author.text}' is not in site.toml",
        did_you_mean(author.text, known, otherwise=otherwise),
    )


def _at_level(level: Level, problem: Problem) -> tuple[Problem, ...]:
    severity = severity_of(level)
    return (replace(problem, severity=severity),) if severity else ()


def _reference_problems(
    content: Content,
    states: Mapping[str, PostState],
    shown: Collection[str],
    config: SiteConfig,
) -> Iterator[Problem]:
    """Links and images that lead nowhere, or to what the reader can't see.

    A preview shows unpublished posts, which may link to each other if both are `shown` in it.
    """
    posts = {post.source: post for post in content.posts}
    drafts = {page.source for page in content.pages if page.is_draft}
    drafts |= {source for source, found in states.items() if found.is_draft}
    owners = owners_of(content)
    files = {file.path for file in (*content.media, *content.static)}
    broken = {document.document.source for document in content.broken}
    known = {*(document.source for document in content.documents), *content.rejected, *files}
    known |= broken
    open_to_all = known - files - drafts - states.keys()
    for document in _with_broken(content):
        if open_to_all.issuperset(targets_of(document)):
            continue
        missing = 0
        for reference in references_of(document):
            target = reference.target
            if target.startswith("/") and not reference.is_image:
                continue
            target = file_of(target)
            if target not in known:
                missing += 1
                near = known if missing <= MOST_ALIKE else ()  # no more of them are shown
                yield from _missing(reference, near, config)
                continue
            seen = owner_of(target, owners) if target in files else target
            if seen == document.source or (document.source in states and seen in shown):
                continue
            if document.source in broken:  # it may have no date
                continue
            if seen in drafts or _comes_later(posts.get(seen), document, states):
                yield Problem(
                    "link-to-unpublished",
                    reference.at,
                    f"'{reference.as_written}' leads to a post that readers can't see yet",
                    "Remove the link until that post is published.",
                )


def _undescribed_images(documents: Iterable[Document], config: SiteConfig) -> Iterator[Problem]:
    """Images without alt text for readers who can't see them."""
    for document in documents:
        for image in document.body.undescribed if document.body else ():
            yield from _undescribed(
                image.text,
                image.at,
                f'Describe it: ![text]({image.text}), or write {{: alt=""}} if it is decoration.',
                config,
            )
        if isinstance(document, Post) and document.image and document.image_alt is None:
            yield from _undescribed(
                document.image.as_written,
                document.image.at,
                'Describe it in image_alt, or write image_alt: "" if it is decoration.',
                config,
            )


def _undescribed(url: str, at: Location, hint: str, config: SiteConfig) -> tuple[Problem, ...]:
    message = f"the image '{shortened(url)}' has no alt text"
    return _at_level(config.missing_alt, Problem("missing-alt", at, message, hint))


def _comes_later(target: Post | None, document: Document, states: Mapping[str, PostState]) -> bool:
    """Whether a reader of the document may find that its target is not published yet."""
    if target is None or target.source not in states or not states[target.source].is_waiting:
        return False
    return not isinstance(document, Post) or target.published > document.published


def _missing(
    reference: Reference, known: Collection[str], config: SiteConfig
) -> tuple[Problem, ...]:
    typed, meant = reference.as_written, meant_by(reference.as_written)
    if reference.is_image:
        problem = Problem(
            "missing-image",
            reference.at,
            f"the image '{typed}' does not exist",
            _nearest_file(reference, known) or "Put the file beside the post.",
        )
        return _at_level(config.missing_images, problem)
    problem = Problem(
        "broken-link",
        reference.at,
        f"the link '{typed}' leads to no file",
        (f"Write {meant}." if meant else _nearest_file(reference, known))
        or "Write the other file's path, relative to this file.",
    )
    return _at_level(config.broken_links, problem)


def _nearest_file(reference: Reference, known: Collection[str]) -> str:
    """The suggestion of a file with that name, or almost; it is written as a link to it."""
    folder = posixpath.dirname(reference.at.path)
    wanted = posixpath.basename(reference.target)
    paths: dict[str, str] = {}  # by name: the nearest file of that name
    for path in sorted(known, key=lambda path: (posixpath.relpath(path, folder).count("/"), path)):
        paths.setdefault(posixpath.basename(path), path)
        if path.endswith("/index.md"):
            paths.setdefault("/".join(path.split("/")[-2:]), path)
    beside = posixpath.dirname(reference.target)
    # names of images are often alike, such as image-1.png, and mean nothing in another folder
    likely = [n for n, path in paths.items() if n.endswith(".md") or path.startswith(f"{beside}/")]
    name = wanted if wanted in paths else nearest(wanted, likely, likeness=0.75)
    name = name or next((each for each in paths if _undated(each) == wanted.casefold()), "")
    if not name:
        return ""
    path = paths[name]
    if normalize("NFC", path) == normalize("NFC", reference.target):
        return (
            "It looks like that of a file, but has its accents in another form: copy it from there."
        )
    link = path.removeprefix("content/static") if path.startswith(STATIC) else ""
    link = link or posixpath.relpath(path, folder)
    typed = unquote(without_suffix(reference.as_written))
    return suggestion(typed, link) if link != typed else ""


def _undated(name: str) -> str:
    """A name without the date that it begins with, which people forget."""
    return re.sub(r"^\d{4}-\d{1,2}-\d{1,2}[-_ ]+(?=\w)", "", name.casefold())


def _lenient_to_drafts(
    problems: Iterable[Problem], content: Content, visibility: Visibility
) -> tuple[Problem, ...]:
    """The problems, with those in drafts that are not shown turned into warnings."""
    documents = _with_broken(content)
    drafts = {d.source for d in documents if not isinstance(d, Term) and d.is_draft}
    unseen = not_shown(content.replies) | (set() if visibility.drafts else drafts)
    return tuple(
        replace(problem, severity=Severity.WARNING)
        if problem.severity is Severity.ERROR and problem.at.path in unseen
        else problem
        for problem in problems
    )
