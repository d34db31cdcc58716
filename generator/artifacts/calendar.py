"""The page of the weeks to come, which only the writer sees."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from generator.artifacts.frame import Frame, head, line
from generator.artifacts.pages import page
from generator.i18n.dates import date_view
from generator.i18n.translate import translate
from generator.model import Artifact
from generator.site import permalinks
from generator.views import CalendarView, ComingLetter, ComingWeek

TYPE_CHECKING = False
if TYPE_CHECKING:
    from generator.insights.calendar import CalendarPost, WeekPlan

WEEKS = 12

_WORDS = {
    "planned": "coming_planned",
    "draft": "draft",
    "ready": "coming_ready",
    "scheduled": "coming_scheduled",
    "published": "coming_published",
}


def calendar_pages(frame: Frame) -> Iterator[Artifact]:
    """The page, on a private look at everything: with less, weeks would look empty that are not."""
    if frame.site.showing.is_whole:
        view = partial(_calendar_view, frame)
        yield page("calendar.html", permalinks.CALENDAR, view, "", changed=None)


def _calendar_view(frame: Frame) -> CalendarView:
    from generator.insights.calendar import calendar  # no public build pays for it

    site, title = frame.site, translate(frame.messages, "coming")
    found = calendar(site.entries, frame.config, as_of=site.as_of, weeks=WEEKS)
    return CalendarView(
        site=frame.view,
        head=head(
            frame,
            permalinks.CALENDAR,
            title,
            translate(frame.messages, "coming_lead"),
            is_indexed=False,
        ),
        weeks=tuple(_coming_week(plan, frame) for plan in found.weeks),
        begun=tuple(_coming_letter(letter, frame) for letter in found.overdue),
        ideas=tuple(line(idea.entry, frame) for idea in found.ideas),
    )


def _coming_week(plan: WeekPlan, frame: Frame) -> ComingWeek:
    return ComingWeek(
        number=plan.week.number,
        year=plan.week.year,
        due=date_view(plan.due, frame.messages.conventions),
        letters=tuple(_coming_letter(letter, frame) for letter in plan.posts),
        is_off=plan.away is not None,
        why=plan.away or "",
    )


def _coming_letter(letter: CalendarPost, frame: Frame) -> ComingLetter:
    shown = line(letter.entry, frame)
    state = translate(frame.messages, _WORDS[letter.state])
    return ComingLetter(shown.title, shown.url, shown.trait, state)
