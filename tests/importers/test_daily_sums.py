"""Exports of services that count visits and mails."""

from __future__ import annotations

import gzip
import json
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from generator.importers import daily_sums
from generator.importers.assignment import PostNames
from generator.importers.daily_sums import Counted, SumsError, read_sums
from generator.insights.impact import DailySum

HELLO = "2026-11-02-hello"
NAMES = PostNames(
    message_ids={},
    tokens={"abcdefgh": HELLO},
    addresses={"example.org/blog/2026/hello": HELLO, "/blog/2026/hello": HELLO},
    words={},
    titles={"hello": HELLO},
)
HEAD = (
    "2Path,Title,Event,UserAgent,Browser,System,Session,Bot,Referrer,Referrer scheme,Screen size,"
    "Location,FirstVisit,Date"
)


def hit(
    path: str = "/blog/2026/hello/",
    *,
    event: str = "false",
    bot: str = "0",
    first: str = "true",
    when: str = "2026-11-03T09:00:00Z",
) -> str:
    """A row of GoatCounter's export."""
    return f"{path},Hello,{event},Firefox,Firefox,Linux,3f2a,{bot},,,1920x1080,GB,{first},{when}"


def read(*rows: str, head: str = HEAD, zone: str = "Europe/London") -> Counted:
    return read_sums("\n".join((head, *rows, "")).encode(), NAMES, ZoneInfo(zone))


def campaign(**changes: Any) -> dict[str, Any]:
    """A campaign as listmonk's API gives it."""
    return {
        "id": 7,
        "name": "Week 45",
        "subject": "Hello [#abcdefgh]",
        "status": "finished",
        "started_at": "2026-11-02T09:00:00.123456Z",
        "to_send": 400,
        "sent": 398,
        "views": 211,
        "clicks": 40,
        "body": "<p>Dear all</p>",
    } | changes


def of_listmonk(answer: Any) -> Counted:
    return read_sums(json.dumps(answer).encode(), NAMES, ZoneInfo("Europe/London"))


def test_visits_are_summed_by_day_and_post() -> None:
    found = read(
        hit(),
        hit("2026/hello", when="2026-11-03T10:00:00Z"),
        hit(first="false"),
        hit(bot="3"),
        hit(event="true"),
        hit("/blog/about/"),
        hit(when="not-a-date"),
        hit("/blog/2026/hello/?utm=x", when="2026-11-03T23:59:00Z"),
    )

    assert found.sums == (DailySum(HELLO, "visits", date(2026, 11, 3), 2),)
    assert found.left_out == {
        "rows of other pages": 2,
        "rows of the same visits": 1,
        "rows of machines and events": 2,
        "rows that can't be read": 1,
    }


def test_a_day_is_one_of_the_blogs_zone() -> None:
    found = read(hit(when="2026-11-03T23:59:00Z"), zone="Pacific/Auckland")

    assert [each.day for each in found.sums] == [date(2026, 11, 4)]


def test_nothing_of_a_visitor_is_in_the_sums() -> None:
    found = read(hit())

    assert "3f2a" not in str(found)
    assert "1920" not in str(found)


def test_a_compressed_export() -> None:
    packed = gzip.compress("\n".join((HEAD, hit())).encode())

    assert read_sums(packed, NAMES, ZoneInfo("UTC")).sums[0].number == 1


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "there is no column 'Path' and 'Date'"),
        (b"Name,Date\nx,y\n", "there is no column 'Path'"),
        (b"\x1f\x8bnonsense", "it can't be unpacked"),
        (gzip.compress(b"Path,Date\n" * 99)[:-9], "its end is missing"),
        (b"{", "it is not whole JSON"),
        (b'{"data": {"id": 0}}', "it has no campaigns of listmonk in it"),
        (b'{"data": [{"campaign_id": 1, "count": 7}]}', "its campaigns have no subject"),
        (b'Path,Date\n"' + b"x" * 200_000 + b'",y\n', "can't be read: field larger"),
    ],
)
def test_what_is_no_export_says_so(data: bytes, reason: str) -> None:
    with pytest.raises(SumsError) as raised:
        read_sums(data, NAMES, ZoneInfo("UTC"))

    assert reason in str(raised.value)


def test_a_bomb_is_not_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(daily_sums, "LARGEST", 1_000)

    with pytest.raises(SumsError, match="too much comes out of it"):
        read_sums(gzip.compress(b"x" * 100_000), NAMES, ZoneInfo("UTC"))


def test_counts_of_a_campaign_belong_to_the_day_on_which_it_began() -> None:
    found = of_listmonk({"data": {"results": [campaign()], "total": 1}})

    day = date(2026, 11, 2)
    assert {each.measure: (each.post, each.day, each.number) for each in found.sums} == {
        "mails": (HELLO, day, 398),
        "opened": (HELLO, day, 211),
        "clicks": (HELLO, day, 40),
    }


@pytest.mark.parametrize(
    "changes",
    [
        {"subject": "Hello"},
        {"subject": "This week", "name": "Hello"},
        {"subject": "This week", "body": '<a href="https://example.org/blog/2026/hello/">x</a>'},
    ],
)
def test_how_a_campaign_finds_its_post(changes: dict[str, Any]) -> None:
    assert of_listmonk([campaign(**changes)]).sums[0].post == HELLO


def test_campaigns_that_count_nothing() -> None:
    found = of_listmonk(
        {
            "data": {
                "results": [
                    campaign(sent=0),
                    campaign(started_at=None),
                    campaign(subject="Other", name="Other"),
                ]
            }
        }
    )

    assert found.sums == ()
    assert found.left_out == {
        "campaigns that were not sent": 1,
        "rows that can't be read": 1,
        "rows of other pages": 1,
    }


def test_one_campaign_and_no_campaign() -> None:
    assert len(of_listmonk({"data": campaign()}).sums) == 3
    assert of_listmonk({"data": {"results": []}}) == Counted((), {})
