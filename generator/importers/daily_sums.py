"""How often posts were read, from services that count: as sums of a day, and nothing else.

Their exports have a row for each visit, with browser, country and time. Of that, the day and the
page are read; everything else is forgotten with the file.
"""

from __future__ import annotations

import csv
import re
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from io import StringIO
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from generator.importers.assignment import PostNames, post_at, post_of
from generator.importers.dates import read_date
from generator.importers.found import FoundReply
from generator.importers.json_values import (
    UnreadableJsonError,
    list_at,
    number_at,
    read_json,
    text_at,
    value_at,
)
from generator.insights.impact import DailySum

LARGEST = 200_000_000  # bytes that may come out of a compressed export
_NEEDED = ("path", "date")
_URL = re.compile(r"https?://[^\s\"'<>()\[\]]+")

OTHER_PAGES = "rows of other pages"
MACHINES = "rows of machines and events"
AGAIN = "rows of the same visits"
UNREADABLE = "rows that can't be read"
NOT_SENT = "campaigns that were not sent"


class SumsError(ValueError):
    """An export that can't be read; the message says why."""


class Counted(NamedTuple):
    """The sums in an export, and how much of it was left out, by reason."""

    sums: tuple[DailySum, ...]
    left_out: Mapping[str, int]


def read_sums(data: bytes, names: PostNames, zone: ZoneInfo) -> Counted:
    """The sums in an export of GoatCounter (CSV) or listmonk (JSON); raises SumsError."""
    if data.startswith(b"\x1f\x8b"):
        data = _unpacked(data)
    text = data.decode("utf-8-sig", "replace")
    if text.lstrip()[:1] in ("{", "["):
        return _of_listmonk(data.removeprefix(b"\xef\xbb\xbf"), names, zone)
    return _of_goatcounter(text, names, zone)


def _unpacked(data: bytes) -> bytes:
    unpacking = zlib.decompressobj(wbits=31)
    try:
        unpacked = unpacking.decompress(data, LARGEST)
    except zlib.error:
        raise SumsError("it is damaged: it can't be unpacked") from None
    if unpacking.unconsumed_tail:
        raise SumsError("too much comes out of it")
    if not unpacking.eof:
        raise SumsError("it is damaged: its end is missing")
    return unpacked


def _of_goatcounter(text: str, names: PostNames, zone: ZoneInfo) -> Counted:
    visits: Counter[tuple[str, date]] = Counter()
    left_out: Counter[str] = Counter()
    for row in _rows(text):
        if row.get("event") == "true" or row.get("bot", "0") not in ("", "0"):
            left_out[MACHINES] += 1
        elif row.get("firstvisit", "true") != "true":
            left_out[AGAIN] += 1
        elif not (moment := read_date(row.get("date", ""), zone)):
            left_out[UNREADABLE] += 1
        elif not (post := _post_of_path(row.get("path", ""), names)):
            left_out[OTHER_PAGES] += 1
        else:
            visits[post, moment.astimezone(zone).date()] += 1
    sums = (DailySum(post, "visits", day, count) for (post, day), count in visits.items())
    return Counted(tuple(sorted(sums)), dict(left_out))


def _rows(text: str) -> Iterator[dict[str, str]]:
    """The rows of the CSV, by the names of their columns."""
    lines = csv.reader(StringIO(text, newline=""))
    try:
        heads = [head.strip().lower() for head in next(lines, [])]
        if heads:
            heads[0] = heads[0].lstrip("0123456789")  # before it, the version of the format
        if missing := [name for name in _NEEDED if name not in heads]:
            columns = " and ".join(f"'{name.title()}'" for name in missing)
            raise SumsError(
                f"it is no export of GoatCounter or listmonk: there is no column {columns}"
            )
        for row in lines:
            if row:
                yield dict(zip(heads, row, strict=False))
    except csv.Error as error:
        raise SumsError(f"line {lines.line_num} can't be read: {error}") from None


def _post_of_path(path: str, names: PostNames) -> str:
    return post_at(path if path.startswith(("/", "http")) else f"/{path}", names)


def _of_listmonk(data: bytes, names: PostNames, zone: ZoneInfo) -> Counted:
    try:
        campaigns = [*_campaigns(read_json(data))]
    except UnreadableJsonError as error:
        raise SumsError(str(error)) from None
    sums: Counter[tuple[str, str, date]] = Counter()
    left_out: Counter[str] = Counter()
    for campaign in campaigns:
        started = text_at(campaign, "started_at") or text_at(campaign, "send_at")
        moment = read_date(started, zone)
        if not number_at(campaign, "sent"):
            left_out[NOT_SENT] += 1
        elif not moment:
            left_out[UNREADABLE] += 1
        elif not (post := _post_of_campaign(campaign, names)):
            left_out[OTHER_PAGES] += 1
        else:
            day = moment.astimezone(zone).date()
            for measure, key in (("mails", "sent"), ("opened", "views"), ("clicks", "clicks")):
                if (count := number_at(campaign, key)) > 0:
                    sums[post, measure, day] += count
    found = (DailySum(*key, count) for key, count in sums.items())
    return Counted(tuple(sorted(found)), dict(left_out))


def _campaigns(answer: Any) -> Iterable[Any]:
    """The campaigns in an answer of `/api/campaigns`, of one of them, or in a list."""
    data = value_at(answer, "data") if isinstance(answer, dict) else answer
    found = data if isinstance(data, list) else list_at(data, "results")
    found = found or ([data] if number_at(data, "id") else [])
    if not found and value_at(data, "results") is None:
        raise UnreadableJsonError("it has no campaigns of listmonk in it")
    if found and all(value_at(one, "subject") is None for one in found):
        raise UnreadableJsonError("its campaigns have no subject: save /api/campaigns as it is")
    return found


def _post_of_campaign(campaign: Any, names: PostNames) -> str:
    """The post that a campaign brought: by its subject, else by the first address in its body."""
    subject = text_at(campaign, "subject")
    found = FoundReply("", "", "", "", subject=subject)
    if post := post_of(found, names) or post_of(
        found._replace(subject=text_at(campaign, "name")), names
    ):
        return post
    for url in _URL.findall(text_at(campaign, "body")[:1_000_000]):
        if post := post_at(url, names):
            return post
    return ""
