"""The calendar as iCalendar (RFC 5545), which calendar programs import.

Nothing in it comes from the clock: the same posts give the same bytes. An event keeps its UID for
good, so importing the file again updates events and adds none twice.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import PurePosixPath

from generator import __version__
from generator.config.settings import SiteConfig
from generator.insights.calendar import Calendar, CalendarPost, WeekPlan
from generator.model import Post, PostState
from generator.site.permalinks import Permalinks

LONGEST_LINE = 75  # octets, without the line end
WRITING = timedelta(minutes=30)  # how long an event of a post lasts

_STATUS = {PostState.PUBLISHED: "CONFIRMED", PostState.SCHEDULED: "CONFIRMED"}


def icalendar(found: Calendar, config: SiteConfig) -> str:
    """All published posts, those planned for the coming weeks, the gaps, and days off."""
    coming = [post for plan in found.weeks for post in plan.posts]
    sources = {post.entry.post.source for post in coming}
    earlier = [post for post in found.published if post.entry.post.source not in sources]
    lines = (
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        f"PRODID:-//weekly//weekly {__version__}//EN",
        "CALSCALE:GREGORIAN",
        f"X-WR-CALNAME:{_text(config.title)}",
        *(line for post in (*earlier, *coming) for line in _post_event(post, config)),
        *(line for plan in found.weeks if plan.is_gap for line in _gap_event(plan, config)),
        *_days_off(config),
        "END:VCALENDAR",
    )
    return "".join(f"{part}\r\n" for line in lines for part in _folded(line))


def _post_event(found: CalendarPost, config: SiteConfig) -> Iterator[str]:
    post, state = found.entry.post, found.state
    is_out = state is PostState.PUBLISHED
    url = Permalinks.at(config.base_url).absolute(found.entry.permalink) if is_out else ""
    yield from _event(
        f"letter-{_lasting_name(post)}",  # must stay: calendars know the event by it
        config,
        _span(post.published),
        post.title if is_out else f"{post.title} ({state})",
        f"DESCRIPTION:{_text(post.summary)}" if post.summary else "",
        f"URL:{url}" if url else "",
        f"STATUS:{_STATUS.get(state, 'TENTATIVE')}",
        "TRANSP:TRANSPARENT",
    )


def _lasting_name(post: Post) -> str:
    """A name for a post that stays the same when its date changes.

    An id made of a date in the front matter would change with it; the file's name would not.
    """
    path = PurePosixPath(post.source)
    file = path.parent if path.stem == "index" else path.with_suffix("")
    if post.id == f"{post.published.date()}-{file.name}":
        return str(file).removeprefix("content/posts/")
    return post.id


def _gap_event(plan: WeekPlan, config: SiteConfig) -> Iterator[str]:
    yield from _event(
        f"due-{plan.week}",
        config,
        _span(plan.due),
        f"{config.title}: a post is due",
        "STATUS:TENTATIVE",
        "TRANSP:TRANSPARENT",
    )


def _days_off(config: SiteConfig) -> Iterator[str]:
    """Each absence as one event of whole days; its end is the first day after it."""
    for off in config.away:
        begins, ends = f"{off.from_:%Y%m%d}", f"{off.to + timedelta(1):%Y%m%d}"
        yield from _event(
            f"away-{off.from_}",
            config,
            (
                f"DTSTAMP:{begins}T000000Z",
                f"DTSTART;VALUE=DATE:{begins}",
                f"DTEND;VALUE=DATE:{ends}",
            ),
            off.why or "No post",
            "TRANSP:TRANSPARENT",
        )


def _event(
    name: str, config: SiteConfig, when: Iterable[str], summary: str, *more: str
) -> Iterator[str]:
    authority = config.authority.partition(",")[0]
    yield "BEGIN:VEVENT"
    yield f"UID:{_text(f'{name}@{authority}')}"
    yield from when
    yield f"SUMMARY:{_text(summary)}"
    yield from filter(None, more)
    yield "END:VEVENT"


def _span(moment: datetime) -> tuple[str, ...]:
    """When an event takes place; its time stamp is the same, and not from the clock."""
    begins, ends = _moment(moment), _moment(moment.astimezone(UTC) + WRITING)
    return (f"DTSTAMP:{begins}", f"DTSTART:{begins}", f"DTEND:{ends}")


def _moment(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}"


_ESCAPES = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n", "\r": None})


def _text(text: str) -> str:
    """A text as a value, with the characters escaped that would end or divide it."""
    return text.translate(_ESCAPES)


def _folded(line: str) -> Iterator[str]:
    """A line in pieces of at most 75 octets, all but the first beginning with a space."""
    piece, size = "", 0
    for character in line:
        width = len(character.encode())
        if size + width > LONGEST_LINE:
            yield piece
            piece, size = " ", 1
        piece, size = piece + character, size + width
    yield piece
