"""What came of each post and trait, for its writer alone.

Facts beside each other, and no score: nobody can say how many thanks a question is worth, and a
number that stands for everything is soon the only thing that is written for.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from html import unescape
from typing import NamedTuple

from generator.config.settings import TRAITS
from generator.model import Action, Entry, PostState, Reply, ReplyKind, ReplyState, Term
from generator.site.permalinks import Permalinks
from generator.site.taxonomies import fold

FEWEST = 5  # people in a group; of fewer, no number is shown
MEASURES = ("visits", "mails", "opened", "clicks")

_COUNTED = frozenset({ReplyState.NEW, ReplyState.APPROVED})
_HREF = re.compile(r'\shref="([^"#]+)')


class DailySum(NamedTuple):
    """How often something was counted on a day for a post; nothing about whom."""

    post: str  # its name
    measure: str  # one of MEASURES
    day: date
    number: int


class Impact(NamedTuple):
    """Separate facts about a post or a trait."""

    replies: int  # with words, so without mentions and likes
    questions: int  # among the replies
    thanks: int  # among the replies
    linked_by: int  # later posts that link it
    actions: int  # what was decided about it, or about what people said below it
    copies: int  # elsewhere
    sums: Mapping[str, int | None] = {}  # by measure, if anything was counted; None for a few


class PostImpact(NamedTuple):
    """What came of a post."""

    source: str
    title: str
    day: date
    traits: tuple[str, ...]  # titles
    impact: Impact


class TraitImpact(NamedTuple):
    """What came of all posts about a trait."""

    slug: str
    title: str
    posts: int
    impact: Impact


class Said(NamedTuple):
    """What people said and what was decided about it."""

    replies: Sequence[Reply]
    posts: Mapping[str, str]  # the name of the post that each reply belongs to, by its id
    actions: Sequence[Action]


def impact_of(
    entries: Iterable[Entry], said: Said, sums: Iterable[DailySum], base_url: str
) -> tuple[PostImpact, ...]:
    """What came of each published post, the newest first."""
    published = [entry for entry in entries if entry.state is PostState.PUBLISHED]
    replies = _replies_by_post(said)
    linked = _linked_by(published, Permalinks.at(base_url))
    actions = _actions_by_post(said)
    counted = _sums_by_post(sums)
    return tuple(
        PostImpact(
            source=entry.post.source,
            title=entry.post.title,
            day=entry.post.published.date(),
            traits=tuple(term.title for term in _traits_of(entry)),
            impact=_facts(
                replies.get(entry.post.name, ()),
                linked_by=len(linked.get(entry.post.source, ())),
                actions=len(actions.get(entry.post.name, ())),
                copies=len(entry.post.syndication),
                sums=counted.get(entry.post.name, {}),
            ),
        )
        for entry in published
    )


def impact_of_traits(
    traits: Iterable[Term], entries: Sequence[Entry], posts: Iterable[PostImpact], said: Said
) -> tuple[TraitImpact, ...]:
    """The same for each trait; a post counts in full for each of its own, an action once."""
    by_source = {post.source: post for post in posts}
    actions = _actions_by_post(said)
    found = []
    for trait in traits:
        about = [
            entry
            for entry in entries
            if entry.post.source in by_source and trait in _traits_of(entry)
        ]
        facts = [by_source[entry.post.source].impact for entry in about]
        led_to = {slug for entry in about for slug in actions.get(entry.post.name, ())}
        led_to |= {action.slug for action in said.actions if _names(action, trait)}
        found.append(
            TraitImpact(trait.slug, trait.title, len(about), _together(facts, len(led_to)))
        )
    return tuple(found)


def _facts(
    replies: Collection[Reply],
    *,
    linked_by: int,
    actions: int,
    copies: int,
    sums: Mapping[str, int],
) -> Impact:
    kinds = [reply.kind for reply in replies]
    return Impact(
        replies=len(kinds),
        questions=kinds.count(ReplyKind.QUESTION),
        thanks=kinds.count(ReplyKind.THANKS),
        linked_by=linked_by,
        actions=actions,
        copies=copies,
        sums={name: _of_many(sums[name]) for name in MEASURES if name in sums},
    )


def _of_many(count: int) -> int | None:
    return count if count >= FEWEST else None


def _together(facts: Sequence[Impact], actions: int) -> Impact:
    """The facts of several posts; a number that is not shown is in no sum either."""
    shown = {
        name: sum(fact.sums.get(name) or 0 for fact in facts)
        for name in MEASURES
        if any(name in fact.sums for fact in facts)
    }
    return Impact(
        replies=sum(fact.replies for fact in facts),
        questions=sum(fact.questions for fact in facts),
        thanks=sum(fact.thanks for fact in facts),
        linked_by=sum(fact.linked_by for fact in facts),
        actions=actions,
        copies=sum(fact.copies for fact in facts),
        sums={name: _of_many(count) for name, count in shown.items()},
    )


def _replies_by_post(said: Said) -> dict[str, list[Reply]]:
    """The replies with words to each post, without those that were hidden or are spam."""
    found: dict[str, list[Reply]] = {}
    for reply in said.replies:
        if reply.state in _COUNTED and not reply.kind.is_reaction:
            found.setdefault(said.posts.get(reply.id, ""), []).append(reply)
    return found


def _actions_by_post(said: Said) -> dict[str, set[str]]:
    """The slugs of the actions that each post led to, by itself or by what was said below it."""
    found: dict[str, set[str]] = {}
    for action in said.actions:
        for tag in action.said:
            post = said.posts.get(tag.text, tag.text)
            found.setdefault(post, set()).add(action.slug)
    return found


def _linked_by(published: Sequence[Entry], links: Permalinks) -> dict[str, set[str]]:
    """The sources of the later posts that link each post, as a file or by its address."""
    by_address: dict[str, Entry] = {}
    for entry in published:
        for address in (entry.permalink, *(alias.text for alias in entry.post.aliases)):
            if address.startswith("/"):
                by_address[links.absolute(address)] = entry
                by_address[links.url(address)] = entry
    by_source = {entry.post.source: entry for entry in published}
    found: dict[str, set[str]] = {}
    for entry in published:
        body = entry.post.body
        targets = [by_source.get(target) for target in body.targets]
        targets += [by_address.get(unescape(href)) for href in _HREF.findall(body.html)]
        for target in targets:
            if target and target.post.published < entry.post.published:
                found.setdefault(target.post.source, set()).add(entry.post.source)
    return found


def _sums_by_post(sums: Iterable[DailySum]) -> dict[str, dict[str, int]]:
    found: dict[str, dict[str, int]] = {}
    for each in sums:
        of_post = found.setdefault(each.post, {})
        of_post[each.measure] = of_post.get(each.measure, 0) + each.number
    return found


def _traits_of(entry: Entry) -> Iterator[Term]:
    return (term for term in entry.terms if term.taxonomy == TRAITS)


def _names(action: Action, trait: Term) -> bool:
    """Whether an action says that it belongs to a trait, by slug, title or tag."""
    words = {fold(word) for word in trait.words}
    return any(fold(tag.text) in words for tag in action.traits)
