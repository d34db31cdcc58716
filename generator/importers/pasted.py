"""Threads that somebody copied from a page and pasted into a text file.

Pages of LinkedIn and WordPress show name, role, time, words and buttons, one below the other. The
times are what sets the replies apart, since every reply has one; where there is none, buttons or
empty lines do. '3mo' says when it was copied, not when it was written, so such a reply has no date.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import NamedTuple

from generator.importers.clean import clean_text
from generator.importers.dates import read_date
from generator.importers.finishing import Result, finished
from generator.importers.found import FoundReply, Intake, ReaderSettings, Refused
from generator.importers.page_words import (
    age,
    heading,
    is_end_of_reply,
    is_form,
    is_noise,
    name_in,
    person_and_role,
    says,
)
from generator.importers.plain_text import paragraphs
from generator.model import Consent

_LONGEST_NAME = 80  # characters of a line that can be a name
_LARGEST_HEAD = 4  # lines of name and role
_MOST_LINES = 200_000
_URL = re.compile(r"<?(https?://[^\s<>]+)>?")


class _Line(NamedTuple):
    number: int
    text: str  # '' for an empty one


class _Time(NamedTuple):
    """Where a page says when a reply was written."""

    at: int  # index of the line
    published: datetime | None  # None for an age
    head: str  # what the line has before it


class _Pasted(NamedTuple):
    """A reply as it was pasted."""

    line: int
    name: str
    role: str
    published: datetime | None
    words: tuple[str, ...]


def read_pasted(data: bytes, path: str, settings: ReaderSettings) -> Intake:
    """The replies in a text that was copied from a page."""
    text = clean_text(data.decode("utf-8-sig", "replace"))
    lines = [
        _Line(number, " ".join(line.split())) for number, line in enumerate(text.split("\n"), 1)
    ]
    every = lines
    if len(lines) > _MOST_LINES:
        return Intake(refused=(Refused(path, f"it has more than {_MOST_LINES:,} lines"),))
    title, lines = _below_heading(lines, settings)
    address = next((found[1] for line in lines[:5] if (found := _URL.fullmatch(line.text))), "")
    lines = [line for line in lines if not _URL.fullmatch(line.text) or line.number > 5]
    pasted = [*_replies(lines, settings)]
    if not pasted:
        hint = "put name, role and words below each other, with an empty line between replies"
        return Intake(refused=(Refused(path, f"no replies can be told apart in it; {hint}"),))
    results = [*_results(pasted, path, title, address, settings)]
    first = pasted[0].line
    above = sum(bool(line.text) for line in every[: first - 1])
    notes = (f"{path}: what is above line {first} was left out",) if above > 2 else ()
    return Intake.of(results, *notes)


def _below_heading(lines: Sequence[_Line], settings: ReaderSettings) -> tuple[str, list[_Line]]:
    """The title of the post and the lines below the heading of its replies, if there is one."""
    buttons = [place for place, line in enumerate(lines) if is_end_of_reply(line.text)]
    last = max([*buttons, *(time.at for time in _times(lines, settings))], default=0)
    for place, line in enumerate(lines[:last]):
        if found := heading(line.text):
            title = found["title"] or ""
            return title.rstrip(":.").strip("“”\"'«» "), [*lines[place + 1 :]]
    return "", [*lines]


def _replies(lines: Sequence[_Line], settings: ReaderSettings) -> Iterator[_Pasted]:
    times = [*_times(lines, settings)]
    if times:
        yield from _by_time(lines, times)
    elif any(is_end_of_reply(line.text) for line in lines):
        yield from _by_button(lines)
    else:
        yield from _by_empty_line(lines)


def _times(lines: Sequence[_Line], settings: ReaderSettings) -> Iterator[_Time]:
    """The lines that say when a reply was written, as an age or as a date."""
    for place, line in enumerate(lines):
        if len(line.text) > 200:
            continue
        if found := age(line.text):
            yield _Time(place, None, found["head"] or "")
        elif re.search(r"\d", line.text):
            text = re.sub(
                r"(?:\s*(?:Reply|Edit|Like|Permalink|#|\(edited\)))+$", "", line.text, flags=re.I
            )
            said = says(text)
            date = read_date(said["date"] if said and said["date"] else text, settings.zone)
            if date:
                yield _Time(place, date, said["name"] if said and said["date"] else "")


class _Style(NamedTuple):
    """How a page shows who wrote a reply, as far as its first one tells."""

    size: int  # lines of name and role
    has_gaps: bool  # between them


def _by_time(lines: Sequence[_Line], times: Sequence[_Time]) -> Iterator[_Pasted]:
    style = _style(lines, times[0])
    ends = [-1, *(time.at for time in times)]
    heads = [_head(lines, time, before, style) for time, before in zip(times, ends, strict=False)]
    begins = [*(begin for begin, _, _ in heads), len(lines)]
    for time, (begin, name, role), end in zip(times, heads, begins[1:], strict=True):
        words = _words(lines[time.at + 1 : end])
        yield _Pasted(lines[begin].number, name, role, time.published, words)


def _style(lines: Sequence[_Line], first: _Time) -> _Style:
    above = lines[: first.at]
    places = [n for n, line in enumerate(above) if line.text and not is_noise(line.text)]
    texts = {_once(above[place].text) for place in places}
    if not 0 < len(texts) <= _LARGEST_HEAD:  # there is more than one reply above
        return _Style(2, has_gaps=False)
    return _Style(len(texts), any(not line.text for line in above[places[0] : places[-1]]))


def _head(lines: Sequence[_Line], time: _Time, before: int, style: _Style) -> tuple[int, str, str]:
    """Where a reply begins above its time, and the name and role that stand there."""
    own = [(time.at, time.head)] if time.head else []
    end = next((n for n in range(time.at - 1, before, -1) if _is_border(lines[n].text)), None)
    if end is not None and sum(bool(line.text) for line in lines[end + 1 : time.at]) <= 8:
        above = [(n, lines[n].text) for n in range(end + 1, time.at) if lines[n].text]
        return _person([*above, *own], time.at)
    nearest: list[tuple[int, str]] = []
    seen: set[str] = set()
    for place in range(time.at - 1, before, -1):
        text = lines[place].text
        if not text and seen and not style.has_gaps:
            break
        if text and not is_noise(text):
            if len(seen | {_once(text)}) > style.size:
                break
            seen.add(_once(text))
        if text:
            nearest.insert(0, (place, text))
    return _person([*nearest, *own], time.at)


def _is_border(text: str) -> bool:
    return bool(text) and (is_end_of_reply(text) or is_form(text))


def _person(texts: Sequence[tuple[int, str]], otherwise: int) -> tuple[int, str, str]:
    """The first line, the name and the role of what stands above a time."""
    kept: list[tuple[int, str]] = []
    for place, text in texts:
        if is_noise(text) or heading(text):
            continue
        said = says(text)
        if known := person_and_role(text):  # 'Jane Doe • 2nd Head of Desk'
            kept += [(place, known["name"]), (place, known["role"])]
            continue
        clean = name_in(said["name"] if said else _once(text))
        if clean and clean not in [before for _, before in kept]:
            kept.append((place, clean))
    # words of somebody else may stand above; a name is short, and the role is below it
    while len(kept) > 1 and len(kept[0][1]) > _LONGEST_NAME:
        kept.pop(0)
    if not kept:
        return (texts[0][0] if texts else otherwise), "", ""
    return kept[0][0], kept[0][1], " ".join(text for _, text in kept[1:])


def _once(text: str) -> str:
    """A name that a page has twice, once for people and once for screen readers."""
    half = len(text) // 2
    if text[:half].strip() and text[:half].strip() == text[half:].strip():
        return text[:half].strip()
    return text


def _words(lines: Sequence[_Line]) -> tuple[str, ...]:
    """The words of a reply, up to the buttons or the form below them."""
    words: list[str] = []
    for line in lines:
        if is_form(line.text):
            break
        if is_end_of_reply(line.text):
            if any(words):
                break
            continue
        if not is_noise(line.text) or not line.text:
            words.append(line.text)
    return tuple(words)


def _by_button(lines: Sequence[_Line]) -> Iterator[_Pasted]:
    """Replies without a time, each of which ends with buttons."""
    block: list[_Line] = []
    for line in [*lines, _Line(0, "Reply")]:
        if is_end_of_reply(line.text):
            if reply := _of_block(block):
                yield reply
            block = []
        elif not is_form(line.text):
            block.append(line)


def _by_empty_line(lines: Sequence[_Line]) -> Iterator[_Pasted]:
    """Replies without time and buttons, with an empty line between them."""
    block: list[_Line] = []
    for line in [*lines, _Line(0, "")]:
        if line.text and not is_form(line.text):
            block.append(line)
        elif block:
            if len(block) > 1 and (reply := _of_block(block)):
                yield reply
            block = []


def _of_block(lines: Sequence[_Line]) -> _Pasted | None:
    filled = [line for line in lines if line.text and not is_noise(line.text)]
    if len(filled) < 2 or len(filled[0].text) > _LONGEST_NAME:
        return None
    said = says(filled[0].text)
    name = name_in(said["name"] if said else filled[0].text).strip(":")
    has_role = not said and len(filled) > 2 and len(filled[1].text) <= 150
    start = lines.index(filled[2 if has_role else 1])
    return _Pasted(
        filled[0].number,
        name,
        filled[1].text if has_role else "",
        None,
        tuple(line.text for line in lines[start:]),
    )


def _results(
    pasted: Sequence[_Pasted], path: str, title: str, address: str, settings: ReaderSettings
) -> Iterator[Result]:
    seen: Counter[str] = Counter()
    keys: dict[str, str] = {}  # of the newest reply of each name, in small letters
    for reply in pasted:
        text, removed = paragraphs("\n".join(reply.words))
        source_id = f"paste {reply.name} {text}"
        seen[source_id] += 1
        if seen[source_id] > 1:
            source_id += f" {seen[source_id]}"
        begin = " ".join(reply.words).strip().casefold()
        asked = [name for name in keys if len(name) > 4 and begin.startswith(name)]
        result = finished(
            FoundReply(
                via="paste",
                text=text,
                source_id=source_id,
                position=f"{path}:{reply.line}",
                parent_key=keys[max(asked, key=len)] if asked else "",
                subject=title,
                permalink=address,
                name=reply.name,
                role=reply.role,
                published=reply.published,
                source=address,
                consent=Consent.PUBLIC,
                removed=removed,
            )
        )
        if isinstance(result, FoundReply):
            keys[reply.name.casefold()] = settings.key_of(source_id)
        yield result
