from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from generator.importers.dates import mail_date, order_of, read_date

LONDON = ZoneInfo("Europe/London")


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("8/20/25 12:51:45", "2025-08-20T11:51:45"),
        ("20/08/2025 12:51:45", "2025-08-20T11:51:45"),
        ("8/20/2025 1:05:09 PM", "2025-08-20T12:05:09"),
        ("8/20/2025 12:05:09 AM", "2025-08-19T23:05:09"),
        ("20.08.2025 12:51", "2025-08-20T11:51:00"),
        ("2025-08-20T12:51:45Z", "2025-08-20T12:51:45"),
        ("2024-06-03T09:41:57.629Z", "2024-06-03T09:41:57"),
        ("2025-08-20 12:51:45+02:00", "2025-08-20T10:51:45"),
        ("2026/11/18 9:15:00 PM GMT+1", "2026-11-18T20:15:00"),
        ("March 3, 2019 at 4:05 pm", "2019-03-03T16:05:00"),
        ("Tuesday, 3 March 2019", "2019-03-03T00:00:00"),
        ("3/4/2025", "2025-03-04T00:00:00"),
        ("3. März 2019 um 16:05", "2019-03-03T16:05:00"),
        ("3 juillet 2019 à 16:05", "2019-07-03T15:05:00"),
        ("1er juin 2019", "2019-05-31T23:00:00"),
        ("3 de marzo de 2019", "2019-03-03T00:00:00"),
        ("2019/03/03 at 4:05 pm", "2019-03-03T16:05:00"),
    ],
)
def test_a_date_is_read_in_the_zone_of_the_blog(text: str, moment: str) -> None:
    assert read_date(text, LONDON) == datetime.fromisoformat(moment).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    "text",
    [
        "0000-00-00 00:00:00",
        "31/31/2025",
        "2025-02-30",
        "9999-12-31",
        "1900-01-01",
        "3mo",
        "",
        "x" * 99,
    ],
)
def test_what_is_no_date_is_not_guessed(text: str) -> None:
    assert read_date(text, LONDON) is None


def test_the_order_of_a_column_is_that_of_its_clear_dates() -> None:
    assert order_of(["3/4/2025", "13/4/2025"], "month-first") == "day-first"
    assert order_of(["3/4/2025", "3/14/2025"], "day-first") == "month-first"
    assert order_of(["3/4/2025"], "day-first") == "day-first"


def test_the_date_of_a_mail() -> None:
    assert mail_date("Wed, 18 Nov 2026 09:15:00 +0100") == datetime(2026, 11, 18, 8, 15, tzinfo=UTC)
    assert mail_date("nonsense") is None
    assert mail_date("Wed, 18 Nov 2026 09:15:00 +9999") is None
