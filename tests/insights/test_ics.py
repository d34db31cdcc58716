"""The calendar file, read by a parser that is not ours."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import icalendar
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.insights import ics
from generator.insights.calendar import calendar
from generator.model import Entry, PostState
from tests.insights.entries import entry
from tests.insights.literals import config

SUNDAY = datetime(2026, 11, 22, 12, tzinfo=UTC)
CONFIG = config(away=(("2026-12-07", "2026-12-11", "Away, at a fair; back soon"),))
LONG = "Überlänge \\ mit Komma, Strichpunkt; und “Anführung” — " * 4


def post(when: str, status: PostState = PostState.READY, **others: Any) -> Entry:
    return entry(when, config=CONFIG, as_of=SUNDAY, status=status, **others)


POSTS = (
    post("2026-07-07 09:00"),
    post("2026-11-17 09:00", title=LONG.strip(), summary="In short, this."),
    post("2026-11-24 09:00"),
    post("2026-12-01 09:00", PostState.PLANNED),
    post("2026-12-02 09:00", PostState.IDEA),
)


def written(*entries: Entry, as_of: datetime = SUNDAY) -> str:
    return ics.icalendar(calendar(entries, CONFIG, as_of=as_of, weeks=5), CONFIG)


@pytest.fixture
def events() -> dict[str, Any]:
    """The events by UID, as a calendar program reads them."""
    found = icalendar.Calendar.from_ical(written(*POSTS))
    assert not found.errors
    return {str(event["UID"]): event for event in found.walk("VEVENT")}


def test_every_post_that_has_a_week_is_an_event(events: dict[str, Any]) -> None:
    assert {uid: str(event["SUMMARY"]) for uid, event in events.items()} == {
        "letter-2026-07-07@example.org": "Letter of 2026-07-07",
        "letter-2026-11-17@example.org": LONG.strip(),
        "letter-2026-11-24@example.org": "Letter of 2026-11-24 (scheduled)",
        "letter-2026-12-01@example.org": "Letter of 2026-12-01 (planned)",
        "due-2026-W51@example.org": "Letters: a post is due",
        "away-2026-12-07@example.org": "Away, at a fair; back soon",
    }


def test_moments_are_those_of_the_blog_in_summer_and_in_winter(events: dict[str, Any]) -> None:
    summer, winter = events["letter-2026-07-07@example.org"], events["due-2026-W51@example.org"]

    assert summer["DTSTART"].dt == datetime(2026, 7, 7, 8, tzinfo=UTC)
    assert winter["DTSTART"].dt == datetime(2026, 12, 15, 9, tzinfo=UTC)


def test_days_off_are_whole_days_and_end_on_the_day_after(events: dict[str, Any]) -> None:
    away = events["away-2026-12-07@example.org"]

    assert (away["DTSTART"].dt, away["DTEND"].dt) == (date(2026, 12, 7), date(2026, 12, 12))


def test_what_is_sure_is_confirmed_and_only_what_is_out_has_an_address(
    events: dict[str, Any],
) -> None:
    assert {uid[:17]: (event.get("STATUS"), event.get("URL")) for uid, event in events.items()} == {
        "letter-2026-07-07": ("CONFIRMED", "https://example.org/2026-07-07/"),
        "letter-2026-11-17": ("CONFIRMED", "https://example.org/2026-11-17/"),
        "letter-2026-11-24": ("CONFIRMED", None),
        "letter-2026-12-01": ("TENTATIVE", None),
        "due-2026-W51@exam": ("TENTATIVE", None),
        "away-2026-12-07@e": (None, None),
    }
    assert events["letter-2026-11-17@example.org"]["DESCRIPTION"] == "In short, this."


def test_lines_end_and_fold_as_the_standard_says() -> None:
    text = written(*POSTS)

    assert text.endswith("\r\n")
    assert "\n" not in text.replace("\r\n", "")
    assert max(len(line.encode()) for line in text.split("\r\n")) <= 75


def test_nothing_comes_from_the_clock() -> None:
    later = SUNDAY.replace(hour=20)

    assert written(*POSTS) == written(*POSTS, as_of=later)
    stamps = {str(e["DTSTAMP"].dt) for e in icalendar.Calendar.from_ical(written()).walk("VEVENT")}
    assert "2026-11-17 09:00:00+00:00" in stamps


def test_an_event_keeps_its_name_when_its_post_is_published() -> None:
    planned = post("2026-11-24 09:00", PostState.PLANNED)
    before, after = written(planned), written(*POSTS, as_of=datetime(2026, 11, 25, tzinfo=UTC))

    assert "UID:letter-2026-11-24@example.org" in before
    assert "UID:letter-2026-11-24@example.org" in after


@pytest.mark.parametrize(
    ("source", "uid"),
    [
        ("content/posts/plan.md", "letter-plan@example.org"),
        ("content/posts/2027/plan/index.md", "letter-2027/plan@example.org"),
    ],
)
def test_a_planned_post_without_an_id_keeps_its_name_when_its_week_moves(
    source: str, uid: str
) -> None:
    moved = [
        written(post(when, PostState.PLANNED, source=source, id=f"{when[:10]}-plan"))
        for when in ("2026-11-24 09:00", "2026-12-01 09:00")
    ]

    assert all(f"UID:{uid}\r\n" in file for file in moved)


@settings(max_examples=50)
@given(st.text(st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp"]), max_size=200))
def test_any_title_comes_out_as_it_went_in(text: str) -> None:
    title = " ".join(("A", *text.split()))
    file = written(post("2026-11-17 09:00", title=title))
    (event,) = (
        event
        for event in icalendar.Calendar.from_ical(file).walk("VEVENT")
        if event["UID"].startswith("letter-")
    )

    assert str(event["SUMMARY"]) == title
    assert max(len(line.encode()) for line in file.split("\r\n")) <= 75
