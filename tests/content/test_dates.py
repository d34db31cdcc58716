"""Dates as people write them, in time zones with unusual clock changes."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from generator.content.dates import EARLIEST, LATEST, MomentError, read_moment

ZONES = [
    "Europe/London", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu",
    "Pacific/Auckland", "Pacific/Apia", "America/St_Johns", "Africa/Casablanca", "UTC",
]  # fmt: skip


def read(text: str, zone: str = "Europe/London", hour: time = time(9)) -> str:
    return read_moment(text, zone=ZoneInfo(zone), default_hour=hour).isoformat()


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2016-03-21 12:00:00 -4", "2016-03-21T16:00:00+00:00"),
        ("2015-6-4", "2015-06-04T09:00:00+01:00"),
        ("2014-05-14T11:02:00-04:00", "2014-05-14T16:02:00+01:00"),
        ("2020-07-07T00:00:00.000Z", "2020-07-07T01:00:00+01:00"),
        ("2026-11-24", "2026-11-24T09:00:00+00:00"),
        ("2026-11-24 8:05", "2026-11-24T08:05:00+00:00"),
        ("2026-11-24T08:05", "2026-11-24T08:05:00+00:00"),
        ("2026-11-24t08:05:06z", "2026-11-24T08:05:06+00:00"),
        ("2026-11-24  08:05:06.123456789 +0530", "2026-11-24T02:35:06+00:00"),
        ("2026-11-24 08:05+14", "2026-11-23T18:05:00+00:00"),
        ("2026-11-24 08:05 -0330", "2026-11-24T11:35:00+00:00"),
        (" 2026-11-24 ", "2026-11-24T09:00:00+00:00"),
        ("2024-02-29", "2024-02-29T09:00:00+00:00"),
        ("1970-01-01", "1970-01-01T09:00:00+01:00"),
        ("2199-12-31 23:59:59", "2199-12-31T23:59:59+00:00"),
    ],
)
def test_the_forms_of_real_blogs_are_read(text: str, moment: str) -> None:
    assert read(text) == moment


@pytest.mark.parametrize(
    ("zone", "text", "moment"),
    [
        ("Europe/London", "2026-03-29 01:30", "2026-03-29T02:30:00+01:00"),
        ("America/New_York", "2026-03-08 02:30", "2026-03-08T03:30:00-04:00"),
        ("Australia/Lord_Howe", "2026-10-04 02:15", "2026-10-04T02:45:00+11:00"),
        ("Pacific/Auckland", "2026-09-27 02:00", "2026-09-27T03:00:00+13:00"),
        ("America/St_Johns", "2026-03-08 02:30", "2026-03-08T03:30:00-02:30"),
        ("Africa/Casablanca", "2026-03-22 02:30", "2026-03-22T03:30:00+01:00"),
        ("Pacific/Apia", "2011-12-30 12:00", "2011-12-31T12:00:00+14:00"),
        ("Asia/Kathmandu", "1986-01-01 00:05", "1986-01-01T00:20:00+05:45"),
    ],
)
def test_a_time_that_the_clocks_skip_is_read_as_one_after_the_gap(
    zone: str, text: str, moment: str
) -> None:
    assert read(text, zone) == moment


@pytest.mark.parametrize(
    ("zone", "text", "moment"),
    [
        ("Europe/London", "2026-10-25 01:30", "2026-10-25T01:30:00+01:00"),
        ("America/New_York", "2026-11-01 01:30", "2026-11-01T01:30:00-04:00"),
        ("Australia/Lord_Howe", "2026-04-05 01:45", "2026-04-05T01:45:00+11:00"),
        ("Pacific/Auckland", "2026-04-05 02:30", "2026-04-05T02:30:00+13:00"),
        ("America/St_Johns", "2026-11-01 01:30", "2026-11-01T01:30:00-02:30"),
        ("Africa/Casablanca", "2026-02-15 02:30", "2026-02-15T02:30:00+01:00"),
    ],
)
def test_a_time_that_occurs_twice_is_the_first(zone: str, text: str, moment: str) -> None:
    assert read(text, zone) == moment


@pytest.mark.parametrize(
    ("offset", "moment"),
    [("+01:00", "2026-10-25T01:30:00+01:00"), ("+00:00", "2026-10-25T01:30:00+00:00")],
)
def test_an_offset_says_which_of_two_times_is_meant(offset: str, moment: str) -> None:
    assert read(f"2026-10-25 01:30 {offset}") == moment


@pytest.mark.parametrize(
    ("zone", "moment"),
    [
        ("Europe/London", "2026-07-14T09:00:00+01:00"),
        ("America/New_York", "2026-07-14T09:00:00-04:00"),
        ("Australia/Lord_Howe", "2026-07-14T09:00:00+10:30"),
        ("Asia/Kathmandu", "2026-07-14T09:00:00+05:45"),
        ("Pacific/Auckland", "2026-07-14T09:00:00+12:00"),
        ("America/St_Johns", "2026-07-14T09:00:00-02:30"),
        ("Africa/Casablanca", "2026-07-14T09:00:00+01:00"),
    ],
)
def test_a_date_without_a_time_means_the_default_hour(zone: str, moment: str) -> None:
    assert read("2026-07-14", zone) == moment


def test_the_default_hour_may_fall_into_a_gap() -> None:
    assert read("2026-03-29", hour=time(1, 30)) == "2026-03-29T02:30:00+01:00"


@pytest.mark.parametrize(
    "text",
    [
        "", " ", "2026", "2026-11", "2026-W48-2", "2026-328", "24.11.", "1764000000", "now",
        "2026-11-24 09", "2026-11-24 09:5", "2026-11-24 09:00 Europe/London", "2026-11-24 24:00",
        "2026-11-24 09:60", "2026-11-24 23:59:60", "2026-00-01", "2026-01-00", "2023-02-29",
        "2199-12-31 23:59 -12:00", "1970-01-01 00:00 +14:00",
        "0000-01-01", "9999-12-31", "1969-12-31", "2200-01-01", "2026-11-24 09:00 +15",
        "2026-11-24 09:00 +01:60", "2026-11-24 09:00 +1:0", "- 2026-11-24", "2026-11-24-x",
        "32 November 2026", "J 3 2026", "3 Ju 2026", "May 2026", "99/99/2026", "2026/99/99",
    ],
)  # fmt: skip
def test_anything_else_is_refused(text: str) -> None:
    with pytest.raises(MomentError) as caught:
        read(text)

    assert caught.value.code == "bad-date"
    assert caught.value.hint.endswith(".")


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("24/11/2026", "Write 2026-11-24."),
        ("11/24/2026", "Write 2026-11-24."),
        ("24.11.2026", "Write 2026-11-24."),
        ("24-11-2026", "Write 2026-11-24."),
        ("03/03/2026", "Write 2026-03-03."),
        ("2026/11/24 14:00", "Write 2026-11-24 14:00."),
        ("2026.11.24", "Write 2026-11-24."),
        ("20261124", "Write 2026-11-24."),
        ("1 Feb 2026", "Write 2026-02-01."),
        ("Sept 3rd, 2026", "Write 2026-09-03."),
        ("Tuesday, 24 November 2026", "Write 2026-11-24."),
        ("30 Feb 2026", "Write a date such as 2026-11-24."),
        ("24/11/2026 2.30pm", "Write 2026-11-24 14:30."),
        ("24/11/2026 12 am", "Write 2026-11-24 00:00."),
        ("24/11/2026 12:15 P.M.", "Write 2026-11-24 12:15."),
    ],
)
def test_the_date_that_is_probably_meant_is_suggested(text: str, hint: str) -> None:
    with pytest.raises(MomentError) as caught:
        read(text)

    assert caught.value.hint == hint


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("03/04/2026", "Write 2026-03-04 or 2026-04-03."),
        ("3.4.2026 9:00", "Write 2026-03-04 09:00 or 2026-04-03 09:00."),
    ],
)
def test_a_date_with_two_meanings_is_never_guessed(text: str, hint: str) -> None:
    with pytest.raises(MomentError) as caught:
        read(text)

    assert (caught.value.code, caught.value.hint) == ("ambiguous-date", hint)


DATE_LIKE = st.text(st.sampled_from("0123456789-/.: TtZz+,apm\n ٣年Jnov"), max_size=30)


@settings(deadline=None)
@given(text=st.text(max_size=60) | DATE_LIKE, zone=st.sampled_from(ZONES))
@example(text="٢٠٢٦-١١-٢٤", zone="UTC")
@example(text="2026-11-24 ²:00", zone="UTC")
@example(text="1" * 5000, zone="UTC")
@example(text="1" * 5000 + "/1/2026", zone="UTC")
def test_no_text_raises_anything_but_a_moment_error(text: str, zone: str) -> None:
    try:
        moment = read_moment(text, zone=ZoneInfo(zone), default_hour=time(9))
    except MomentError as error:
        assert "\n" not in error.message
        assert len(error.message) < 150
    else:
        assert moment.tzinfo == ZoneInfo(zone)


@settings(deadline=None)
@given(
    day=st.dates(date(EARLIEST, 1, 1), date(LATEST, 12, 31)),
    hour=st.times().map(lambda hour: hour.replace(microsecond=0)),
    zone=st.sampled_from(ZONES),
)
def test_every_moment_exists_and_is_near_what_was_written(day: date, hour: time, zone: str) -> None:
    text = datetime.combine(day, hour)
    moment = read_moment(str(text), zone=ZoneInfo(zone), default_hour=time(0))

    assert moment.astimezone(UTC).astimezone(ZoneInfo(zone)) == moment
    assert timedelta(0) <= moment.replace(tzinfo=None) - text <= timedelta(days=1)
    if moment.replace(tzinfo=None) != text:  # then that time did not exist
        assert (
            text.replace(tzinfo=ZoneInfo(zone))
            .astimezone(UTC)
            .astimezone(ZoneInfo(zone))
            .replace(tzinfo=None)
            != text
        )


@settings(deadline=None)
@given(
    moment=st.datetimes(datetime(1971, 1, 1), datetime(2198, 12, 31)),  # noqa: DTZ001
    minutes=st.integers(-14 * 60, 14 * 60),
    zone=st.sampled_from(ZONES),
)
def test_an_offset_fixes_the_moment_in_any_zone(moment: datetime, minutes: int, zone: str) -> None:
    sign, (hours, rest) = "-+"[minutes >= 0], divmod(abs(minutes), 60)
    text = f"{moment:%Y-%m-%d %H:%M:%S} {sign}{hours:02}:{rest:02}"
    found = read_moment(text, zone=ZoneInfo(zone), default_hour=time(0))

    expected = moment.replace(microsecond=0, tzinfo=UTC) - timedelta(minutes=minutes)
    assert found.astimezone(UTC) == expected
