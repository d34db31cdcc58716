"""The page of questions, and the page of what people said and what was done."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import partial
from math import ceil
from typing import NamedTuple

from generator.artifacts.context import SiteContext, body_prose, link_to, term_link
from generator.artifacts.feed_links import action_feeds, reply_feeds
from generator.artifacts.page_context import PageContext
from generator.artifacts.page_heads import head
from generator.artifacts.recipes import Artifact, page
from generator.artifacts.replies import Answerers, answerers, author_card, day_of, reply_view
from generator.artifacts.structured_data import described_place
from generator.config.built_in_pages import ACTIONS, QUESTIONS
from generator.i18n.translate import translate
from generator.model import ListeningFigures, Question, ShownAction, ShownReply, Term
from generator.site import permalinks
from generator.views import (
    ActionLink,
    ActionsView,
    ActionView,
    Figures,
    Link,
    PostLink,
    Prose,
    QuestionsView,
    QuestionView,
    ReplyView,
)


def listening_pages(context: SiteContext) -> Iterator[Artifact]:
    """Each of the two pages, if there is something to show on it."""
    site = context.site
    if site.questions:
        questions = QuestionsInputs(
            context.page,
            site.questions,
            _posts_of((question.reply for question in site.questions), context),
            _known(tuple(question.reply for question in site.questions), context),
            site.listening,
        )
        yield page(
            "questions.html", QUESTIONS, partial(_questions_view, questions), inputs=questions
        )
    if site.actions:
        yield page("actions.html", ACTIONS, partial(_actions_view, context))


class QuestionsInputs(NamedTuple):
    """Everything that the page of questions is made from."""

    context: PageContext
    questions: tuple[Question, ...]
    posts: tuple[tuple[str, PostLink], ...]  # by source
    known: Answerers
    figures: ListeningFigures | None


def _known(replies: tuple[ShownReply, ...], context: SiteContext) -> Answerers:
    return answerers(replies, context.authors, context.links_to)


def _posts_of(
    replies: Iterable[ShownReply], context: SiteContext
) -> tuple[tuple[str, PostLink], ...]:
    """The posts that these replies are about."""
    sources = sorted({reply.post for reply in replies})
    return tuple([(source, context.links_to[source]) for source in sources])


def _questions_view(inputs: QuestionsInputs) -> QuestionsView:
    context = inputs.context
    title = translate(context.messages, "questions")
    summary = translate(context.messages, "questions_summary", site=context.config.title)
    posts = dict(inputs.posts)

    def view(question: Question) -> QuestionView:
        post = posts[question.reply.post]
        reply = reply_view(question.reply, post.url, post.url, inputs.known, context)
        return QuestionView(reply, post, question.days)

    place = described_place((Link(title, context.links.url(QUESTIONS)),), context)
    answered = [question for question in inputs.questions if not question.is_open]
    feeds = reply_feeds(context)
    return QuestionsView(
        site=context.view,
        head=head(context, QUESTIONS, title, summary, feeds=feeds, structured=place),
        title=title,
        open=tuple(view(question) for question in inputs.questions if question.is_open),
        answered=tuple(view(question) for question in reversed(answered)),
        figures=_figures(inputs.figures, context),
        feeds=feeds,
    )


def _figures(figures: ListeningFigures | None, context: PageContext) -> Figures | None:
    if figures is None:
        return None
    return Figures(
        questions=figures.questions,
        answered=figures.answered,
        median_days=None if figures.median_days is None else ceil(figures.median_days),
        oldest_open=figures.oldest_open,
        as_of=day_of(figures.as_of, context),
    )


def _actions_view(context: SiteContext) -> ActionsView:
    title = translate(context.messages, "actions")
    summary = translate(context.messages, "actions_summary")
    feeds = action_feeds(context.page)
    place = described_place((Link(title, context.links.url(ACTIONS)),), context.page)
    return ActionsView(
        site=context.view,
        head=head(context.page, ACTIONS, title, summary, feeds=feeds, structured=place),
        title=title,
        actions=tuple(action_view(action, context) for action in context.site.actions),
        figures=_figures(context.site.listening, context.page),
        questions=context.links.url(QUESTIONS) if context.site.questions else "",
        feeds=feeds,
    )


def action_view(action: ShownAction, context: SiteContext) -> ActionView:
    """An action with the words that led to it."""
    by = author_card(action.by, context.authors)
    return ActionView(
        anchor=permalinks.anchor_of_action(action.slug),
        title=action.title,
        state=action.state.value,
        reason=action.reason,
        by=Link(by.name, by.url),
        since=day_of(action.since, context.page),
        updated=day_of(action.updated, context.page) if action.updated else None,
        said=tuple(_said(action.said, context)),
        posts=tuple(link_to(context.entries[source], context) for source in action.posts),
        terms=tuple(term_link(term, context) for term in visible_terms(action, context)),
        html=_prose(action, context),
    )


def visible_terms(action: ShownAction, context: SiteContext) -> tuple[Term, ...]:
    """What an action belongs to, without what nothing is to lead to."""
    hidden = {taxonomy.name for taxonomy in context.site.taxonomies if taxonomy.is_hidden}
    return tuple(term for term in action.terms if term.taxonomy not in hidden)


def _said(replies: tuple[ShownReply, ...], context: SiteContext) -> Iterator[ReplyView]:
    known = _known(replies, context)
    for reply in replies:
        post = context.links_to[reply.post].url
        yield reply_view(reply, post, post, known, context.page)


_HEADING = re.compile(r'(?<=<h[1-6] id=")[^"]*(?=")')
_LINK = re.compile(r'(<a (?:[^">]|"[^"]*")*?href="#)([^"]*)(?=")')


def _prose(action: ShownAction, context: SiteContext) -> Prose:
    """What was decided, with anchors that no other action on the page has."""
    prefix = permalinks.anchor_of_action(action.slug)
    anchors = set(_HEADING.findall(action.body.html))

    def anchor(name: str) -> str:
        return f"{prefix}-{name}" if name in anchors else name

    html = _HEADING.sub(lambda found: anchor(found[0]), action.body.html)
    html = _LINK.sub(lambda found: found[1] + anchor(found[2]), html)
    return body_prose(action.body, context)._replace(html=html)


def action_links(actions: Iterable[ShownAction], context: PageContext) -> tuple[ActionLink, ...]:
    """Some actions, each in a line."""
    return tuple(
        ActionLink(
            title=action.title,
            url=action_url(action, context),
            state=action.state.value,
            date=day_of(action.at, context),
        )
        for action in actions
    )


def action_url(action: ShownAction, context: PageContext) -> str:
    """Where an action is on the page of all of them."""
    return f"{context.links.url(ACTIONS)}#{permalinks.anchor_of_action(action.slug)}"
