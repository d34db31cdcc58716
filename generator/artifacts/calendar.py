"""The page of the weeks to come, which only the writer sees."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from generator.artifacts.context import SiteContext, link_to
from generator.artifacts.page_heads import head
from generator.artifacts.recipes import Artifact, page
from generator.i18n.dates import date_view
from generator.i18n.translate import translate
from generator.insights.calendar import CalendarPost, WeekPlan, calendar
from generator.model import PostState
from generator.site import permalinks
from generator.views import CalendarView, ComingPost, ComingWeek

WEEKS = 12

_MESSAGES = {
    PostState.PLANNED: "coming_planned",
    PostState.DRAFT: "draft",
    PostState.READY: "coming_ready",
    PostState.SCHEDULED: "coming_scheduled",
    PostState.PUBLISHED: "coming_published",
}


def calendar_pages(context: SiteContext) -> Iterator[Artifact]:
    """The page, in a preview of everything: with less, some weeks would wrongly look empty."""
    if context.site.visibility.is_whole:
        view = partial(_calendar_view, context)
        yield page("calendar.html", permalinks.CALENDAR, view, changed=None)


def _calendar_view(context: SiteContext) -> CalendarView:
    site, title = context.site, translate(context.messages, "coming")
    found = calendar(site.entries, context.config, as_of=site.as_of, weeks=WEEKS)
    return CalendarView(
        site=context.view,
        head=head(
            context.page,
            permalinks.CALENDAR,
            title,
            translate(context.messages, "coming_lead"),
            is_indexed=False,
        ),
        weeks=tuple(_coming_week(plan, context) for plan in found.weeks),
        started=tuple(_coming_post(post, context) for post in found.overdue),
        ideas=tuple(link_to(idea.entry, context) for idea in found.ideas),
    )


def _coming_week(plan: WeekPlan, context: SiteContext) -> ComingWeek:
    return ComingWeek(
        number=plan.week.number,
        year=plan.week.year,
        due=date_view(plan.due, context.messages.conventions),
        posts=tuple(_coming_post(post, context) for post in plan.posts),
        is_off=plan.away is not None,
        why=plan.away or "",
    )


def _coming_post(post: CalendarPost, context: SiteContext) -> ComingPost:
    shown = link_to(post.entry, context)
    state = translate(context.messages, _MESSAGES[post.state])
    return ComingPost(shown.title, shown.url, shown.trait, state)
