"""The rhythm of a real, irregular blog, compared with a second way of counting it."""

from __future__ import annotations

import json
import re
import shutil
from datetime import date, timedelta
from itertools import pairwise
from statistics import median_low
from typing import Any

import pytest

from tests.commands import run
from tests.conftest import Blog
from tests.corpus import CORPUS, SETTINGS, TRAIT

pytestmark = pytest.mark.skipif(not CORPUS.is_dir(), reason="the corpus is not beside the checkout")


DAY = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")


def days_written() -> list[date]:
    """The day of each post, from its line `date:` or else from its file's name."""
    found = []
    for path in (CORPUS / "content/posts").glob("*.md"):
        line = re.search(r"^date: *(.*)", path.read_text("utf-8"), re.MULTILINE)
        day = DAY.search(line[1] if line else path.name)
        assert day is not None
        found.append(date(*map(int, day.groups())))
    return sorted(found)


TODAY = days_written()[-1] if CORPUS.is_dir() else date.min


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What `weekly status` prints on the day of the last post."""
    blog = Blog(tmp_path_factory.mktemp("rhythm"))
    shutil.copytree(CORPUS / "content/posts", blog.folder / "content/posts")
    blog.write("content/site.toml", SETTINGS)
    blog.write("content/traits/listen.md", TRAIT)
    now = f"{TODAY} 23:00"
    result = run("status", "--format", "json", "--now", now, "--blog", str(blog.folder))
    found: dict[str, Any] = json.loads(result.stdout)
    return found


def mondays(days: list[date]) -> set[date]:
    return {day - timedelta(day.weekday()) for day in days}


def test_the_last_year_of_a_real_blog_is_counted_correctly(printed: dict[str, Any]) -> None:
    this_week = TODAY - timedelta(TODAY.weekday())
    year = {this_week - timedelta(weeks=number) for number in range(52)}
    with_post = year & mondays(days_written())
    rhythm = printed["rhythm"]["52"]

    assert rhythm["on_time"] + rhythm["late"] == len(with_post)
    assert rhythm["missed"] == 52 - len(with_post)
    assert 0 < rhythm["missed"] < 52


def test_gaps_are_those_between_the_dates_in_its_files(printed: dict[str, Any]) -> None:
    days = sorted(set(days_written()))
    gaps = [(later - earlier).days for earlier, later in pairwise(days)]

    assert printed["median_gap_days"] == median_low(gaps)
    assert printed["longest_silence"]["days"] == max(gaps)


def test_a_post_after_wednesday_is_late(printed: dict[str, Any]) -> None:
    """The weekly day is Tuesday, followed by one day of grace."""
    firsts: dict[tuple[int, int], date] = {}
    for day in days_written():
        firsts.setdefault(day.isocalendar()[:2], day)
    late = {f"{y}-W{w:02}" for (y, w), day in firsts.items() if day.isoweekday() > 3}

    assert {
        week["week"] for week in printed["rhythm"]["52"]["weeks"] if week["went"] == "late"
    } <= late
    assert printed["rhythm"]["52"]["late"] > 0


def test_every_week_is_shown_once_and_in_order(printed: dict[str, Any]) -> None:
    weeks = [week["week"] for week in printed["rhythm"]["52"]["weeks"]]

    assert len(weeks) == 52
    assert weeks == sorted(set(weeks))
    assert all(re.fullmatch(r"\d{4}-W\d\d", week) for week in weeks)
