"""What people said and what came of it, as far as everybody may see it.

What is shown is decided here, once, and only here: whatever is not approved, or not consented to,
or belongs to a post that is not shown, is in no value that a later stage gets.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from generator.config.settings import SiteConfig
from generator.listening.ledger import figures_of, newest_record
from generator.listening.questions import questions_of, shown_in
from generator.listening.threads import oldest_first, posts_of, threads_of
from generator.listening.visible import may_be_shown, shown_reply
from generator.model import (
    Action,
    Answer,
    Content,
    Entry,
    ListeningFigures,
    Question,
    Reactions,
    Reply,
    ReplyKind,
    ReplyThread,
    ShownAction,
    ShownReply,
    Term,
)
from generator.site.taxonomies import fold


class Listening(NamedTuple):
    """The replies and actions of a site that may be shown."""

    replies: Mapping[str, tuple[ReplyThread, ...]]
    reactions: Mapping[str, Reactions]
    questions: tuple[Question, ...]
    actions: tuple[ShownAction, ...]
    figures: ListeningFigures | None


def listening_of(
    content: Content,
    entries: Sequence[Entry],
    by_tag: Mapping[str, tuple[Term, ...]],
    config: SiteConfig,
) -> Listening:
    """The replies below the posts that are shown, and what came of them."""
    shown = {entry.post.name: entry for entry in entries}
    by_post = _by_post(content.replies, shown)
    answer_of = _answers(entries, shown, config)
    threads = {
        source: found
        for source, replies in by_post.items()
        if (found := threads_of(replies, post=source, answer_of=answer_of))
    }
    replies = {reply.id: reply for found in threads.values() for reply in shown_in(found)}
    actions = tuple(_actions(content.actions, replies, shown, by_tag))
    as_of = newest_record(replies.values(), actions)
    questions = sorted(
        (question for found in threads.values() for question in questions_of(found)),
        key=lambda question: oldest_first(question.reply),
    )
    return Listening(
        replies=threads,
        reactions=_reactions(by_post),
        questions=tuple(questions),
        actions=actions,
        figures=figures_of(questions, as_of) if as_of else None,
    )


def answered_by_posts(entries: Iterable[Entry]) -> dict[str, Entry]:
    """The first post whose head says that it answers each reply, by the reply's id."""
    found: dict[str, Entry] = {}
    for entry in sorted(entries, key=lambda entry: entry.post.published):
        for tag in entry.post.answers:
            found.setdefault(tag.text, entry)
    return found


def _by_post(replies: Iterable[Reply], shown: Mapping[str, Entry]) -> dict[str, list[Reply]]:
    """The replies below each post that is shown, by its source."""
    posts = posts_of(replies)
    found: dict[str, list[Reply]] = {}
    for reply in replies:
        if entry := shown.get(posts[reply.id]):
            found.setdefault(entry.post.source, []).append(reply)
    return found


def _answers(
    entries: Iterable[Entry], shown: Mapping[str, Entry], config: SiteConfig
) -> Callable[[Reply], Answer | None]:
    """A function that gives the answer to a reply, if it can be seen: a post must be shown."""
    by_posts = answered_by_posts(entries)
    authors = {author.id for author in config.authors}

    def by_post(entry: Entry, reply: Reply) -> Answer:
        post, answer = entry.post, reply.answered
        by = answer.by if answer and answer.by in authors else entry.authors[0]
        return Answer(by, (answer and answer.at) or post.published.date(), post.source, "", "")

    def answer_of(reply: Reply) -> Answer | None:
        answer = reply.answered
        if answer and answer.words:
            return answer
        entry = shown.get(answer.post) if answer else by_posts.get(reply.id)
        return by_post(entry, reply) if entry else None

    return answer_of


def _reactions(by_post: Mapping[str, Iterable[Reply]]) -> dict[str, Reactions]:
    found = {}
    for source, replies in by_post.items():
        reactions = [
            shown_reply(reply, post=source, answer=None)
            for reply in sorted(replies, key=oldest_first)
            if reply.kind.is_reaction and may_be_shown(reply)
        ]
        if reactions:
            found[source] = Reactions(
                mentions=tuple(r for r in reactions if r.kind is ReplyKind.MENTION),
                likes=tuple(r for r in reactions if r.kind is ReplyKind.LIKE),
            )
    return found


def _actions(
    actions: Iterable[Action],
    replies: Mapping[str, ShownReply],
    shown: Mapping[str, Entry],
    by_tag: Mapping[str, tuple[Term, ...]],
) -> Iterator[ShownAction]:
    """The actions, newest first."""
    for action in sorted(actions, key=_newest_first):
        said = [tag.text for tag in action.said]
        words = tuple(replies[name] for name in said if name in replies)
        named = [shown[name].post.source for name in said if name in shown]
        yield ShownAction(
            slug=action.slug,
            title=action.title,
            state=action.state,
            reason=action.reason,
            by=action.by.text if action.by else "",
            since=action.since,
            updated=action.updated,
            said=words,
            posts=tuple(dict.fromkeys([*named, *(reply.post for reply in words)])),
            terms=tuple(_terms(action, by_tag)),
            source=action.source,
            body=action.body,
        )


def _newest_first(action: Action) -> tuple[int, str]:
    return -(action.updated or action.since).toordinal(), action.source


def _terms(action: Action, by_tag: Mapping[str, tuple[Term, ...]]) -> Iterator[Term]:
    seen = set()
    for tag in action.traits:
        for term in by_tag.get(fold(tag.text), ())[:1]:
            if (term.taxonomy, term.slug) not in seen:
                seen.add((term.taxonomy, term.slug))
                yield term
